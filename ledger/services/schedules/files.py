"""The files of a schedule: written all or none, taken away, and never somebody else's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.errors import LedgerError, RefusedError, StoreError
from ledger.formats.atomic import atomic_output
from ledger.services.schedules.job import MADE


def texts_at(paths: Iterable[Path], encoding: str = "utf-8") -> dict[str, str]:
    """The texts of the files that are there; raises ``RefusedError`` for one that cannot be read."""
    found = {}
    for path in paths:
        try:
            found[str(path)] = path.read_bytes().decode(encoding, "surrogateescape")
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as problem:
            raise RefusedError(f"{path} cannot be read ({problem.strerror}): take it away, then try again") from problem
    return found


@contextmanager
def replaced(texts: Mapping[str, str], encoding: str = "utf-8") -> Iterator[None]:
    """Write the files; where the block, or one of them, fails, they are as they were before."""
    before = texts_at(map(Path, texts), encoding)
    for path, text in before.items():
        if MADE not in text:
            raise RefusedError(f"{path} is there, and forecast did not make it: take it away, then try again")
    new = [folder for path in texts for folder in Path(path).parents if not folder.exists()]
    try:
        _write(texts, encoding)
        yield
    except BaseException:
        with suppress(LedgerError):
            take_away(Path(path) for path in texts if path not in before)
            _write(before, encoding)
        for folder in sorted(new, reverse=True):
            drop_if_empty(folder)
        raise


def take_away(paths: Iterable[Path]) -> None:
    """Delete the files that are there; raises ``StoreError`` for one that cannot be."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except NotADirectoryError:
            continue
        except OSError as problem:
            raise StoreError(f"{path} cannot be taken away: {problem.strerror}") from problem


def drop_if_empty(folder: Path) -> None:
    """Take a folder away unless something is in it."""
    with suppress(OSError):
        folder.rmdir()


def _write(texts: Mapping[str, str], encoding: str) -> None:
    for path, text in texts.items():
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise StoreError(f"{Path(path).parent} cannot be made: {problem.strerror}") from problem
        with atomic_output(path, force=True, mode=0o644) as out:
            out.write(text.encode(encoding, "surrogateescape"))
