"""Which question each line of a table of outcomes means."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.domain.instants import Instant
from ledger.domain.text import quoted
from ledger.errors import InputError, LedgerError, NotFoundError
from ledger.formats.outcomes_file import OutcomeRow, OutcomeTable, Problem
from ledger.services.resembling import close_to
from ledger.storage.driver import Driver
from ledger.storage.reading.finding import find_question

MOST_HINTS = 20
"""Lines without a question whose near ones are looked for, which takes a while in a large ledger."""
_NUMBER = re.compile(r"#?([0-9]{1,18})")


class Matched(NamedTuple):
    """A line and the number of the question that it means."""

    row: OutcomeRow
    number: int


def matched(driver: Driver, table: OutcomeTable, now: Instant) -> tuple[list[Matched], int]:
    """The lines whose question is there, each question once, and how many lines repeat another.

    The others become problems of the table, and both of two lines that contradict each other are left out.
    """
    finder = _Finder(driver, now)
    first: dict[int, OutcomeRow] = {}
    disputed: set[int] = set()
    repeated = 0
    for row in table.rows:
        try:
            number = finder.find(row)
        except LedgerError as problem:
            table.problems.append(Problem(row.line, "question" if row.id is None else "id", str(problem)))
            continue
        before = first.setdefault(number, row)
        if before is not row and before[3:] == row[3:]:
            repeated += 1
        elif before is not row:
            disputed.add(number)
            dispute = f"line {before.line} says something else of the same question, #{number}: keep one of them"
            table.problems.append(Problem(row.line, None, dispute))
    return [Matched(row, number) for number, row in first.items() if number not in disputed], repeated


class _Finder:
    """Finds questions by number, key or title."""

    def __init__(self, driver: Driver, now: Instant) -> None:
        self._driver, self._now, self._hints = driver, now, MOST_HINTS
        self._titles: dict[str, list[int]] | None = None

    def find(self, row: OutcomeRow) -> int:
        """The number of a row's question; raises ``NotFoundError``, and ``InputError`` where two could be meant."""
        try:
            number = self._by_title(row.question or "") if row.id is None else self._by_id(row.id)
        except NotFoundError:
            self._hints -= 1
            raise
        if row.question is not None and number not in self._titled(row.question):
            raise InputError(f"{row.id} does not ask {quoted(row.question)}: mend one, or empty the column question")
        return number

    def _by_id(self, told: str) -> int:
        if self._hints <= 0 and not self._is_there(told):
            raise NotFoundError(f"there is no question {quoted(told)}")
        return find_question(self._driver, told)

    def _is_there(self, told: str) -> bool:
        number = _NUMBER.fullmatch(told)
        values = (told, int(number[1]) if number else 0)
        return self._driver.one("SELECT 1 FROM question WHERE key = ? OR id = ?", values) is not None

    def _titled(self, title: str) -> list[int]:
        if self._titles is None:
            self._titles = {}
            for number, known in self._driver.stream(
                "SELECT id, title FROM question WHERE title IS NOT NULL ORDER BY id"
            ):
                self._titles.setdefault(known, []).append(number)
        return self._titles.get(title, [])

    def _by_title(self, title: str) -> int:
        found = self._titled(title)
        if len(found) > 1:
            listed = ", ".join(f"#{number}" for number in found[:5])
            raise InputError(f"{listed} ask {quoted(title)}: name one of them in the column id")
        if not found:
            near = close_to(self._driver, title, self._now) if self._hints > 0 else []
            meant = " or ".join(f"#{one.number} {quoted(one.title)}" for one in near)
            hint = f"; did you mean {meant}?" if meant else "; name it in the column id"
            raise NotFoundError(f"no question asks {quoted(title)}{hint}")
        return found[0]
