"""The cells of a Parquet column as the texts that people would write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ledger.domain.instants import EARLIEST, LATEST, format_instant, to_datetime
from ledger.domain.probability import shortest_decimal
from ledger.domain.text import quoted
from ledger.errors import FileInputError, InputError
from ledger.formats.arrow import arrow, compute
from ledger.formats.faulty import Faulty

_LONGEST = 100_000
_UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1}


def column_texts(column: Any, kind: str, name: str, file: str) -> Sequence[str]:
    """The texts of one column of a batch; ``kind`` is ``text``, ``time``, ``plain`` or ``other``."""
    pa = arrow()

    if kind == "other":
        return [Faulty(f"a column of {column.type} holds no table cells")] * len(column)
    if pa.types.is_dictionary(column.type):
        lengths = compute().binary_length(column.dictionary)
        if (compute().max(lengths).as_py() or 0) > 4 * _LONGEST:
            raise FileInputError(f"a cell is longer than {_LONGEST:,} characters: shorten it", file=file, column=name)
        values = ["" if text is None else str(text) for text in column.dictionary.to_pylist()]
        return ["" if place is None else values[place] for place in column.indices.to_pylist()]
    if kind == "time":
        return _times(column)
    return [_plain(value) for value in column.to_pylist()]


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        try:
            return shortest_decimal(value)
        except InputError:
            return Faulty(f"{value!r} is no finite number")
    return str(value)


def _times(column: Any) -> list[str]:
    pa = arrow()

    if pa.types.is_date(column.type):
        return ["" if day is None else day.isoformat() for day in column.to_pylist()]
    unit, zoned = column.type.unit, column.type.tz is not None
    known: dict[int | None, str] = {None: ""}
    return [
        known[one] if one in known else known.setdefault(one, _time(one, unit, zoned=zoned))
        for one in column.cast(pa.int64()).to_pylist()
    ]


def _time(count: int, unit: str, *, zoned: bool) -> str:
    """An instant where the column says a zone, else a local time; a time that a file has finer is not cut."""
    finer = unit == "ns"
    if finer and count % 1000:
        return Faulty(f"{count} nanoseconds is finer than a microsecond: round the time")
    instant = count // 1000 if finer else count * _UNITS[unit]
    if not EARLIEST <= instant <= LATEST:
        return Faulty(f"{quoted(str(count))} is a time outside the years 1 to 9999")
    return format_instant(instant) if zoned else _local(to_datetime(instant))


def _local(moment: datetime) -> str:
    whole_day = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second) == timedelta()
    local = moment.replace(tzinfo=None)
    return local.date().isoformat() if whole_day and not moment.microsecond else local.isoformat()
