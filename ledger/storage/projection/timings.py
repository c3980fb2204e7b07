"""Units: when each statement stood, under which deadline, what it weighs, and which value counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.domain.timing import Statement, UnitTiming, Withdrawal, close_of, time_unit
from ledger.storage import tables
from ledger.storage.driver import Driver, Row
from ledger.storage.inserts import insert

_READ = """
    SELECT entry, forecaster_id, made_at, recorded_at, stated, stated_value,
           probability, value, deadline, until, weight, timing
    FROM forecast WHERE question_id = ? ORDER BY forecaster_id, made_at, entry"""
_EDITS = """
    SELECT recorded_at, entry, deadline_before, deadline FROM edit
    WHERE question_id = ? AND deadline IS NOT NULL ORDER BY entry"""
_CORRECTIONS = """
    SELECT correction.forecast, correction.recorded_at, correction.probability, correction.value, correction.entry
    FROM correction JOIN forecast ON forecast.entry = correction.forecast
    WHERE forecast.question_id = ? ORDER BY correction.entry"""
_RESOLUTIONS = "SELECT recorded_at, entry, kind FROM resolution WHERE question_id = ? ORDER BY entry"
_WITHDRAWALS = "SELECT forecaster_id, entry, at, recorded_at FROM withdrawal WHERE question_id = ? ORDER BY at, entry"
_WRITE = """
    UPDATE forecast SET probability = ?, value = ?, deadline = ?, until = ?, weight = ?, timing = ? WHERE entry = ?"""
_UNIT = insert(tables.Unit)
_BLOCK = 500


class Versions(NamedTuple):
    """The deadlines of a question over time."""

    first: int
    changes: Sequence[tuple[int, int, int]]
    """(recorded_at, entry, deadline) of each edit of it, in order."""
    resolutions: Sequence[tuple[int, int, str]] = ()
    """(recorded_at, entry, kind) of each resolution, in order."""

    def settled(self, entry: int, made_at: int) -> bool:
        """Whether the question stood as resolved for an entry that speaks as of ``made_at``."""
        return stood_resolved(self.resolutions, entry, made_at)

    def in_force(self, entry: int, made_at: int) -> int:
        """The deadline that counts for a statement: of the edits recorded before it, the last by then."""
        deadline = self.first
        for recorded_at, edit, changed in self.changes:
            if edit < entry and recorded_at <= made_at:
                deadline = changed
        return deadline


def stood_resolved(resolutions: Sequence[tuple[int, int, str]], entry: int, made_at: int) -> bool:
    """Whether the last of ``resolutions`` recorded before ``entry`` and by ``made_at`` is an outcome."""
    last = None
    for recorded_at, resolution, kind in resolutions:
        if resolution < entry and recorded_at <= made_at:
            last = kind
    return last == "outcome"


def settle_timings(driver: Driver, questions: Sequence[int]) -> None:
    """Derive the timing of every statement of ``questions``, and their units."""
    for start in range(0, len(questions), _BLOCK):
        forecasts: list[tuple[Any, ...]] = []
        units: list[tuple[Any, ...]] = []
        block = questions[start : start + _BLOCK]
        for question in block:
            _time_question(driver, question, forecasts, units)
        driver.many(_WRITE, forecasts)
        driver.many("DELETE FROM unit WHERE question_id = ?", [(question,) for question in block])
        driver.many(_UNIT, units)


def _time_question(driver: Driver, question: int, forecasts: list[Row], units: list[Row]) -> None:
    found = driver.one("SELECT opened_at, deadline, known_at FROM question WHERE id = ?", (question,))
    if found is None:
        return
    opened_at, deadline, known_at = found
    rows = driver.all(_READ, (question,))
    edits = driver.all(_EDITS, (question,))
    resolutions = driver.all(_RESOLUTIONS, (question,))
    changes = [(at, entry, new) for at, entry, _, new in edits]
    versions = Versions(edits[0][2] if edits else deadline, changes, resolutions)
    starts_at = min([row[2] for row in rows] + ([] if opened_at is None else [opened_at]), default=None)
    driver.run("UPDATE question SET starts_at = ? WHERE id = ?", (starts_at, question))
    corrected = _corrections(driver, question, rows, versions, known_at)
    withdrawals = driver.all(_WITHDRAWALS, (question,))
    for forecaster, unit in groupby(rows, key=itemgetter(1)):
        stated = list(unit)
        left = [Withdrawal(*one) for who, *one in withdrawals if who == forecaster]
        statements = [_statement(row, versions, corrected) for row in stated]
        timed = time_unit(statements, left, known_at, starts_at or 0)
        forecasts.extend(_changed(stated, statements, timed, corrected))
        summary = (len(stated), timed.late, timed.first, timed.last, timed.weight, timed.timing.value)
        units.append((question, forecaster, *summary))


def _statement(row: Row, versions: Versions, corrected: dict[int, Row]) -> Statement:
    entry, made_at, recorded_at = row[0], row[2], row[3]
    counted = corrected.get(entry)
    deadline = versions.in_force(entry, made_at) if versions.changes else versions.first
    seen_at = recorded_at if counted is None else counted[1]
    return Statement(entry, made_at, seen_at, deadline, settled=versions.settled(entry, made_at))


def _corrections(
    driver: Driver, question: int, rows: Iterable[Row], versions: Versions, known_at: int | None
) -> dict[int, Row]:
    """The correction that counts for each corrected statement.

    One that came while the question stood as resolved, or at or after the close of a statement that our own clock
    had seen, is hindsight: it is kept and shown, and does not count. A statement with a claimed time rests on its
    citation until then.
    """
    found = driver.all(_CORRECTIONS, (question,))
    if not found:
        return {}
    times = {row[0]: (row[2], row[3]) for row in rows}
    counted: dict[int, Row] = {}
    for forecast, recorded_at, probability, value, entry in found:
        made_at, seen_at = times[forecast]
        close = close_of(versions.in_force(forecast, made_at), known_at)
        in_time = made_at != seen_at or recorded_at < close
        counts = in_time and not versions.settled(entry, recorded_at)
        driver.run("UPDATE correction SET counts = ? WHERE entry = ?", (int(counts), entry))
        if counts:
            counted[forecast] = (forecast, recorded_at, probability, value)
    return counted


def _changed(
    stated: Sequence[Row], statements: Sequence[Statement], timed: UnitTiming, corrected: dict[int, Row]
) -> Iterable[Row]:
    for row, statement, standing in zip(stated, statements, timed.standings, strict=True):
        entry = row[0]
        _, _, probability, value = corrected.get(entry, (entry, None, row[4], row[5]))
        after = (probability, value, statement.deadline, standing.until, standing.weight, standing.timing.value)
        if after != row[6:]:
            yield (*after, entry)
