"""What the exchange screen does in threads: looking at a file, bringing it in, putting the ledger out."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.domain.filters import Filters
from ledger.errors import InputError
from ledger.services.export_forms import export_form
from ledger.services.path_completion import expanded

if TYPE_CHECKING:
    from ledger.formats.given import Given
    from ledger.formats.mapping import Columns
    from ledger.formats.shown_mapping import Mapped
    from ledger.services.results import Done
    from ledger.storage.location import Location

Progress = Callable[[int, int], None]
Tell = Callable[[str], None]
FORMATS = {
    "csv": "a CSV of forecasts",
    "jsonl": "the journal of a ledger (JSON Lines)",
    "table": "a table, read by its columns",
}
WITHOUT = "without --supersede"
"""How the service begins to say that an import is refused where the ledger's words differ."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would bring; ``refused`` where it differs from the ledger and nobody said to record that."""

    path: Path
    supersede: bool
    form: str
    said: list[str]
    notices: list[str]
    refused: bool
    mapped: Mapped | None = None
    """How the columns of a table are read."""
    problem: str = ""
    """What has to be said of those columns before they can be."""


def label(form: str) -> str:
    """What a file is, for people."""
    from ledger.services import transfer

    return FORMATS.get(form) or transfer.FORMATS[form]


def look(
    location: Location, typed: str, *, supersede: bool, progress: Progress, tell: Tell, mapping: Columns | None = None
) -> Looked:
    """Read and check all of a file, and write nothing; ``mapping`` is what somebody said of a table's columns."""
    from ledger.formats.shown_mapping import MappingError
    from ledger.services.transfer import detect, import_file, refuse_unreadable

    path = expanded(typed)
    refuse_unreadable(path)
    form = detect(path)
    try:
        done = import_file(
            location, path, origin=form, dry_run=True, supersede=supersede, tell=tell, progress=progress,
            given=_given(mapping),
        )  # fmt: skip
    except MappingError as error:
        return Looked(path, supersede, form, [], [], refused=True, mapped=error.mapped, problem=str(error))
    notices = [one for one in done.notices if not one.startswith(WITHOUT)]
    return Looked(path, supersede, form, done.said, notices, len(notices) < len(done.notices), done.mapped)


def _given(mapping: Columns | None) -> Given | None:
    from ledger.formats.given import Given

    return None if mapping is None else Given(0, mapping=mapping)  # the service sets the time


def bring_in(location: Location, looked: Looked, *, progress: Progress, tell: Tell) -> Done:
    """Record what the file brings: all of it, or nothing."""
    from ledger.services.transfer import import_file

    return import_file(
        location, looked.path, origin=looked.form, dry_run=False, supersede=looked.supersede, tell=tell,
        progress=progress, given=_given(looked.mapped.mapping if looked.mapped else None),
    )  # fmt: skip


def takes_filters(form: str) -> bool:
    """Whether a format may hold a part of the ledger."""
    known = export_form(form)
    return known is not None and not known.whole


@dataclass(frozen=True, slots=True)
class Export:
    """What to put out, as it was typed."""

    typed: str
    form: str
    line: str
    zone: str
    now: datetime
    force: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """There is a file already, and nobody said to replace it."""

    export: Export
    path: Path


def put_out(location: Location, export: Export, *, progress: Progress, tell: Tell) -> Done | Present:
    """Write the file, whole or not at all; a file that is there is asked about first."""
    from ledger.services.export_as import export_as
    from ledger.services.query_line import read_query

    path, filters = expanded(export.typed), Filters()
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    if takes_filters(export.form) and export.line.strip():
        filters = read_query(export.line, zone=export.zone, now=export.now)
    if not export.force and os.path.lexists(path):
        return Present(export, path)
    return export_as(
        location, path, form=export.form, filters=filters, as_of=None, force=export.force, tell=tell,
        progress=progress,
    )  # fmt: skip
