"""Numbers of a spreadsheet as the texts that people would write: decimals, percentages, days and times.

A spreadsheet keeps a time as a number of days; only the number format of its cell tells it from other numbers.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Literal

from ledger.domain.instants import DAY
from ledger.domain.probability import shortest_decimal

Style = Literal["number", "percent", "day", "time", "utc"]

_BUILT_IN: dict[int, Style] = {
    9: "percent",
    10: "percent",
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), *range(50, 55), 57, 58), "day"),
    **dict.fromkeys((18, 19, 20, 21, 22, *range(32, 37), 45, 46, 47, 55, 56), "time"),
}
"""The number formats that have no text in the file (ECMA-376, 18.8.30)."""
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
UTC_FORMAT = 'yyyy\\-mm\\-dd"T"hh:mm:ss"Z"'
"""Shows a time as RFC 3339; what has it is in UTC."""
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet knows no zones
_LAST_LEAP_ERROR = 61
"""Before this serial (1 March 1900) spreadsheets count a day that did not exist."""
_LONGEST = 400


def built_in(number: int) -> Style:
    """What a number format without a text shows."""
    return _BUILT_IN.get(number, "number")


def style_of(code: str) -> Style:
    """What a number format shows, by its text."""
    shown = _LITERAL.sub("", code.partition(";")[0]).lower()
    if "%" in shown:
        return "percent"
    if re.search(r"[hs]", shown) and "general" not in shown:
        return "utc" if code.rstrip().endswith(('"Z"', "\\Z")) else "time"
    return "day" if re.search(r"[ymd]", shown) and not re.search(r"[#0?]", shown) else "number"


def number_text(raw: str, style: Style, *, from_1904: bool = False) -> str | None:
    """The text of a cell that holds the number ``raw``; None for what is no finite number or no day there is."""
    text = raw.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    if value in {float("inf"), float("-inf")}:
        return None
    if style in {"day", "time", "utc"}:
        return _moment(value, style, from_1904=from_1904)
    decimal = shortest_decimal(value)
    return f"{_hundredfold(decimal)}%" if style == "percent" else decimal


def _hundredfold(decimal: str) -> str:
    whole, _, rest = decimal.partition(".")
    shifted = f"{whole}{rest:0<2}"
    cut = len(shifted) - max(len(rest) - 2, 0)
    sign, digits = ("-", shifted[1:cut]) if whole.startswith("-") else ("", shifted[:cut])
    after = shifted[cut:]
    return sign + (digits.lstrip("0") or "0") + (f".{after}" if after else "")


def _moment(serial: float, style: Style, *, from_1904: bool) -> str | None:
    if not 0 <= serial < 2_958_466 or (not from_1904 and serial < _LAST_LEAP_ERROR):
        return None
    milliseconds = round(serial * (DAY // 1000))
    moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(milliseconds=milliseconds)
    if moment.year > 9999:
        return None
    if style == "day" and not milliseconds % (DAY // 1000):
        return moment.date().isoformat()
    return moment.isoformat() + ("Z" if style == "utc" else "")


def utc_serial(text: str) -> float | None:
    """The number of days that stands for an RFC 3339 time in UTC of whole seconds, where it comes back the same."""
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    serial = (moment - _EPOCH) / timedelta(days=1)
    if serial < _LAST_LEAP_ERROR or moment.microsecond:
        return None
    return serial if number_text(f"{serial:.16G}", "utc") == text else None
