"""``import``: a file's content decides what it is; all of it comes in, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ledger import clock
from ledger.domain.instants import from_datetime
from ledger.errors import InputError, NotFoundError
from ledger.formats.given import Given
from ledger.formats.opening import Material
from ledger.formats.registry import JOURNAL, READERS, Reader, material_of
from ledger.formats.sheet import Sheet
from ledger.formats.shown_mapping import Mapped
from ledger.services.import_report import data_of, notices_of, said_of
from ledger.services.importing import record, refuse_changes
from ledger.services.progressing import Pace, Progress
from ledger.services.reconciling import Plan, reconcile
from ledger.services.results import Done
from ledger.services.waiting_outcomes import Waiting, waiting_outcomes
from ledger.storage.access import reading
from ledger.storage.attempts import repeated
from ledger.storage.cancelling import heeding
from ledger.storage.location import Location

__all__ = ["FORMATS", "Imported", "Progress", "Tell", "detect", "import_file", "refuse_unreadable"]

Tell = Callable[[str], None]
FORMATS = {reader.name: reader.label for reader in READERS}
"""What ``--from`` takes, and what each is."""


@dataclass(slots=True)
class Imported(Done):
    """What an import brought, or would bring."""

    data: dict[str, object] = field(default_factory=dict)
    mapped: Mapped | None = None
    """How the columns of somebody's own table were read."""

    def as_data(self) -> dict[str, object]:
        """The counts, for JSON."""
        return self.data


def import_file(
    location: Location, path: Path, *, origin: str | None, dry_run: bool, supersede: bool, tell: Tell,
    progress: Progress | None = None, more: Sequence[Path] = (), given: Given | None = None,
) -> Imported:  # fmt: skip
    """Bring in a file, or with ``more`` several that belong together.

    All is parsed and checked first, then written in one transaction; the same file again adds nothing. ``given`` is
    what the person says where the file is silent; its ``now`` is set here. ``progress`` hears of the bytes read, and
    then of the statements written; what it raises ends the import, and nothing is written.
    """
    for one in (path, *more):
        refuse_unreadable(one)
        _refuse_pipe(one)
    if origin is None and given is not None and given.mapping is not None:
        origin = "table"
    material, reader = material_of((path, *more), origin)
    if reader.name == JOURNAL:
        from ledger.services.replaying import import_journal

        return Imported(*import_journal(location, path, dry_run=dry_run, tell=tell, progress=progress))
    with reading(location.place):
        pass
    pace = Pace(progress, sum(one.stat().st_size for one in material.paths))
    material.progress = pace.reach
    sheet = _read(reader, material, given)
    if dry_run:
        with reading(location.place) as driver, heeding(driver, pace.beat):
            plan = reconcile(driver, sheet, from_datetime(clock.now()))
        return _report(plan, dry_run=True, supersede=supersede)
    return _write(location, sheet, supersede, tell, pace)


def _read(reader: Reader, material: Material, given: Given | None) -> Sheet:
    now = from_datetime(clock.now())
    sheet = reader.load().read(material, Given(now) if given is None else replace(given, now=now))
    sheet.form = reader.name
    return sheet


@repeated
def _write(location: Location, sheet: Sheet, supersede: bool, tell: Tell, pace: Pace) -> Imported:
    from ledger.storage.writing import transaction

    with transaction(location.place, f"import of {sheet.name}", tell) as work, heeding(work.driver, pace.beat):
        plan = reconcile(work.driver, sheet, work.recorded_at)
        if not supersede:
            refuse_changes(plan)
        pace.begin(plan.statements)
        record(work, plan, pace.count)
        waiting = waiting_outcomes(work.driver, plan)
    return _report(plan, dry_run=False, supersede=supersede, waiting=waiting)


def _report(plan: Plan, *, dry_run: bool, supersede: bool, waiting: Sequence[Waiting] = ()) -> Imported:
    notices = notices_of(plan, dry_run=dry_run, supersede=supersede, waiting=waiting)
    said, data = said_of(plan, dry_run=dry_run), data_of(plan, dry_run=dry_run)
    return Imported(said, notices, data=data, mapped=plan.sheet.mapped)


def refuse_unreadable(path: Path) -> None:
    """Refuse a path that is no file."""
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file to import")
    if not path.exists():
        raise NotFoundError(f"there is no file {path}")


def _refuse_pipe(path: Path) -> None:
    """What is read of a pipe to find out its format would be gone."""
    if not path.is_file():
        raise InputError(f"{path} is a pipe or a device; save what it holds in a file, and name that")


def detect(path: Path) -> str:
    """The format of a file by its content, never by its name: what ``--from`` would call it."""
    return material_of((path,), None)[1].name
