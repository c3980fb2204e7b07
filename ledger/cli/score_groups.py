"""The cards of slices, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.cli.output import Line, Paint, columns
from ledger.cli.tables import Column, table
from ledger.services.wording import percent

Data = Mapping[str, Any]
NONE = "–"


def group_lines(groups: Sequence[Data], rule: str, *, weighted: bool) -> Iterator[Line]:
    """A line for each card with binary questions, its score by ``rule``; ``weighted`` where statements have weights."""
    by = str(groups[0]["by"])
    shown = [group for group in groups if group["n"]]
    counts = all(_is_count(group) for group in shown)
    happened = "happened (weighted)" if weighted and not counts else "happened"
    heading = [
        Column(by, elastic=True), Column("n", right=True), Column(happened, right=True),
        Column(rule, right=True), Column("95 %"), Column("least–greatest"), Column("skill", right=True),
    ]  # fmt: skip
    if shown:
        yield from table(heading, [_group(group, counts=counts) for group in shown], columns())
    if others := [_label(group) for group in groups if not group["n"]]:
        yield Paint(f"without a scored binary question, see --json: {', '.join(others)}", "dim")


def _group(card: Data, *, counts: bool) -> tuple[str, ...]:
    score = card["score"]
    interval = score["interval"]
    spread = f"{interval[0]:.4f}–{interval[1]:.4f}" if interval else NONE
    ranged = NONE if score["low"] is None else f"{score['low']:.4f}–{_high(score)}"
    value = NONE if score["value"] is None else f"{score['value']:.4f}"
    skill = NONE if score["skill_score"] is None else f"{score['skill_score']:.3f}"
    return _label(card), f"{card['n']:,}", _happened(card, counts=counts), value, spread, ranged, skill


def _label(card: Data) -> str:
    return NONE if card["value"] is None else str(card["value"])


def _is_count(card: Data) -> bool:
    """Whether so many of the rows happened; weights and shared outcomes make it a fraction."""
    happened: float = (card["base_rate"] or 0.0) * card["n"]
    return abs(happened - round(happened)) < 1e-6


def _happened(card: Data, *, counts: bool) -> str:
    """How often what was forecast happened: ``3 of 13``, or the share of it, ``24.8 %``."""
    if card["base_rate"] is None:
        return NONE
    if not counts:
        return percent(round(card["base_rate"], 3))
    return f"{round(card['base_rate'] * card['n']):,} of {card['n']:,}"


def _high(score: Data) -> str:
    return "infinite" if score["high"] is None else f"{score['high']:.4f}"
