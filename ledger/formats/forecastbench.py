"""ForecastBench: a question set, forecast sets and a resolution set, each alone or together.

A question is asked anew for every resolution date, so it is known by source, id and that date. Forecasts were due on a
day without a time. A value that is not final (``resolved`` false, the price of a market) is no outcome, and the frozen
value of a market is no forecast: neither comes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.domain.instants import Instant
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

SOURCE = "https://www.forecastbench.org"
_NAME_ONLY = re.compile(r'"?[\w.-]{1,200}\.json"?', re.ASCII)
_TELLING = (
    ("questions[].freeze_datetime",), ("questions[].resolution_dates",), ("questions[].market_info_close_datetime",),
    ("resolutions[].resolved_to",), ("forecasts[].forecast", "forecasts[].resolution_date"), ("forecasts[].source",),
    ("[].forecast", "[].source", "[].resolution_date"), ("[].resolved_to", "[].resolution_date"),
)  # fmt: skip


def _is_ours(head: Head) -> bool:
    return any(head.has_keys(*ways) for ways in _TELLING) or _is_name(head)


def _is_name(head: Head) -> bool:
    return _NAME_ONLY.fullmatch(head.text.strip()) is not None


def looks_like(material: Material) -> bool:
    """Whether a part is one of its sets."""
    return any(map(_is_ours, material.heads))


Key = tuple[str, str, str]
"""Source, id and resolution date (empty where there is none)."""


@dataclass
class _Sets:
    """What the files hold together."""

    questions: dict[tuple[str, str], Fields] = field(default_factory=dict)
    resolutions: dict[Key, Fields] = field(default_factory=dict)
    forecasts: list[tuple[Fields, Fields]] = field(default_factory=list)
    """Each with the set that it is of."""
    due: str | None = None
    dates: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def read(material: Material, given: Given) -> Sheet:
    """What the sets say."""
    builder = SheetBuilder(material.name, "forecastbench", given, unit="record", source=SOURCE)
    sets = _Sets()
    for part in builder.each(material, _is_ours):
        if _is_name(part.head):
            raise builder.refuse(f"this holds only the name of a file, {part.head.text.strip()}: import that file")
        _gather(part.json(), sets, builder)
    places = {key: builder.ask(told.line, _question(key, told, sets, builder)) for key, told in _keys(sets, builder)}
    for forecast, whole in sets.forecasts:
        _state(forecast, whole, places, sets, builder)
    return builder.finish()


def _gather(told: object, sets: _Sets, builder: SheetBuilder) -> None:
    whole = Fields(told if isinstance(told, dict) else {}, builder, 1)
    sets.due = whole.text("forecast_due_date") or sets.due
    rows = told if isinstance(told, list) else None
    for name in ("questions", "resolutions", "forecasts"):
        if rows is None and name not in whole.values:
            continue
        for one in records_of(whole.values.get(name) if rows is None else rows, builder, name):
            _put(one, whole, sets, builder)
        if rows is not None:
            return


def _put(one: Fields, whole: Fields, sets: _Sets, builder: SheetBuilder) -> None:
    if not isinstance(one.values.get("id"), str):
        builder.remark("dropped", "combinations of several questions", one.line, "id")
        return
    number = one.needed("source"), one.needed("id")
    if "resolved_to" in one.values:
        sets.resolutions[(*number, _day(one))] = one
    elif "forecast" in one.values:
        sets.forecasts.append((one, whole))
    else:
        sets.questions[number] = one
        dates = one.values.get("resolution_dates")
        sets.dates[number] = [str(date) for date in dates] if isinstance(dates, list) else []


def _day(one: Fields) -> str:
    return (one.text("resolution_date") or "")[:10]


def _keys(sets: _Sets, builder: SheetBuilder) -> Iterator[tuple[Key, Fields]]:
    """Every question that a set names, once for each resolution date, with the record to read it from."""
    seen: set[Key] = set()
    for number, told in sets.questions.items():
        for date in sets.dates[number] or [""]:
            seen.add((*number, date[:10]))
            yield (*number, date[:10]), told
    said = [*sets.resolutions.values(), *(one for one, _ in sets.forecasts)]
    for one in said:
        key = (one.needed("source"), one.needed("id"), _day(one))
        number = key[:2]
        if key in seen or (number in sets.questions and (*number, "") in seen):
            continue
        seen.add(key)
        if number not in sets.questions:
            builder.remark("assumed", "titles that are only the source and id, as no question set is there", one.line)
        yield key, sets.questions.get(number, one)


def _question(key: Key, told: Fields, sets: _Sets, builder: SheetBuilder) -> SheetQuestion:
    source, number, date = key
    title = told.text("question") or f"{source} {number}"
    title = title.replace("{resolution_date}", date).replace("{forecast_due_date}", sets.due or "")
    criteria = [told.text("resolution_criteria"), told.text("background"), told.text("url")]
    outcome = _outcome(sets.resolutions.get(key) or _undated(key, sets), builder)
    return SheetQuestion(
        f"forecastbench:{source}:{number}" + (f":{date}" if date else ""), title,
        builder.deadline(_deadline(date, told, builder), told.line, "resolution_date"),
        criteria="\n\n".join(part for part in criteria if part and part != "N/A") or None, tags=(source,),
        opened_at=_opened(told), outcome=outcome,
    )  # fmt: skip


def _undated(key: Key, sets: _Sets) -> Fields | None:
    """The resolution of a market, which has one outcome whatever the date."""
    if key[2]:
        return None
    return next((one for at, one in sets.resolutions.items() if at[:2] == key[:2]), None)


def _opened(told: Fields) -> Instant | None:
    return None if told.text("market_info_open_datetime") in {None, "N/A"} else told.time("market_info_open_datetime")


def _deadline(date: str, told: Fields, builder: SheetBuilder) -> Instant | None:
    if date:
        return Fields({"resolution_date": date}, builder, told.line).time("resolution_date", end=True)
    if told.text("market_info_close_datetime") in {None, "N/A"}:
        return None
    return told.time("market_info_close_datetime", end=True)


def _outcome(told: Fields | None, builder: SheetBuilder) -> str | None:
    if told is None:
        return None
    if told.text("resolved") == "false":
        builder.remark("dropped", "values that are not final, such as prices of markets", told.line, "resolved_to")
        return None
    share = told.probability("resolved_to")
    return None if share is None else {"0": "no", "1": "yes"}.get(share.decimal, share.decimal)


def _state(
    forecast: Fields, whole: Fields, places: dict[Key, int], sets: _Sets, builder: SheetBuilder
) -> None:  # fmt: skip
    number = forecast.needed("source"), forecast.needed("id")
    place = places.get((*number, _day(forecast)), places.get((*number, "")))
    probability = forecast.probability("forecast")
    if probability is None or place is None:
        builder.remark("dropped", "forecasts without a number", forecast.line, "forecast")
        return
    reason = forecast.text("reasoning")
    builder.state(place, _who(whole, forecast, builder), _made_at(whole, forecast, sets, builder),
                  probability, forecast.line, Extra(comment=reason) if reason else None)  # fmt: skip


def _who(whole: Fields, forecast: Fields, builder: SheetBuilder) -> str:
    parts = (whole.text("model_organization", "organization"), whole.text("model"))
    name = " ".join(part for part in parts if part)
    return builder.who(name or None, forecast.line)


def _made_at(whole: Fields, forecast: Fields, sets: _Sets, builder: SheetBuilder) -> Instant:
    due = whole.text("forecast_due_date") or sets.due
    told = Fields({"forecast_due_date": due}, builder, forecast.line).time("forecast_due_date")
    return builder.made_at(told, forecast.line, "forecast_due_date")
