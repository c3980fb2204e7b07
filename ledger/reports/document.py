"""A report as a document: sections of plain blocks, which every written form renders in the same order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Link:
    """Words with an address, which becomes a link only where that is a web address; ``url`` is raw."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Code:
    """A command, a formula or a hash."""

    text: str


Piece: TypeAlias = str | Link | Code
Words: TypeAlias = Piece | tuple[Piece, ...]


def linked(text: str, url: str | None) -> Piece:
    """Words that lead to an address, if there is one."""
    return text if url is None else Link(text, url)


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; a ``lead`` is larger, an ``aside`` smaller."""

    words: Words
    style: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Items below each other."""

    items: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is to say of each."""

    pairs: tuple[tuple[str, Words], ...]


@dataclass(frozen=True, slots=True)
class Tiles:
    """The few figures that count most: name, value, and what it is."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column; ``number`` where its cells stand to the right."""

    name: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a caption; the first cell of each row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The table of all questions: sortable and searchable where a form can do that."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its title, and in words what it shows; drawn only when it is wanted."""

    name: str
    title: str
    description: str
    draw: Callable[[], Figure]


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under a heading of their own."""

    heading: str
    blocks: tuple[Block, ...]


Block: TypeAlias = Prose | Listing | Facts | Tiles | Table | Register | Picture | Part


@dataclass(frozen=True, slots=True)
class Section:
    """A section; ``key`` is its address in the page."""

    key: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole; ``notes`` stand below the title."""

    title: str
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    head: str
