"""The parts of a workbook: a zip of XML, read in pieces and within limits, whatever it claims to hold."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from ledger.errors import FileInputError
from ledger.formats.guards import STEEPEST, check_steep, open_zip

MOST_BYTES = 1 << 28
"""Bytes of one part, unpacked (256 MB)."""
MOST_STRINGS = 1 << 25
"""Bytes of the table of shared strings, which is held whole."""
MOST_PARTS = 2_000
DEEPEST = 100
LONGEST_CELL = 100_000
"""Characters of one cell; the spreadsheets themselves allow 32,767."""

_PIECE = 1 << 16
_COUNTED_FROM = 1 << 22
_SILENT_PIECES = 16
"""Pieces without a single element: no workbook has so long a tag."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError, ValueError)


@dataclass(slots=True)
class Handlers:
    """What to do at each element (names without their namespaces) and with text; all raise what they like."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None]
    text: Callable[[str], None] | None = None


class Package:
    """The parts of one workbook."""

    def __init__(self, archive: zipfile.ZipFile, *, file: str) -> None:
        """``file`` is the name in messages; :class:`FileInputError` where the zip itself is out of bounds."""
        self._archive, self._file = archive, file
        found = archive.infolist()
        if len(found) > MOST_PARTS:
            self.refuse(f"{len(found):,} parts are too many for a workbook")
        self._infos = {info.filename.casefold(): info for info in found}

    def refuse(self, problem: str, line: int | None = None, column: str | None = None) -> NoReturn:
        """Raise a :class:`FileInputError` that names the file."""
        raise FileInputError(problem, file=self._file, line=line, column=column)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.casefold() in self._infos

    def parse(self, name: str, handlers: Handlers, *, most: int = MOST_BYTES) -> Iterator[int]:
        """Feed a part to ``handlers``; yields after each piece how many bytes of it were read.

        Raises :class:`FileInputError` for a part that is missing, damaged, too large, or has a document type: what
        that may define (entities within entities) grows without an end.
        """
        if not self.has(name):
            self.refuse("the workbook is not whole: save it anew")
        info = self._infos[name.casefold()]
        self._measure(info, most)
        seen, silent = 0, 0
        parser, met = self._parser(handlers)
        with self._archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                before = met[0]
                self._feed(parser, piece, last=False)
                silent = silent + 1 if met[0] == before else 0
                if silent > _SILENT_PIECES:
                    self.refuse("the workbook holds something without an end: save it anew")
                seen += len(piece)
                yield seen
            self._feed(parser, b"", last=True)
            yield seen

    def _measure(self, info: zipfile.ZipInfo, most: int) -> None:
        size, packed = info.file_size, max(info.compress_size, 1)
        if size > most:
            held = f"{size >> 20:,} MB unpacked, and {most >> 20} MB are the most"
            self.refuse(f"the workbook is too large ({held}): save it as CSV")
        check_steep(size, packed, file=self._file, most=STEEPEST)

    def _parser(self, handlers: Handlers) -> tuple[expat.XMLParserType, list[int]]:
        parser, met, depth = expat.ParserCreate(namespace_separator="}"), [0], [0]

        def start(name: str, attributes: dict[str, str]) -> None:
            met[0] += 1
            depth[0] += 1
            if depth[0] > DEEPEST:
                self.refuse(f"the workbook is nested deeper than {DEEPEST} levels: no spreadsheet does that")
            handlers.start(name.rpartition("}")[2], attributes)

        def end(name: str) -> None:
            depth[0] -= 1
            handlers.end(name.rpartition("}")[2])

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = handlers.text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.buffer_text = True
        return parser, met

    def _doctype(self, *_: object) -> None:
        self.refuse("the workbook has a document type declaration, which none needs: save it anew")

    def _feed(self, parser: expat.XMLParserType, piece: bytes, *, last: bool) -> None:
        try:
            parser.Parse(piece, last)
        except expat.ExpatError:
            self.refuse("the workbook is damaged (its XML cannot be read): save it anew")

    def refuse_many(self, name: str, token: bytes, most: int, problem: str) -> None:
        """Refuse a part that has ``token`` more than ``most`` times, before any of it is parsed."""
        if not self.has(name) or (info := self._infos[name.casefold()]).file_size < _COUNTED_FROM:
            return
        self._measure(info, MOST_BYTES)
        found, rest = 0, b""
        with self._archive.open(info) as stream:
            while piece := stream.read(_PIECE * 16):
                whole = rest + piece
                found, rest = found + whole.count(token), whole[-len(token) + 1 :]
                if found > most:
                    self.refuse(problem)

    def read(self, name: str, handlers: Handlers, *, most: int = MOST_BYTES) -> None:
        """Feed a whole part to ``handlers``."""
        for _ in self.parse(name, handlers, most=most):
            pass


@contextmanager
def package(origin: str | Path | BinaryIO, *, file: str) -> Iterator[Package]:
    """The workbook at ``origin``; whatever is broken in it is a :class:`FileInputError`."""
    try:
        with ExitStack() as stack:
            stream = origin
            if isinstance(stream, (str, Path)):
                stream = stack.enter_context(Path(stream).open("rb"))
            yield Package(stack.enter_context(open_zip(stream, file=file, most=STEEPEST)), file=file)
    except FileInputError:
        raise
    except _DAMAGED:
        raise FileInputError("the workbook is damaged, cut short or encrypted: save it anew", file=file) from None
    except OSError as error:
        raise FileInputError(f"cannot be read: {error.strerror or error}", file=file) from None
