"""PredictionBook's ``my_predictions`` as JSON, and the form in which its public pages were once collected.

Every response with a confidence is a statement of who made it; the mean over all users is nobody's and stays behind.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.domain.instants import Instant
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.predictionbook_terms import OUTCOMES, SOURCE, WITHDRAWN, key_of
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

_API = ("predictions[].description", "predictions[].deadline")
_COLLECTED = ("[].event", "[].time_known")


def _is_ours(head: Head) -> bool:
    return head.has_keys(*_API) or head.has_keys(*_COLLECTED) or head.has_keys("[].description", "[].last_judgement_at")


def looks_like(material: Material) -> bool:
    """Whether a part has PredictionBook's predictions."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the file says."""
    builder = SheetBuilder(material.name, "predictionbook-json", given, unit="record", source=SOURCE)
    for part in builder.each(material, _is_ours):
        told = part.json()
        if isinstance(told, dict):
            told = told.get("predictions")
        for one in records_of(told, builder, "predictions"):
            if "event" in one.values:
                _take_collected(one, builder)
            else:
                _take(one, builder)
    return builder.finish()


def _take(told: Fields, builder: SheetBuilder) -> None:
    title, asked_at = told.needed("description"), told.time("created_at")
    deadline = builder.deadline(told.time("deadline", end=True), told.line, "deadline")
    outcome = told.one_of("outcome", OUTCOMES)
    withdrawn = told.text("withdrawn") == "true"
    place = builder.ask(told.line, SheetQuestion(
        key_of(told.text("id"), title, asked_at), title, deadline, opened_at=asked_at,
        tags=_group(told, title), outcome="void" if withdrawn else outcome,
        known_at=_known_at(told, builder, deadline) if outcome and not withdrawn else None,
        void_reason=WITHDRAWN if withdrawn else None,
    ))  # fmt: skip
    for response in told.inners("responses"):
        _respond(response, place, builder)


def _group(told: Fields, title: str) -> tuple[str, ...]:
    """The group that ``description_with_group`` has in brackets before the title."""
    whole = told.text("description_with_group") or ""
    before = whole.removesuffix(title).strip()
    return (before[1:-1],) if before.startswith("[") and before.endswith("]") else ()


def _known_at(told: Fields, builder: SheetBuilder, deadline: Instant) -> Instant | None:
    known_at = told.time("last_judgement_at")
    if known_at is None and deadline > builder.given.now:
        known_at = told.time("updated_at")
        builder.remark("assumed", "outcomes are known since the last change, as no judgement has a time", told.line)
    return known_at


def _respond(response: Fields, place: int, builder: SheetBuilder) -> None:
    probability = response.probability("confidence", percent=True)
    if probability is None:
        builder.remark("dropped", "responses that are comments without a confidence", response.line)
        return
    number = response.text("user_id")
    name = response.text("user_label") or (f"PredictionBook user {number}" if number else None)
    made_at = builder.made_at(response.time("created_at"), response.line, "created_at")
    comment = response.text("comment")
    extra = Extra(comment=comment) if comment else None
    builder.state(place, builder.who(name, response.line), made_at, probability, response.line, extra)


def _take_collected(told: Fields, builder: SheetBuilder) -> None:
    title, asked_at = told.needed("event"), told.time("time_created")
    word = (told.text("outcome") or "").lower()
    withdrawn = word == "withdrawn"
    if word not in {*OUTCOMES, "withdrawn", "unknown", ""}:
        builder.remark("dropped", "outcomes that are neither right nor wrong", told.line, "outcome")
    place = builder.ask(told.line, SheetQuestion(
        key_of(told.text("number"), title, asked_at), title,
        builder.deadline(told.time("time_known", end=True), told.line, "time_known"), opened_at=asked_at,
        outcome="void" if withdrawn else OUTCOMES.get(word), void_reason=WITHDRAWN if withdrawn else None,
    ))  # fmt: skip
    for response in told.inners("responses"):
        for action in _actions(response, builder):
            _act(response, action, place, builder)


def _actions(response: Fields, builder: SheetBuilder) -> Iterable[Fields]:
    if isinstance(response.values.get("actions"), dict):
        return [response.inner("actions")]
    return response.inners("actions")


def _act(response: Fields, action: Fields, place: int, builder: SheetBuilder) -> None:
    probability = action.probability("credence", percent=True)
    if probability is None:
        builder.remark("dropped", "responses that are comments without a confidence", response.line)
        return
    made_at = builder.made_at(response.time("time"), response.line, "time")
    comment = action.text("comment")
    extra = Extra(comment=comment) if comment else None
    builder.state(place, builder.who(response.text("user"), response.line), made_at, probability, response.line, extra)
