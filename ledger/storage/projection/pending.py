"""Plain statements of new questions, held back until all of them are there and then written once, timed.

An import, a rebuild and a verification bring a million statements of questions that the book does not have yet. Written
as they come, each would be written twice: once as stated, once with what follows for it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import accumulate, groupby

from ledger.domain.kinds import TimingClass
from ledger.domain.timing import Statement, UnitTiming, time_unit
from ledger.storage import tables
from ledger.storage.driver import Driver, Row
from ledger.storage.indexes import index_made_after
from ledger.storage.inserts import insert
from ledger.storage.projection.facts import Plain
from ledger.storage.projection.timings import stood_resolved

_FORECAST = insert(tables.Forecast)
_UNIT = insert(tables.Unit)
_NAMES = ("", *(one.value for one in TimingClass))
_CODES = {one: code for code, one in enumerate(TimingClass, 1)}
Asked = dict[int, tuple[int | None, int, int | None, list[tuple[int, int, str]]]]
"""By question: opening, deadline, ``known_at``, and its resolutions (recorded_at, entry, kind)."""


def questions_asked(driver: Driver) -> Asked:
    """What timing needs of every question."""
    rows = driver.stream("SELECT id, opened_at, deadline, known_at FROM question")
    asked: Asked = {question: (opened_at, deadline, known_at, []) for question, opened_at, deadline, known_at in rows}
    resolved = driver.stream("SELECT question_id, recorded_at, entry, kind FROM resolution ORDER BY entry")
    for question, *resolution in resolved:
        asked[question][3].append(tuple(resolution))
    return asked


class Pending:
    """Columns of statements in the order of their entries."""

    def __init__(self) -> None:
        """Nothing is held back yet."""
        self.entry, self.question, self.forecaster = array("q"), array("q"), array("q")
        self.made_at, self.recorded_at, self.stated = array("q"), array("q"), array("d")
        self.typed: list[str | None] = []

    def __len__(self) -> int:
        """How many statements are held back."""
        return len(self.entry)

    def add(self, entry: int, recorded_at: int, plain: Plain) -> None:
        """Hold one statement back."""
        question, forecaster, made_at, stated, typed = plain
        self.entry.append(entry)
        self.question.append(question)
        self.forecaster.append(forecaster)
        self.made_at.append(made_at)
        self.recorded_at.append(recorded_at)
        self.stated.append(stated)
        self.typed.append(typed)

    def write(self, driver: Driver, asked: Asked, untimed: Collection[int], *, keep: bool = False) -> Iterator[Row]:
        """Write all of it: timed, but for questions of ``untimed``, which are timed with what else is said of them.

        With ``keep`` the timed rows are not written but given, by entry, to be compared with those of another book.
        """
        derived = Derived(len(self))
        units = self._time(asked, untimed, derived)
        driver.many(_UNIT, units)
        driver.many("UPDATE question SET starts_at = ? WHERE id = ?", derived.starts)
        if keep:
            driver.many(_FORECAST, (row for row in self._rows(derived) if row[1] in untimed) if untimed else ())
            return (row for row in self._rows(derived) if row[1] not in untimed)
        with index_made_after(driver, tables.Forecast, len(self)):
            driver.many(_FORECAST, self._rows(derived))
        return iter(())

    def _time(self, asked: Asked, untimed: Collection[int], derived: Derived) -> Iterator[Row]:
        """Time unit by unit into ``derived``; the units' rows."""
        for question, of_question in self._by_question():
            if question in untimed:
                continue
            opened_at, deadline, known_at, resolutions = asked[question]
            starts_at = min([self.made_at[at] for at in of_question] + ([] if opened_at is None else [opened_at]))
            derived.starts.append((starts_at, question))
            for forecaster, of_unit in groupby(of_question, key=self.forecaster.__getitem__):
                unit = list(of_unit)
                stated = [self._statement(at, deadline, resolutions) for at in unit]
                timed = time_unit(stated, (), known_at, starts_at)
                derived.keep(unit, timed, deadline)
                summary = (len(unit), timed.late, timed.first, timed.last, timed.weight, timed.timing.value)
                yield (question, forecaster, *summary)

    def _statement(self, at: int, deadline: int, resolutions: list[tuple[int, int, str]]) -> Statement:
        entry, made_at = self.entry[at], self.made_at[at]
        settled = bool(resolutions) and made_at >= resolutions[0][0] and stood_resolved(resolutions, entry, made_at)
        return Statement(entry, made_at, self.recorded_at[at], deadline, None, settled)

    def _by_question(self) -> Iterator[tuple[int, list[int]]]:
        """Each question with the places of its statements, by forecaster, time and entry."""
        counts = Counter(self.question)
        following = dict(zip(counts, accumulate(counts.values(), initial=0), strict=False))
        places = array("q", bytes(8 * len(self)))
        for at, question in enumerate(self.question):
            places[following[question]] = at
            following[question] += 1
        end = 0
        for question, count in counts.items():
            of_question = places[end : end + count].tolist()
            end += count
            of_question.sort(key=self.made_at.__getitem__)
            of_question.sort(key=self.forecaster.__getitem__)
            yield question, of_question

    def _rows(self, derived: Derived) -> Iterator[Row]:
        """Whole rows of the table, in the order of its columns."""
        times = (self.made_at, self.recorded_at, self.stated, self.typed)
        said = zip(self.entry, self.question, self.forecaster, *times, strict=True)
        for one, follows in zip(said, derived.columns(), strict=True):
            entry, question, who, made_at, recorded_at, stated, typed = one
            first = (entry, question, who, made_at, recorded_at, stated, None, None, None, None, None, typed, 0)
            yield (*first, stated, None, *follows)


class Derived:
    """What follows for statements held back, column by column."""

    def __init__(self, size: int) -> None:
        """Nothing follows yet: no deadline, no time stood, no class."""
        self.starts: list[tuple[int, int]] = []
        """Where the scheduled life of each timed question begins, and its number."""
        self._deadline, self._until, self._weight = (array("q", bytes(8 * size)) for _ in range(3))
        self._timing = bytearray(size)

    def keep(self, unit: list[int], timed: UnitTiming, deadline: int) -> None:
        """Keep what follows for the statements at the places of ``unit``."""
        for at, (_, until, weight, timing) in zip(unit, timed.standings, strict=True):
            self._deadline[at], self._weight[at], self._timing[at] = deadline, weight, _CODES[timing]
            self._until[at] = 0 if until is None else until

    def columns(self) -> Iterator[tuple[int, int | None, int, str]]:
        """Deadline, until, weight and class of each; an empty class where it was not timed here."""
        late = _CODES[TimingClass.LATE]
        for deadline, until, weight, code in zip(self._deadline, self._until, self._weight, self._timing, strict=True):
            yield deadline, until if code and code != late else None, weight, _NAMES[code]
