"""A table written as a workbook: texts that no spreadsheet evaluates, numbers and times that come back the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from ledger.domain.probability import shortest_decimal
from ledger.errors import RefusedError, StoreError
from ledger.formats.cells import escape
from ledger.formats.xlsx.numbers import UTC_FORMAT, utc_serial
from ledger.formats.xlsx.rows import MOST_ROWS

Put = Callable[[int, int, str], int]
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - the same bytes for the same ledger: no clock is asked
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_GREAT = 1e300


def write_rows(
    rows: Iterable[Sequence[str]], columns: Sequence[str], stream: BinaryIO, *,
    sheet: str, numbers: frozenset[str], times: frozenset[str],
) -> int:  # fmt: skip
    """Write ``columns`` and then ``rows`` (texts) as a workbook of one sheet; return how many rows.

    Cells of ``numbers`` and ``times`` (RFC 3339, in UTC) are numbers and times of the spreadsheet wherever those read
    back as the same text, else text. Raises :class:`RefusedError` for more rows than are read again.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    with TemporaryDirectory(prefix="forecast-") as folder:
        whole = Path(folder) / "book.xlsx"
        book = xlsxwriter.Workbook(whole, {**_OPTIONS, "tmpdir": folder})
        book.set_properties({"created": _CREATED})
        page: Any = book.add_worksheet(sheet)
        kinds = ["number" if name in numbers else "time" if name in times else "text" for name in columns]
        try:
            _head(book, page, columns, kinds)
            put = _puts(book, page)
            count = _write(rows, [put[kind] for kind in kinds])
            book.close()
        except XlsxWriterException as error:
            raise StoreError(f"the workbook cannot be written: {error}") from error
        finally:
            page.row_data_fh.close()
            book.fileclosed = 1  # else it writes what there is once nobody holds it
        with whole.open("rb") as written:
            copyfileobj(written, stream)
    return count


def _head(book: Any, page: Any, columns: Sequence[str], kinds: Sequence[str]) -> None:
    page.freeze_panes(1, 0)
    for place, (name, kind) in enumerate(zip(columns, kinds, strict=True)):
        page.set_column(place, place, {"number": 12, "time": 22}.get(kind, max(len(name) + 4, 20)))
    page.write_row(0, 0, columns, book.add_format({"bold": True}))


def _write(rows: Iterable[Sequence[str]], puts: Sequence[Put]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise RefusedError(f"a workbook takes {MOST_ROWS:,} rows at most: export --format parquet, or csv")
        for place, cell in enumerate(row):
            if cell and puts[place](count, place, cell) != 0:
                raise StoreError(f"a cell of row {count + 1} does not fit into a workbook: export --format csv")
    return count


def _puts(book: Any, page: Any) -> dict[str, Put]:
    guarded, shown = book.add_format({"quote_prefix": True}), book.add_format({"num_format": UTC_FORMAT})

    def text(row: int, place: int, cell: str) -> int:
        if cell.startswith("<r>"):  # such a string would be taken for markup and written as it is
            return int(page.write_rich_string(row, place, "<", "r", cell[2:]))
        return int(page.write_string(row, place, cell, guarded if escape(cell) != cell else None))

    def number(row: int, place: int, cell: str) -> int:
        return int(page.write_number(row, place, float(cell))) if _keeps(cell) else text(row, place, cell)

    def time(row: int, place: int, cell: str) -> int:
        serial = utc_serial(cell)
        return text(row, place, cell) if serial is None else int(page.write_number(row, place, serial, shown))

    return {"text": text, "number": number, "time": time}


def _keeps(decimal: str) -> bool:
    """Whether a decimal is the same after a number of 16 digits, which is what is written."""
    try:
        value = float(decimal)
    except ValueError:
        return False
    return abs(value) < _GREAT and shortest_decimal(float(f"{value:.16G}")) == decimal
