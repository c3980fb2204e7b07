"""The questions of a file as its rows name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.domain.kinds import Kind
from ledger.errors import FileInputError
from ledger.formats.own_csv.columns import Layout
from ledger.formats.own_csv.options import Options
from ledger.formats.own_csv.questions import check_known, read_question, refuse_difference
from ledger.formats.own_csv.row import LONGEST_NAME, CellError, Row, Times
from ledger.formats.sheet import Sheet, SheetQuestion


@dataclass(slots=True)
class Known:
    """A question that was met."""

    place: int
    question: SheetQuestion
    times: Times
    """How its rows' times are read."""
    options: Options | None
    """None for the kinds without."""
    plain: bool
    """Whether one probability at one time is all that most of its rows say."""
    cells: Sequence[str] = ()
    """What the last row had in the columns of the question, as written."""
    option: int | None = None
    """The option that those named."""
    variants: dict[Sequence[str], int | None] | None = None
    """All cells that agree with the question and the option that they named; None while there is one sort."""


class Registry:
    """The questions met so far, by the cell that names them."""

    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        """Questions are put into ``sheet``."""
        self.known: dict[str, Known] = {}
        self._sheet, self._layout = sheet, layout
        self._by_key: dict[str, Known] = {}
        self._times: dict[str | None, Times] = {}
        self._shared: dict[str, str] = {}

    def take(self, cell: str, cells: list[str], asked: Sequence[str], line: int) -> Known:
        """The question of a row whose ``asked`` cells differ from those of the row before it, or that is new.

        Raises :class:`CellError` when it cannot be read, or contradicts an earlier row.
        """
        known = self.known.get(cell)
        if known is not None and known.variants is not None and asked in known.variants:
            known.cells, known.option = asked, known.variants[asked]
            return known
        known, option = self._read(cell, Row(self._layout, cells), line)
        asked = tuple([self._shared.setdefault(text, text) for text in asked])
        if known.cells:
            known.variants = known.variants or {known.cells: known.option}
            known.variants[asked] = option
        known.cells, known.option = asked, option
        return known

    def _read(self, cell: str, row: Row, line: int) -> tuple[Known, int | None]:
        told = read_question(row, row.needed("question_id", limit=LONGEST_NAME))
        known = self._by_key.get(told.key)
        if known is None:
            known = self._by_key[told.key] = self._new(told, line)
        else:
            refuse_difference(known.question, told, line=known.question.line)
        self.known[cell] = known
        return known, None if known.options is None else known.options.take(row, told.outcome)

    def _new(self, question: SheetQuestion, line: int) -> Known:
        question.line, question.first_row = line, len(self._sheet)
        self._sheet.questions.append(question)
        if question.zone not in self._times:
            self._times[question.zone] = Times(question.zone)
        plain = question.kind == Kind.BINARY
        options = None if plain or question.kind == Kind.NUMERIC else Options(question)
        return Known(len(self._sheet.questions) - 1, question, self._times[question.zone], options, plain)

    def finish(self) -> None:
        """Settle which option happened; :class:`FileInputError` where the rows do not say one thing."""
        for known in self._by_key.values():
            if known.options is None:
                continue
            try:
                known.question.outcome = known.options.settle()
                check_known(known.question)
            except CellError as error:
                line = known.question.line
                raise FileInputError(str(error), file=self._sheet.name, line=line, column=error.column) from None
