"""The report as Markdown: the same sections, with figures as tables, since a page of text holds no picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.reports.cleaning import shown
from ledger.reports.document import (
    Block,
    Code,
    Column,
    Document,
    Facts,
    Link,
    Listing,
    Part,
    Picture,
    Piece,
    Prose,
    Register,
    Table,
    Tiles,
    Words,
)
from ledger.reports.links import web_address

MOST = 1000
"""Questions that are listed; the CSV has all."""
_ACTS = re.compile(r"[\\`*_\[\]<>|~$&@]")
_ADDRESS = re.compile(r"(?i)(://|www\.|mailto:|xmpp:)")
_BEGINS = re.compile(r"\s*([0-9]*)([.)](?=\s|$)|[#+=!-])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "@": "&#64;"}


def markdown(document: Document) -> Iterator[str]:
    """The lines."""
    yield f"# {escaped(document.title)}"
    for note in document.notes:
        yield from ("", f"> {escaped(note)}")
    for section in document.sections:
        yield from ("", f"## {escaped(section.heading)}")
        for block in section.blocks:
            yield ""
            yield from _lines(block, 3)
    yield from ("", "---", "", f"Made from the journal with head {_code(document.head)}.")


def escaped(text: str) -> str:
    """Text that is nothing but text in Markdown, and in the HTML that is made of it."""
    told = _ACTS.sub(lambda found: _ENTITIES.get(found[0], f"\\{found[0]}"), shown(text))
    told = _ADDRESS.sub(lambda found: found[0][:-1] + f"&#{ord(found[0][-1])};", told)
    begun = _BEGINS.match(told)
    return told if begun is None else f"{begun[1]}\\{begun[2]}{told[begun.end() :]}"


def words(told: Words) -> str:
    """Pieces in a line."""
    return "".join(_piece(piece) for piece in (told if isinstance(told, tuple) else (told,)))


def _piece(piece: Piece) -> str:
    if isinstance(piece, Link):
        url = web_address(piece.url)
        if url is None:
            same = piece.text == piece.url
            return escaped(piece.text) + ("" if same else f" ({escaped(piece.url)})")
        return f"[{escaped(piece.text)}](<{url}>)"
    return _code(piece.text) if isinstance(piece, Code) else escaped(piece)


def _code(text: str) -> str:
    return f"`{shown(text).replace('`', chr(0x2BC))}`"


def _lines(block: Block, level: int) -> Iterator[str]:
    if isinstance(block, Prose):
        yield words(block.words)
    elif isinstance(block, Listing):
        yield from (f"- {words(item)}" for item in block.items)
    elif isinstance(block, Facts):
        yield from (f"- **{escaped(name)}**: {words(told)}" for name, told in block.pairs)
    elif isinstance(block, Tiles):
        yield from (f"- **{escaped(name)}: {escaped(value)}** ({escaped(what)})" for name, value, what in block.items)
    elif isinstance(block, Picture):
        yield f"*{escaped(block.title)}.* {escaped(block.description)}"
    elif isinstance(block, Part):
        yield f"{'#' * level} {escaped(block.heading)}"
        for inner in block.blocks:
            yield ""
            yield from _lines(inner, level + 1)
    else:
        yield from _table(block)


def _table(block: Table | Register) -> Iterator[str]:
    shown = block.rows[:MOST] if isinstance(block, Register) else block.rows
    yield from (f"**{escaped(block.caption)}**", "")
    yield from _grid(block.columns, shown)
    note = block.note if isinstance(block, Table) else ""
    if len(shown) < len(block.rows):
        note = f"The first {len(shown):,} of {len(block.rows):,}; forecast report --format csv has all."
    if note:
        yield from ("", escaped(note))


def _grid(columns: Sequence[Column], rows: Sequence[Sequence[Words]]) -> Iterator[str]:
    yield f"| {' | '.join(escaped(column.name) for column in columns)} |"
    yield f"|{'|'.join('---:' if column.number else '---' for column in columns)}|"
    yield from (f"| {' | '.join(words(cell) for cell in row)} |" for row in rows)
