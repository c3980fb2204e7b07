"""The report as a workbook: a sheet for each part, numbers as numbers, times as UTC, text that is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from ledger.domain.instants import format_instant, to_datetime
from ledger.reports.model import Report, Statement
from ledger.reports.sheets import Cell, Sheet, sheets_of
from ledger.reports.unit_table import COLUMNS, Type, unit_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MOST_ROWS = 1_048_575
"""Rows that a sheet can have below its heading."""
_EARLIEST, _LATEST = datetime(1900, 3, 1), datetime(9999, 12, 31)  # noqa: DTZ001 - a sheet knows no zones
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the same bytes each time
_WIDTHS = {"title": 60, "question": 40, "what it is": 70, "figure": 36}


def write_xlsx(report: Report, stream: IO[bytes]) -> None:
    """Write the workbook; the same report gives the same bytes."""
    import xlsxwriter

    options = {
        "in_memory": False, "constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "remove_timezone": True,
    }  # fmt: skip
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": report.title[:200], "created": MADE})
    forms = {"bold": book.add_format({"bold": True}), "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})}
    for sheet in _all_sheets(report):
        _write(book, sheet, forms)
    book.close()


def _all_sheets(report: Report) -> Iterator[Sheet]:
    sheets = sheets_of(report)
    yield next(sheets)
    yield Sheet("questions", tuple(_heading(one.name, one.type) for one in COLUMNS), _units(report))
    if report.statements is not None:
        yield Sheet("statements", STATEMENT_COLUMNS, (_statement(one) for one in report.statements))
    yield from sheets


def _heading(name: str, kind: Type) -> str:
    return f"{name} (UTC)" if kind is Type.INSTANT else name


def _units(report: Report) -> Iterator[Sequence[Cell]]:
    for row in unit_rows(report.questions):
        yield [_cell(column.type, value) for column, value in zip(COLUMNS, row, strict=True)]


def _cell(kind: Type, value: object) -> Cell:
    if kind is Type.INSTANT and isinstance(value, int):
        return time_cell(value)
    if isinstance(value, tuple):
        return "; ".join(value)
    assert value is None or isinstance(value, (str, int, float, bool))
    return value


STATEMENT_COLUMNS = (
    "question", "question_id", "entry", "forecaster", "made_at (UTC)", "recorded_at (UTC)", "until (UTC)", "forecast",
    "probability", "low", "high", "scale", "term", "hedge", "reason", "class", "weight",
)  # fmt: skip


def _statement(one: Statement) -> Sequence[Cell]:
    until = None if one.until is None else time_cell(one.until)
    return (
        one.number, one.question, one.entry, one.forecaster, time_cell(one.made_at), time_cell(one.recorded_at), until,
        one.said, one.probability, one.low, one.high, one.scale, one.term, one.hedge, one.reason, one.timing,
        one.weight,
    )  # fmt: skip


def time_cell(instant: int) -> Cell:
    """A time without a zone, in UTC; as text where a sheet has no such day, or would lose part of a second."""
    moment = to_datetime(instant).replace(tzinfo=None)
    if not _EARLIEST <= moment <= _LATEST or moment.microsecond:
        return format_instant(instant)
    return moment


def _write(book: Workbook, sheet: Sheet, forms: dict[str, Any]) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    for at, name in enumerate(sheet.columns):
        page.write_string(0, at, name, forms["bold"])
        page.set_column(at, at, _WIDTHS.get(name, min(24, max(10, len(name) + 2))))
    for number, row in enumerate(_bounded(sheet.rows), 1):
        for at, value in enumerate(row):
            _put(page, number, at, value, forms["time"])


def _bounded(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    """Rows up to what a sheet holds; the last one says that there are more."""
    for at, row in enumerate(rows, 1):
        if at == MOST_ROWS:
            yield ("a sheet holds no more rows: the CSV and Parquet forms have all",)
            return
        yield row


def _put(page: Any, row: int, at: int, value: Cell, time: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_boolean(row, at, value)
    elif isinstance(value, (int, float)):
        page.write_number(row, at, value)
    elif isinstance(value, datetime):
        page.write_datetime(row, at, value, time)
    else:
        page.write_string(row, at, value)
