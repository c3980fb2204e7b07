"""ForecastBench: a question set, forecast sets and a resolution set, each alone or together.

A question is asked anew for every resolution date, so it is known by source, id and that date. Forecasts were due on a
day without a time. A value that is not final (``resolved`` false, the price of a market) is no outcome, and the frozen
value of a market is no forecast: neither comes in.
"""

from __future__ import annotations

import re

from ledger.domain.instants import Instant
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.forecastbench_sets import Key, Sets, day_of, gather, keys_of
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


def read(material: Material, given: Given) -> Sheet:
    """What the sets say."""
    builder = SheetBuilder(material.name, "forecastbench", given, unit="record", source=SOURCE)
    sets = Sets()
    for part in builder.each(material, _is_ours):
        if _is_name(part.head):
            raise builder.refuse(f"this holds only the name of a file, {part.head.text.strip()}: import that file")
        gather(part.json(), sets, builder)
    places = {key: builder.ask(told.line, _question(key, told, sets, builder)) for key, told in keys_of(sets, builder)}
    for forecast, whole in sets.forecasts:
        _state(forecast, whole, places, sets, builder)
    return builder.finish()


def _question(key: Key, told: Fields, sets: Sets, builder: SheetBuilder) -> SheetQuestion:
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


def _undated(key: Key, sets: Sets) -> Fields | None:
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
    forecast: Fields, whole: Fields, places: dict[Key, int], sets: Sets, builder: SheetBuilder
) -> None:  # fmt: skip
    number = forecast.needed("source"), forecast.needed("id")
    place = places.get((*number, day_of(forecast)), places.get((*number, "")))
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


def _made_at(whole: Fields, forecast: Fields, sets: Sets, builder: SheetBuilder) -> Instant:
    due = whole.text("forecast_due_date") or sets.due
    told = Fields({"forecast_due_date": due}, builder, forecast.line).time("forecast_due_date")
    return builder.made_at(told, forecast.line, "forecast_due_date")
