"""The other process that reads a Parquet file: it says what it read as lines of JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TextIO

from ledger.errors import FileInputError
from ledger.formats.faulty import Faulty
from ledger.formats.parquet_inside import read_rows

MOST_MEMORY = 4 << 30
"""Bytes of address space, of which the library reserves far more than it uses."""
_MOST_ROWS, _MOST_CHARACTERS = 2_000, 1 << 20


def main() -> None:
    """Read the file that the command line names; always ends with a line, unless the library ends it all."""
    _limit()
    out = sys.stdout
    try:
        with read_rows(sys.argv[1], file="") as (header, rows):
            _say(out, {"header": header})
            for group in _groups(rows):
                _say(out, {"rows": group})
        _say(out, {"rows": []})
    except FileInputError as error:
        _say(out, {"refused": error.problem, "column": error.column})


def _say(out: TextIO, told: dict[str, object]) -> None:
    out.write(json.dumps(told) + "\n")
    out.flush()


def _groups(rows: Iterator[tuple[int, list[str]]]) -> Iterator[list[list[object]]]:
    group: list[list[object]] = []
    size = 0
    for _, cells in rows:
        group.append([{"faulty": cell} if type(cell) is Faulty else cell for cell in cells])
        size += sum(map(len, cells))
        if len(group) == _MOST_ROWS or size > _MOST_CHARACTERS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _limit() -> None:
    """Keep to a limit of memory where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = MOST_MEMORY if most == resource.RLIM_INFINITY else min(MOST_MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
