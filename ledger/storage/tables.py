"""The tables. ``entry`` and ``entry_text`` are the journal; all others are the book, rebuilt from it at will.

Instants are whole microseconds since 1970 UTC. Texts are null where a redaction dropped them.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from ledger.storage.columns import maybe_number, maybe_text, number, octets, primary, real, text


class Entry(SQLModel, table=True):
    """One fact of the journal, chained to all before it."""

    seq: int = primary()
    command: bytes = octets()
    """The client-made id of the command that wrote it, 16 bytes."""
    position: int = number()
    """Its place within its command, from 0."""
    kind: str = text()
    recorded_at: int = number()
    facts: str = text()
    """Canonical JSON."""
    commitment: bytes | None = octets(nullable=True)
    """SHA-256 of salt and text; null where the entry has no text."""
    head: bytes = octets()
    """The chain's head after this entry."""


class EntryText(SQLModel, table=True):
    """An entry's words under their salt; a redaction deletes the row and changes no entry."""

    __tablename__ = "entry_text"
    seq: int = primary()
    salt: bytes = octets()
    text: str = text()
    """Canonical JSON."""


class Forecaster(SQLModel, table=True):
    """Who states forecasts."""

    id: int = primary()
    entry: int = number()
    name: str | None = maybe_text()


class Source(SQLModel, table=True):
    """A publication."""

    id: int = primary()
    entry: int = number()
    author: str | None = maybe_text()
    title: str | None = maybe_text()
    publisher: str | None = maybe_text()
    published: str | None = maybe_text()
    url: str | None = maybe_text()
    archive: str | None = maybe_text()


class Question(SQLModel, table=True):
    """What is asked, as it reads now, and how it stands."""

    id: int = primary()
    entry: int = number()
    recorded_at: int = number()
    key: str | None = maybe_text(index=True)
    """Its key as people type it."""
    key_digest: str = text(index=True, unique=True)
    kind: str = text()
    title: str | None = maybe_text()
    criteria: str | None = maybe_text()
    opened_at: int | None = maybe_number()
    deadline: int = number(index=True)
    zone: str | None = maybe_text()
    source_id: int | None = maybe_number()
    section: str | None = maybe_text()
    deadline_from: str | None = maybe_text()
    condition_id: int | None = maybe_number(index=True)
    condition_outcome: str | None = maybe_text()
    options: int = number()
    starts_at: int | None = maybe_number()
    """Where its scheduled life begins; null while nothing was stated and no opening is known."""
    state: str = text()
    outcome: str | None = maybe_text()
    value: float | None = real()
    """The outcome as a number: 1, 0, a share, an option's index, a quantity."""
    known_at: int | None = maybe_number()
    resolution: int | None = maybe_number()
    """The entry of the resolution that counts."""
    void_reason: str | None = maybe_text()
    redacted: int = number()


class QuestionSieve(SQLModel, table=True):
    """What the words of 128 questions in a row are made of, so that a text is searched only where it can be."""

    __tablename__ = "question_sieve"
    part: int = primary()
    """1 for the questions 1 to 128."""
    sieve: bytes = octets()
    """As ``domain.sieve`` makes it of keys, titles and criteria."""


class QuestionOption(SQLModel, table=True):
    """One option of a choice or ordered question."""

    __tablename__ = "question_option"
    question_id: int = primary()
    position: int = primary()
    name: str | None = maybe_text()


class QuestionTag(SQLModel, table=True):
    """One tag of a question."""

    __tablename__ = "question_tag"
    question_id: int = primary()
    position: int = primary()
    tag: str = text(index=True)


class Edit(SQLModel, table=True):
    """A change of a question, before and after (JSON objects of the changed fields)."""

    entry: int = primary()
    question_id: int = number(index=True)
    recorded_at: int = number()
    deadline_before: int | None = maybe_number()
    deadline: int | None = maybe_number()
    before: str | None = maybe_text()
    after: str | None = maybe_text()
    reason: str | None = maybe_text()


class Forecast(SQLModel, table=True):
    """One statement; its last six columns are derived by the rules of timing."""

    __table_args__ = (Index("ix_forecast_unit", "question_id", "forecaster_id", "made_at", "entry"),)
    entry: int = primary()
    question_id: int = number()
    forecaster_id: int = number()
    made_at: int = number()
    recorded_at: int = number()
    stated: float | None = real()
    """The probability as first stated."""
    stated_value: str | None = maybe_text()
    """An option vector or quantiles as first stated: decimals, in canonical JSON."""
    low: float | None = real()
    high: float | None = real()
    scale: str | None = maybe_text()
    term: str | None = maybe_text()
    typed: str | None = maybe_text()
    place: int = number()
    """Its place among equals."""
    probability: float | None = real()
    """The probability that counts: as stated, or as corrected."""
    value: str | None = maybe_text()
    """The vector or quantiles that count."""
    deadline: int = number()
    """The deadline in force when it was made."""
    until: int | None = maybe_number()
    weight: int = number()
    timing: str = text()


