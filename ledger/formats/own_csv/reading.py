"""The pass over the rows: plain statements in a tight loop, the others beside it."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter

from ledger.errors import FileInputError
from ledger.formats.own_csv.columns import OF_FEW, OF_QUESTION, Layout
from ledger.formats.own_csv.extras import check_form, check_range, check_withdrawal, is_bare, merge, read_extra
from ledger.formats.own_csv.parts import Statements, append
from ledger.formats.own_csv.records import Place, wrong_width
from ledger.formats.own_csv.registry import Known, Registry
from ledger.formats.own_csv.row import CellError, Names, Probabilities, Row
from ledger.formats.own_csv.values import parse_level, parse_quantity
from ledger.formats.sheet import Extra, Sheet


class Reading:
    """One file being read into a sheet."""

    def __init__(self, layout: Layout, source: Place, sheet: Sheet) -> None:
        """``layout`` is the first line of ``source``; ``sheet`` is empty."""
        self._layout, self._source, self._sheet = layout, source, sheet
        self._registry = Registry(sheet, layout)
        self._names, self._probabilities = Names(sheet.forecasters), Probabilities()
        self._statements = Statements(sheet)
        self.left_out: Counter[str] = Counter()
        """Rows without a forecast that speak of one, by column."""

    def read(self, records: Iterable[tuple[int, list[str]]]) -> None:
        """Take in every row, then settle what several rows say together; :class:`FileInputError` if they cannot."""
        lines = [1]
        try:
            self._rows(records, lines)
        except CellError as error:
            raise FileInputError(str(error), file=self._sheet.name, line=lines[0], column=error.column) from None
        self._registry.finish()
        self._statements.finish()

    def _rows(self, records: Iterable[tuple[int, list[str]]], lines: list[int]) -> None:
        """``lines`` is told where the row being read begins. A million rows pass here: no call that can be spared."""
        at, width, sheet = self._layout.at, self._layout.width, self._sheet
        plain_of, asked_of, few_of = _cells(at, _PLAIN), _cells(at, OF_QUESTION), _cells(at, OF_FEW)
        known, names, probabilities = self._registry.known, self._names, self._probabilities
        put_question, put_forecaster, put_time = (column.append for column in _numbers(sheet))
        put_probability, put_line = sheet.probability.append, sheet.line.append
        for lines[0], cells in records:
            if len(cells) != width:
                raise wrong_width(lines[0], cells, width, self._source, file=sheet.name)
            key, forecaster, stated, said = plain_of(cells)
            question, asked = known.get(key), asked_of(cells)
            if question is None or question.cells != asked:
                question = self._registry.take(key, cells, asked, lines[0])
            probability, made_at = probabilities[stated], question.times[said]
            if probability is None or made_at is None or not question.plain or any(few_of(cells)):
                self._other(question, Row(self._layout, cells), lines[0])
                continue
            put_question(question.place)
            put_forecaster(names[forecaster])
            put_time(made_at)
            put_probability(probability)
            put_line(lines[0])

    def _other(self, known: Known, row: Row, line: int) -> None:
        extra = read_extra(row)
        if extra is not None and extra.withdrawn:
            check_withdrawal(row)
            place = append(self._sheet, self._who(known, row), None, line)
        elif is_bare(row):
            self.left_out.update(column for column in _WORDS if row.raw(column))
            return
        else:
            check_form(row, known.question.kind)
            place = self._state(known, row, extra, line)
        if together := merge(self._sheet.extras.get(place), extra):
            self._sheet.extras[place] = together

    def _who(self, known: Known, row: Row) -> tuple[int, int, int]:
        """The question, the forecaster and the time of a row that has one."""
        return known.place, self._names[row.raw("forecaster")], known.times[row.raw("forecast_at")] or 0

    def _state(self, known: Known, row: Row, extra: Extra | None, line: int) -> int:
        """Take in what a row states; return the place of its statement."""
        who, probability = self._who(known, row), self._probabilities[row.raw("probability")]
        if known.plain:
            check_range(extra, probability)
            return append(self._sheet, who, probability, line)
        check_range(extra, None)
        if known.option is not None and probability is not None:
            return self._statements.option(who, known.option, probability, line)
        level, value = row.read("quantile", parse_level), row.read("value", parse_quantity)
        if level is None or value is None:  # check_form saw both
            raise CellError("a quantile needs its level and its value", "quantile")
        return self._statements.quantile(who, level, value, line)


_PLAIN = ("question_id", "forecaster", "probability", "forecast_at")
_WORDS = ("hedge", "term", "scale", "low", "high", "reason", "comment")


def _numbers(sheet: Sheet) -> tuple[array[int], ...]:
    return sheet.question_of, sheet.forecaster_of, sheet.made_at


def _cells(at: dict[str, int], columns: Iterable[str]) -> Callable[[list[str]], Sequence[str]]:
    """A quick way to the cells of those ``columns`` that the file has."""
    places = [at[column] for column in columns if column in at]
    if len(places) > 1:
        return itemgetter(*places)
    return (lambda cells: (cells[places[0]],)) if places else (lambda _: ())
