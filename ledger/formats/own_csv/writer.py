"""Rows written as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO


class _LineFeeds:
    """Ends lines with a line feed.

    The writer is told CR LF, since it puts quotes around a carriage return within a cell only when the line end
    has one (before Python 3.13).
    """

    def __init__(self, stream: TextIO) -> None:
        self._write = stream.write

    def write(self, line: str) -> int:
        return self._write(line[:-2] + "\n")


def write_csv(rows: Iterable[Sequence[str]], columns: Sequence[str], stream: TextIO) -> int:
    """Write the names of ``columns`` and then ``rows`` to ``stream``; return how many rows.

    Quotes stand only where needed, lines end with a line feed, and the same rows give the same bytes; ``stream``
    must not translate line ends. Text cells come escaped, as :class:`RowBuilder` makes them.
    """
    writer, count = csv.writer(_LineFeeds(stream), lineterminator="\r\n"), 0
    writer.writerow(columns)
    for row in rows:
        writer.writerow(row)
        count += 1
    return count
