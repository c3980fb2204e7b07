"""Prediction sets as the Cultivate platform gives them (Good Judgment Open is of its family), and collected ones.

One set has the probabilities of all answers of a question, said by a member at one time. The questions come in the same
file, in one beside it, or, where they are missing, with their names from the sets and the deadline of ``--deadline``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.domain.probability import Probability, from_float
from ledger.formats.building import SheetBuilder
from ledger.formats.choices import kind_of, state_choice, yes_of
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

_WAYS = ("[].", "")
VOID = "voided by the site"


def _is_ours(head: Head) -> bool:
    return (
        head.has_keys("prediction_sets[].question_id")
        or head.has_keys("questions[].ends_at", "questions[].answers")
        or any(head.has_keys(f"{way}question_id", f"{way}predictions") for way in _WAYS)
        or any(head.has_keys(f"{way}ends_at", f"{way}answers") for way in _WAYS)
    )


def looks_like(material: Material) -> bool:
    """Whether a part has prediction sets, or their questions."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the sets say."""
    builder = SheetBuilder(material.name, "good-judgment", given, unit="record")
    files = [part.json() for part in builder.each(material, _is_ours)]
    questions = {one.needed("id"): one for told in files for one in _records(told, "questions", "ends_at", builder)}
    sets = [one for told in files for one in _records(told, "prediction_sets", "question_id", builder)]
    members = {_member(one) for one in sets}
    places = _ask_all(sets, questions, builder)
    for one in sets:
        _take(one, places[one.needed("question_id")], builder, alone=len(members) == 1)
    return builder.finish()


def _records(told: object, name: str, telling: str, builder: SheetBuilder) -> Iterator[Fields]:
    if isinstance(told, dict):
        told = told.get(name, [told] if telling in told else [])
    for record in records_of(told, builder, name):
        if telling in record.values:
            yield record


def _ask_all(sets: Iterable[Fields], questions: dict[str, Fields], builder: SheetBuilder) -> dict[str, int]:
    answers: dict[str, dict[str, None]] = {}
    first: dict[str, Fields] = {}
    for one in sets:
        number = one.needed("question_id")
        first.setdefault(number, one)
        answers.setdefault(number, {}).update(
            dict.fromkeys(each.needed("answer_name") for each in one.inners("predictions"))
        )
    places = {}
    for number, told in questions.items():
        names = dict.fromkeys(answer.needed("name") for answer in told.inners("answers"))
        names.update(answers.get(number, {}))
        places[number] = builder.ask(told.line, _question(number, told, list(names), first.get(number), builder))
    for number, one in first.items():
        if number not in places:
            places[number] = builder.ask(one.line, _unnamed(number, one, list(answers[number]), builder))
    return places


def _question(
    number: str, told: Fields, names: list[str], first: Fields | None, builder: SheetBuilder
) -> SheetQuestion:  # fmt: skip
    kind, options = kind_of(names)
    if options:
        options = builder.names(options, told.line)
    title = told.text("name", "question_name", "title") or (first and first.text("question_name"))
    void = told.text("voided_at") is not None
    happened = _happened(told)
    outcome = "void" if void else happened
    if outcome == happened and happened is not None and not options:
        outcome = "yes" if yes_of([happened]) == 0 or happened.casefold() == "true" else "no"
    known_at = told.time("resolved_at") if outcome and not void else None
    ending = told.time("ends_at", end=True)
    return SheetQuestion(
        f"cultivate:{number}", title or f"question {number}",
        builder.deadline(ending if ending is not None else known_at, told.line, "ends_at"), kind=kind, options=options,
        criteria=told.text("description", "resolution_notes"), opened_at=told.time("created_at", "published_at"),
        outcome=outcome, known_at=known_at, void_reason=VOID if void else None,
    )  # fmt: skip


def _happened(told: Fields) -> str | None:
    """The answer that a resolved question gave certainty."""
    if told.text("resolved_at") is None:
        return None
    for answer in told.inners("answers"):
        probability = answer.probability("probability")
        if probability is not None and probability.value == 1.0:
            return answer.needed("name")
    answers = list(told.inners("answers"))
    if len(answers) == 1 and (only := answers[0].probability("probability")) is not None and only.value == 0.0:
        return "No"
    return None


def _unnamed(number: str, one: Fields, names: list[str], builder: SheetBuilder) -> SheetQuestion:
    kind, options = kind_of(names)
    if options:
        options = builder.names(options, one.line)
    title = one.text("question_name") or f"question {number}"
    return SheetQuestion(
        f"cultivate:{number}", title, builder.deadline(None, one.line, "ends_at"), kind=kind, options=options
    )


def _member(one: Fields) -> str | None:
    return one.text("membership_guid", "membership_id")


def _take(one: Fields, place: int, builder: SheetBuilder, *, alone: bool) -> None:
    stated, late = [], False
    for each in one.inners("predictions"):
        late = late or each.text("made_after_correctness_known") == "true"
        probability = each.probability("forecasted_probability")
        if probability is not None:
            stated.append((each.needed("answer_name"), probability))
    if late:
        builder.remark("dropped", "sets made after the answer was known", one.line, "made_after_correctness_known")
        return
    if not stated:
        builder.remark("dropped", "sets without a probability", one.line, "predictions")
        return
    member = _member(one)
    named = None if member is None or (alone and builder.given.forecaster) else f"member {member}"
    made_at = builder.made_at(one.time("created_at"), one.line, "created_at")
    extra = Extra(comment=one.text("rationale"))
    state_choice(builder, place, builder.who(named, one.line), made_at, _whole(stated), one.line, extra)


def _whole(stated: list[tuple[str, Probability]]) -> list[tuple[str, Probability]]:
    """A lone answer that is not yes is one of two: it and its opposite."""
    if len(stated) == 1 and stated[0][0].casefold() == "no":
        return [("Yes", from_float(1.0 - stated[0][1].value)), stated[0]]
    return stated
