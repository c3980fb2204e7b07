"""ForecastBench's sets put together: questions, forecasts and resolutions by source, id and resolution date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields, records_of

Key = tuple[str, str, str]
"""Source, id and resolution date (empty where there is none)."""


@dataclass
class Sets:
    """What the files hold together."""

    questions: dict[tuple[str, str], Fields] = field(default_factory=dict)
    resolutions: dict[Key, Fields] = field(default_factory=dict)
    forecasts: list[tuple[Fields, Fields]] = field(default_factory=list)
    """Each with the set that it is of."""
    due: str | None = None
    dates: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def gather(told: object, sets: Sets, builder: SheetBuilder) -> None:
    """Put the records of one file, a set or a bare list, where they belong."""
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


def _put(one: Fields, whole: Fields, sets: Sets, builder: SheetBuilder) -> None:
    if not isinstance(one.values.get("id"), str):
        builder.remark("dropped", "combinations of several questions", one.line, "id")
        return
    number = one.needed("source"), one.needed("id")
    if "resolved_to" in one.values:
        sets.resolutions[(*number, day_of(one))] = one
    elif "forecast" in one.values:
        sets.forecasts.append((one, whole))
    else:
        sets.questions[number] = one
        dates = one.values.get("resolution_dates")
        sets.dates[number] = [str(date) for date in dates] if isinstance(dates, list) else []


def day_of(one: Fields) -> str:
    """The resolution date of a record; empty where it has none."""
    return (one.text("resolution_date") or "")[:10]


def keys_of(sets: Sets, builder: SheetBuilder) -> Iterator[tuple[Key, Fields]]:
    """Every question that a set names, once for each resolution date, with the record to read it from."""
    seen: set[Key] = set()
    for number, told in sets.questions.items():
        for date in sets.dates[number] or [""]:
            seen.add((*number, date[:10]))
            yield (*number, date[:10]), told
    said = [*sets.resolutions.values(), *(one for one, _ in sets.forecasts)]
    for one in said:
        key = (one.needed("source"), one.needed("id"), day_of(one))
        number = key[:2]
        if key in seen or (number in sets.questions and (*number, "") in seen):
            continue
        seen.add(key)
        if number not in sets.questions:
            builder.remark("assumed", "titles that are only the source and id, as no question set is there", one.line)
        yield key, sets.questions.get(number, one)
