"""Files that are there whole or not at all."""

from __future__ import annotations

import gzip
import io
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from ledger.domain.text import safe_text
from ledger.errors import RefusedError, StoreError

STANDARD_OUTPUT = "-"
DATABASE = b"SQLite format 3\0"  # how every SQLite file begins


@contextmanager
def atomic_output(path: str | Path | None, *, force: bool = False, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A binary stream whose bytes are at ``path`` once the block ends, on disk; none are if it raises.

    ``None`` and ``-`` are standard output. A name that ends in ``.gz`` is compressed, the same bytes to the same
    bytes. A link is replaced, never followed; ``mode`` is the new file's.

    Raises :class:`RefusedError` for a path that is there, unless ``force`` is given and it is a file, always for a
    database, as it may be the ledger that is read, and
    :class:`StoreError` when the file cannot be written.
    """
    if path is None or str(path) == STANDARD_OUTPUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    try:
        _refuse_present(target, force=force)
        with _replacing(target, force=force, mode=mode) as stream, _compressed(stream, target) as written:
            yield written
    except OSError as error:
        raise StoreError(f"{safe_text(str(path))} cannot be written: {error.strerror or error}") from error


@contextmanager
def atomic_text(path: str | Path | None, *, force: bool = False, mode: int = 0o600) -> Iterator[TextIO]:
    """The same for text, as UTF-8 and with line ends as they are written."""
    with atomic_output(path, force=force, mode=mode) as stream, as_text(stream) as text:
        yield text


@contextmanager
def as_text(stream: BinaryIO) -> Iterator[TextIO]:
    """A stream of bytes as one of text (UTF-8, line ends as they are written); it stays open when the block ends."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        yield text
        text.flush()
    finally:
        _let_go(text)


def _let_go(text: io.TextIOWrapper) -> None:
    """Leave the stream below open; what could not be flushed has raised before."""
    try:
        text.detach()
    except (OSError, ValueError):
        return


def _refuse_present(target: Path, *, force: bool) -> None:
    if not os.path.lexists(target):
        return
    name, kept = safe_text(str(target)), target.lstat().st_mode
    if not (stat.S_ISREG(kept) or stat.S_ISLNK(kept)):
        raise RefusedError(f"{name} is there and is not a file: choose another path, or - for standard output")
    if not force:
        raise RefusedError(f"{name} is there already: choose another path, or say --force to replace it")
    if _is_database(target):
        raise RefusedError(f"{name} is a database, perhaps a ledger, which nothing replaces: choose another path")


def _is_database(target: Path) -> bool:
    """Whether a file, or the one that a link leads to, is SQLite's; what cannot be read is not known to be."""
    try:
        if not target.is_file():
            return False
        with target.open("rb") as stream:
            return stream.read(len(DATABASE)) == DATABASE
    except OSError:
        return False


@contextmanager
def _replacing(target: Path, *, force: bool, mode: int) -> Iterator[BinaryIO]:
    """A file beside ``target`` that takes its name at the end."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".forecast-", suffix=".partial")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            partial.chmod(mode)
            os.fsync(stream.fileno())
        _name(partial, target, force=force)
    finally:
        partial.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _name(partial: Path, target: Path, *, force: bool) -> None:
    """Give the finished file its name, over no other that came meanwhile unless by force."""
    if not force:
        try:
            target.hardlink_to(partial)
        except OSError:  # there is one by now, or the file system has no hard links
            _refuse_present(target, force=False)
        else:
            return
    partial.replace(target)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _compressed(stream: BinaryIO, target: Path) -> Iterator[BinaryIO]:
    if target.suffix.lower() != ".gz":
        yield stream
        return
    with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0) as zipped:
        yield cast(BinaryIO, zipped)
