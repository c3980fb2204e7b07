"""Limits on what is unpacked, held against it before it is: a small file never makes the reader run out of memory."""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Iterator
from typing import IO

from ledger.errors import FileInputError

STEEP, STEEP_FROM = 100, 1 << 23
"""No other tracker's export packs to a hundredth of its size, once it is larger than 8 MB."""
STEEPEST = 600
"""Our own table may: each row of a question tells its criteria again."""
LONGEST_LINE = 1 << 20
LONGEST_RECORD = 1 << 20
"""Characters of one record of a table that runs over several lines."""
_DIRECTORY = 1 << 20
_END = struct.Struct("<4s4H2LH")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")


def check_steep(unpacked: int, packed: int, *, file: str, most: int = STEEP) -> None:
    """Refuse what unpacks to hundreds of times its size."""
    if unpacked > STEEP_FROM and unpacked > most * max(packed, 1):
        raise FileInputError(f"unpacks to more than {most} times its size: no export does", file=file)


def open_zip(stream: IO[bytes], *, file: str, most: int = STEEP) -> zipfile.ZipFile:
    """The zip in ``stream``; :class:`FileInputError` before a long list of its members is read."""
    size = stream.seek(0, 2)
    stream.seek(max(size - _END.size - 0xFFFF, 0))
    end = stream.read()
    stream.seek(0)
    place = end.rfind(b"PK\5\6")
    if 0 <= place <= len(end) - _END.size:
        directory = _END.unpack_from(end, place)[5]
        if directory > _DIRECTORY:
            raise FileInputError("the zip has too many members", file=file)
    archive = zipfile.ZipFile(stream)
    for info in archive.infolist():
        if info.file_size > STEEP_FROM:
            check_steep(info.file_size, info.compress_size, file=file, most=most)
    return archive


class Lines:
    """The lines of a text one at a time, with their ends; a reader of records says when one was complete."""

    def __init__(self, text: str, *, file: str) -> None:
        """``file`` is the name in messages."""
        self._text, self._file, self._since, self._line = text, file, 0, 0

    def record(self) -> None:
        """A record is complete."""
        self._since = 0

    def __iter__(self) -> Iterator[str]:
        """Every line; :class:`FileInputError` for a line or a record without an end."""
        for found in _LINE.finditer(self._text):
            length = found.end() - found.start()
            self._line += 1
            self._since += length
            if length > LONGEST_LINE or self._since > LONGEST_RECORD:
                problem = (
                    f"longer than {LONGEST_LINE >> 20} MB without an end: is a quote left open, or is it no table?"
                )
                raise FileInputError(problem, file=self._file, line=self._line)
            yield found[0]
