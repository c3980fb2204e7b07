"""Predictions collected from Good Judgment Open's pages, with the problems that they are of, in one file or two."""

from __future__ import annotations

from ledger.domain.probability import parse_probability
from ledger.errors import InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.choices import kind_of, state_choice, yes_of
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

SOURCE = "https://www.gjopen.com"
_WAYS = ("[].", "", "predictions[].", "problems[].")


def _is_ours(head: Head) -> bool:
    return any(
        head.has_keys(f"{way}problem_id", other) for way in _WAYS for other in (f"{way}prediction", f"{way}options")
    )


def looks_like(material: Material) -> bool:
    """Whether a part has such predictions or problems."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What they say."""
    builder = SheetBuilder(material.name, "good-judgment-collected", given, unit="record", source=SOURCE)
    places: dict[str, tuple[int, list[str]]] = {}
    files = [part.json() for part in builder.each(material, _is_ours)]
    for told in files:
        for problem in _records(told, "problems", builder):
            if "options" in problem.values:
                places[problem.needed("problem_id")] = _ask(problem, builder)
    for told in files:
        for one in _records(told, "predictions", builder):
            if "prediction" in one.values:
                _take(one, places, builder)
    return builder.finish()


def _records(told: object, name: str, builder: SheetBuilder) -> list[Fields]:
    if isinstance(told, dict):
        told = told.get(name, [told] if "problem_id" in told else [])
    return list(records_of(told, builder, name))


def _ask(problem: Fields, builder: SheetBuilder) -> tuple[int, list[str]]:
    names = [str(one) for one in problem.items("options")]
    kind, options = kind_of(names)
    if options:
        options = builder.names(options, problem.line)
    metadata = problem.inner("metadata")
    correct = problem.text("correct_answer")
    outcome = correct
    if correct is not None and not options:
        outcome = "yes" if correct.casefold() in {"yes", "true"} else "no"
    if correct is not None and options and correct not in options:
        raise problem.refuse("this is none of the options", "correct_answer")
    place = builder.ask(problem.line, SheetQuestion(
        f"gjopen:{problem.needed('problem_id')}", problem.needed("title"),
        builder.deadline(metadata.time("end_date", end=True), problem.line, "metadata.end_date"), kind=kind,
        options=options, criteria=problem.text("url"), outcome=outcome,
    ))  # fmt: skip
    return place, names


def _take(one: Fields, places: dict[str, tuple[int, list[str]]], builder: SheetBuilder) -> None:
    found = places.get(one.needed("problem_id"))
    if found is None:
        builder.remark("dropped", "predictions on problems that are not in the file", one.line)
        return
    place, names = found
    told = one.items("prediction")
    if len(told) == 1 and yes_of(names) is not None and len(names) == 2:
        names = [names[yes_of(names) or 0]]
    if len(told) != len(names):
        raise one.refuse(f"{len(told)} probabilities for {len(names)} options", "prediction")
    try:
        stated = [(name, parse_probability(str(value))) for name, value in zip(names, told, strict=True)]
    except InputError as error:
        raise one.refuse(str(error), "prediction") from None
    made_at = builder.made_at(one.time("timestamp"), one.line, "timestamp")
    state_choice(builder, place, builder.who(one.text("username"), one.line), made_at, stated, one.line, Extra())
