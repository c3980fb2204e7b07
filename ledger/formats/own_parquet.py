"""The ledger's own table as Parquet: the columns of its CSV, with times in UTC, probabilities as float64, and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, BinaryIO

from ledger.domain.instants import parse_rfc3339
from ledger.domain.text import safe_text
from ledger.formats.arrow import arrow, parquet
from ledger.formats.cells import unescape
from ledger.formats.given import Given
from ledger.formats.opening import Material
from ledger.formats.own_csv import read_rows as read_own
from ledger.formats.own_table import TEXTS, TIMES, AtRow, as_csv, is_own
from ledger.formats.parquet import MAGIC, Rows, read_rows
from ledger.formats.sheet import Sheet

Progress = Callable[[int], None]
BATCH = 50_000
"""Rows of one group: what is held at once."""
_LARGEST = 1 << 22
"""Characters of one group."""
FLOATS = frozenset({"probability", "low", "high", "quantile"})
MARKS = frozenset({"withdrawn"})


def read_parquet(
    origin: str | Path | BinaryIO, *, name: str | None = None, progress: Progress | None = None,
    rows_of: Callable[..., AbstractContextManager[Rows]] = read_rows,
) -> Sheet:  # fmt: skip
    """What the Parquet file at ``origin`` says; rows are counted from 2, as in a table whose header is row 1.

    ``name`` is the file in messages, by default the path; ``progress`` hears of the rows read, and what it raises ends
    the reading; ``rows_of`` is what reads them. Raises :class:`FileInputError`, one line with file, row and column, at
    the first thing that is wrong.
    """
    file = safe_text(name if name is not None else str(origin))
    with rows_of(origin, file=file, progress=progress) as (header, rows):
        return read_own(header, as_csv(header, rows, file=file), Sheet(file), AtRow())


def looks_like(material: Material) -> bool:
    """Whether it is Parquet whose columns are the ledger's."""
    if len(material.parts) != 1 or material.parts[0].member or not material.heads[0].octets.startswith(MAGIC):
        return False
    with read_rows(material.parts[0].path, file=material.name) as (header, _):
        return is_own(header)


def read(material: Material, given: Given) -> Sheet:
    """What the file says; its times have zones and its forecasters names, so nothing is ``given``."""
    with material.paths[0].open("rb") as stream:
        progress = material.progress
        return read_parquet(stream, name=material.name, progress=progress and (lambda _: progress(stream.tell())))


def write_parquet(rows: Iterable[Sequence[str]], columns: Sequence[str], stream: BinaryIO) -> int:
    """Write rows as :class:`~ledger.formats.own_csv.RowBuilder` makes them as Parquet; return how many.

    Times are microseconds in UTC, probabilities, their limits and levels float64, ``withdrawn`` a truth value; all else
    is text: an outcome may be ``void``, and a quantity has more digits than a float64.
    """
    pa, pq = arrow(), parquet()

    schema = pa.schema([(name, _type(name)) for name in columns])
    count = 0
    with pq.ParquetWriter(stream, schema, compression="zstd", version="2.6") as writer:
        for group in _groups(rows):
            writer.write_batch(_batch(group, schema))
            count += len(group)
    return count


def _groups(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Rows in groups of which each is read at once."""
    group: list[Sequence[str]] = []
    size = 0
    for row in rows:
        group.append(row)
        size += sum(map(len, row))
        if len(group) == BATCH or size > _LARGEST:
            yield group
            group, size = [], 0
    if group:
        yield group


def _type(name: str) -> Any:
    pa = arrow()

    if name in TIMES:
        return pa.timestamp("us", tz="UTC")
    return pa.float64() if name in FLOATS else pa.bool_() if name in MARKS else pa.string()


def _batch(rows: Sequence[Sequence[str]], schema: Any) -> Any:
    pa = arrow()

    arrays = []
    for place, field in enumerate(schema):
        cells = (row[place] for row in rows)
        arrays.append(pa.array(list(_values(cells, field.name)), field.type))
    return pa.record_batch(arrays, schema=schema)


def _values(cells: Iterable[str], name: str) -> Iterator[object]:
    if name in TIMES:
        return (parse_rfc3339(cell) if cell else None for cell in cells)
    if name in FLOATS:
        return (float(cell) if cell else None for cell in cells)
    if name in MARKS:
        return (cell == "1" if cell else None for cell in cells)
    if name in TEXTS:
        return (unescape(cell) if cell else None for cell in cells)
    return (cell or None for cell in cells)
