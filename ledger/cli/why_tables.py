"""Why a question scored as it did, as text, from the same data as the JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.cli.output import Line, Paint, columns
from ledger.cli.tables import Column, fields, table
from ledger.domain.instants import parse_rfc3339
from ledger.services.browse_views import REDACTED
from ledger.services.wording import minute_words, percent

Data = Mapping[str, Any]
NONE = "–"
_HEADING = (
    Column("entry", right=True), Column("made at"), Column("forecast", elastic=True), Column("score", right=True),
    Column("weight", right=True), Column("gave", right=True), Column("update", right=True),
)  # fmt: skip


def why_lines(data: Data) -> Iterator[Line]:
    """The score of each unit, and of each of its statements."""
    asked = data["question"]
    name = asked["key"] or f"#{asked['number']}"
    yield Paint(f"why {name} scored as it did: {asked['outcome']} ({data['rule']}, {data['policy']})", "bold")
    for unit in data["units"]:
        yield ""
        yield Paint(f"{unit['forecaster'] or REDACTED}: {_figure(unit, 'score')}", "bold")
        yield from fields(list(_about(unit, data)))
        yield from table(_HEADING, [_row(one) for one in unit["statements"]], columns())


def _about(unit: Data, data: Data) -> Iterator[tuple[str, Line]]:
    yield "standing pat", f"{_figure(unit, 'standing_pat')}: had the first statement stood throughout"
    rate = data["base_rate"]
    said = "" if rate is None else f": saying the base rate of all scored questions, {percent(round(rate, 4))}"
    yield "base rate", _figure(unit, "base_rate") + said
    if "effect" in unit["reasons"]:
        yield "updates", unit["reasons"]["effect"]


def _figure(unit: Data, name: str) -> str:
    value = unit[name]
    if value is not None:
        return f"{value:.4f}"
    why = unit["reasons"].get(name)
    return f"{NONE} ({why})" if why else NONE


def _row(one: Data) -> tuple[str, ...]:
    effect = one["effect"]
    update = NONE if effect is None else f"{'lost' if effect > 0 else 'won'} {abs(effect):.4f}"
    weight = NONE if one["weight"] is None else percent(round(one["weight"], 4))
    made_at = minute_words(parse_rfc3339(one["since"]))
    return str(one["entry"]), made_at, _said(one), _number(one["score"]), weight, _number(one["contribution"]), update


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.4f}"


def _said(one: Data) -> str:
    if "options" in one:
        return ", ".join(f"{option['option']} {percent(option['probability'])}" for option in one["options"])
    if "quantiles" in one:
        return ", ".join(f"{pair['level']:g}: {pair['value']:g}" for pair in one["quantiles"])
    return percent(one["probability"])
