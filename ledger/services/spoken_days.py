"""Days as people say them: "tomorrow", "next friday", "in 3 weeks", "31 December", "end of next month".

Only forms with one meaning are read. dateparser knows the arithmetic, but guesses when it is unsure, so it is
asked only about text of a known form, and its answer is compared with the parts that were named.
"""

from __future__ import annotations

import calendar
import re
import warnings
from datetime import date, datetime, time, timedelta
from typing import Literal

from ledger.domain.instants import MONTHS

Preference = Literal["future", "past"]
"""Which year or week is meant when none is named."""

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {name: number for number, name in enumerate(_WEEKDAYS)}
_DAYS |= {name[:3]: number for name, number in _DAYS.items()}

_MONTH, _WEEKDAY, _YEAR = "|".join(_MONTHS), "|".join(_DAYS), "[12][0-9]{3}"
_COUNT = "(?:[0-9]{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_SPAN = rf"{_COUNT} (?:day|week|fortnight|month|year)s?"
_RELATIVE = re.compile(rf"in {_SPAN}|{_SPAN} (?:from now|ago)|today|tomorrow|yesterday")
_NAMED_DAY = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})"
    rf"|(?P<month_first>{_MONTH}) (?P<day_second>[0-9]{{1,2}})(?:st|nd|rd|th)?),?(?: (?P<year>{_YEAR}))?"
)
_ON_WEEKDAY = re.compile(rf"(?P<which>next|last)? ?(?P<weekday>{_WEEKDAY})")
_END_OF_PERIOD = re.compile(r"(?:the |this |(?P<which>next |last ))?(?P<period>day|week|month|quarter|year)")
_END_OF_NAMED = re.compile(rf"(?P<month>{_MONTH})?(?: ?(?P<year>{_YEAR}))?")


def read_day(text: str, *, today: date, prefer: Preference) -> date | None:
    """The day that ``text`` (lower case, single spaces) names, seen from ``today``; None when it names none.

    A day or month without a year, and a weekday, is the next one after today, or with ``prefer`` "past" the
    last one before it. "The end of" a month named without a year may be today.
    """
    if text.startswith("end of "):
        return _end_of(text.removeprefix("end of ").removeprefix("the "), today, prefer)
    if weekday := _ON_WEEKDAY.fullmatch(text):
        which = {"next": "future", "last": "past"}.get(weekday["which"] or "", prefer)
        return _weekday(_DAYS[weekday["weekday"]], today, which)
    return _by_dateparser(text, today, prefer)


def _weekday(weekday: int, today: date, which: str) -> date:
    """The first such day after ``today``, or the last before it; never today itself."""
    if which == "past":
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _end_of(text: str, today: date, prefer: Preference) -> date | None:
    if period := _END_OF_PERIOD.fullmatch(text):
        return _end_of_period(period["period"], today, {"next ": 1, "last ": -1}.get(period["which"] or "", 0))
    named = _END_OF_NAMED.fullmatch(text)
    if named is None:
        return read_day(text, today=today, prefer=prefer)
    month = _MONTHS.get(named["month"] or "", 12)
    if named["year"]:
        return _last_day(int(named["year"]), month)
    ends = [_last_day(year, month) for year in (today.year - 1, today.year, today.year + 1)]
    return max(end for end in ends if end < today) if prefer == "past" else min(end for end in ends if end >= today)


def _end_of_period(period: str, today: date, steps: int) -> date:
    """The last day of this period, or of the one ``steps`` from it; weeks end on Sunday (ISO 8601)."""
    if period in {"day", "week"}:
        return today + timedelta(days=steps if period == "day" else 6 - today.weekday() + 7 * steps)
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    ends = today.year * 12 + ((today.month - 1) // months + 1 + steps) * months - 1  # months since year 0
    return _last_day(ends // 12, ends % 12 + 1)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _by_dateparser(text: str, today: date, prefer: Preference) -> date | None:
    named = _NAMED_DAY.fullmatch(text)
    if named is None and not _RELATIVE.fullmatch(text):
        return None
    read = _ask(text, today, prefer)
    if named is None or read is None:
        return read
    wanted = int(named["day"] or named["day_second"]), _MONTHS[named["month"] or named["month_first"]]
    year = int(named["year"] or read.year)
    return read if (read.day, read.month, read.year) == (*wanted, year) else None


def _ask(text: str, today: date, prefer: Preference) -> date | None:
    import dateparser  # late: it takes longer to import than most commands to run

    settings = {
        "PREFER_DATES_FROM": prefer,
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "REQUIRE_PARTS": ["day"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own use of the standard library, nothing of the user's
        found = dateparser.parse(text, languages=["en"], settings=settings)
    return found.date() if found else None
