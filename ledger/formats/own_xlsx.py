"""The ledger's own table as a workbook: the columns of its CSV, with numbers, times and texts as what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from ledger.domain.text import quoted, safe_text
from ledger.errors import FileInputError
from ledger.formats.cells import unescape
from ledger.formats.given import Given
from ledger.formats.opening import Material
from ledger.formats.own_csv import read_rows as read_own
from ledger.formats.own_table import NUMBERS, TEXTS, TIMES, AtRow, as_csv, is_own
from ledger.formats.sheet import Sheet
from ledger.formats.xlsx import Progress, read_rows, write_rows

SHEET = "forecasts"


def read_xlsx(origin: str | Path | BinaryIO, *, name: str | None = None, progress: Progress | None = None) -> Sheet:
    """What the workbook at ``origin`` says: the first of its sheets that has anything.

    ``name`` is the file in messages, by default the path; ``progress`` hears of the rows read, and what it raises ends
    the reading. Raises :class:`FileInputError`, one line with file, row and column, at the first thing that is wrong.
    """
    file = safe_text(name if name is not None else str(origin))
    with read_rows(origin, file=file, progress=progress) as found:
        _, header = next(found.rows, (1, None))
        if header is None:
            raise FileInputError("the workbook is empty: its first row names the columns", file=file)
        sheet = read_own(header, as_csv(header, found.rows, file=file), Sheet(file), AtRow())
        if found.others:
            others = ", ".join(quoted(other, limit=40) for other in found.others[:5])
            sheet.notes.append(f"only the sheet {quoted(found.sheet, limit=40)} was read, not {others}")
    return sheet


def looks_like(material: Material) -> bool:
    """Whether it is a workbook whose first row names the ledger's columns."""
    if len(material.parts) != 1 or material.parts[0].member or not material.heads[0].octets.startswith(b"PK"):
        return False
    with read_rows(material.parts[0].path, file=material.name) as found:
        return is_own(next(found.rows, (1, []))[1])


def read(material: Material, given: Given) -> Sheet:
    """What the workbook says; its times have zones and its forecasters names, so nothing is ``given``."""
    with material.paths[0].open("rb") as stream:
        progress = material.progress
        return read_xlsx(stream, name=material.name, progress=progress and (lambda _: progress(stream.tell())))


def write_xlsx(rows: Iterable[Sequence[str]], columns: Sequence[str], stream: BinaryIO) -> int:
    """Write rows as :class:`~ledger.formats.own_csv.RowBuilder` makes them as a workbook; return how many.

    Texts are text cells whatever they begin with, and stay text when they are edited.
    """
    texts = [place for place, name in enumerate(columns) if name in TEXTS]
    return write_rows(
        (_plain(row, texts) for row in rows), columns, stream,
        sheet=SHEET, numbers=NUMBERS | {"outcome", "withdrawn"}, times=TIMES,
    )  # fmt: skip


def _plain(row: Sequence[str], texts: Sequence[int]) -> list[str]:
    """A row without the apostrophes that keep a CSV's cells from being formulas."""
    cells = list(row)
    for place in texts:
        cells[place] = unescape(cells[place])
    return cells
