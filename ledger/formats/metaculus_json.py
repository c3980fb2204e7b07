"""Metaculus's API: posts with ``my_forecasts``, alone, in a list or as a page of results.

A forecast is an interval; ``forecast_values`` is ``[no, yes]``, one for each option, or a cumulative distribution, of
which the quantiles at 5, 25, 50, 75 and 95 percent are read off.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import isfinite

from ledger.domain.instants import Instant
from ledger.domain.kinds import Kind
from ledger.domain.probability import Probability, from_float, shortest_decimal
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.metaculus_terms import DATES, KINDS, SOURCE, Stand, Stands, outcome_of
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion
from ledger.formats.vectors import quantiles, vector

_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
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
    return None, Extra(quantiles=quantiles(_quantiles(values, told.inner("scaling"))))


def _quantiles(cdf: list[float], scaling: Fields) -> list[tuple[str, str]]:
    """The numbers at the levels that lie within the bounds; the scale is logarithmic where it has a zero point."""
    low, high = _bound(scaling, "range_min"), _bound(scaling, "range_max")
    if low is None or high is None or len(cdf) < 2:
        raise InputError("a distribution needs its scale: range_min and range_max, and two values at least")
    zero = _bound(scaling, "zero_point")
    places = ((level, _place(cdf, level)) for level in _LEVELS)
    found = [
        (shortest_decimal(level), shortest_decimal(_scaled(place, low, high, zero)))
        for level, place in places
        if place is not None
    ]
    if not found:
        raise InputError("all of the distribution lies out of its bounds")
    return found


def _bound(scaling: Fields, name: str) -> float | None:
    text = scaling.text(name)
    try:
        value = None if text is None else float(text)
    except ValueError:
        raise InputError(f"{name} is no number") from None
    if value is not None and not isfinite(value):
        raise InputError(f"{name} is no number")
    return value


def _place(cdf: list[float], level: float) -> float | None:
    """Where, from 0 to 1, the distribution reaches ``level``; None where that lies out of bounds."""
    for at in range(1, len(cdf)):
        if cdf[at - 1] <= level <= cdf[at]:
            rise = cdf[at] - cdf[at - 1]
            return (at - 1 + ((level - cdf[at - 1]) / rise if rise else 0.0)) / (len(cdf) - 1)
    return None


def _scaled(place: float, low: float, high: float, zero: float | None) -> float:
    if zero is None or zero in {low, high}:
        return low + (high - low) * place
    ratio = (high - zero) / (low - zero)
    if ratio <= 0 or not isfinite(ratio):
        raise InputError("the zero point lies within the range")
    return low + (high - low) * (place if ratio == 1 else (ratio**place - 1) / (ratio - 1))