class ForecastText(SQLModel, table=True):
    """The words of a statement."""

    __tablename__ = "forecast_text"
    entry: int = primary()
    hedge: str | None = maybe_text()
    reason: str | None = maybe_text()
    comment: str | None = maybe_text()


class Correction(SQLModel, table=True):
    """A mistyped statement put right; both values stay."""

    entry: int = primary()
    forecast: int = number(index=True)
    recorded_at: int = number()
    probability: float | None = real()
    value: str | None = maybe_text()
    typed: str | None = maybe_text()
    counts: int = number()
    """0 where it came at or after the close of a statement that our own clock had seen."""
    reason: str | None = maybe_text()


class Withdrawal(SQLModel, table=True):
    """A forecaster stepping back from a question."""

    entry: int = primary()
    question_id: int = number(index=True)
    forecaster_id: int = number()
    at: int = number()
    recorded_at: int = number()
    reason: str | None = maybe_text()


class Resolution(SQLModel, table=True):
    """A settling, voiding or reopening of a question; the last one counts."""

    entry: int = primary()
    question_id: int = number(index=True)
    recorded_at: int = number()
    kind: str = text()
    outcome: str | None = maybe_text()
    known_at: int | None = maybe_number()
    supersedes: int | None = maybe_number()
    evidence: str | None = maybe_text()
    note: str | None = maybe_text()


class Snooze(SQLModel, table=True):
    """The review of a question put off; the last one counts, until the question is settled."""

    entry: int = primary()
    question_id: int = number(index=True)
    recorded_at: int = number()
    until: int = number()
    """When it is to be asked again; the time of the entry itself where it ends an earlier one."""
    zone: str | None = maybe_text()
    reason: str | None = maybe_text()


class LookAgain(SQLModel, table=True):
    """A day to look at a question again, or with ``takes_back`` the end of one."""

    __tablename__ = "look_again"
    entry: int = primary()
    question_id: int = number(index=True)
    recorded_at: int = number()
    at: int | None = maybe_number()
    takes_back: int | None = maybe_number()
    """The entry that set the day."""
    zone: str | None = maybe_text()
    reason: str | None = maybe_text()


class ReviewRules(SQLModel, table=True):
    """When to remind; the last one counts."""

    __tablename__ = "review_rules"
    entry: int = primary()
    recorded_at: int = number()
    stale: str | None = maybe_text()
    """A share such as 1/3; null where no forecast is stale."""
    repeat: str | None = maybe_text()
    """Days, as a JSON list; null where nothing is repeated."""
    weekly: str | None = maybe_text()
    """Such as mon@09:00; null where there is no weekly review."""
    zone: str = text()


class Announced(SQLModel, table=True):
    """What a reminder said through one channel: an occasion of a question, or at place 0 a weekly review."""

    entry: int = primary()
    place: int = primary()
    """From 1 in the order in which it was said."""
    channel: str = text()
    recorded_at: int = number()
    question_id: int | None = maybe_number(index=True)
    why: str = text()
    """``due``, ``look_again``, ``condition``, ``stale`` or ``weekly``."""
    at: int = number()
    """The occasion's time, which tells it from others."""


class Unit(SQLModel, table=True):
    """One forecaster on one question: the statements that its policies score."""

    question_id: int = primary()
    forecaster_id: int = primary()
    statements: int = number()
    late: int = number()
    first: int | None = maybe_number()
    last: int | None = maybe_number()
    weight: int = number()
    timing: str = text()


class Redaction(SQLModel, table=True):
    """An entry whose text was dropped, and by which entry."""

    redacted: int = primary()
    entry: int = number()
    reason: str | None = maybe_text()


JOURNAL = (Entry, EntryText)
BOOK = (
    Forecaster, Source, Question, QuestionSieve, QuestionOption, QuestionTag, Edit, Forecast,
    ForecastText, Correction, Withdrawal, Resolution, Snooze, LookAgain, ReviewRules, Announced, Unit, Redaction,
)  # fmt: skip
