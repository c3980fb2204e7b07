"""All figures of a report as JSON: ``null`` where one is not defined, never NaN; times are RFC 3339."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from math import isfinite

from ledger.domain.instants import format_instant
from ledger.domain.text import safe_text
from ledger.reports.model import Report

SHAPE = "forecast-ledger/report/1"
_INSTANTS = {
    "first_deadline", "last_deadline", "recorded_at", "holds_from", "made_at", "opened_at", "deadline", "known_at",
    "until", "starts_at",
}  # fmt: skip


def json_lines(report: Report) -> Iterator[str]:
    """The object, one name of it a line, a question a line."""
    yield f'{{"report": {_text(SHAPE)},\n'
    names = [one.name for one in fields(report)]
    for at, name in enumerate(names):
        end = ",\n" if at + 1 < len(names) else "\n"
        value = getattr(report, name)
        if name in {"questions", "statements"} and value:
            yield f"{_text(name)}: [\n"
            for place, one in enumerate(value):
                yield _text(plain(one)) + (",\n" if place + 1 < len(value) else f"\n]{end}")
        else:
            yield f"{_text(name)}: {_text(plain(value))}{end}"
    yield "}\n"


def plain(value: object, name: str = "") -> object:
    """``value`` as JSON takes it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name), one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one, str(key)) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, int) and name in _INSTANTS and not isinstance(value, bool):
        return format_instant(value)
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)


class _Escapes(dict[int, str]):
    """What JSON leaves raw and a terminal would act on, as escapes that read back as the same character."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = safe_text(character) != character
        self[code] = json.dumps(character)[1:-1] if hidden and code != 0x7F else "\\u007f" if hidden else character
        return self[code]


_ESCAPES = _Escapes()


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)
