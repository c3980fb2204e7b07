"""``import``: a file's content decides what it is; all of it comes in, or nothing."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger import clock
from ledger.domain.instants import from_datetime
from ledger.errors import InputError, NotFoundError
from ledger.formats.sheet import Sheet
from ledger.services.importing import record, refuse_changes
from ledger.services.progressing import Pace, Progress
from ledger.services.reconciling import Plan, reconcile
from ledger.services.results import Done
from ledger.services.waiting_outcomes import Waiting, waiting_outcomes, waiting_words
from ledger.services.wording import counted
from ledger.storage.cancelling import heeding
from ledger.storage.location import Location
from ledger.storage.sqlite import reading

__all__ = ["Imported", "Progress", "Tell", "detect", "import_file", "refuse_unreadable"]

Tell = Callable[[str], None]


@dataclass(slots=True)
class Imported(Done):
    """What an import brought, or would bring."""

    data: dict[str, object] = field(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """The counts, for JSON."""
        return self.data


def import_file(
    location: Location, path: Path, *, origin: str | None, dry_run: bool, supersede: bool, tell: Tell,
    progress: Progress | None = None,
) -> Imported:  # fmt: skip
    """Bring in a file: parsed and checked first, then written in one transaction; the same file again adds nothing.

    ``progress`` hears of the bytes read, and then of the statements written; what it raises ends the import, and
    nothing is written.
    """
    refuse_unreadable(path)
    if (origin or detect(path)) == "jsonl":
        from ledger.services.replaying import import_journal

        return Imported(*import_journal(location, path, dry_run=dry_run, tell=tell, progress=progress))
    from ledger.formats.own_csv import read_csv

    with reading(location.path):
        pass
    pace = Pace(progress, path.stat().st_size)
    sheet = read_csv(path, name=path.name, progress=pace.reach)
    if dry_run:
        with reading(location.path) as driver, heeding(driver, pace.beat):
            plan = reconcile(driver, sheet, from_datetime(clock.now()))
        return _report(plan, dry_run=True, supersede=supersede)
    return _write(location, sheet, supersede, tell, pace)


def _write(location: Location, sheet: Sheet, supersede: bool, tell: Tell, pace: Pace) -> Imported:
    from ledger.storage.writing import transaction

    with transaction(location.path, f"import of {sheet.name}", tell) as work, heeding(work.driver, pace.beat):
        plan = reconcile(work.driver, sheet, work.recorded_at)
        if not supersede:
            refuse_changes(plan)
        pace.begin(plan.statements)
        record(work, plan, pace.count)
        waiting = waiting_outcomes(work.driver, plan)
    return _report(plan, dry_run=False, supersede=supersede, waiting=waiting)


def _report(plan: Plan, *, dry_run: bool, supersede: bool, waiting: Sequence[Waiting] = ()) -> Imported:
    sheet = plan.sheet
    questions, statements = sum(plan.new), plan.statements
    old = len(sheet) - statements
    would = "would add" if dry_run else "added"
    said = [f"{sheet.name}: {would} {counted(questions, 'question')} and {counted(statements, 'statement')}"]
    if old:
        said.append(f"{counted(old, 'statement was', 'statements were')} there already")
    notices = list(sheet.notes)
    for change in plan.changes[:20]:
        question = sheet.questions[change.at]
        verb = "adds" if change.adds else "differs in"
        notices.append(f"line {question.line}: {question.key} {verb} {change.field}: {change.before} → {change.after}")
    if dry_run and not supersede and any(not change.adds for change in plan.changes):
        notices.append("without --supersede this import is refused")
    if unsaid := sum(1 for at, one in plan.outcomes.items() if one.text != "void" and _has_no_time(sheet, at)):
        closed = "that question closed at its" if unsaid == 1 else "those questions closed at their"
        notices.append(f"{counted(unsaid, 'outcome')} came without resolved_at: {closed} deadline")
    notices.extend(waiting_words(sheet, waiting))
    data = {"questions": questions, "statements": statements, "already_there": old, "changes": len(plan.changes)}
    return Imported(said, notices, data={"dry_run": dry_run, **data})


def _has_no_time(sheet: Sheet, at: int) -> bool:
    return sheet.questions[at].known_at is None


def refuse_unreadable(path: Path) -> None:
    """Refuse a path that is no file."""
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file to import")
    if not path.exists():
        raise NotFoundError(f"there is no file {path}")


def detect(path: Path) -> str:
    """The format of a file by its content, never by its name: JSON Lines or CSV, gzipped or not."""
    try:
        with path.open("rb") as raw:
            head = raw.read(64)
        if head[:2] == b"\x1f\x8b":
            with gzip.open(path) as unpacked:
                head = unpacked.read(64)
    except (OSError, EOFError, zlib.error) as problem:
        raise InputError(
            f"{path} cannot be read ({problem}); check that it is whole and that its mode lets you"
        ) from problem
    return "jsonl" if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else "csv"
