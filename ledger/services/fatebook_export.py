"""``export --format fatebook``: yes-or-no forecasts as the spreadsheet that Fatebook imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ledger.domain.filters import Filters
from ledger.domain.instants import Instant
from ledger.domain.kinds import Kind
from ledger.domain.probability import from_float
from ledger.formats.atomic import atomic_text
from ledger.formats.fatebook_sheet import FatebookRow, write_fatebook
from ledger.formats.sheet import SheetQuestion
from ledger.services.exporting import TOLD_EVERY, sheet_question
from ledger.services.opening import Book, opened
from ledger.services.progressing import Pace, Progress
from ledger.services.results import Done
from ledger.services.wording import counted
from ledger.storage.cancelling import heeding
from ledger.storage.driver import Row
from ledger.storage.location import Location
from ledger.storage.reading.interchange import told_rows
from ledger.storage.reading.questions import tags

_LEFT = {
    "kind": ("forecast of options or numbers", "forecasts of options or numbers"),
    "withdrawal": ("withdrawal", "withdrawals"),
    "bare": ("question without a forecast", "questions without a forecast"),
    "share": ("outcome that is neither yes nor no", "outcomes that are neither yes nor no"),
    "tags": ("tag with a comma in it", "tags with a comma in them"),
}
OPEN_ROWS = "Fatebook's importer takes rows with an empty resolution as resolved: look at open questions there"


def export_fatebook(
    location: Location, path: Path | None, *, filters: Filters, as_of: str | None, force: bool,
    progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Write the forecasts that Fatebook can take, and say what it cannot; options and errors as of ``export_file``."""
    pace = Pace(progress)
    with (
        opened(location, as_of) as book,
        heeding(book.driver, pace.beat),
        atomic_text(path, force=force) as stream,
    ):
        pace.begin(book.last_entry)
        taking = _Taking(book, filters, pace)
        written = write_fatebook(taking.rows(), stream)
    said = counted(written, "row")
    notices = [f"{said} written to {path}" if path else f"{said} written", *taking.notices()]
    return Done([], notices)


class _Taking:
    """The rows that Fatebook can take, and a count of what it cannot."""

    def __init__(self, book: Book, filters: Filters, pace: Pace) -> None:
        self._book, self._filters, self._pace = book, filters, pace
        self._left: Counter[str] = Counter()
        self._people: set[int] = set()
        self._open = False
        self._tags = tags(book.driver)
        self._asked: dict[int, tuple[SheetQuestion, Instant]] = {}

    def rows(self) -> Iterator[FatebookRow]:
        """All of them, in the order in which they were recorded."""
        for at, (kind, row) in enumerate(told_rows(self._book.driver, self._filters, self._book.now)):
            if at % TOLD_EVERY == 0:
                self._pace.reach(at)
            if kind != "forecast":
                self._left[kind] += 1
            elif (made := self._row(row)) is not None:
                yield made

    def _row(self, row: Row) -> FatebookRow | None:
        number, who, made_at, probability = row[1:5]
        question, asked_at = self._question(number, made_at)
        if question.kind != Kind.BINARY or probability is None:
            self._left["kind"] += 1
            return None
        self._people.add(who)
        return FatebookRow(
            question.title, from_float(probability).decimal, asked_at, made_at, question.deadline, question.outcome,
            question.known_at, question.tags, question.criteria,
        )  # fmt: skip

    def _question(self, number: int, made_at: Instant) -> tuple[SheetQuestion, Instant]:
        """The question, and when it was asked: its opening, or where it has none its first statement."""
        if number in self._asked:
            return self._asked[number]
        question = sheet_question(self._book.driver, number, self._tags.get(number, []))
        told = tuple(tag for tag in question.tags if "," not in tag)
        self._left["tags"] += len(question.tags) - len(told)
        question.tags = told
        if question.outcome not in {None, "yes", "no", "void"} and question.kind == Kind.BINARY:
            self._left["share"] += 1
            question.outcome = None
        self._open = self._open or question.outcome is None
        opened_at = made_at if question.opened_at is None else question.opened_at
        self._asked[number] = question, opened_at
        return self._asked[number]

    def notices(self) -> list[str]:
        """What was left out, and what to know of the file."""
        left = [f"left out: {counted(number, *_LEFT[what])}" for what, number in self._left.items() if number]
        if len(self._people) > 1:
            left.append(f"the file names nobody, and has the forecasts of {len(self._people)} people: use --forecaster")
        return [*left, OPEN_ROWS] if self._open else left
