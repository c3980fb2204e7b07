"""The ledger's own CSV: one row is one statement, one option of one, one quantile, or a bare question."""

from ledger.formats.own_csv.columns import NEEDED, OPTIONAL, STANDARD, columns_for
from ledger.formats.own_csv.reader import read_csv, read_rows
from ledger.formats.own_csv.rows import RowBuilder
from ledger.formats.own_csv.whole import sheet_columns, sheet_rows, used_by_extra, used_by_question
from ledger.formats.own_csv.writer import write_csv

__all__ = [
    "NEEDED",
    "OPTIONAL",
    "STANDARD",
    "RowBuilder",
    "columns_for",
    "read_csv",
    "read_rows",
    "sheet_columns",
    "sheet_rows",
    "used_by_extra",
    "used_by_question",
    "write_csv",
]
