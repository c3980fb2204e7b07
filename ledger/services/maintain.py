"""``verify``, ``rebuild``, ``doctor``: holding the ledger against itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ledger.errors import DamageError, LedgerError
from ledger.journal.checkpoint import Checkpoint
from ledger.journal.verify import check_chain
from ledger.services.progressing import Pace, Progress
from ledger.services.results import Done
from ledger.storage.access import reading
from ledger.storage.attempts import repeated
from ledger.storage.cancelling import heeding
from ledger.storage.driver import Driver
from ledger.storage.location import Location
from ledger.storage.schema import HEAD, is_newer, missing_guards, stored_revision
from ledger.storage.sqlite import SQLITE_VERSION, has_sound_wal, open_reading, recognise, told_plainly

Tell = Callable[[str], None]
MOST_FINDINGS = 20

NO_ANCHOR = (
    "a cut tail, or a history rewritten as a whole, shows only against a head kept outside: "
    "keep this checkpoint, and give it later with --checkpoint"
)


@dataclass(slots=True)
class Verdict:
    """What ``verify`` found; ``ok`` where it found nothing."""

    entries: int
    head: str
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    checkpoint: str | None = None
    """The line to keep outside, where the journal verifies."""

    @property
    def ok(self) -> bool:
        """Whether the record verifies."""
        return not self.findings

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        return {
            "ok": self.ok, "entries": self.entries, "head": self.head, "findings": self.findings, "notes": self.notes,
            "checkpoint": self.checkpoint,
        }  # fmt: skip


def verify(location: Location, *, checkpoint: str | None = None, progress: Progress | None = None) -> Verdict:
    """Recompute the chain, tell the book anew beside the stored one, and name every entry and field that differ."""
    from ledger.services.verifying import verify_record

    known = None if checkpoint is None else Checkpoint.parse(checkpoint)
    with reading(location.place, any_text=True) as driver:
        row = driver.one("SELECT COUNT(*) FROM entry")
        pace = Pace(progress, int(row[0] if row else 0))
        with heeding(driver, pace.beat):
            told = verify_record(driver, known, pace, MOST_FINDINGS)
            damage = driver.damage(MOST_FINDINGS)
        chain = told.chain
        verdict = Verdict(chain.size, chain.head.hex(), told.findings, told.notes, told.checkpoint)
        verdict.findings += [f"file: {said}" for said in damage]
        verdict.findings += [
            f"the guard {name} is missing or not as it was made: the journal can be changed"
            for name in missing_guards(driver)
        ]
        if known is None:
            verdict.notes.append(NO_ANCHOR)
        return verdict


@repeated
def rebuild(location: Location, tell: Tell, progress: Progress | None = None) -> Done:
    """Empty the book and tell it again from the journal, whose chain must verify first."""
    from ledger.storage.book import rebuild as tell_again
    from ledger.storage.journal_rows import stream_entries
    from ledger.storage.writing import transaction

    pace = Pace(progress)
    with transaction(location.place, "rebuild", tell) as work, heeding(work.driver, pace.beat):
        verdict = check_chain(stream_entries(work.driver))
        if not verdict.is_sound:
            raise DamageError(f"the journal does not verify, so no book is told from it: {verdict.findings[0]}")
        pace.begin(work.last_seq)
        tell_again(work.driver, pace.count)
        return Done([f"the book was told again from {work.last_seq:,} entries"])


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that ``doctor`` looked at."""

    name: str
    ok: bool
    said: str


def doctor(location: Location) -> list[Check]:
    """Look at the surroundings: file and mode or server, schema, SQLite, zone, clock."""
    from ledger.services.dates import default_zone

    checks = _of_server(location) if location.on_server else _of_file(location)
    zone = default_zone()
    checks.append(Check("time zone", True, f"{zone.name} (from {zone.origin}); set another with FORECAST_ZONE"))
    return checks


def _of_server(location: Location) -> list[Check]:
    try:
        with reading(location.place) as driver:
            around = [Check(name, ok, said) for name, ok, said in driver.surroundings()]
            return [Check("ledger", True, str(location)), *around, *_of_store(driver)]
    except LedgerError as problem:
        return [Check("ledger", False, str(problem))]


def _of_file(location: Location) -> list[Check]:
    there = location.path.is_file()
    found = [Check("ledger", there, str(location)), *(_of_present_file(location) if there else ())]
    how = "WAL" if has_sound_wal() else "rollback journal, as this version can damage a WAL file"
    return [*found, Check("SQLite", True, f"{SQLITE_VERSION}: {how}")]


def _of_present_file(location: Location) -> list[Check]:
    mode = location.path.stat().st_mode & 0o777
    checks = [Check("privacy", not mode & 0o077, f"mode {mode:04o}" + (": others can read it" if mode & 0o077 else ""))]
    checks.append(
        Check("writable", os.access(location.path, os.W_OK), "yes" if os.access(location.path, os.W_OK) else "no")
    )
    try:
        connection = open_reading(location.path)
    except LedgerError as problem:
        return [*checks, Check("store", False, str(problem))]
    try:
        with told_plainly(location.path):
            driver = Driver(connection)
            recognise(driver, location.path)
            return [*checks, *_of_store(driver)]
    except LedgerError as problem:
        return [*checks, Check("store", False, str(problem))]
    finally:
        connection.close()


def _of_store(driver: Driver) -> Iterator[Check]:
    revision = stored_revision(driver) or ""
    newer = is_newer(revision)
    yield Check("schema", not newer, f"{revision}, this program knows {HEAD}" + ("; upgrade to write" if newer else ""))
    if not driver.on_server:
        damage = driver.damage(MOST_FINDINGS)
        yield Check("file", not damage, damage[0] if damage else "sound")
    missing = missing_guards(driver)
    yield Check("guards", not missing, f"missing: {', '.join(missing)}" if missing else "the journal is append-only")
    row = driver.one("SELECT COUNT(*), MAX(recorded_at) FROM entry")
    yield _clock_check(row[1] if row else None)


def _clock_check(last: int | None) -> Check:
    from ledger import clock
    from ledger.domain.instants import format_instant, from_datetime

    now = from_datetime(clock.now())
    if last is None or last <= now:
        return Check("clock", True, format_instant(now))
    said = (
        f"the last entry was recorded at {format_instant(last)}, ahead of the clock: entries keep that time until then"
    )
    return Check("clock", False, said)
