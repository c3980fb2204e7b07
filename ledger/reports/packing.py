"""The table of very many questions as compact data, which the page's script lays out a screen at a time.

A column is the shortest of three: its texts as they are; the distinct ones with an index for each row; or each text
as the number of characters that it shares with the one before, and the rest.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from ledger.reports.cleaning import shown
from ledger.reports.document import Code, Link, Register, Words
from ledger.reports.links import web_address

BUDGET = 3_800_000
"""Bytes that the data of a page may take; with the figures it stays under five million."""
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def cell_text(words: Words) -> str:
    """A cell as text that is safe to show; an address stands for its link."""
    pieces = words if isinstance(words, tuple) else (words,)
    return "".join(shown(_plain(piece)) for piece in pieces)


def _plain(piece: str | Link | Code) -> str:
    if isinstance(piece, Link):
        return web_address(piece.url) or piece.text
    return piece if isinstance(piece, str) else piece.text


def packed(register: Register) -> tuple[str, int]:
    """The rows as JSON for a script element, and how many of them it holds."""
    rows = [tuple(cell_text(cell) for cell in row) for row in register.rows]
    while (size := len((text := _columns(rows)).encode())) > BUDGET and len(rows) > 1:
        rows = rows[: max(1, len(rows) * BUDGET // size - 1)]
    return text, len(rows)


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    columns = [_shortest(column) for column in zip(*rows, strict=True)]
    return f'{{"rows":{len(rows)},"columns":[{",".join(columns)}]}}'


def _shortest(column: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(column))
    place = {text: at for at, text in enumerate(distinct)}
    ways: list[object] = [{"t": column}, {"f": _fronts(column)}]
    if len(distinct) < len(column):
        ways.append({"d": distinct, "i": [place[text] for text in column]})
    return min((_json(way) for way in ways), key=len)


def _fronts(column: Sequence[str]) -> list[int | str]:
    told: list[int | str] = []
    before = ""
    for text in column:
        shared = _shared(before, text)
        told += [shared, text[shared:]]
        before = text
    return told


def _shared(one: str, other: str) -> int:
    """How many characters both begin with; none beyond the basic plane, which a script counts otherwise."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right or left > "\uffff":
            return at
    return min(len(one), len(other))


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)
