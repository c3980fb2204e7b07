"""Tables in columns: coloured on a terminal and cut to its width, whole in a pipe, quick for ten thousand rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.cli.output import Line, Paint, Part
from ledger.domain.text import display_width, safe_text

_GAP = "  "
_LEAST = 12
"""An elastic column is never cut to fewer columns of the terminal than this."""


class Column(NamedTuple):
    """A column; an ``elastic`` one gives way where the terminal is too narrow."""

    title: str
    right: bool = False
    elastic: bool = False
    style: str = ""


def table(columns: Sequence[Column], rows: Sequence[Sequence[Part]], width: int | None) -> Iterator[Line]:
    """The lines of a table: a heading, then a line for each row. ``width`` is the terminal's, if there is one."""
    texts = [[safe_text(_text(cell)) for cell in row] for row in rows]
    widths = _widths(columns, texts, width)
    yield [Paint(_heading(columns, widths), "bold")]
    for row, cells in zip(rows, texts, strict=True):
        line: list[Part] = []
        for part, cell, column, wide in zip(row, cells, columns, widths, strict=True):
            line.extend(_padded(cell, _style(part) or column.style, wide, right=column.right))
        if isinstance(line[-1], str):
            line[-1] = line[-1].rstrip(" ")
        yield line


def _padded(cell: str, style: str, wide: int, *, right: bool) -> tuple[Part, Part, Part]:
    padding = wide - display_width(cell)
    if padding < 0:
        cell = safe_text(cell, width=wide)
        padding = wide - display_width(cell)
    shown: Part = Paint(cell, style) if style else cell
    return (" " * padding, shown, _GAP) if right else ("", shown, " " * padding + _GAP)


def _heading(columns: Sequence[Column], widths: Sequence[int]) -> str:
    titles = [
        column.title.rjust(wide) if column.right else column.title.ljust(wide)
        for column, wide in zip(columns, widths, strict=True)
    ]
    return _GAP.join(titles).rstrip()


def _text(cell: Part) -> str:
    return cell.text if isinstance(cell, Paint) else cell


def _style(cell: Part) -> str:
    return cell.style if isinstance(cell, Paint) else ""


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: int | None) -> list[int]:
    """As wide as each column's widest cell; on a terminal the elastic ones share what the others leave."""
    natural = [
        max([display_width(column.title), *(display_width(row[at]) for row in texts)])
        for at, column in enumerate(columns)
    ]
    if width is None:
        return natural
    excess = sum(natural) + len(_GAP) * (len(columns) - 1) - width
    elastic = [at for at, column in enumerate(columns) if column.elastic]
    while excess > 0 and (at := max(elastic, key=lambda one: natural[one], default=None)) is not None:
        others = [natural[one] for one in elastic if natural[one] < natural[at]]
        step = min(excess, natural[at] - max([_LEAST, *others]) or 1)
        if natural[at] <= _LEAST:
            break
        natural[at] -= step
        excess -= step
    return natural


def fields(pairs: Sequence[tuple[str, Line]]) -> Iterator[Line]:
    """Names and values, a line each, the values below one another."""
    wide = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        rest = value if isinstance(value, list) else [value]
        yield [Paint(name.ljust(wide), "dim"), _GAP, *rest]


def wrapped(text: str, width: int | None, indent: str = "") -> Iterator[str]:
    """A text of several lines, each broken between words for the terminal; unbroken in a pipe."""
    import textwrap

    for line in text.splitlines() or [""]:
        shown = safe_text(line.expandtabs(4))
        if width is None:
            yield indent + shown
        else:
            yield from textwrap.wrap(shown, min(width, 100), initial_indent=indent, subsequent_indent=indent) or [""]
