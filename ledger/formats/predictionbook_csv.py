"""PredictionBook's ``my_predictions.csv``, which has no probability of one's own: its questions and outcomes come in.

``mean_confidence`` is a mean over all users, at a time that the file does not tell; it is nobody's statement, and stays
behind. The JSON has what the CSV lacks.
"""

from __future__ import annotations

from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.predictionbook_terms import OUTCOMES, SOURCE, key_of
from ledger.formats.sheet import Sheet, SheetQuestion
from ledger.formats.tables import table_fields

PAGE = 100
"""Rows after which the site ends its file unless it is asked for more."""


def _is_ours(head: Head) -> bool:
    return head.has_columns("mean_confidence", "description", "deadline", "outcome")


def looks_like(material: Material) -> bool:
    """Whether a part has PredictionBook's columns."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """The questions and their outcomes, with a warning of what the file lacks."""
    builder = SheetBuilder(material.name, "predictionbook-csv", given, source=SOURCE)
    builder.warn(
        "this file has no probabilities of your own, only means over all users, which nobody stated: import the JSON "
        "(api/my_predictions) for your forecasts; withdrawn predictions are not in it either"
    )
    count = 0
    for part in builder.each(material, _is_ours):
        for row in table_fields(part, builder):
            count += 1
            _take(row, builder)
    if count and count % PAGE == 0:
        builder.warn(f"{count} rows may be a page of a longer list: the site ends its file after {PAGE}")
    return builder.finish()


def _take(row: Fields, builder: SheetBuilder) -> None:
    title, asked_at = row.needed("description"), row.time("created_at")
    outcome = row.one_of("outcome", OUTCOMES)
    builder.ask(row.line, SheetQuestion(
        key_of(row.text("id"), title, asked_at), title,
        builder.deadline(row.time("deadline", end=True), row.line, "deadline"), opened_at=asked_at, outcome=outcome,
        known_at=row.time("last_judgement_at") if outcome else None,
    ))  # fmt: skip
    if row.text("mean_confidence") is not None:
        builder.remark("dropped", "means over all users, which are nobody's statement", row.line, "mean_confidence")
