"""Any table as a sheet, by a mapping of its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import TypeVar

from ledger.domain.instants import Instant, format_instant
from ledger.domain.text import quoted
from ledger.domain.words import slug
from ledger.errors import InputError
from ledger.formats.any_table import UTF_16, Table, read_table
from ledger.formats.building import SheetBuilder
from ledger.formats.cells import split_tags
from ledger.formats.given import Given
from ledger.formats.mapping import FIELDS
from ledger.formats.opening import Material
from ledger.formats.parquet import MAGIC
from ledger.formats.settled_mapping import TIMES, Settled, settle
from ledger.formats.sheet import Extra, Sheet, SheetQuestion
from ledger.formats.shown_mapping import Mapped, Shown
from ledger.formats.table_dates import table_time
from ledger.formats.table_values import read_outcome, read_stated

FORM = "table"
_Told = TypeVar("_Told")
_SAMPLES = 3
_OFTEN = 2_000


def looks_like(material: Material) -> bool:
    """Whether it could be a table: the last thing to be tried."""
    head = material.heads[0]
    if len(material.parts) != 1 or head.is_json:
        return False
    if head.octets.startswith((b"PK", MAGIC)):
        return material.parts[0].member is None
    wide = head.octets.startswith(UTF_16)
    return (wide or b"\0" not in head.octets[:4096]) and any(sign in head.text[:4096] for sign in ",;\t|")


def read(material: Material, given: Given) -> Sheet:
    """What the table says under the mapping that is ``given``, or guessed where that says nothing."""
    table = read_table(material)
    return MappedReading(table, given, material.name, material.progress).sheet()


class MappedReading:
    """A table being read."""

    def __init__(self, table: Table, given: Given, file: str, progress: Callable[[int], None] | None = None) -> None:
        """Settle the mapping; :class:`~ledger.formats.mapping.MappingError` where something has to be said first."""
        self._table, self._given, self._progress = table, given, progress
        self._settled: Settled = settle(table, given, file=file)
        self._builder = SheetBuilder(file, FORM, given)
        self._keys: dict[tuple[str, Instant], str] = {}

    @property
    def mapped(self) -> Mapped:
        """The mapping, with the first cells of each column as they are read."""
        mapping = self._settled.mapping
        shown = [
            Shown(field, mapping.columns[field], self._samples(field)) for field in FIELDS if field in mapping.columns
        ]
        return Mapped(mapping, tuple(self._table.header), tuple(shown))

    def _samples(self, field: str) -> tuple[tuple[str, str], ...]:
        found = (cell.strip() for _, cell in self._table.column(self._settled.mapping.columns[field]))
        first = list(dict.fromkeys(cell for cell in found if cell))[:_SAMPLES]
        return tuple((cell, self._as_read(field, cell)) for cell in first)

    def _as_read(self, field: str, cell: str) -> str:
        try:
            if field == "probability":
                value, extra = read_stated(cell, self._settled.manner)
                low, high = (extra.low, extra.high) if extra else (None, None)
                return f"{value.decimal} ({low.decimal} to {high.decimal})" if low and high else value.decimal
            if field in TIMES:
                return format_instant(self._instant(cell, end=field == "deadline"))
            if field == "outcome":
                return read_outcome(cell, self._settled.mapping.outcomes) or "open"
        except InputError as error:
            return f"refused: {error}"
        return cell

    def sheet(self) -> Sheet:
        """All of it; :class:`~ledger.errors.FileInputError` at the first row that cannot be read."""
        sheet = self._builder.sheet
        sheet.mapped = self.mapped
        sheet.notes.extend([*self._table.notes, *sheet.mapped.lines()])
        for count, (line, cells) in enumerate(self._table.rows):
            if self._progress and count % _OFTEN == 0:
                self._progress(count)
            if any(cell.strip() for cell in cells):
                self._row(_Row(self._settled, line, cells))
        return self._builder.finish()

    def _row(self, row: _Row) -> None:
        stated = self._read(row, "probability", lambda cell: read_stated(cell, self._settled.manner))
        if not row.text("title"):
            if stated is not None:
                raise self._builder.refuse("a forecast of nothing: this may not be empty", row.line, row.name("title"))
            self._builder.remark("dropped", "rows without a title", row.line)
            return
        place = self._asked(row)
        if stated is None:
            return
        value, extra = stated
        said = Extra() if extra is None else extra
        said.reason, said.comment = row.text("reason") or None, row.text("comment") or None
        who, made_at = self._builder.who(row.text("forecaster"), row.line), self._made_at(row)
        self._builder.state(place, who, made_at, value, row.line, None if said == Extra() else said)

    def _made_at(self, row: _Row) -> Instant:
        told = self._time(row, "forecast_at")
        if told is None and (told := self._time(row, "opened_at")) is not None:
            self._builder.remark(
                "assumed", "forecasts without a time were made when their question was asked", row.line
            )
        return self._builder.made_at(told, row.line, row.name("forecast_at"))

    def _asked(self, row: _Row) -> int:
        outcome = self._read(row, "outcome", lambda cell: read_outcome(cell, self._settled.mapping.outcomes))
        known_at = None if outcome is None else self._time(row, "resolved_at")
        deadline = self._time(row, "deadline")
        if deadline is None and known_at is not None and self._given.deadline is None:
            self._builder.remark("assumed", "questions without a deadline end when their outcome was known", row.line)
            deadline = known_at
        deadline = self._builder.deadline(deadline, row.line, row.name("deadline"))
        title = row.text("title")
        asked = SheetQuestion(
            self._key(row, title, deadline), title, deadline, criteria=row.text("criteria") or None,
            opened_at=self._time(row, "opened_at"), source_url=row.text("source_url") or None,
            tags=tuple(split_tags(row.text("tags").replace(",", ";"))), outcome=outcome, known_at=known_at,
            evidence=row.text("evidence") or None,
        )  # fmt: skip
        place = self._builder.place(asked.key)
        if place is None:
            return self._builder.ask(row.line, asked)
        self._agree(self._builder.sheet.questions[place], asked, row)
        return place

    def _agree(self, known: SheetQuestion, told: SheetQuestion, row: _Row) -> None:
        """A later row of a question may add its outcome, and contradict nothing."""
        if known.outcome is None and told.outcome is not None:
            known.outcome, known.known_at = told.outcome, told.known_at
        for field in ("deadline", "outcome"):
            before, now = getattr(known, field), getattr(told, field)
            if now is not None and before != now:
                first = format_instant(before) if field == "deadline" else before
                problem = f"question {quoted(known.title)} has {first} on line {known.line}: make them the same"
                raise self._builder.refuse(problem, row.line, row.name(field))

    def _key(self, row: _Row, title: str, deadline: Instant) -> str:
        """The question's own key, else one made of its title; asked again for another deadline it is another."""
        if told := row.text("question_id"):
            return told
        known = self._keys.get((title, deadline))
        if known is None:
            known = f"{slug(title)[:40]}-{sha256(title.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"
            again = sum(1 for other, _ in self._keys if other == title)
            if again:
                known += f"-{format_instant(deadline)[:10]}-{again}"
            self._keys[title, deadline] = known
        return known

    def _time(self, row: _Row, field: str) -> Instant | None:
        return self._read(row, field, lambda cell: self._instant(cell, end=field == "deadline", line=row.line))

    def _instant(self, cell: str, *, end: bool, line: int | None = None) -> Instant:
        zone = self._given.zone
        told = table_time(cell, self._settled.mapping.order, zone, end=end)
        if line is not None and told.without == "time":
            part = "end" if end else "beginning"
            self._builder.remark("assumed", f"days without a time are the {part} of that day in {zone}", line)
        elif line is not None and told.without == "zone" and not self._given.zone_said:
            self._builder.remark("assumed", f"times without a zone are {zone}: --zone says another", line)
        return told.instant

    def _read(self, row: _Row, field: str, parse: Callable[[str], _Told]) -> _Told | None:
        cell = row.text(field)
        try:
            return parse(cell) if cell else None
        except InputError as error:
            raise self._builder.refuse(str(error), row.line, row.name(field)) from None


class _Row:
    """The cells of a row by field."""

    __slots__ = ("_cells", "_settled", "line")

    def __init__(self, settled: Settled, line: int, cells: Sequence[str]) -> None:
        self._settled, self.line, self._cells = settled, line, cells

    def text(self, field: str) -> str:
        place = self._settled.places.get(field)
        return "" if place is None else self._cells[place].strip()

    def name(self, field: str) -> str:
        return self._settled.mapping.columns.get(field, field)
