"""Files of the ``forecast`` command of magoo: front matter in YAML, then text; each file is one forecast.

An interval is read as the central one of its confidence. Of a distribution only the percentiles that the file names
come in. When it was stated, the file does not say.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ledger.domain.kinds import Kind
from ledger.domain.probability import Probability, from_float
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.choices import kind_of, state_choice, yes_of
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material, Part
from ledger.formats.own_csv.values import parse_quantity
from ledger.formats.plain_keys import plain_key
from ledger.formats.plain_yaml import Document, front_matter
from ledger.formats.sheet import Extra, Sheet, SheetQuestion
from ledger.formats.vectors import quantiles

_SCENARIO = re.compile(r"\A\s*---\s*\n(?:.*\n)*?scenario\s*:")
_TYPE = re.compile(r"^type\s*:\s*(choice|interval|pert|lognormal|pareto)", re.MULTILINE)
_PERCENTILES = (("0.05", "p5"), ("0.5", "p50"), ("0.95", "p95"))


def _is_ours(head: Head) -> bool:
    return head.text.lstrip().startswith("---") and all(one.search(head.text[:4096]) for one in (_SCENARIO, _TYPE))


def looks_like(material: Material) -> bool:
    """Whether a part has such front matter."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the files say; lines are those of each file."""
    builder = SheetBuilder(material.name, "magoo", given)
    for part in builder.each(material, _is_ours):
        _take(part, builder)
    return builder.finish()


def _take(part: Part, builder: SheetBuilder) -> None:
    document = front_matter(part.text(), file=part.name)
    line = document.line
    told = Fields(document.values, builder, line)
    options = _options(document, told)
    kind, names = kind_of([name for name, _ in options]) if options else (Kind.NUMERIC, [])
    place = builder.ask(line, _question(told, document, kind, names, [name for name, _ in options], builder))
    if options:
        who, made_at = builder.who(None, line), builder.made_at(None, line, "made_at")
        state_choice(builder, place, who, made_at, options, line, Extra())
    elif pairs := _pairs(told, builder):
        who, made_at = builder.who(None, line), builder.made_at(None, line, "made_at")
        builder.state(place, who, made_at, None, line, Extra(quantiles=pairs))
    else:
        builder.remark("dropped", "distributions without a percentile", line, "type")


def _options(document: Document, told: Fields) -> list[tuple[str, Probability]]:
    if told.text("type") != "choice":
        return []
    options = document.values.get("options")
    if not isinstance(options, dict):
        raise told.refuse("options with their probabilities were expected", "options")
    inside = told.inner("options")
    return [(name, inside.probability(name) or from_float(0.0)) for name in options]


def _question(
    told: Fields, document: Document, kind: Kind, names: list[str], told_names: list[str], builder: SheetBuilder
) -> SheetQuestion:
    if names:
        names = builder.names(names, told.line)
    tags = document.values.get("tags")
    title = told.needed("scenario")
    return SheetQuestion(
        plain_key("magoo", title), title, builder.deadline(told.time("end_date", end=True), told.line, "end_date"),
        kind=kind, options=names, criteria=document.rest or None,
        tags=tuple(tags) if isinstance(tags, list) else (tags,) if isinstance(tags, str) else (),
        outcome=_outcome(told, kind, told_names),
    )  # fmt: skip


def _outcome(told: Fields, kind: Kind, names: list[str]) -> str | None:
    outcome = told.text("outcome")
    if outcome is None:
        return None
    if kind is Kind.NUMERIC:
        return told.read("outcome", parse_quantity)
    if outcome not in names and not (outcome in {"true", "false"} and kind is Kind.BINARY):
        raise told.refuse(f"{quoted(outcome)} is none of the options", "outcome")
    if kind is not Kind.BINARY:
        return outcome
    yes = names[yes_of(names) or 0]
    return "yes" if outcome in {yes, "true"} else "no"


def _pairs(told: Fields, builder: SheetBuilder) -> tuple[tuple[str, str], ...]:
    pairs = [(level, number) for level, name in _PERCENTILES if (number := told.read(name, parse_quantity)) is not None]
    if told.text("type") == "interval":
        confidence = told.probability("confidence")
        low, high = told.read("min", parse_quantity), told.read("max", parse_quantity)
        if confidence is None or low is None or high is None or not 0.0 < confidence.value < 1.0:
            raise told.refuse("an interval needs its min, its max and a confidence between 0 and 1", "confidence")
        builder.remark("assumed", "intervals are the central ones of their confidence", told.line)
        tail = (1 - Decimal(confidence.decimal)) / 2
        pairs = [(_level(tail), low), (_level(1 - tail), high)]
    elif told.text("type") == "lognormal" and not pairs and (high := told.read("max", parse_quantity)) is not None:
        builder.remark("assumed", "the max of a lognormal is its 95th percentile; its mode stays behind", told.line)
        pairs = [("0.95", high)]
    try:
        return quantiles(pairs)
    except InputError as error:
        raise told.refuse(str(error), "max") from None


def _level(level: Decimal) -> str:
    return format(level.normalize(), "f")
