"""What came after an entry, and how a question's units are counted: for figures that follow a ledger as it grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.domain.filters import Filters
from ledger.storage.driver import Driver
from ledger.storage.reading.narrowing import of_question, of_unit


def head_of(journal: Driver, seq: int) -> bytes | None:
    """The chain's head after one entry; ``None`` where there is no such entry."""
    row = journal.one("SELECT head FROM entry WHERE seq = ?", (seq,))
    return None if row is None else bytes(row[0])


def entries_between(journal: Driver, after: int, until: int) -> Iterator[tuple[str, str]]:
    """Kind and facts (JSON) of the entries after one, up to another."""
    sql = "SELECT kind, facts FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq"
    return ((kind, facts) for kind, facts in journal.stream(sql, (after, until)))


def entries_named(journal: Driver, numbers: Iterable[int]) -> Iterator[tuple[str, str]]:
    """Kind and facts of single entries."""
    for seq in numbers:
        row = journal.one("SELECT kind, facts FROM entry WHERE seq = ?", (seq,))
        if row is not None:
            yield row[0], row[1]


def question_of_statement(driver: Driver, entry: int) -> int | None:
    """The question that a statement is of."""
    row = driver.one("SELECT question_id FROM forecast WHERE entry = ?", (entry,))
    return None if row is None else int(row[0])


def binary_units(driver: Driver, filters: Filters, now: int, of: int | None = None) -> list[tuple[int, int]]:
    """How many units of each binary question ``filters`` leave: (question, units), by question; or only ``of``."""
    condition, values = of_question(filters, now)
    of_units, more = of_unit(filters)
    one, which = ("u.question_id = ? AND ", [of]) if of is not None else ("", [])
    sql = f"""
        SELECT u.question_id, COUNT(*) FROM unit u JOIN question q ON q.id = u.question_id
        WHERE {one}q.kind = 'binary' AND {condition} AND {of_units} GROUP BY u.question_id ORDER BY u.question_id"""
    return [(question, units) for question, units in driver.stream(sql, [*which, *values, *more])]


def statements_there(driver: Driver) -> int:
    """How many statements the ledger holds."""
    row = driver.one("SELECT COUNT(*) FROM forecast")
    return int(row[0]) if row else 0
