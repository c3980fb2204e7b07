"""BayesianPredictions' JSON: a list of names, probabilities in percent, and the days on which they expire."""

from __future__ import annotations

from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.plain_keys import plain_key
from ledger.formats.sheet import Sheet, SheetQuestion

_OUTCOMES = {
    "true": "yes", "yes": "yes", "1": "yes", "false": "no", "no": "no", "0": "no", "unknown": None, "none": None,
    "null": None, "pending": None, "open": None,
}  # fmt: skip


def _is_ours(head: Head) -> bool:
    return head.has_keys("[].name", "[].probability_in_percent")


def looks_like(material: Material) -> bool:
    """Whether a part is such a list."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What it says."""
    builder = SheetBuilder(material.name, "bayesian-predictions", given, unit="record")
    for part in builder.each(material, _is_ours):
        for one in records_of(part.json(), builder, "the top"):
            _take(one, builder)
    return builder.finish()


def _take(one: Fields, builder: SheetBuilder) -> None:
    title = one.needed("name")
    place = builder.ask(one.line, SheetQuestion(
        plain_key("bayesian-predictions", title, one.text("expiration_date")), title,
        builder.deadline(one.time("expiration_date", end=True), one.line, "expiration_date"),
        criteria=one.text("description"), outcome=one.one_of("outcome", _OUTCOMES),
    ))  # fmt: skip
    probability = one.probability("probability_in_percent", percent=True)
    if probability is None:
        builder.remark("dropped", "predictions without a probability", one.line)
        return
    made_at = builder.made_at(one.time("created_at", "creation_date"), one.line, "creation_date")
    builder.state(place, builder.who(None, one.line), made_at, probability, one.line)
