"""Tables in columns: coloured on a terminal and cut to its width, whole in a pipe, quick for ten thousand rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.cli.output import Line, Paint, Part, colours
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
    texts = [_safe([_text(row[at]) for row in rows]) for at in range(len(columns))]
    widths = _widths(columns, texts, width)
    laid = [_laid(column, cells, wide) for column, cells, wide in zip(columns, texts, widths, strict=True)]
    heading = [_padded(column.title, wide, right=column.right) for column, wide in zip(columns, widths, strict=True)]
    yield [Paint(_GAP.join(heading).rstrip(), "bold")]
    if not colours():
        yield from (_GAP.join(cells).rstrip() for cells in zip(*laid, strict=True))
        return
    styles = [column.style for column in columns]
    for row, cells in zip(rows, zip(*laid, strict=True), strict=True):
        yield _coloured(row, cells, styles)


def _coloured(row: Sequence[Part], cells: Sequence[str], styles: Sequence[str]) -> Line:
    line: list[Part] = []
    for part, cell, style in zip(row, cells, styles, strict=True):
        chosen = part.style if isinstance(part, Paint) else style
        line.extend((Paint(cell, chosen) if chosen else cell, _GAP))
    return line[:-1]


def _text(cell: Part) -> str:
    return cell.text if isinstance(cell, Paint) else cell


def _plain(cells: Sequence[str]) -> bool:
    """Whether all cells are printable ASCII: one look at a whole column."""
    together = "".join(cells)
    return together.isascii() and together.isprintable()


def _safe(cells: list[str]) -> list[str]:
    return cells if _plain(cells) else [safe_text(cell) for cell in cells]


def _laid(column: Column, cells: Sequence[str], wide: int) -> Sequence[str]:
    """The cells of a column, each as wide as the column; a longer one is cut."""
    if not _plain(cells) or max(map(len, cells), default=0) > wide:
        return [_padded(safe_text(cell, width=wide), wide, right=column.right) for cell in cells]
    return [cell.rjust(wide) for cell in cells] if column.right else [cell.ljust(wide) for cell in cells]


def _padded(cell: str, wide: int, *, right: bool) -> str:
    padding = " " * (wide - display_width(cell))
    return padding + cell if right else cell + padding


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], width: int | None) -> list[int]:
    """As wide as each column's widest cell; on a terminal the elastic ones share what the others leave."""
    widths = [
        max(display_width(column.title), max(map(display_width, cells), default=0))
        for column, cells in zip(columns, texts, strict=True)
    ]
    excess = 0 if width is None else sum(widths) + len(_GAP) * (len(columns) - 1) - width
    elastic = [at for at, column in enumerate(columns) if column.elastic]
    while excess > 0 and elastic:
        widest = max(elastic, key=lambda at: widths[at])
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
        excess -= 1
    return widths


def fields(pairs: Sequence[tuple[str, Line]]) -> Iterator[Line]:
    """Names and values, a line each, the values below one another."""
    wide = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        rest = value if isinstance(value, list) else [value]
        yield [Paint(name.ljust(wide), "dim"), _GAP, *rest]


def wrapped(text: str, width: int | None, indent: str = "") -> Iterator[str]:
    """A text of several lines, each broken between words for the terminal; unbroken in a pipe."""
    import textwrap

    for line in text.split("\n"):
        shown = safe_text(line.expandtabs(4))
        if width is None:
            yield indent + shown
        else:
            yield from textwrap.wrap(shown, min(width, 100), initial_indent=indent, subsequent_indent=indent) or [""]
