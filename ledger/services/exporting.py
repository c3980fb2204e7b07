"""``export``: the book as the ledger's own CSV, the journal as JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

from ledger.domain.filters import Filters
from ledger.domain.kinds import Kind
from ledger.domain.probability import from_float
from ledger.errors import InputError
from ledger.formats.atomic import as_text, atomic_output
from ledger.formats.journal_lines import write_journal
from ledger.formats.own_csv import RowBuilder, columns_for, write_csv
from ledger.formats.sheet import Extra, SheetQuestion
from ledger.services.opening import Book, opened
from ledger.services.progressing import Pace, Progress
from ledger.services.results import Done
from ledger.services.wording import counted
from ledger.storage.cancelling import heeding
from ledger.storage.driver import Driver, Row
from ledger.storage.journal_rows import stream_entries
from ledger.storage.location import Location
from ledger.storage.reading.interchange import asked, decoded, told_rows, used_columns
from ledger.storage.reading.questions import count, options, tags

FORMATS = ("csv", "xlsx", "parquet", "jsonl")
T = TypeVar("T")
REDACTED = "(redacted)"
TOLD_EVERY = 500
"""Rows between two tellings of how far it is."""


def export_file(
    location: Location, path: Path | None, *, form: str, filters: Filters, as_of: str | None, force: bool,
    tell: Callable[[str], None], progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Write the ledger to ``path``, or to standard output; whole under its final name, or not at all.

    ``progress`` hears of the rows written, of as many as there are entries; what it raises ends the export, and leaves
    no file behind.
    """
    if form not in FORMATS:
        raise InputError(f"--format {form!r} is none of: {', '.join(FORMATS)}")
    if form == "jsonl" and filters.narrows:
        raise InputError("the journal is exported whole: leave the filters out, or export --format csv")
    pace = Pace(progress)
    with (
        opened(location, as_of) as book,
        heeding(book.driver, pace.beat),
        atomic_output(path, force=force) as stream,
    ):
        pace.begin(book.last_entry)
        if form == "jsonl":
            with as_text(stream) as text:
                entries = stream_entries(book.journal, until=book.last_entry)
                said = counted(write_journal(_counted(entries, pace), text), "entry", "entries")
        else:
            written = _writer(form)(csv_rows(book, filters, pace), columns_for(used_columns(book.driver)), stream)
            said = counted(written, "row")
        left = count(book.driver, Filters(), book.now) - count(book.driver, filters, book.now) if filters.narrows else 0
    notices = [f"{said} written to {path}" if path else f"{said} written"]
    if left:
        notices.append(f"the filters left out {counted(left, 'question')}")
    return Done([], notices)


def _writer(form: str) -> Callable[[Iterable[Sequence[str]], Sequence[str], BinaryIO], int]:
    """What writes the rows of the ledger's own table; loaded when it is asked for."""
    if form == "xlsx":
        from ledger.formats.own_xlsx import write_xlsx

        return write_xlsx
    if form == "parquet":
        from ledger.formats.own_parquet import write_parquet

        return write_parquet
    return _as_csv


def _as_csv(rows: Iterable[Sequence[str]], columns: Sequence[str], stream: BinaryIO) -> int:
    with as_text(stream) as text:
        return write_csv(rows, columns, text)


def _counted(rows: Iterator[T], pace: Pace) -> Iterator[T]:
    for at, row in enumerate(rows):
        if at % TOLD_EVERY == 0:
            pace.reach(at)
        yield row


def csv_rows(book: Book, filters: Filters, pace: Pace | None = None) -> Iterator[list[str]]:
    """The rows of the own CSV, in the order in which they were recorded."""
    driver = book.driver
    builder = RowBuilder(columns_for(used_columns(driver)))
    names = {number: name or REDACTED for number, name in driver.all("SELECT id, name FROM forecaster")}
    known_tags = tags(driver)
    questions: dict[int, SheetQuestion] = {}
    for kind, row in _counted(told_rows(driver, filters, book.now), pace or Pace(None)):
        question = questions.get(row[1])
        if question is None:
            question = questions[row[1]] = sheet_question(driver, row[1], known_tags.get(row[1], []))
        if kind == "bare":
            yield from builder.bare(question)
        elif kind == "withdrawal":
            extra = Extra(withdrawn=True, reason=row[4])
            yield from builder.statement(question, names[row[2]], row[3], None, extra)
        else:
            yield from _statement(builder, question, names[row[2]], row)


def _statement(builder: RowBuilder, question: SheetQuestion, forecaster: str, row: Row) -> Iterator[list[str]]:
    made_at, probability, value = row[3:6]
    if probability is not None and row[6:] == _PLAIN:
        yield builder.plain(question, forecaster, made_at, from_float(probability).decimal)
        return
    low, high = (None if limit is None else from_float(limit) for limit in row[6:8])
    extra = Extra(row[10], row[9], row[8], low, high, row[11], row[12])
    if question.kind == Kind.NUMERIC:
        extra.quantiles = tuple((str(pair[0]), str(pair[1])) for pair in decoded(value) if isinstance(pair, list))
    elif value is not None:
        extra.vector = tuple(str(decimal) for decimal in decoded(value))
    stated = None if probability is None else from_float(probability)
    yield from builder.statement(question, forecaster, made_at, stated, extra)


_PLAIN = (None,) * 7


def sheet_question(driver: Driver, number: int, known_tags: list[str]) -> SheetQuestion:
    """A question of the book as interchange files tell it; a redacted one keeps its number as its key."""
    row, (url, needed, settled, outcome, known_at, evidence, note) = asked(driver, number)
    names = options(driver, number) if row.options else []
    told = outcome
    if settled == "void":
        told = "void"
    elif settled == "outcome" and row.options:
        told = names[int(outcome)]
    elif settled != "outcome":
        told = known_at = None
    question = SheetQuestion(row.key or f"redacted-{number}", row.title or REDACTED, row.deadline, row.kind)
    question.options, question.criteria, question.opened_at = names, row.criteria, row.opened_at
    question.zone, question.source_url, question.tags = row.zone, url, tuple(known_tags)
    if row.condition_id is not None:
        question.condition = (
            needed or f"redacted-{row.condition_id}",
            _needed(driver, row.condition_id, row.condition_outcome),
        )
    question.outcome, question.known_at = told, known_at
    question.evidence, question.void_reason = (evidence, None) if settled != "void" else (None, note)
    return question


def _needed(driver: Driver, number: int, outcome: str | None) -> str:
    names = options(driver, number)
    return names[int(outcome or 0)] if names else outcome or ""
