"""The score by slice: the columns of its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ledger.tui.actions import bindings
from ledger.tui.cells import shown
from ledger.tui.widgets.form import ABSENT, Form
from ledger.tui.widgets.point_words import percent_words
from ledger.tui.widgets.sorted_table import Heading, SortedTable

if TYPE_CHECKING:
    from ledger.services.slicing import Slice

BAR = 8
FULL, HALF = "━", "╸"


class SlicesTable(SortedTable):
    """A row for each slice with binary questions."""

    BINDINGS = bindings("slices")


def length_bar(value: float, width: int) -> str:
    """``value`` from 0 to 1 as a bar, to half a cell."""
    halves = round(min(max(value, 0.0), 1.0) * 2 * width)
    return (FULL * (halves // 2) + HALF * (halves % 2)).ljust(width)


def headings_of(by: str, form: Form, rows: Sequence[Slice]) -> list[Heading]:
    """The columns for slices ``by`` what, Brier scores in ``form``; the longest bar is the worst of ``rows``."""
    digits = max(4, *(len(f"{one.n:,}") for one in rows), 0)
    worst = max((one.brier for one in rows if one.brier), default=1.0)
    return [
        Heading(by, 0, lambda one, _: _label(one), lambda one: None if one.label is None else one.label.casefold()),
        Heading("n", digits, lambda one, _: f"{one.n:,}", lambda one: one.n, right=True),
        Heading("happened", 9, lambda one, _: _share(one.base_rate), lambda one: one.base_rate, right=True),
        Heading(
            f"Brier {form.value}", 10, lambda one, _: form.told(one.brier, labelled=False), lambda one: one.brier,
            right=True,
        ),
        Heading("", BAR, lambda one, wide: "" if one.brier is None else length_bar(one.brier / worst, wide), needs=72),
        Heading("95 %", 13, lambda one, _: form.between(one.interval, labelled=False)),
        Heading("skill", 6, lambda one, _: _skill(one), lambda one: one.skill, right=True, needs=68),
    ]  # fmt: skip


def _label(one: Slice) -> str:
    return "(none)" if one.label is None else shown(one.label)


def _share(value: float | None) -> str:
    return ABSENT if value is None else percent_words(value)


def _skill(one: Slice) -> str:
    return ABSENT if one.skill is None else f"{one.skill:+.3f}".replace("-", "−")


def slice_words(one: Slice, *, resampled: bool) -> str:
    """Why a slice has no interval or no skill, for the line below the table."""
    found = []
    if one.interval is None and not resampled:
        found.append("its interval is being computed")
    elif why := one.reasons.get("brier_interval"):
        found.append(f"no interval: {why}")
    if why := one.reasons.get("skill_score"):
        found.append(f"no skill: {why}")
    return f"{_label(one)} – " + "; ".join(found) if found else ""
