"""Fatebook's spreadsheet import, which this ledger also writes: one row for each forecast, in percent.

A blank ``resolution`` leaves the question open. A question is known by its title and when it was asked. It has no place
for names, options, numbers and ranges.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from ledger.domain.instants import Instant, format_instant
from ledger.formats.building import SheetBuilder
from ledger.formats.cells import escape, unescape
from ledger.formats.fatebook_terms import RESOLUTIONS, SOURCE, digest_key, void_reason
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Sheet, SheetQuestion
from ledger.formats.tables import table_fields

COLUMNS = (
    *("questionTitle", "forecast", "qCreatedAt", "resolution", "resolvedAt", "resolveBy", "fCreatedAt"),
    *("tags", "notes", "notesExtra"),
)
_NEEDED = COLUMNS[:4]


def _is_ours(head: Head) -> bool:
    return head.has_columns(*_NEEDED)


def looks_like(material: Material) -> bool:
    """Whether a part has the columns that Fatebook asks for."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the rows say."""
    builder = SheetBuilder(material.name, "fatebook-sheet", given, source=SOURCE)
    for part in builder.each(material, _is_ours):
        for row in table_fields(part, builder):
            _take(row, builder)
    return builder.finish()


def _take(row: Fields, builder: SheetBuilder) -> None:
    asked_at = row.time("qCreatedAt")
    outcome = row.one_of("resolution", RESOLUTIONS)
    known_at = row.time("resolvedAt") if outcome else None
    told = row.time("resolveBy", end=True)
    if told is None and known_at is not None:
        builder.remark("assumed", "deadlines are when the question was resolved, as none is named", row.line)
    deadline = builder.deadline(told if told is not None else known_at, row.line, "resolveBy")
    title = unescape(row.needed("questionTitle"))
    notes = "\n\n".join(unescape(part) for part in (row.text("notes"), row.text("notesExtra")) if part)
    place = builder.ask(row.line, SheetQuestion(
        digest_key(title, asked_at), title, deadline, criteria=notes or None, opened_at=asked_at,
        tags=tuple(unescape(row.text("tags") or "").split(",")), outcome=outcome, known_at=known_at,
        void_reason=void_reason(outcome),
    ))  # fmt: skip
    probability = row.probability("forecast", percent=True)
    if probability is None:
        builder.remark("dropped", "rows without a forecast, beyond their question", row.line)
        return
    said = row.time("fCreatedAt")
    if said is None and asked_at is not None:
        builder.remark("assumed", "forecasts are of when their question was asked, as Fatebook takes them", row.line)
    made_at = builder.made_at(said if said is not None else asked_at, row.line, "fCreatedAt")
    builder.state(place, builder.who(None, row.line), made_at, probability, row.line)


@dataclass(frozen=True, slots=True)
class FatebookRow:
    """A forecast that Fatebook can take; its texts are raw."""

    title: str
    probability: str
    """Its decimal, 0 to 1."""
    asked_at: Instant
    stated_at: Instant
    deadline: Instant
    outcome: str | None
    """``yes``, ``no``, ``void`` or nothing."""
    known_at: Instant | None
    tags: tuple[str, ...]
    criteria: str | None


def write_fatebook(rows: Iterable[FatebookRow], stream: IO[str]) -> int:
    """Write ``rows`` to ``stream`` (UTF-8, ``newline=""``), no cell a formula; how many they were."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        writer.writerow(_cells(row))
        count += 1
    return count


def _cells(row: FatebookRow) -> list[str]:
    resolution = {"yes": "YES", "no": "NO", "void": "AMBIGUOUS"}.get(row.outcome or "", "")
    known_at = "" if row.known_at is None or not resolution else format_instant(row.known_at)
    percent = format(Decimal(row.probability).scaleb(2), "f")
    percent = percent.rstrip("0").rstrip(".") if "." in percent else percent
    return [
        escape(row.title), f"{percent}%", format_instant(row.asked_at), resolution, known_at,
        format_instant(row.deadline), format_instant(row.stated_at), escape(",".join(row.tags)),
        escape(row.criteria or ""), "",
    ]  # fmt: skip
