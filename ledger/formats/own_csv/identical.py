"""Statements of a named forecaster that a file has twice are one."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from ledger.formats.sheet import UNKNOWN, Extra, Sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_words = attrgetter(*(name for name in Extra.__slots__ if name not in {"low", "high"}))


def merge_identical(sheet: Sheet) -> int:
    """Keep the first of statements alike in question, forecaster, time and all they say; return how many went.

    Those of ``unknown`` stay apart: they may be of different people.
    """
    places = sorted(_repeated(sheet))
    if places:
        _drop(sheet, places)
    return len(places)


def _repeated(sheet: Sheet) -> list[int]:
    """The places of all but the first of each; only statements that share all three numbers are looked at."""
    if not len(sheet):
        return []
    import numpy as np

    columns = [np.frombuffer(column, np.int64) for column in (sheet.made_at, sheet.forecaster_of, sheet.question_of)]
    order = np.lexsort(columns)
    alike = np.ones(len(order) - 1, dtype=bool)
    for column in columns:
        alike &= np.diff(column[order]) == 0
    if UNKNOWN in sheet.forecasters:
        alike &= columns[1][order[1:]] != sheet.forecasters.index(UNKNOWN)
    return _same_value(sheet, order, np.flatnonzero(alike).tolist())


def _same_value(sheet: Sheet, order: NDArray[np.intp], alike: list[int]) -> list[int]:
    """``alike`` are the places in ``order`` whose next one shares the numbers; the sort was stable."""
    repeated: list[int] = []
    said: set[object] = set()
    before = -1
    for at in alike:
        if at != before:
            said = {_said(sheet, int(order[at]))}
        before, place = at + 1, int(order[at + 1])
        if (what := _said(sheet, place)) in said:
            repeated.append(place)
        said.add(what)
    return repeated


def _said(sheet: Sheet, place: int) -> object:
    probability, extra = sheet.probability[place], sheet.extras.get(place)
    if extra is None:
        return probability and probability.value
    limits = tuple(limit and limit.value for limit in (extra.low, extra.high))
    return probability and probability.value, limits, _words(extra)


def _drop(sheet: Sheet, places: list[int]) -> None:
    import numpy as np

    gone = set(places)
    for name in ("question_of", "forecaster_of", "made_at", "line"):
        kept = np.delete(np.frombuffer(getattr(sheet, name), np.int64), places)
        setattr(sheet, name, array("q", kept.tobytes()))
    sheet.probability = [value for place, value in enumerate(sheet.probability) if place not in gone]
    kept_extras = (item for item in sheet.extras.items() if item[0] not in gone)
    sheet.extras = {place - bisect_left(places, place): extra for place, extra in kept_extras}
    for question in sheet.questions:
        question.first_row -= bisect_left(places, question.first_row)
