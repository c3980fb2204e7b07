"""Workbooks (XLSX, ECMA-376): the texts of their cells, read in one pass and within limits.

The reader is our own: a general one gives back escapes as they stand, calls a formula that was never calculated
empty, and lets a document in the file decide how much memory it takes.
"""

from ledger.formats.xlsx.reading import Progress, read_rows
from ledger.formats.xlsx.rows import MOST_ROWS
from ledger.formats.xlsx.writing import write_rows

__all__ = ["MOST_ROWS", "Progress", "read_rows", "write_rows"]
