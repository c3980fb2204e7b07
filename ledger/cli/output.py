"""All printing. Each line passes :func:`emit`, where text is made harmless and colours are our own.

Data goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import IO, NamedTuple, TypeAlias

import click

from ledger.domain.text import safe_text

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


class Paint(NamedTuple):
    """Text in one of our styles: bold, dim, red, green, yellow, blue, cyan."""

    text: str
    style: str


Part: TypeAlias = str | Paint
Line: TypeAlias = Part | list[Part]


def emit(lines: Iterable[Line], *, err: bool = False) -> None:
    """Print ``lines``: every control, format and invisible character in them is shown as a mark."""
    stream = sys.stderr if err else sys.stdout
    if stream is None:  # closed by whoever started us
        return
    colour = wants_colour(stream)
    _write(stream, (_rendered(line, colour) for line in lines))


def say(*lines: Line) -> None:
    """Print data on standard output."""
    emit(lines)


def note(*lines: Line) -> None:
    """Print anything else on standard error."""
    emit(lines, err=True)


def _write(stream: IO[str], lines: Iterable[str]) -> None:
    for line in lines:
        stream.write(line + "\n")


def _rendered(line: Line, colour: bool) -> str:
    if isinstance(line, str):
        return safe_text(line)
    if isinstance(line, list):
        return "".join([_rendered(part, colour) for part in line])
    text = safe_text(line.text)
    return f"\x1b[{_CODES[line.style]}m{text}\x1b[0m" if colour and line.style else text


def wants_colour(stream: IO[str]) -> bool:
    """Whether to colour: ``--no-color`` and ``NO_COLOR`` forbid it, ``FORCE_COLOR`` asks for it, else a terminal."""
    context = click.get_current_context(silent=True)
    if (context is not None and context.color is False) or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def colours() -> bool:
    """Whether what goes to standard output is coloured."""
    return sys.stdout is not None and wants_colour(sys.stdout)


def show_every_character() -> None:
    """Let a terminal that cannot show a character get its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def columns() -> int | None:
    """The width of the terminal that standard output is; ``None`` where it is none and nothing need be cut."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)


class _Escapes(dict[int, str]):
    """What JSON leaves raw and a terminal would act on, as escapes that read back as the same character."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = character != "\n" and safe_text(character) != character
        self[code] = json.dumps(character)[1:-1] if hidden and code != 0x7F else "\\u007f" if hidden else character
        return self[code]


_ESCAPES = _Escapes()


def json_text(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON that is harmless on a terminal and reads back unchanged."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return text if text.isascii() and "\x7f" not in text else text.translate(_ESCAPES)


def say_json(data: dict[str, object]) -> None:
    """Print ``data`` as JSON for people and programs."""
    _say_raw([json_text(data, indent=2)])


def say_json_rows(rows_name: str, rows: Iterable[object], rest: dict[str, object]) -> None:
    """Print an object whose long list ``rows_name`` has an item a line, and after it what ``rest`` holds."""
    _say_raw(_object_lines(rows_name, rows, rest))


def _object_lines(rows_name: str, rows: Iterable[object], rest: dict[str, object]) -> Iterable[str]:
    pending = None
    yield f"{{{json_text(rows_name)}: ["
    for row in rows:
        if pending is not None:
            yield pending + ","
        pending = json_text(row)
    if pending is not None:
        yield pending
    yield "]" + "".join(f",\n{json_text(name)}: {json_text(value)}" for name, value in rest.items()) + "}"


def _say_raw(lines: Iterable[str]) -> None:
    if sys.stdout is not None:
        _write(sys.stdout, lines)
