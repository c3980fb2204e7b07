"""The cards of slices, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.cli.output import Line, columns
from ledger.cli.tables import Column, table

Data = Mapping[str, Any]
NONE = "–"


def group_lines(groups: Sequence[Data], rule: str) -> Iterator[Line]:
    """A line for each card, its score by ``rule``."""
    by = str(groups[0]["by"])
    heading = [
        Column(by, elastic=True), Column("n", right=True), Column("happened", right=True),
        Column(rule, right=True), Column("95 %"), Column("least–greatest"), Column("skill", right=True),
    ]  # fmt: skip
    yield from table(heading, [_group(group) for group in groups], columns())


def _group(card: Data) -> tuple[str, ...]:
    score = card["score"]
    interval = score["interval"]
    spread = f"{interval[0]:.4f}–{interval[1]:.4f}" if interval else NONE
    ranged = NONE if score["low"] is None else f"{score['low']:.4f}–{_high(score)}"
    value = NONE if score["value"] is None else f"{score['value']:.4f}"
    skill = NONE if score["skill_score"] is None else f"{score['skill_score']:.3f}"
    label = NONE if card["value"] is None else str(card["value"])
    return label, f"{card['n']:,}", _happened(card), value, spread, ranged, skill


def _happened(card: Data) -> str:
    """How often what was forecast happened: ``3 of 13``; weighted or shared outcomes make it a fraction."""
    if card["base_rate"] is None:
        return NONE
    return f"{card['base_rate'] * card['n']:.4g} of {card['n']:,}"


def _high(score: Data) -> str:
    return "infinite" if score["high"] is None else f"{score['high']:.4f}"
