"""Scorecards as text, from the same data as ``score --json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.cli.output import Line, Paint, columns
from ledger.cli.tables import Column, fields, table
from ledger.services.wording import percent

Data = Mapping[str, Any]
NONE = "–"
ORIGINAL = "brier-original"
"""Brier's two-category form of 1950: twice the other."""


def score_lines(data: Data) -> Iterator[Line]:
    """The whole report."""
    overall = data["overall"]
    yield Paint(headline(data), "bold")
    yield ""
    yield from fields([*_about(data), *_figures(overall, data)])
    for kind, card in data["kinds"].items():
        yield ""
        yield Paint(_headline_of_kind(kind, card), "bold")
    yield ""
    yield from fields(list(_credibility(data)))
    if data["groups"]:
        yield ""
        yield from _groups(data["groups"])


def headline(data: Data) -> str:
    """The score in one line, with what it means, its interval and its n."""
    card = data["overall"]
    if card["brier"] is None:
        return f"no score yet: {reason(card, 'brier') or 'no binary question is settled'}"
    name, scale, times = ("Brier", "0 to 1", 1)
    if data["rule"] == ORIGINAL:
        name, scale, times = ("Brier, original form,", "0 to 2", 2)
    interval = card["brier_interval"]
    spread = f", 95 % {times * interval[0]:.4f} to {times * interval[1]:.4f}" if interval else ""
    return f"{name} {times * card['brier']:.4f} ({scale}, lower is better){spread}, n = {card['n']:,}"


def reason(card: Data, name: str) -> str:
    """Why a figure of a card is not defined, if it says so."""
    return str((card.get("reasons") or {}).get(name) or "")


def _figure(card: Data, name: str, form: str = ".4f") -> str:
    value = card.get(name)
    if value is not None:
        return format(value, form)
    why = reason(card, name)
    return f"{NONE} ({why})" if why else NONE


def _percent(card: Data, name: str) -> str:
    value = card.get(name)
    return _figure(card, name) if value is None else percent(round(value, 4))


def _about(data: Data) -> Iterator[tuple[str, Line]]:
    yield "policy", str(data["policy"])
    if data["filters"]:
        yield "filters", ", ".join(f"{name} {_told(value)}" for name, value in data["filters"].items())


def _figures(card: Data, data: Data) -> Iterator[tuple[str, Line]]:
    if card["brier"] is None:
        return
    low, high = _figure(card, "brier_low"), _figure(card, "brier_high")
    if low != high:
        yield "range", f"{low} to {high}: the least and the greatest score that the hedges' ranges allow"
    yield "miscalibration", f"{_figure(card, 'miscalibration')}: how far from what happened, lower is better"
    yield "discrimination", f"{_figure(card, 'discrimination')}: how well told apart, higher is better"
    yield "uncertainty", f"{_figure(card, 'uncertainty')}: how hard to tell, whoever forecasts"
    yield "log score", _log_score(card)
    yield "skill", f"{_figure(card, 'skill_score')}: against always saying the base rate, {_percent(card, 'base_rate')}"
    if data["policy"] == "time-average":
        yield "coverage", f"{_percent(card, 'coverage')} of the questions' scheduled life"
    if card.get("truncated_score") is not None:
        yield "truncated", f"{_figure(card, 'truncated_score')}: weight × score, for so few units"


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _log_score(card: Data) -> str:
    infinite = card.get("log_score_infinite")
    if card.get("log_score") is None and infinite:
        return f"infinite: {infinite:,} said 0 % of what happened, or 100 % of what did not"
    return f"{_figure(card, 'log_score')} nats, lower is better"


_OF_KINDS = (
    ("choice", "brier", "Brier"),
    ("ordered", "brier", "ranked probability score"),
    ("numeric", "weighted_interval_score", "weighted interval score"),
    ("numeric", "pinball", "pinball"),
)


def _headline_of_kind(kind: str, card: Data) -> str:
    figures = ", ".join(f"{shown} {_figure(card, name)}" for its, name, shown in _OF_KINDS if its == kind)
    return f"{kind}: {figures}, n = {card['n']:,}"


_PARTS = ("scored", "late", "void", "open", "waiting", "due")
_BESIDE = ("late_statements", "withdrawn", "corrected", "redacted")


def _credibility(data: Data) -> Iterator[tuple[str, Line]]:
    counts = data["counts"]
    yield "units", f"{counts['units']:,} = {' + '.join(f'{counts[name]:,} {name}' for name in _PARTS)}"
    beside = ", ".join(f"{counts[name]:,} {name.replace('_', ' ')}" for name in _BESIDE)
    yield "statements", f"{counts['statements']:,}: {beside}"
    classes = data.get("classes") or data["overall"].get("classes")
    if classes:
        yield "classes", ", ".join(f"{name} {_share(value)}" for name, value in classes.items())
    left = data.get("left_out")
    if left:
        yield "left out", f"{left:,} units, by the filters"


def _share(value: object) -> str:
    return percent(round(value, 4)) if isinstance(value, float) else str(value)


def _groups(groups: Sequence[Data]) -> Iterator[Line]:
    by = str(groups[0]["by"])
    heading = [
        Column(by, elastic=True), Column("n", right=True), Column("happened", right=True),
        Column("Brier", right=True), Column("95 %"), Column("least–greatest"), Column("skill", right=True),
    ]  # fmt: skip
    yield from table(heading, [_group(group) for group in groups], columns())


def _group(card: Data) -> tuple[str, ...]:
    interval = card["brier_interval"]
    spread = f"{interval[0]:.4f}–{interval[1]:.4f}" if interval else NONE
    ranged = NONE if card["brier_low"] is None else f"{card['brier_low']:.4f}–{card['brier_high']:.4f}"
    brier = NONE if card["brier"] is None else f"{card['brier']:.4f}"
    skill = NONE if card["skill_score"] is None else f"{card['skill_score']:.3f}"
    value = NONE if card["value"] is None else str(card["value"])
    return value, f"{card['n']:,}", _happened(card), brier, spread, ranged, skill


def _happened(card: Data) -> str:
    """How often what was forecast happened: ``3 of 13``; weighted or shared outcomes make it a fraction."""
    if card["base_rate"] is None:
        return NONE
    return f"{card['base_rate'] * card['n']:.4g} of {card['n']:,}"
