"""Which column is what, from its name and from what stands in it.

A column is taken for a field when its name says so and most of its cells could be that; a field that is needed and has
no such column takes the only one whose cells could be nothing else. All of it is shown before anything comes in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ledger.errors import InputError
from ledger.formats.any_table import Table
from ledger.formats.mapping import FIELDS
from ledger.formats.table_dates import table_time
from ledger.formats.table_values import OUTCOMES, RIGHT, Manner, is_word, read_stated

NAMES: Mapping[str, str] = {
    "title": "question; prediction; question title; title; statement; claim; event; proposition; forecast; bet; what;"
    " description; prediction text; question text; topic",
    "probability": "probability; my probability; prob; %; my %; percent; percentage; confidence; my confidence;"
    " credence; chance; likelihood; odds; forecast; my forecast; estimate; my estimate; how likely; p; probability %;"
    " confidence %; confidence level; prediction",
    "forecast_at": "forecast at; forecast date; date of forecast; date of prediction; prediction date; predicted on;"
    " date made; made; made on; made at; date; created; created at; date created; stated; said; said on; logged;"
    " timestamp; entered; date added; added; on; when",
    "deadline": "deadline; due; due date; date due; by; by when; by date; until; resolve by; resolves by; resolves;"
    " resolves on; resolution date; end; end date; ends; close; close date; closes; closing date; expires; expiry;"
    " expiration; expiration date; target date; judge by; check on; known on",
    "outcome": "outcome; result; resolution; came true; came true?; happened; did it happen; true; resolved; answer;"
    " actual; resolved as; status; verdict; what happened; correct; right; was i right",
    "resolved_at": "resolved at; resolved on; date resolved; resolved date; resolution time; settled; settled on;"
    " settled at; known at; known since; outcome date; judged on; resolved",
    "opened_at": "opened at; opened; open; open date; open time; start; start date; asked; asked on; question created",
    "forecaster": "forecaster; who; name; person; user; username; author; predictor; player; forecast by; made by; by",
    "question_id": "question id; id; key; slug; no; nr; number; #; question key; qid",
    "tags": "tags; tag; category; categories; labels; label; area; theme; topic; subject",
    "criteria": "criteria; resolution criteria; details; fine print; definition; how to verify; background",
    "source_url": "source url; url; link; source link; source; href",
    "reason": "reason; reasoning; reasons; rationale; why; because; justification",
    "comment": "comment; comments; note; notes; remark; remarks",
    "evidence": "evidence; proof; outcome evidence; resolution source; evidence url",
}
_SAMPLE = 500
_MOST = 0.6
"""The share of the cells of a column that must be readable for it to be taken."""


def guess_columns(table: Table, said: Mapping[str, str]) -> dict[str, str]:
    """The column of each field that has one; ``said`` (an empty name for none) is kept."""
    cells = {name: _cells(table, name) for name in table.header}
    found = {field: name for field, name in said.items() if name}
    wanted = [field for field in FIELDS if field not in said]
    pairs = sorted(
        (rank, place, field)
        for field in wanted
        for place, name in enumerate(table.header)
        if (rank := name_rank(field, name)) is not None and name not in found.values() and could_be(field, cells[name])
    )
    for _, place, field in pairs:
        if field not in found and table.header[place] not in found.values():
            found[field] = table.header[place]
    for field in ("probability", "outcome", "deadline", "title"):
        if field not in found and field in wanted and (only := _only(field, cells, set(found.values()))):
            found[field] = only
    return {field: found[field] for field in FIELDS if field in found}


def _cells(table: Table, name: str) -> list[str]:
    place = table.header.index(name)
    found = []
    for _, cells in table.rows:
        if cell := cells[place].strip():
            found.append(cell)
            if len(found) == _SAMPLE:
                break
    return found


def plain_name(name: str) -> str:
    """A name of a column without what does not tell it from others."""
    words = re.sub(r"[\s_\-/.:?!()\[\]]+", " ", name.casefold()).strip()
    return words or name


def name_rank(field: str, name: str) -> tuple[int, int] | None:
    """How surely a column of that name is the field, the least first; None where nothing says so."""
    known = [one.strip() for one in NAMES[field].split(";")]
    plain = plain_name(name)
    if plain in known:
        return 0, known.index(plain)
    words = set(plain.split())
    inside = [place for place, one in enumerate(known) if len(one) > 3 and set(one.split()) <= words]
    if inside:
        return 1, inside[0]
    return (2, 0) if field == "probability" and ("%" in name or "percent" in plain) else None


def could_be(field: str, cells: Sequence[str]) -> bool:
    """Whether most of the cells of a column, without the empty ones, could be that field."""
    if not cells:
        return field in {"outcome", "resolved_at", "tags", "comment", "reason", "evidence"}
    test = _TESTS.get(field)
    return test is None or sum(map(test, cells)) >= _MOST * len(cells)


def _readable(read: Callable[[str], object]) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        try:
            read(cell)
        except InputError:
            return False
        return True

    return test


def _stated(cell: str) -> bool:
    if is_word(cell):
        return len(cell) < 40 and cell.casefold() not in OUTCOMES and len(cell.split()) < 5
    return is_number(cell)


is_number = _readable(lambda cell: read_stated(cell, Manner("percent")))
is_time = _readable(lambda cell: table_time(cell, _either(cell), "UTC"))


def _either(cell: str) -> str:
    """An order under which a day of numbers is one, whichever it may be."""
    return "dmy" if _readable(lambda one: table_time(one, "dmy", "UTC"))(cell) else "mdy"


def _settled(cell: str) -> bool:
    word = " ".join(cell.split()).casefold()
    return word in OUTCOMES or word in RIGHT or (len(word) < 20 and not is_time(cell) and not word.isdigit())


def _asks(cell: str) -> bool:
    return not is_time(cell) and not is_number(cell)


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "title": _asks,
    "probability": _stated,
    **dict.fromkeys(("forecast_at", "deadline", "resolved_at", "opened_at"), is_time),
    "outcome": _settled,
    "forecaster": lambda cell: len(cell) < 100 and not is_time(cell) and not is_number(cell),
    "source_url": lambda cell: "://" in cell or cell.startswith("www."),
}


def _only(field: str, cells: Mapping[str, Sequence[str]], taken: set[str]) -> str | None:
    """The one column left whose cells can be nothing but ``field``; None where there is none, or there are several."""
    free = {name: found for name, found in cells.items() if name not in taken and found}
    if field == "title":
        longest = max(free, key=lambda name: sum(map(len, free[name])) / len(free[name]), default=None)
        return longest if longest and all(len(cell.split()) > 1 for cell in free[longest][:20]) else None
    tests = {"probability": is_number, "outcome": lambda cell: cell.casefold() in OUTCOMES, "deadline": is_time}
    sure = [name for name, found in free.items() if all(map(tests[field], found))]
    return sure[0] if len(sure) == 1 else None
