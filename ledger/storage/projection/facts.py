"""Entries that only add rows: forecasters, sources, questions, statements, withdrawals, resolutions."""

from __future__ import annotations

import re
from collections.abc import Callable

from ledger.domain.instants import parse_rfc3339
from ledger.domain.kinds import State
from ledger.journal.entry import Sealed
from ledger.storage import tables
from ledger.storage.inserts import insert
from ledger.storage.projection.batch import Batch
from ledger.storage.projection.reading import Told, instant, number, outcome_text, vector
from ledger.storage.projection.reviews import REVIEWS

_FORECASTER = insert(tables.Forecaster)
_SOURCE = insert(tables.Source)
_QUESTION = insert(
    tables.Question,
    *("id", "entry", "recorded_at", "key", "key_digest", "kind", "title", "criteria", "opened_at", "deadline"),
    *("zone", "source_id", "section", "deadline_from", "condition_id", "condition_outcome", "options"),
    *("starts_at", "state", "redacted"),
)
_OPTION = insert(tables.QuestionOption)
_TAG = insert(tables.QuestionTag)
_FORECAST = insert(
    tables.Forecast,
    *("entry", "question_id", "forecaster_id", "made_at", "recorded_at", "stated", "stated_value", "low", "high"),
    *("scale", "term", "typed", "place", "probability", "value", "deadline", "weight", "timing"),
)
_FORECAST_TEXT = insert(tables.ForecastText)
_WITHDRAWAL = insert(tables.Withdrawal)
_RESOLUTION = insert(tables.Resolution)


def _forecaster(batch: Batch, told: Told) -> None:
    batch.add(_FORECASTER, (told.facts["forecaster"], told.seq, told.text.get("name")))


def _source(batch: Batch, told: Told) -> None:
    facts, text = told.facts, told.text
    words = (text.get("author"), text.get("title"), text.get("publisher"))
    row = (facts["source"], told.seq, *words, facts.get("published"), text.get("url"), text.get("archive"))
    batch.add(_SOURCE, row)


def _question(batch: Batch, told: Told) -> None:
    facts, text = told.facts, told.text
    condition = facts.get("condition", {})
    opened = instant(facts, "opened_at")
    batch.add(
        _QUESTION,
        (
            *(facts["question"], told.seq, told.recorded_at, text.get("key"), facts["key"], facts["kind"]),
            *(text.get("title"), text.get("criteria"), opened, instant(facts, "deadline"), facts.get("zone")),
            *(facts.get("source"), text.get("section"), facts.get("deadline_from")),
            *(condition.get("question"), condition.get("outcome"), facts.get("options", 0)),
            *(opened, State.UNSETTLED.value, 0),
        ),
    )
    for position in range(facts.get("options", 0)):
        names = text.get("options")
        batch.add(_OPTION, (facts["question"], position, None if names is None else names[position]))
    add_tags(batch, facts["question"], text.get("tags", ()))
    batch.touched.add(facts["question"])
    batch.worded.add(facts["question"])


def add_tags(batch: Batch, question: int, tags: list[str] | tuple[str, ...]) -> None:
    """Write the tags of a question."""
    for position, tag in enumerate(tags):
        batch.add(_TAG, (question, position, tag))


def _forecast(batch: Batch, told: Told) -> None:
    facts = told.facts
    question = facts["question"]
    stated, value = number(facts.get("p")), vector(facts)
    batch.add(
        _FORECAST,
        (
            *(told.seq, question, facts["forecaster"], instant(facts, "made_at"), told.recorded_at, stated, value),
            *(number(facts.get("low")), number(facts.get("high")), facts.get("scale"), facts.get("term")),
            *(facts.get("typed"), facts.get("place", 0), stated, value, 0, 0, ""),
        ),
    )
    if text := told.text:
        batch.add(_FORECAST_TEXT, (told.seq, text.get("hedge"), text.get("reason"), text.get("comment")))
    batch.touched.add(question)


_PLAIN = re.compile(
    r'\{"forecaster":([0-9]{1,18}),"made_at":"([^"\\]+)","p":"([0-9.]+)","question":([0-9]{1,18})(?:,"typed":"([^"\\]*)")?\}'
).fullmatch
_PLAIN_FORECAST = insert(
    tables.Forecast,
    *("entry", "question_id", "forecaster_id", "made_at", "recorded_at", "stated", "typed", "place"),
    *("probability", "deadline", "weight", "timing"),
)


Plain = tuple[int, int, int, float, str | None]


def read_plain(entry: Sealed) -> Plain | None:
    """What an entry says that states one probability and nothing else: question, forecaster, time, value, as typed.

    Read without decoding JSON, as an import makes a million of them.
    """
    if entry.kind != "forecast" or entry.text is not None:
        return None
    match = _PLAIN(entry.facts)
    if match is None:
        return None
    who, made_at, decimal, question, typed = match.groups()
    return int(question), int(who), parse_rfc3339(made_at), float(decimal), typed


def add_plain(batch: Batch, entry: Sealed, plain: Plain) -> None:
    """Add the row of a plain statement, to be timed later."""
    question, forecaster, made_at, stated, typed = plain
    row = (entry.seq, question, forecaster, made_at, entry.recorded_at, stated, typed, 0, stated, 0, 0, "")
    batch.add(_PLAIN_FORECAST, row)
    batch.touched.add(question)


def _withdraw(batch: Batch, told: Told) -> None:
    facts = told.facts
    at = instant(facts, "at")
    row = (told.seq, facts["question"], facts["forecaster"], at, told.recorded_at, told.text.get("reason"))
    batch.add(_WITHDRAWAL, row)
    batch.touched.add(facts["question"])


def _settling(kind: str) -> Callable[[Batch, Told], None]:
    def handle(batch: Batch, told: Told) -> None:
        facts, text = told.facts, told.text
        outcome, known = outcome_text(facts.get("outcome")), instant(facts, "known_at")
        said = (text.get("evidence"), text.get("note", text.get("reason")))
        row = (told.seq, facts["question"], told.recorded_at, kind, outcome, known, facts.get("supersedes"), *said)
        batch.add(_RESOLUTION, row)
        batch.touched.add(facts["question"])

    return handle


FACTS: dict[str, Callable[[Batch, Told], None]] = {
    "forecaster": _forecaster,
    "source": _source,
    "question": _question,
    "forecast": _forecast,
    "withdraw": _withdraw,
    "resolve": _settling("outcome"),
    "void": _settling("void"),
    "reopen": _settling("reopen"),
    **REVIEWS,
}
"""What each kind of entry adds, for the kinds that change no row that is there."""
