"""What was said of a question, line by line: statements, corrections, withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ledger.services.said_views import WithdrawalView
from ledger.services.wording import minute_words, percent
from ledger.services.worth_words import worth_words
from ledger.tui.cells import fit, shown, shown_lines
from ledger.tui.screens.question_lines import INDENT, REDACTED, hedge_words
from ledger.tui.widgets.spans import BAD, PLAIN, QUIET, STRONG, STRUCK, Line, told

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.said_views import CorrectionView, StatementView, UnitView

MOST = 20
"""Statements that are listed before the whole is asked for: the last ones."""
UNITS = 6
"""Forecasters whose coverage is told before the whole is asked for."""
ROOMY = 90
"""From this width on there is room for the time of day, and for a value in full."""


def statement_lines(card: Card, width: int, *, whole: bool) -> list[Line]:
    """Every statement and withdrawal in the order of time; the last ones where there are many."""
    events: list[tuple[int, int, StatementView | WithdrawalView]] = [
        *((one.made_at, one.entry, one) for one in card.statements),
        *((one.at, one.entry, one) for one in card.withdrawals),
    ]
    events.sort(key=lambda one: one[:2])
    kept = events if whole or len(events) <= MOST + 5 else events[-MOST:]
    lines: list[Line] = [_heading(width)]
    if len(kept) < len(events):
        lines.append(((f"{'':{INDENT}}… {len(events) - len(kept):,} earlier: enter on the heading shows all", QUIET),))
    for _, _, one in kept:
        lines.extend(_withdrawn(one, width) if isinstance(one, WithdrawalView) else _said(one, width))
    units = card.units if whole or len(card.units) <= UNITS else ()
    return [*lines, *chain.from_iterable(_unit(one, width) for one in units)]


def _unit(unit: UnitView, width: int) -> Iterator[Line]:
    late = f", {unit.late} late" if unit.late else ""
    gone = ", withdrawn" if unit.withdrawn else ""
    covered = f"coverage {percent(round(unit.coverage, 4))}"
    yield from told(f"{shown(unit.forecaster)}: {unit.statements} stated{late}{gone}, {covered}", width, QUIET)


def _widths(width: int) -> tuple[int, int, int]:
    """The columns for the time, the forecaster and the value."""
    when = 17 if width >= ROOMY else 10
    rest = width - INDENT - when - 8 - 7 - 4
    who = max(6, min(22, rest // 2))
    return when, who, max(6, rest - who)


def _cells(width: int, cells: tuple[str, str, str, str, str, str]) -> str:
    when, who, value = _widths(width)
    entry, at, name, worth, timing, weight = cells
    parts = (fit(at, when), fit(name, who), fit(worth, value), fit(timing, 8), fit(weight, 7, right=True))
    return f"{entry:>{INDENT - 2}}  {' '.join(parts)}"


def _when(instant: int, width: int) -> str:
    return minute_words(instant)[: None if width >= ROOMY else 10]


def _heading(width: int) -> Line:
    return ((_cells(width, ("entry", "when", "forecaster", "forecast", "class", "weight")), QUIET),)


def _said(one: StatementView, width: int) -> Iterator[Line]:
    late = one.timing == "late"
    weight = "–" if late else percent(round(one.weight, 3))
    when = _when(one.made_at, width)
    worth = shown(worth_words(one.counted, short=width < ROOMY))
    cells = (str(one.entry), when, shown(one.forecaster), worth, one.timing, weight)
    yield ((_cells(width, cells), BAD if late else PLAIN),)
    yield from chain.from_iterable(_correction(one, change, width) for change in one.corrections)
    if one.redacted:
        yield ((" " * INDENT + "the words of it were redacted", QUIET),)
    typed = f"typed {shown(one.typed)}" if one.typed and set(one.typed) & set(":/") else ""
    for words in (typed, hedge_words(one), shown_lines(one.reason, absent=""), shown_lines(one.comment, absent="")):
        if words:
            yield from told(words, width, QUIET, indent=INDENT)


def _correction(one: StatementView, change: CorrectionView, width: int) -> Iterator[Line]:
    """What stood before is struck; the word says so too."""
    at = one.corrections.index(change)
    before = one.stated if at == 0 else one.corrections[at - 1].worth
    old, new = (shown(worth_words(worth, short=True)) for worth in (before, change.worth))
    head = f"{change.entry:>{INDENT - 2}}  corrected {minute_words(change.recorded_at)[:10]}: "
    yield ((head, QUIET), (old, STRUCK), (f" → {new}", STRONG))
    if not change.counts:
        yield from told("after the close, so the first value is scored", width, QUIET, indent=INDENT)
    why = REDACTED if change.redacted else shown_lines(change.reason, absent="")
    yield from told(f"because: {why}", width, QUIET, indent=INDENT)


def _withdrawn(left: WithdrawalView, width: int) -> Iterator[Line]:
    when, who, _ = _widths(width)
    at = fit(_when(left.at, width), when)
    yield ((f"{left.entry:>{INDENT - 2}}  {at} {fit(shown(left.forecaster), who)} ", PLAIN), ("withdrew", STRONG))
    why = REDACTED if left.redacted else shown_lines(left.reason, absent="")
    if why:
        yield from told(f"because: {why}", width, QUIET, indent=INDENT)
