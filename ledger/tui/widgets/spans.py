"""Lines of text in parts with a meaning each, folded to a width; what they are shown in is the widget's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

Span = tuple[str, str]
"""Safe text, and the part that it is: a style of the widget, such as ``quiet``."""
Line = tuple[Span, ...]
PLAIN, QUIET, STRONG, STRUCK, GOOD, BAD, DUE, ADDED, GONE = (
    *("plain", "quiet", "strong", "struck", "good", "bad", "due", "added", "gone"),
)
PARTS = (PLAIN, QUIET, STRONG, STRUCK, GOOD, BAD, DUE, ADDED, GONE)
_WORD = re.compile(r"\S+(?: %\S*)?[^\S\n]*|[^\S\n]+")
"""A word with the space after it; a percent sign stays with its number."""


def folded(text: str, width: int) -> Iterator[str]:
    """Safe ``text`` in lines of at most ``width`` columns, parted between words where that can be."""
    for paragraph in text.expandtabs(4).split("\n"):
        yield from _folded_line(paragraph, max(4, width))


def _folded_line(paragraph: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for word in _WORD.findall(paragraph):
        wide = cell_len(word.rstrip())
        if used and used + wide > width:
            yield line.rstrip()
            line, used = "", 0
        *full, rest = chop_cells(word, width) if wide > width else (word,)
        yield from full
        line, used = line + rest, used + cell_len(rest)
    yield line.rstrip()


def told(text: str, width: int, part: str = PLAIN, *, indent: int = 0) -> Iterator[Line]:
    """Text in lines of one part, all of them indented."""
    for line in folded(text, width - indent):
        yield ((" " * indent + line, part),)


def field(name: str, text: str, width: int, *, room: int = 10, part: str = PLAIN) -> Iterator[Line]:
    """``name      text``: the name in front of the first line only."""
    for at, line in enumerate(folded(text, width - room)):
        yield ((name.ljust(room) if at == 0 else " " * room, QUIET), (line, part))
