"""Days and times as people write them into their own tables: with the month in the middle or in front, or a serial."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.formats.told_times import Told, read_epoch, read_time
from ledger.formats.xlsx.numbers import number_text

_CLOCK = r"(?:[,T ]\s*(?:at )?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?)?"
_NUMBERS = re.compile(rf"(\d{{1,2}})([./-])\s?(\d{{1,2}})\2\s?(\d{{4}}|\d{{2}}){_CLOCK}", re.ASCII | re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|\.)?[ -]([A-Za-z]{{3,9}})\.?,?[ -](\d{{4}}){_CLOCK}", re.ASCII | re.IGNORECASE
)
_MONTH_DAY = re.compile(
    rf"([A-Za-z]{{3,9}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_CLOCK}", re.ASCII | re.IGNORECASE
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d{1,12})?", re.ASCII)
_EPOCH = re.compile(r"1\d{9}|1\d{12}", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_LONGEST = 60
_CENTURY = 2000


def order_of(cells: Iterable[str]) -> str | None:
    """``dmy`` or ``mdy`` where the numbers of a column leave no doubt, else None.

    Raises :class:`InputError` where some cells can only be the one and some only the other.
    """
    found: dict[str, str] = {}
    for cell in cells:
        match = _numbers(cell)
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12:
            found.setdefault("dmy", cell)
        elif second > 12:
            found.setdefault("mdy", cell)
    if len(found) > 1:
        both = f"{quoted(found['dmy'])} begins with the day and {quoted(found['mdy'])} with the month"
        raise InputError(f"{both}: make them the same, or write 2026-12-31")
    return next(iter(found), None)


def first_doubtful(cells: Iterable[str]) -> str | None:
    """The first cell that is one day or another by the order of its numbers."""
    found = (cell for cell in cells if (match := _numbers(cell)) and match[1] != match[3])
    return next(found, None)


def _numbers(cell: str) -> re.Match[str] | None:
    return _NUMBERS.fullmatch(cell.strip()) if len(cell) < _LONGEST else None


@lru_cache(maxsize=16_384)
def table_time(cell: str, order: str | None, zone: str, *, end: bool = False) -> Told:
    """The instant in a cell; a plain day is its end with ``end``, else its beginning.

    ``order`` says whether 3/4/2026 begins with the day (``dmy``) or the month (``mdy``). Raises :class:`InputError` for
    what is no time.
    """
    text = cell.strip()
    if len(text) > _LONGEST:
        raise InputError(f"{quoted(cell)} is not a time that can be read: write it as 2026-12-31")
    if _EPOCH.fullmatch(text):
        return Told(read_epoch(text, "s" if len(text) == 10 else "ms"))
    if _SERIAL.fullmatch(text):
        return read_time(number_text(text, "day") or text, zone, end=end)
    return read_time(_iso(text, order), zone, end=end)


def _iso(text: str, order: str | None) -> str:
    if match := _NUMBERS.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day, month = (second, first) if order == "mdy" and match[2] != "." else (first, second)
        return _written(year if len(match[4]) > 2 else _CENTURY + year, month, day, match.groups()[4:])
    if match := _DAY_MONTH.fullmatch(text):
        return _written(int(match[3]), _month(match[2], text), int(match[1]), match.groups()[3:])
    if match := _MONTH_DAY.fullmatch(text):
        return _written(int(match[3]), _month(match[1], text), int(match[2]), match.groups()[3:])
    return text


def _month(name: str, text: str) -> int:
    for place, month in enumerate(_MONTHS, 1):
        if month.startswith(name.lower()) or (name.lower() == "sept" and place == 9):
            return place
    raise InputError(f"{quoted(text)} is not a time that can be read: write it as 2026-12-31")


def _written(year: int, month: int, day: int, clock: tuple[str | None, ...]) -> str:
    written = f"{year:04}-{month:02}-{day:02}"
    hour, minute, second, half = clock
    if hour is None:
        return written
    shift = _half(int(hour), half)
    return f"{written} {shift:02}:{minute}:{second or '00'}"


def _half(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise InputError(f"there is no hour {hour} {half}")
    return hour % 12 + 12 * (half[0].lower() == "p")
