"""Text of a workbook: its escapes undone, and the table that its cells point into."""

from __future__ import annotations

import re

from ledger.formats.xlsx.package import LONGEST_CELL, MOST_STRINGS, Handlers, Package

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text that a cell means: ``_x000D_`` is a carriage return, ``_x005F_`` an underscore (ECMA-376, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Text:
    """Gathers the text of one string: its runs one after the other, without the reading aids of phonetic runs."""

    __slots__ = ("_aids", "_inside", "_length", "parts")

    def __init__(self) -> None:
        """Begin empty."""
        self.parts: list[str] = []
        self._inside, self._aids, self._length = False, 0, 0

    def start(self, name: str) -> None:
        """Meet an element."""
        self._aids += name == "rPh"
        self._inside = name == "t" and not self._aids

    def end(self, name: str) -> None:
        """Leave an element."""
        self._aids -= name == "rPh"
        self._inside = False

    def add(self, text: str) -> bool:
        """Take in text that stands inside; False when the string is beyond every cell."""
        if self._inside:
            self.parts.append(text)
            self._length += len(text)
        return self._length <= LONGEST_CELL

    def taken(self) -> str:
        """The string; begins anew."""
        text = unescaped("".join(self.parts))
        self.parts.clear()
        self._inside, self._length = False, 0
        return text


def shared_strings(package: Package, name: str) -> list[str]:
    """The table of strings, in order; empty where the workbook has none."""
    if not package.has(name):
        return []
    found: list[str] = []
    text, known = Text(), dict[str, str]()

    def end(element: str) -> None:
        text.end(element)
        if element == "si":
            one = text.taken()
            found.append(known.setdefault(one, one))

    def add(data: str) -> None:
        if not text.add(data):
            package.refuse(f"a cell is longer than {LONGEST_CELL:,} characters: shorten it")

    package.read(name, Handlers(lambda element, _: text.start(element), end, add), most=MOST_STRINGS)
    return found
