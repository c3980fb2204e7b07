"""Opening what somebody wants to import: a file, a gzipped one, a zip, or several files that belong together.

Foreign files are read whole, so their size is limited before and while they are unpacked, whatever they claim:

- one part (a file, or a member of a zip) at most :data:`MOST_BYTES` unpacked;
- a zip at most :data:`MOST_MEMBERS` members and :data:`MOST_ZIPPED` unpacked in all, none encrypted;
- nothing beyond 8 MB that unpacks to more than 100 times its size;
- JSON at most :data:`DEEPEST` levels deep, no integer of more than :data:`LONGEST_INTEGER` digits, no ``NaN``.

The ledger's own CSV and journal are streamed by their own readers, and have limits of their own.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

from ledger.domain.text import safe_text
from ledger.errors import FileInputError, InputError
from ledger.formats.guards import STEEPEST, check_steep, open_zip
from ledger.formats.heads import HEAD, Head
from ledger.formats.json_text import read_json

MOST_BYTES = 1 << 26
"""Bytes of one part, unpacked (64 MB)."""
MOST_ZIPPED = 1 << 28
"""Bytes of all members of a zip, unpacked."""
MOST_MEMBERS = 1_000
MOST_JSON = 1 << 25
"""Bytes of one text of JSON, which takes ten times as much once it is read."""
_PIECE = 1 << 20
Progress = Callable[[int], None]
"""Called with the bytes read so far."""

_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_BROKEN = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError)


@dataclass
class Part:
    """One text of what is imported: a file, or a member of a zip."""

    name: str
    """As messages call it."""
    path: Path
    member: str | None = None
    """Its name inside the zip at ``path``."""

    @cached_property
    def head(self) -> Head:
        """How it begins."""
        return Head.of(self._beginning())

    def octets(self, most: int = MOST_BYTES) -> bytes:
        """All its bytes, unpacked; :class:`FileInputError` where it is too large or damaged."""
        octets = self._bytes(most + 1)
        if len(octets) > most:
            raise FileInputError(f"more than {most >> 20} MB: import it in parts", file=self.name)
        return octets

    def text(self, most: int = MOST_BYTES) -> str:
        """All its text: UTF-8, with or without a byte-order mark; :class:`FileInputError` for other encodings."""
        octets = self.octets(most)
        if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise FileInputError("this is UTF-16: save the file as UTF-8", file=self.name, line=1)
        try:
            return octets.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = octets.count(b"\n", 0, error.start) + 1
            raise FileInputError("this line is not UTF-8: save the file as UTF-8", file=self.name, line=line) from None

    def json(self) -> object:
        """What it says as JSON; numbers with a point are decimals."""
        return read_json(self.text(MOST_JSON), file=self.name)

    def _beginning(self) -> bytes:
        """The first bytes; of a gzipped file that is cut short, those that can be unpacked."""
        if self.member is not None:
            return self._bytes(HEAD)
        try:
            with self.path.open("rb") as raw:
                packed = raw.read(HEAD)
            octets = zlib.decompressobj(wbits=31).decompress(packed, HEAD) if packed[:2] == _GZIP else packed
        except (OSError, zlib.error) as problem:
            raise _unreadable(self.path, str(problem)) from problem
        if packed and not octets:
            raise _unreadable(self.path, "it is compressed, and ends at once")
        return octets

    def _bytes(self, most: int) -> bytes:
        try:
            with self.path.open("rb") as raw:
                if self.member is None:
                    return _unpacked(raw, most, self.name)
                with open_zip(raw, file=self.name) as archive, archive.open(self.member) as stream:
                    return stream.read(most)
        except _BROKEN:
            problem = "the compressed file is damaged or cut short, or has a password: fetch it again"
            raise FileInputError(problem, file=self.name) from None
        except OSError as error:
            raise FileInputError(f"cannot be read: {error.strerror or error}", file=self.name) from None


def _unreadable(path: Path, problem: str) -> InputError:
    return InputError(f"{path} cannot be read ({problem}); check that it is whole and that its mode lets you")


def _unpacked(raw: IO[bytes], most: int, file: str) -> bytes:
    start = raw.read(2)
    raw.seek(0)
    if start != _GZIP:
        return raw.read(most)
    pieces, size = [], 0
    with gzip.GzipFile(mode="rb", fileobj=raw) as unpacked:
        while size < most and (piece := unpacked.read(min(_PIECE, most - size))):
            pieces.append(piece)
            size += len(piece)
            check_steep(size, raw.tell(), file=file)
    return b"".join(pieces)


@dataclass
class Material:
    """All that is imported at once."""

    paths: tuple[Path, ...]
    parts: list[Part]
    progress: Progress | None = None
    """Readers call it with the bytes read so far; what it raises ends the import."""
    heads: list[Head] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What messages call it."""
        more = f" and {len(self.paths) - 1} more" if len(self.paths) > 1 else ""
        return safe_text(self.paths[0].name) + more

    def part(self, test: Callable[[Head], bool]) -> Part | None:
        """The first part whose beginning passes ``test``."""
        return next((part for part in self.parts if test(part.head)), None)

    def parts_like(self, test: Callable[[Head], bool]) -> list[Part]:
        """All parts whose beginnings pass ``test``."""
        return [part for part in self.parts if test(part.head)]


def opened(paths: Iterable[Path], progress: Progress | None = None) -> Material:
    """What stands at ``paths``; the members of a zip are parts of their own (a workbook is one part).

    Raises :class:`FileInputError` for a file that cannot be read or goes beyond the limits above.
    """
    chosen = tuple(paths)
    parts = [part for path in chosen for part in _parts(path)]
    material = Material(chosen, parts, progress)
    material.heads = [part.head for part in parts]
    return material


def _parts(path: Path) -> list[Part]:
    name = safe_text(path.name)
    try:
        with path.open("rb") as raw:
            if raw.read(4) != _ZIP:
                return [Part(name, path)]
            raw.seek(0)
            return _members(name, path, raw)
    except _BROKEN:
        raise FileInputError("the zip is damaged or cut short: fetch it again", file=name) from None
    except OSError as error:
        raise _unreadable(path, str(error)) from error


def _members(name: str, path: Path, raw: IO[bytes]) -> list[Part]:
    with open_zip(raw, file=name, most=STEEPEST) as archive:
        found = [one for one in archive.infolist() if not one.is_dir()]
    if any(one.filename == "[Content_Types].xml" for one in found):
        return [Part(name, path)]
    if len(found) > MOST_MEMBERS:
        raise FileInputError(f"{len(found):,} members are too many: {MOST_MEMBERS:,} is the most", file=name)
    if sum(one.file_size for one in found) > MOST_ZIPPED:
        raise FileInputError(f"more than {MOST_ZIPPED >> 20} MB unpacked: import its members one by one", file=name)
    return [Part(f"{name}/{safe_text(one.filename)}", path, one.filename) for one in found]
