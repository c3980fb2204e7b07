"""Metaculus's download: a zip, or its ``question_data.csv`` and ``forecast_data.csv``.

A forecast is an interval: one that ended with none after it is followed by a withdrawal. Rows of unresolved questions
are one field short. Crowd aggregates come in as forecasters of their own, marked as derived; comments and scores stay
behind. Numbers are quantiles (5, 25, 50, 75, 95 percent), as the file gives them.
"""

from __future__ import annotations

from ledger.domain.kinds import Kind
from ledger.domain.probability import parse_probability, shortest_decimal
from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.metaculus_terms import (
    AGGREGATES,
    DATES,
    DERIVED,
    KINDS,
    SOURCE,
    Stand,
    Stands,
    number,
    outcome_of,
)
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion
from ledger.formats.tables import table_fields
from ledger.formats.vectors import quantiles, read_list, vector

_LEVELS = (
    ("0.05", "5th Percentile"), ("0.25", "25th Percentile"), ("0.5", "Median"), ("0.75", "75th Percentile"),
    ("0.95", "95th Percentile"),
)  # fmt: skip


def _asks(head: Head) -> bool:
    return head.has_columns("Question ID", "Question Title", "Question Type", "Scheduled Close Time")


def _states(head: Head) -> bool:
    return head.has_columns("Question ID", "Start Time", "End Time", "Probability Yes")


def looks_like(material: Material) -> bool:
    """Whether a part has Metaculus's questions or forecasts."""
    return any(_asks(head) or _states(head) for head in material.heads)


def read(material: Material, given: Given) -> Sheet:
    """What the download says."""
    builder = SheetBuilder(material.name, "metaculus-zip", given, source=SOURCE)
    if material.part(_asks) is None:
        problem = "the forecasts need their questions: import the zip, or question_data.csv with forecast_data.csv"
        raise builder.refuse(problem)
    places: dict[str, int] = {}
    for part in builder.each(material, _asks):
        for row in table_fields(part, builder, pad=True):
            _ask(row, builder, places)
    stands = Stands(builder)
    for part in builder.each(material, _states):
        for row in table_fields(part, builder, pad=True):
            _stand(row, builder, places, stands)
    stands.put()
    _tell_the_rest(material, builder)
    return builder.finish()


def _tell_the_rest(material: Material, builder: SheetBuilder) -> None:
    others = [head for head in material.heads if not (_asks(head) or _states(head))]
    named = [what for column, what in (("Comment Text", "comments"), ("Score Type", "scores")) for head in others
             if column in head.header]  # fmt: skip
    if named:
        builder.warn(f"{' and '.join(named)} stay behind: the ledger works scores out itself")


def _ask(row: Fields, builder: SheetBuilder, places: dict[str, int]) -> None:
    told = (row.text("Question Type") or "").lower()
    kind = KINDS.get(told)
    if kind is None:
        builder.remark("dropped", f"questions of type {quoted(told, limit=30)}", row.line, "Question Type")
        return
    if told == "date":
        builder.remark("assumed", DATES, row.line)
    options = _options(row, builder) if kind is Kind.CHOICE else []
    outcome, reason = outcome_of(row.text("Resolution"), kind, options, builder, row.line)
    ending = row.time("Scheduled Close Time", "Actual Close Time", end=True)
    known_at = row.time("Resolution Known Time") if outcome else None
    places[row.needed("Question ID")] = builder.ask(row.line, SheetQuestion(
        f"metaculus:{row.needed('Question ID')}", row.needed("Question Title"),
        builder.deadline(ending if ending is not None else known_at, row.line, "Scheduled Close Time"), kind=kind,
        options=options, criteria=row.text("Question URL"), opened_at=row.time("Open Time"),
        tags=_tags(row), outcome=outcome, known_at=known_at, void_reason=reason,
    ))  # fmt: skip


def _options(row: Fields, builder: SheetBuilder) -> list[str]:
    name = next((one for one in ("MC Options (All)", "MC Options", "MC Options (Current)") if row.text(one)), None)
    told = None if name is None else row.read(name, read_list)
    return builder.names([str(one) for one in told or []], row.line)


def _tags(row: Fields) -> tuple[str, ...]:
    told = row.read("Categories", read_list)
    return tuple(str(one) for one in told or [])


def _stand(row: Fields, builder: SheetBuilder, places: dict[str, int], stands: Stands) -> None:
    place = places.get(row.needed("Question ID"))
    if place is None:
        builder.remark("dropped", "forecasts on questions that did not come in", row.line)
        return
    who, crowd = _who(row, builder)
    extra = Extra(comment=DERIVED) if crowd else None
    probability = None
    question = builder.sheet.questions[place]
    if question.kind == Kind.BINARY:
        probability = row.read("Probability Yes", parse_probability)
    else:
        extra = _several(row, builder, place, extra)
    if probability is None and (extra is None or not (extra.vector or extra.quantiles)):
        builder.remark("dropped", "forecasts without a number that the ledger keeps", row.line)
        return
    if crowd:
        builder.remark("derived", "aggregates of the crowd, under a name of their own", row.line)
    start = builder.made_at(row.time("Start Time"), row.line, "Start Time")
    stands.found.append(Stand(place, who, start, row.time("End Time"), probability, extra, row.line))


def _who(row: Fields, builder: SheetBuilder) -> tuple[str, bool]:
    """Who stated it, and whether that is the crowd."""
    name = row.text("Forecaster Username", "Forecaster (Anonymized)")
    number_ = row.text("Forecaster ID")
    told = "Forecaster ID" in row.values
    if name and (number_ is None if told else name in AGGREGATES):
        return f"Metaculus ({name})", True
    return builder.who(name or (f"Metaculus user {number_}" if number_ else None), row.line), False


def _several(row: Fields, builder: SheetBuilder, place: int, extra: Extra | None) -> Extra | None:
    if builder.sheet.questions[place].kind == Kind.CHOICE:
        return _vector(row, builder, place, extra)
    pairs = [(level, told) for level, name in _LEVELS if (told := row.read(name, number)) is not None]
    if not pairs:
        return extra
    extra = extra or Extra()
    try:
        extra.quantiles = quantiles(pairs)
    except InputError as error:
        raise row.refuse(str(error), "Median") from None
    return extra


def _vector(row: Fields, builder: SheetBuilder, place: int, extra: Extra | None) -> Extra | None:
    told = row.read("Probability Yes Per Category", read_list)
    if told is None:
        return extra
    options = builder.sheet.questions[place].options
    if len(told) != len(options):
        raise row.refuse(f"{len(told)} probabilities for {len(options)} options", "Probability Yes Per Category")
    if any(one is None for one in told):
        builder.remark("assumed", "options that were not offered at the time have probability 0", row.line)
    try:
        decimals = [_decimal(one) for one in told]
        stated, brought = vector(decimals)
    except (InputError, ValueError, TypeError) as error:
        raise row.refuse(str(error), "Probability Yes Per Category") from None
    if brought:
        builder.remark("derived", "probabilities of options brought to a sum of 1, from rounded ones", row.line)
    extra = extra or Extra()
    extra.vector = stated
    return extra


def _decimal(told: object) -> str:
    if told is None:
        return "0"
    if isinstance(told, bool) or not isinstance(told, (int, float, str)):
        raise InputError(f"{told!r} is no probability")
    return shortest_decimal(float(told))
