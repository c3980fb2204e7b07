"""Cells that no spreadsheet takes for a formula, and the same text back on reading.

A spreadsheet evaluates a cell that begins with ``=``, ``+``, ``-``, ``@`` or their full-width forms; a tab, a
carriage return or a line feed before them hides them from the eye, not from the program (OWASP, "CSV Injection").
An apostrophe in front makes such a cell text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_SPLIT = re.compile(r"(?:[^;\\]|\\.|\\$)+", re.DOTALL)


def escape(text: str) -> str:
    """``text`` as a cell: with an apostrophe in front where a spreadsheet would evaluate it.

    So is text that already has apostrophes there, so that :func:`unescape` gives every text back. Numbers and
    times are no text: they are written as they are.
    """
    return "'" + text if _DANGEROUS.match(text) else text


def unescape(cell: str) -> str:
    """The text that :func:`escape` made ``cell`` of."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell


def join_tags(tags: Iterable[str]) -> str:
    r"""Tags with semicolons between them; a semicolon or backslash inside one has a backslash in front."""
    return ";".join(re.sub(r"[;\\]", r"\\\g<0>", tag) for tag in tags)


def split_tags(cell: str) -> list[str]:
    """The tags in a cell that :func:`join_tags` made; empty ones are left out."""
    return [re.sub(r"\\([;\\])", r"\1", part) for part in _SPLIT.findall(cell)]
