"""The lines of a file, plain or gzipped, without ever holding more than a few megabytes of it."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

from ledger.errors import FileInputError
from ledger.formats.guards import STEEP_FROM, STEEPEST, check_steep

Progress = Callable[[int], None]
"""Called with the bytes of the file read so far."""

CHUNK = 1 << 18
LONGEST_RECORD = 1 << 22
"""Bytes of one line, and characters of one record that runs over several."""

_GZIP, _BOM = b"\x1f\x8b", b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class _Counted:
    """A stream that counts what is read of it, and whose first bytes have been looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.head, self.count = stream, stream.read(len(_BOM)), 0

    def read(self, size: int) -> bytes:
        data, self.head = (self.head[:size], self.head[size:]) if self.head else (self._stream.read(size), b"")
        self.count += len(data)
        return data


class Source:
    """The lines of ``origin``, a path or a binary stream, as text with their ends.

    UTF-8, with or without a byte-order mark; a byte that is not UTF-8 comes through as a lone surrogate, for
    the reader of its cell to refuse by name.
    """

    def __init__(self, origin: str | Path | BinaryIO, *, file: str, progress: Progress | None = None) -> None:
        """``file`` is the name in messages; what ``progress`` raises ends the reading."""
        self._origin, self._file, self._progress = origin, file, progress
        self.record_line = 1
        """The line on which the record being read begins; the reader of records moves it on."""
        self._counted: _Counted | None = None
        self._held: list[str] = []
        self._first, self._size = 1, 0

    def pending(self) -> list[str]:
        """The lines given so far of the record that begins at ``record_line``."""
        return self._held[self.record_line - self._first :]

    def lines(self) -> Iterator[str]:
        """Every line in order.

        Raises :class:`FileInputError` for a file that cannot be opened, is damaged, or has an endless line.
        """
        rest, unpacked, ends = b"", 0, 0
        for chunk in self._chunks():
            unpacked, ends = unpacked + len(chunk), ends + chunk.count(b"\n")
            self._refuse_bomb(unpacked, ends)
            if self._progress:
                self._progress(self._counted.count if self._counted else 0)
            rest += chunk
            cut = rest.rfind(b"\n") + 1 or rest.rfind(b"\r", 0, -1) + 1
            if cut:
                yield from self._hold(rest[:cut])
                rest = rest[cut:]
            elif len(rest) > LONGEST_RECORD:
                raise self._endless()
        if rest:
            yield from self._hold(rest)

    def _refuse_bomb(self, unpacked: int, ends: int) -> None:
        """Rows that tell a long text again pack well; each still has something of its own."""
        packed = self._counted.count if self._counted else 1
        check_steep(unpacked, packed, file=self._file, most=STEEPEST)
        if unpacked > STEEP_FROM and ends > packed:
            raise FileInputError(f"{ends:,} lines in {packed:,} bytes: no export packs so well", file=self._file)

    def _hold(self, data: bytes) -> list[str]:
        text = data.decode("utf-8", "surrogateescape")
        lines = io.StringIO(text, newline="").readlines()
        self._held, self._first = self.pending(), self.record_line
        self._size = self._size + len(text) if self._held else len(text)
        if self._size > LONGEST_RECORD:
            raise self._endless()
        self._held.extend(lines)
        return lines

    def _endless(self) -> FileInputError:
        problem = f"what begins here is longer than {LONGEST_RECORD >> 20} MB: is a quote left open, or is this no CSV?"
        return FileInputError(problem, file=self._file, line=self.record_line)

    def _chunks(self) -> Iterator[bytes]:
        try:
            with ExitStack() as stack:
                yield from self._read(stack)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            problem = "the compressed file is damaged or cut short: fetch it again"
            raise FileInputError(problem, file=self._file, line=self.record_line) from None
        except OSError as error:
            raise FileInputError(f"cannot be read: {error.strerror or error}", file=self._file) from None

    def _read(self, stack: ExitStack) -> Iterator[bytes]:
        stream = self._origin
        if isinstance(stream, (str, Path)):
            stream = stack.enter_context(Path(stream).open("rb"))  # noqa: SIM115 - the stack closes it
        counted = self._counted = _Counted(stream)
        zipped = counted.head.startswith(_GZIP)
        read = (
            stack.enter_context(gzip.GzipFile(mode="rb", fileobj=cast(BinaryIO, counted))).read
            if zipped
            else counted.read
        )
        chunk = self._without_mark(read(len(_BOM)))
        while chunk := chunk or read(CHUNK):
            yield chunk
            chunk = b""

    def _without_mark(self, start: bytes) -> bytes:
        if start.startswith(_UTF_16):
            raise FileInputError("this is UTF-16: save the file as UTF-8", file=self._file, line=1)
        return start.removeprefix(_BOM)
