"""``resolve --from``: the outcomes of a table, recorded in one transaction, all of them or none.

Conditions are settled before what hangs on them, whatever the order of the lines. A rehearsal is the same transaction,
undone at its end, so it finds what the real one would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ledger.domain.kinds import Kind, State
from ledger.domain.moments import zone_named
from ledger.domain.outcomes import Outcome, parse_outcome
from ledger.errors import AlreadySettledError, InputError, LedgerError
from ledger.formats.outcomes_file import OutcomeRow, Problem, read_outcomes
from ledger.journal.entry import Draft
from ledger.services.batch_report import OutcomesReport, Recorded
from ledger.services.matching_outcomes import Matched, matched
from ledger.services.progressing import Pace, Progress
from ledger.services.results import Done
from ledger.services.settling import last_resolution, late_statements, outcome_draft
from ledger.services.stating import the_question
from ledger.services.times import read_time
from ledger.services.transfer import refuse_unreadable
from ledger.services.void_reasons import void_told
from ledger.storage.access import reading
from ledger.storage.attempts import repeated
from ledger.storage.cancelling import heeding
from ledger.storage.location import Location
from ledger.storage.reading.history import resolutions
from ledger.storage.reading.questions import QuestionRow, options
from ledger.storage.reading.reminding import conditions
from ledger.storage.reading.reviewing import dependent
from ledger.storage.writing import Transaction, transaction


@dataclass(frozen=True, slots=True)
class Manner:
    """How the lines are recorded; plain days of ``known_at`` are days in ``zone``."""

    zone: str | None = None
    dry_run: bool = False
    supersede: bool = False
    """Put an outcome that differs in the place of the one that is there."""
    skip_unmatched: bool = False
    """Record the lines that can be, and leave out the others."""


class _UndoneError(Exception):
    """Ends a transaction without a trace of it."""


@repeated
def resolve_from(
    location: Location, path: Path, manner: Manner, tell: Callable[[str], None], *, progress: Progress | None = None
) -> OutcomesReport:
    """Record the outcomes of the table at ``path``; the same table again records nothing.

    ``progress`` hears of the bytes read, and then of the lines; what it raises ends the work, and nothing is written.
    Raises ``FileInputError`` for a file that cannot be read; what is wrong with single lines is in the report.
    """
    refuse_unreadable(path)
    if manner.zone is not None:
        zone_named(manner.zone)
    with reading(location.place):
        pass
    pace = Pace(progress, path.stat().st_size)
    table = read_outcomes(path, progress=pace.reach)
    report = OutcomesReport(table, dry_run=manner.dry_run)
    with suppress(_UndoneError), transaction(location.place, f"outcomes of {table.name}", tell) as work:
        with heeding(work.driver, pace.beat):
            _Recording(work, manner, report, pace).run()
        report.refused = bool(table.problems) and not manner.skip_unmatched
        if report.refused or manner.dry_run:
            raise _UndoneError
    return report


class _Ready(NamedTuple):
    """A line that can be recorded."""

    row: OutcomeRow
    asked: QuestionRow
    outcome: Outcome
    draft: Draft


class _Recording:
    """The recording of one table inside a transaction."""

    def __init__(self, work: Transaction, manner: Manner, report: OutcomesReport, pace: Pace) -> None:
        self._work, self._manner, self._report, self._pace = work, manner, report, pace
        self._table = report.table

    def run(self) -> None:
        """Match and record all lines, and order the problems by line."""
        found, self._report.repeated = matched(self._work.driver, self._table, self._work.recorded_at)
        self._pace.begin(len(found))
        for together in _in_order(found, conditions(self._work.driver)):
            ready = [one for one in map(self._ready, together) if one is not None]
            self._record(ready)
            self._pace.count(len(together))
        self._table.problems.sort(key=lambda one: one.line)
        self._report.consequences.extend(self._consequences())

    def _ready(self, found: Matched) -> _Ready | None:
        """What is to be recorded of a line; nothing where it is there already, or cannot be."""
        row, driver = found.row, self._work.driver
        asked, column = the_question(driver, f"#{found.number}"), "outcome"
        try:
            outcome = parse_outcome(row.outcome, Kind(asked.kind), options(driver, asked.id))
            column = "known_at"
            if self._is_there(row, asked, outcome):
                return None
            done = Done()
            outcome, draft = outcome_draft(
                self._work, asked, row.outcome, done, known_at=row.known_at, zone=self._manner.zone,
                evidence=row.evidence, note=row.note, supersede=self._manner.supersede, field="known_at",
            )  # fmt: skip
        except AlreadySettledError as problem:
            stands = problem.stands.outcome or "void"
            self._table.problems.append(Problem(row.line, None, f"{problem}; {stands} stands"))
        except InputError as problem:
            self._table.problems.append(Problem(row.line, column, str(problem).removeprefix(f"{column}: ")))
        except LedgerError as problem:
            self._table.problems.append(Problem(row.line, None, str(problem)))
        else:
            return _Ready(row, asked, outcome, draft)
        return None

    def _is_there(self, row: OutcomeRow, asked: QuestionRow, outcome: Outcome) -> bool:
        """Whether the outcome stands already; one that is known since another time is told, or superseded."""
        last = last_resolution(self._work.driver, asked.id)
        if last is None or last[1] != "outcome":
            return False
        if resolutions(self._work.driver, asked.id)[-1].outcome != outcome.text:
            return False
        if row.known_at is not None and row.known_at.lower() != "now":
            known = read_time(row.known_at, "known_at", self._manner.zone).instant
            if known != last[2] and self._manner.supersede:
                return False
            if known != last[2]:
                self._report.other_times.append(row.line)
        self._report.already += 1
        return True

    def _record(self, ready: list[_Ready]) -> None:
        driver = self._work.driver
        before = sum(late_statements(driver, one.asked.id) for one in ready)
        entries = self._work.append([one.draft for one in ready])
        for one, entry in zip(ready, entries, strict=True):
            self._report.recorded.append(Recorded(one.row.line, one.asked.id, one.asked.name, one.outcome.shown, entry))
            self._report.at_deadline += '"known_at"' not in one.draft.facts
        self._report.late += sum(late_statements(driver, one.asked.id) for one in ready) - before

    def _consequences(self) -> Iterator[str]:
        """What became of questions that hang on those of the table, and which outcomes do not count."""
        recorded = {one.number for one in self._report.recorded}
        for one in self._report.recorded:
            after = the_question(self._work.driver, f"#{one.number}")
            if after.state == State.VOID:
                reason = void_told(self._work.driver, after)
                yield f"line {one.line}: kept, but not counted: {one.name} is void, as {reason}"
            for child in dependent(self._work.driver, one.number):
                if child not in recorded:
                    shown = the_question(self._work.driver, f"#{child}")
                    yield f"{shown.name} (#{child}) is now {shown.status(self._work.recorded_at)}"


def _in_order(found: Sequence[Matched], needed: Mapping[int, tuple[int, str]]) -> Iterator[list[Matched]]:
    """The lines in groups: no question of a group waits, through its conditions, for one of the same or a later one."""
    numbers = {one.number for one in found}
    groups: dict[int, list[Matched]] = {}
    for one in found:
        depth, at, seen = 0, one.number, {one.number}
        while at in needed and (at := needed[at][0]) not in seen:
            seen.add(at)
            depth += at in numbers
        groups.setdefault(depth, []).append(one)
    return (groups[depth] for depth in sorted(groups))
