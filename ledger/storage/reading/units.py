"""Units and their statements as scores need them: flat rows, narrowed and weighted by policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Self

from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.domain.timing import PARTS
from ledger.storage.driver import Driver, Row
from ledger.storage.reading.narrowing import STATUS, of_question, of_unit

_FROM_UNIT = {
    Policy.LAST: "FROM unit u JOIN question q ON q.id = u.question_id JOIN forecast f ON f.entry = u.last",
    Policy.FIRST: "FROM unit u JOIN question q ON q.id = u.question_id JOIN forecast f ON f.entry = u.first",
}
_FROM_ALL = """FROM forecast f JOIN question q ON q.id = f.question_id
    JOIN unit u ON u.question_id = f.question_id AND u.forecaster_id = f.forecaster_id"""

_ORDER_UNIT = "u.question_id, u.forecaster_id"
_ORDER_ALL = "f.question_id, f.forecaster_id, f.made_at, f.entry"
"""The same order of rows, each as an index has it, so that nothing is sorted."""

LABELS = {
    "forecaster": "(SELECT name FROM forecaster WHERE id = u.forecaster_id)",
    "source": "(SELECT COALESCE(title, url, author) FROM source WHERE id = q.source_id)",
    "month": "q.deadline",
    "horizon": "q.deadline - (SELECT made_at FROM forecast WHERE entry = u.first)",
    "class": "u.timing",
    "term": "(SELECT term FROM forecast WHERE entry = u.last)",
    "tag": "q.id",
}
"""What a unit is grouped by; month, horizon and tag are made into words elsewhere."""

BESIDE = {
    "entry": "f.entry",
    "since": "f.made_at",
    "until": "f.until",
    "settled": "COALESCE(q.known_at, q.deadline)",
    "scale": "f.scale",
    "term": "f.term",
    "source": LABELS["source"],
}
"""What may be read beside each statement: since when and until when it stood, when its outcome was known."""


def scored_rows(
    driver: Driver, kind: str, policy: Policy, filters: Filters, now: int, by: str | None = None,
    beside: Sequence[str] = (), of: int | None = None,
) -> Iterator[Row]:  # fmt: skip
    """The on-time statements of scored units of ``kind`` that ``policy`` counts.

    Rows of (question, forecaster, probability, vector or quantiles, outcome, weight in parts, low, high, label) and
    what is wanted ``beside``, by question and forecaster; the label is ``None`` where nothing is grouped by. ``of`` is
    the number of a question to read no other.
    """
    condition, values = of_question(filters, now)
    if of is not None:
        condition, values = f"q.id = ? AND {condition}", [of, *values]
    of_units, more = of_unit(filters)
    weight = "f.weight" if policy is Policy.TIME_AVERAGE else str(PARTS)
    label = ", ".join([LABELS[by] if by else "NULL", *(BESIDE[name] for name in beside)])
    sql = f"""
        SELECT q.id, u.forecaster_id, f.probability, f.value, q.value, {weight}, f.low, f.high, {label}
        {_FROM_UNIT.get(policy, _FROM_ALL)}
        WHERE q.state = 'resolved' AND q.kind = ? AND f.until IS NOT NULL AND {condition} AND {of_units}
        ORDER BY {_ORDER_UNIT if policy in _FROM_UNIT else _ORDER_ALL}"""
    return driver.stream(sql, [kind, *values, *more])


class Counts(NamedTuple):
    """The credibility counts: every unit in exactly one of the first six after ``units``."""

    units: int
    scored: int
    late: int
    void: int
    open: int
    waiting: int
    due: int
    statements: int
    late_statements: int
    withdrawn: int
    corrected: int
    redacted: int


_PART = "CASE status WHEN 'resolved' THEN CASE WHEN last IS NULL THEN 'late' ELSE 'scored' END ELSE status END"


def counts(driver: Driver, filters: Filters, now: int) -> Counts:
    """The credibility counts of the units that ``filters`` leave."""
    condition, values = of_question(filters, now)
    of_units, more = of_unit(filters)
    where = f"FROM unit u JOIN question q ON q.id = u.question_id WHERE {condition} AND {of_units}"
    bound = [*values, *more]
    rows = driver.all(
        f"""SELECT {_PART}, COUNT(*), SUM(statements), SUM(late)
        FROM (SELECT {STATUS} AS status, u.last, u.statements, u.late {where}) AS told GROUP BY 1""",
        [now, *bound],
    )
    units = {part: int(count) for part, count, _, _ in rows}
    parts = {part: units.get(part, 0) for part in ("scored", "late", "void", "open", "waiting", "due")}
    marked = {name: _marked(driver, sql, where, bound) for name, sql in _MARKS.items()}
    return Counts(
        units=sum(units.values()),
        statements=sum(int(row[2]) for row in rows),
        late_statements=sum(int(row[3]) for row in rows),
        **parts,
        **marked,
    )


class ClassCounts(NamedTuple):
    """How many of the scored units are of each timing class."""

    proven: int
    recorded: int
    imported: int

    @classmethod
    def read(cls, driver: Driver, filters: Filters, now: int) -> Self:
        """Count those that ``filters`` leave."""
        condition, values = of_question(filters, now)
        of_units, more = of_unit(filters)
        sql = f"""SELECT u.timing, COUNT(*) FROM unit u JOIN question q ON q.id = u.question_id
            WHERE q.state = 'resolved' AND u.last IS NOT NULL AND {condition} AND {of_units} GROUP BY u.timing"""
        found: dict[str, int] = dict(driver.all(sql, [*values, *more]))
        return cls(**{name: int(found.get(name, 0)) for name in cls._fields})

    def shares(self) -> dict[str, float]:
        """The share of each class that there is, 0 to 1."""
        total = sum(self)
        return {name: count / total for name, count in zip(self._fields, self, strict=True) if count}


_PAIRED = (
    "SELECT 1 FROM ({units}) AS t WHERE t.question_id = {alias}.question_id AND t.forecaster_id = {alias}.forecaster_id"
)
_WITHDRAWN = f"SELECT COUNT(*) FROM withdrawal w WHERE EXISTS ({_PAIRED.replace('{alias}', 'w')})"
_CORRECTED = (
    f"SELECT COUNT(*) FROM correction c JOIN forecast f ON f.entry = c.forecast "
    f"WHERE EXISTS ({_PAIRED.replace('{alias}', 'f')})"
)
_REDACTED = (
    f"SELECT COUNT(*) FROM forecast f WHERE (f.entry IN (SELECT redacted FROM redaction) "
    f"OR f.question_id IN (SELECT id FROM question WHERE redacted = 1)) AND EXISTS ({_PAIRED.replace('{alias}', 'f')})"
)


_MARKS = {"withdrawn": _WITHDRAWN, "corrected": _CORRECTED, "redacted": _REDACTED}
_ANY = {_WITHDRAWN: "withdrawal", _CORRECTED: "correction", _REDACTED: "redaction"}


def _marked(driver: Driver, sql: str, where: str, values: list[object]) -> int:
    if not driver.one(f"SELECT 1 FROM {_ANY[sql]}"):
        return 0
    row = driver.one(sql.replace("{units}", f"SELECT u.question_id, u.forecaster_id {where}"), values)
    return int(row[0]) if row else 0


def tags_of_questions(driver: Driver) -> dict[int, list[str]]:
    """The tags of every tagged question."""
    found: dict[int, list[str]] = {}
    for number, tag in driver.stream("SELECT question_id, tag FROM question_tag ORDER BY question_id, position"):
        found.setdefault(number, []).append(tag)
    return found
