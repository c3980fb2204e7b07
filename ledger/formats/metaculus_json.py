"""Metaculus's API: posts with ``my_forecasts``, alone, in a list or as a page of results.

A forecast is an interval; ``forecast_values`` is ``[no, yes]``, one for each option, or a cumulative distribution, of
which the quantiles at 5, 25, 50, 75 and 95 percent are read off.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.domain.instants import Instant
from ledger.domain.kinds import Kind
from ledger.domain.probability import Probability, from_float
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.metaculus_scale import read_off
from ledger.formats.metaculus_terms import DATES, KINDS, SOURCE, Stand, Stands, outcome_of
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion
from ledger.formats.vectors import quantiles, vector

_WAYS = ("", "[].", "results[].")


def _is_ours(head: Head) -> bool:
    return any(
        head.has_keys(f"{way}{inside}title", f"{way}{inside}scheduled_close_time")
        or head.has_keys(f"{way}{inside}my_forecasts")
        or head.has_keys(f"{way}{inside}scheduled_resolve_time")
        for way in _WAYS
        for inside in ("", "question.", "group_of_questions.questions[].")
    )


def looks_like(material: Material) -> bool:
    """Whether a part has Metaculus's posts or questions."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the API answered: one's own forecasts, and the questions without any."""
    builder = SheetBuilder(material.name, "metaculus-json", given, unit="record", source=SOURCE)
    stands = Stands(builder)
    for part in builder.each(material, _is_ours):
        told = part.json()
        if isinstance(told, dict):
            told = told.get("results", [told])
        for post in records_of(told, builder, "results"):
            for question in _questions(post):
                _take(post, question, builder, stands)
    stands.put()
    return builder.finish()


def _questions(post: Fields) -> Iterator[Fields]:
    if "question" in post.values and post.values["question"] is not None:
        yield post.inner("question")
    elif "group_of_questions" in post.values:
        yield from post.inner("group_of_questions").inners("questions")
    else:
        yield post


def _take(post: Fields, told: Fields, builder: SheetBuilder, stands: Stands) -> None:
    name = (told.text("type") or "").lower()
    kind = KINDS.get(name)
    if kind is None:
        builder.remark("dropped", f"questions of type {quoted(name, limit=30)}", told.line, "type")
        return
    if name == "date":
        builder.remark("assumed", DATES, told.line)
    place = _ask(post, told, kind, builder)
    for forecast in told.inner("my_forecasts").inners("history"):
        _stand(forecast, told, place, builder, stands)


def _ask(post: Fields, told: Fields, kind: Kind, builder: SheetBuilder) -> int:
    line = told.line
    options = builder.names(map(str, told.items("options")), line) if kind is Kind.CHOICE else []
    outcome, reason = outcome_of(told.text("resolution"), kind, options, builder, line)
    ending = told.time("scheduled_close_time", "actual_close_time", end=True)
    known_at = told.time("actual_resolve_time", "resolution_set_time") if outcome else None
    title = told.text("title") or post.needed("title")
    criteria = "\n\n".join(part for part in (told.text("resolution_criteria"), told.text("fine_print")) if part)
    return builder.ask(line, SheetQuestion(
        f"metaculus:{told.needed('id')}", title,
        builder.deadline(ending if ending is not None else known_at, line, "scheduled_close_time"), kind=kind,
        options=options, criteria=criteria or None, opened_at=told.time("open_time"), outcome=outcome,
        known_at=known_at, void_reason=reason,
    ))  # fmt: skip


def _stand(forecast: Fields, told: Fields, place: int, builder: SheetBuilder, stands: Stands) -> None:
    values = forecast.items("forecast_values")
    if not values:
        builder.remark("dropped", "forecasts without values", forecast.line, "forecast_values")
        return
    try:
        probability, extra = _stated(_numbers(values), told, place, builder)
    except InputError as error:
        raise forecast.refuse(str(error), "forecast_values") from None
    number = forecast.text("author_id")
    who = builder.given.forecaster or builder.who(f"Metaculus user {number}" if number else None, forecast.line)
    start = builder.made_at(_time(forecast, "start_time"), forecast.line, "start_time")
    stands.found.append(Stand(place, who, start, _time(forecast, "end_time"), probability, extra, forecast.line))


def _time(forecast: Fields, name: str) -> Instant | None:
    """Epoch seconds, or a time as text."""
    told = forecast.values.get(name)
    return forecast.time(name) if isinstance(told, str) and "-" in told else forecast.time(name, epoch="s")


def _numbers(values: list[object]) -> list[float]:
    found = []
    for value in values:
        told = 0 if value is None else value
        if isinstance(told, bool) or not isinstance(told, (int, Decimal)):
            raise InputError("a list of numbers was expected")
        found.append(float(told))
    return found


def _stated(
    values: list[float], told: Fields, place: int, builder: SheetBuilder
) -> tuple[Probability | None, Extra | None]:
    question = builder.sheet.questions[place]
    if question.kind == Kind.BINARY:
        if len(values) != 2:
            raise InputError(f"{len(values)} values where [no, yes] was expected")
        return from_float(values[1]), None
    if question.kind == Kind.CHOICE:
        if len(values) != len(question.options):
            raise InputError(f"{len(values)} values for {len(question.options)} options")
        stated, brought = vector([from_float(value).decimal for value in values])
        if brought:
            builder.remark("derived", "probabilities of options brought to a sum of 1, from rounded ones", told.line)
        return None, Extra(vector=stated)
    builder.remark("derived", "quantiles read off a distribution at 5, 25, 50, 75 and 95 percent", told.line)
    return None, Extra(quantiles=quantiles(read_off(values, told.inner("scaling"))))
