"""Fatebook's CSV export, one row for each forecast: its three headers, and that of a tournament.

The columns are told apart by their names. Times have no zone and unpadded seconds. There is no id, so a question is
known by its title, who asked it and when (see :func:`ledger.formats.fatebook_terms.digest_key`); an option of a
multiple choice is a question of its own.
"""

from __future__ import annotations

from ledger.domain.text import quoted
from ledger.formats.building import SheetBuilder
from ledger.formats.fatebook_terms import (
    OPTIONS,
    RESOLUTIONS,
    SOURCE,
    digest_key,
    tell_midnight,
    titled,
    void_reason,
)
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Sheet, SheetQuestion
from ledger.formats.tables import table_fields

_OURS = ("Question title", "Forecast created by", "Forecast (scale = 0-1)", "Forecast created at")
_READ = frozenset(
    {
        *(*_OURS, "Multiple choice option", "Question created by", "Question created at", "Question resolve by"),
        *("Resolution", "Question resolution", "Resolved at", "Question resolved at", "Question notes"),
        *("Question tags", "Tournament name"),
    }
)


def _is_ours(head: Head) -> bool:
    return head.has_columns(*_OURS)


def looks_like(material: Material) -> bool:
    """Whether a part has Fatebook's columns."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the export says; a row without a forecast brings its question alone."""
    builder = SheetBuilder(material.name, "fatebook-csv", given, source=SOURCE)
    for part in builder.each(material, _is_ours):
        left = [name for name in part.head.header if name and name not in _READ]
        if left:
            builder.warn(f"these columns stay behind: {', '.join(quoted(name) for name in left)}")
        for row in table_fields(part, builder):
            _take(row, builder)
    return builder.finish()


def _take(row: Fields, builder: SheetBuilder) -> None:
    option = row.text("Multiple choice option")
    if option:
        builder.remark("assumed", OPTIONS, row.line, count=1)
    place = builder.ask(row.line, _question(row, builder, option))
    probability = row.probability("Forecast (scale = 0-1)")
    if probability is None:
        builder.remark("dropped", "rows without a forecast, beyond their question", row.line)
        return
    made_at = builder.made_at(row.time("Forecast created at"), row.line, "Forecast created at")
    builder.state(place, builder.who(row.text("Forecast created by"), row.line), made_at, probability, row.line)


def _question(row: Fields, builder: SheetBuilder, option: str | None) -> SheetQuestion:
    title, asker = row.needed("Question title"), row.text("Question created by")
    asked_at = row.time("Question created at")
    settled = "Resolution" if "Resolution" in row.values else "Question resolution"
    outcome = row.one_of(settled, RESOLUTIONS)
    known_at = row.time("Resolved at", "Question resolved at") if outcome else None
    told = row.time("Question resolve by", end=True)
    deadline = builder.deadline(told if told is not None else known_at, row.line, "Question resolve by")
    if told is not None:
        tell_midnight(builder, told, row.line)
    tournament = row.text("Tournament name")
    tags = [*(row.text("Question tags") or "").split("; "), *([tournament] if tournament else [])]
    return SheetQuestion(
        digest_key(title, asker, asked_at, option), titled(title, option), deadline,
        criteria=row.text("Question notes"), opened_at=asked_at, tags=tuple(tags), outcome=outcome,
        known_at=known_at, void_reason=void_reason(outcome),
    )  # fmt: skip
