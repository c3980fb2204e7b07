"""The table of units as one Parquet file: typed columns, instants with their zone (UTC), tags as lists."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import IO, Any

from ledger.reports.model import Question
from ledger.reports.unit_table import COLUMNS, Row, Type, unit_rows

BLOCK = 50_000
NEVER_NULL = {"question", "kind", "status", "deadline", "tags"}


def write_parquet(questions: Iterable[Question], stream: IO[bytes], about: dict[str, str]) -> None:
    """Write the rows in blocks; ``about`` goes into the file's own metadata."""
    pa, pq = _arrow()
    schema = _schema().with_metadata({name.encode(): value.encode() for name, value in about.items()})
    rows = unit_rows(questions)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        while block := list(islice(rows, BLOCK)):
            writer.write_table(pa.table(_columns(block, schema), schema=schema))


def _arrow() -> tuple[Any, Any]:
    """The library, which tells no types; it takes its time to load."""
    import pyarrow
    import pyarrow.parquet

    return pyarrow, pyarrow.parquet


def _schema() -> Any:
    pa, _ = _arrow()
    types = {
        Type.TEXT: pa.string(), Type.COUNT: pa.int64(), Type.FIGURE: pa.float64(), Type.TRUTH: pa.bool_(),
        Type.INSTANT: pa.timestamp("us", tz="UTC"), Type.TAGS: pa.list_(pa.string()),
    }  # fmt: skip
    return pa.schema([pa.field(one.name, types[one.type], nullable=one.name not in NEVER_NULL) for one in COLUMNS])


def _columns(block: list[Row], schema: Any) -> list[Any]:
    pa, _ = _arrow()
    columns = zip(*block, strict=True)
    return [
        pa.array([list(value) if isinstance(value, tuple) else value for value in column], type=kind)
        for column, kind in zip(columns, schema.types, strict=True)
    ]
