"""Parquet files as rows of texts, a few thousand at a time and within limits, read in this process.

The library ends the whole process over some damaged files: :mod:`ledger.formats.parquet` runs this in another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from ledger.errors import FileInputError
from ledger.formats.arrow import arrow
from ledger.formats.arrow import parquet as parquet_files
from ledger.formats.guards import STEEPEST, check_steep
from ledger.formats.parquet import LONGEST_FOOTER, check_ends
from ledger.formats.parquet_cells import column_texts

Progress = Callable[[int], None]
"""Called with the rows read so far."""
MOST_ROWS = 10_000_000
MOST_COLUMNS = 1_000
MOST_BYTES = 1 << 25
"""Bytes that one column of one group of rows unpacks to."""
_BATCH = 5_000


@contextmanager
def read_rows(
    origin: str | Path | BinaryIO, *, file: str, progress: Progress | None = None
) -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """The names of the columns, and the number (from 2) and the cells of each row; an absent value is empty.

    Raises :class:`FileInputError` for what is no Parquet, damaged, or beyond the limits above.
    """
    pa, pq = arrow(), parquet_files()

    try:
        with open_input(origin) as stream:
            check_ends(stream, file)
            limits = {"thrift_string_size_limit": LONGEST_FOOTER, "thrift_container_size_limit": LONGEST_FOOTER}
            with pq.ParquetFile(stream, **limits, pre_buffer=False) as parquet:
                _check(parquet.metadata, file)
                texts = [name for name, kind in _kinds(parquet.schema_arrow) if kind == "text"]
                with pq.ParquetFile(
                    stream, read_dictionary=texts, metadata=parquet.metadata, **limits, pre_buffer=False
                ) as again:
                    yield list(again.schema_arrow.names), _rows(again, file, progress)
    except (pa.ArrowException, OSError, MemoryError, UnicodeDecodeError) as error:
        told = isinstance(error, OSError) and error.errno is not None
        problem = f"cannot be read: {error.strerror}" if told else "the Parquet file is damaged: write it anew"  # type: ignore[union-attr]
        raise FileInputError(problem, file=file) from None


@contextmanager
def open_input(origin: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    """The bytes of a path, or a stream as it is."""
    if isinstance(origin, (str, Path)):
        with Path(origin).open("rb") as stream:
            yield stream
    else:
        yield origin


def _check(metadata: Any, file: str) -> None:
    def refuse(problem: str) -> NoReturn:
        raise FileInputError(problem, file=file)

    if not 0 <= metadata.num_rows <= MOST_ROWS:
        refuse(f"{metadata.num_rows:,} rows are too many: {MOST_ROWS:,} is the most; import it in parts")
    if metadata.num_columns > MOST_COLUMNS:
        refuse(f"{metadata.num_columns:,} columns are too many: {MOST_COLUMNS:,} is the most")
    counted = 0
    for group in range(metadata.num_row_groups):
        counted += metadata.row_group(group).num_rows
        for place in range(metadata.num_columns):
            column = metadata.row_group(group).column(place)
            size, packed = column.total_uncompressed_size, max(column.total_compressed_size, 1)
            if not 0 <= size <= MOST_BYTES:
                refuse(f"one column unpacks to {size >> 20:,} MB: write the file in smaller row groups")
            check_steep(size, packed, file=file, most=STEEPEST)
    if counted != metadata.num_rows:
        refuse("the Parquet file is damaged (its groups hold other rows than it says): write it anew")


def _kinds(schema: Any) -> list[tuple[str, str]]:
    pa = arrow()

    def kind(of: Any) -> str:
        if pa.types.is_dictionary(of):
            of = of.value_type
        if pa.types.is_string(of) or pa.types.is_large_string(of):
            return "text"
        if pa.types.is_timestamp(of) or pa.types.is_date(of):
            return "time"
        plain = (pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null)
        return "plain" if any(test(of) for test in plain) else "other"

    return [(field.name, kind(field.type)) for field in schema]


def _rows(parquet: Any, file: str, progress: Progress | None) -> Iterator[tuple[int, list[str]]]:
    names, kinds = parquet.schema_arrow.names, [kind for _, kind in _kinds(parquet.schema_arrow)]
    line = 2
    for batch in parquet.iter_batches(batch_size=_BATCH, use_threads=False):
        columns = [
            column_texts(column, kind, name, file)
            for column, kind, name in zip(batch.columns, kinds, names, strict=True)
        ]
        for cells in zip(*columns, strict=True):
            yield line, list(cells)
            line += 1
        if progress:
            progress(line - 2)
