"""How a file begins: enough to tell a format by its content, never by its name."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cached_property

HEAD = 1 << 16
"""Bytes that are looked at."""
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*(:?)|[\[\]{},]', re.DOTALL)
_DEEPEST = 12


@dataclass
class Head:
    """The first bytes of a part, unpacked, and what they look like."""

    octets: bytes
    text: str
    """The same as text; bytes that are not UTF-8 are marked."""

    @staticmethod
    def of(octets: bytes) -> Head:
        """The head that these bytes are."""
        return Head(octets, octets.decode("utf-8", "replace").removeprefix("\ufeff"))

    @cached_property
    def header(self) -> list[str]:
        """The cells of the first line that says something, separated by commas, without white space at their ends."""
        try:
            lines = self.text.lstrip("\r\n").splitlines(keepends=True)[:3]
            return [cell.strip() for cell in next(csv.reader(lines), [])]
        except csv.Error:
            return []

    def has_columns(self, *names: str) -> bool:
        """Whether the first line names all of these columns."""
        return set(names) <= set(self.header)

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or array does."""
        return self.text.lstrip()[:1] in {"{", "["}

    @cached_property
    def shape(self) -> frozenset[str]:
        """The keys of the objects in a beginning of JSON, each with its way from the top.

        In ``{"items": [{"title": …`` these are ``items`` and ``items[].title``; in ``[{"id": …`` it is ``[].id``.
        Arrays in arrays count as one. What follows the first value (JSON Lines) is not looked at.
        """
        return frozenset(_ways(self.text)) if self.is_json else frozenset()

    def has_keys(self, *ways: str) -> bool:
        """Whether its shape has all of these."""
        return set(ways) <= self.shape


def _ways(text: str) -> set[str]:
    found: set[str] = set()
    stack: list[str] = []
    key = ""
    for token in _TOKEN.finditer(text):
        sign = token[0][0]
        if sign == '"':
            if token[2] and stack:
                key = token[1]
                found.add(f"{stack[-1]}.{key}".lstrip("."))
        elif sign in "{[":
            if len(stack) >= _DEEPEST:
                break
            way = f"{stack[-1]}.{key}".strip(".") if stack and key else (stack[-1] if stack else "")
            stack.append(f"{way.removesuffix('[]')}[]" if sign == "[" else way)
            key = ""
        elif sign in "}]":
            key = ""
            if stack:
                stack.pop()
            if not stack:
                break
        else:
            key = ""
    return found
