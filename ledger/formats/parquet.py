"""Parquet files as rows of texts, read in a process of their own.

The library that knows the format ends its process over some damaged files, and takes as much memory as a file makes it.
That is then the other process, which has a limit; here it is a refusal like any other.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO, Any, BinaryIO

from ledger.errors import FileInputError
from ledger.formats.faulty import Faulty

Progress = Callable[[int], None]
"""Called with the rows read so far."""
Rows = tuple[list[str], Iterator[tuple[int, list[str]]]]
MAGIC = b"PAR1"
LONGEST_FOOTER = 1 << 24
DAMAGED = "the Parquet file is damaged: write it anew"
_CHILD = "from ledger.formats.parquet_apart import main; main()"


@contextmanager
def read_rows(origin: str | Path | BinaryIO, *, file: str, progress: Progress | None = None) -> Iterator[Rows]:
    """The names of the columns, and the number (from 2) and the cells of each row; an absent value is empty.

    ``progress`` hears of the rows read, and what it raises ends the reading. Raises :class:`FileInputError` for what is
    no Parquet, damaged, or beyond the limits of :mod:`ledger.formats.parquet_inside`.
    """
    with _at_a_path(origin, file) as path, _apart(path) as told:
        header = _next(told, file, "header")
        yield header, _rows(told, file, progress)


@contextmanager
def _at_a_path(origin: str | Path | BinaryIO, file: str) -> Iterator[Path]:
    try:
        if isinstance(origin, (str, Path)):
            with Path(origin).open("rb") as stream:
                check_ends(stream, file)
            yield Path(origin)
            return
        if (name := getattr(origin, "name", None)) and isinstance(name, str) and Path(name).is_file():
            check_ends(origin, file)
            yield Path(name)
            return
        check_ends(origin, file)
        with NamedTemporaryFile(prefix="forecast-", suffix=".parquet") as copy:
            copyfileobj(origin, copy)
            copy.flush()
            yield Path(copy.name)
    except OSError as error:
        raise FileInputError(f"cannot be read: {error.strerror or error}", file=file) from None


def check_ends(stream: BinaryIO, file: str) -> None:
    """Refuse what does not begin and end as Parquet does, or has a description larger than any of ours."""
    start = stream.read(4)
    size = stream.seek(0, 2)
    if size < 12 or start != MAGIC:
        raise FileInputError("this is no Parquet file", file=file)
    stream.seek(-8, 2)
    length, magic = struct.unpack("<I4s", stream.read(8))
    stream.seek(0)
    if magic != MAGIC or not 0 < length <= min(size - 12, LONGEST_FOOTER):
        raise FileInputError("the Parquet file is damaged, cut short or encrypted: write it anew", file=file)


@contextmanager
def _apart(path: Path) -> Iterator[IO[bytes]]:
    """What the other process says of the file, line by line; it ends with the block at the latest."""
    around = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    told = [sys.executable, "-P", "-c", _CHILD, str(path.resolve())]
    nothing = subprocess.DEVNULL
    child = subprocess.Popen(told, env=around, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing)  # noqa: S603 - ours
    with child:
        assert child.stdout is not None
        try:
            yield child.stdout
        finally:
            child.kill()


def _next(told: IO[bytes], file: str, what: str) -> Any:
    """What the next line says of ``what``; a refusal is raised, and so is silence."""
    line = told.readline()
    said: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
    if "refused" in said:
        raise FileInputError(said["refused"], file=file, column=said.get("column"))
    if what not in said:
        raise FileInputError(DAMAGED, file=file)
    return said[what]


def _rows(told: IO[bytes], file: str, progress: Progress | None) -> Iterator[tuple[int, list[str]]]:
    line = 2
    while rows := _next(told, file, "rows"):
        for cells in rows:
            yield line, [cell if isinstance(cell, str) else Faulty(cell["faulty"]) for cell in cells]
            line += 1
        if progress:
            progress(line - 2)
