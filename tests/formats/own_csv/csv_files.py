"""Small files of the ledger's own CSV, made cell by cell."""

from __future__ import annotations

import io

from ledger.formats.own_csv import OPTIONAL, STANDARD, read_csv
from ledger.formats.sheet import Sheet

ALL = (*STANDARD, *OPTIONAL)
PLAIN = {
    "question_id": "q1",
    "title": "Will it rain?",
    "forecaster": "ann",
    "probability": "0.7",
    "forecast_at": "2024-01-01T00:00:00Z",
    "deadline": "2024-12-31T23:59:59Z",
}


def row(**cells: str) -> str:
    """One line with every column there is; what is not given is as in ``PLAIN``, or empty."""
    return ",".join({**PLAIN, **cells}.get(column, "") for column in ALL)


def text(*rows: str, columns: tuple[str, ...] = ALL) -> bytes:
    """A file of those lines."""
    return ("\n".join([",".join(columns), *rows]) + "\n").encode("utf-8", "surrogatepass")


def read(*rows: str) -> Sheet:
    """The sheet of a file of those lines."""
    return read_bytes(text(*rows))


def read_bytes(data: bytes) -> Sheet:
    """The sheet of a file of those bytes."""
    return read_csv(io.BytesIO(data), name="f.csv")
