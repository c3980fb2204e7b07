"""Beginning a ledger: with a shipped set, empty, or with a file, whose failure leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ledger.data_files import load_seed, shipped_seeds
from ledger.errors import LedgerError
from ledger.services.opening import opened
from ledger.services.results import Done
from ledger.services.starting import initialise
from ledger.services.transfer import Progress, import_file, refuse_unreadable
from ledger.services.wording import counted
from ledger.storage.location import Location

Tell = Callable[[str], None]
SIDE_FILES = ("", "-wal", "-shm", "-journal", ".lock")


def seed_words(name: str) -> tuple[str, str]:
    """A shipped set in two lines: its title; by whom, of when, how many questions."""
    seed = load_seed(name)
    told, source = counted(len(seed["questions"]), "question"), seed["source"]
    return seed["title"], f"{told} by {seed['forecaster']['name']}, {source['published']}, ready to review"


def first_seed() -> str:
    """The shipped set that a new user is offered."""
    return shipped_seeds()[0]


def begin_with_file(location: Location, path: Path, tell: Tell, progress: Progress | None = None) -> Done:
    """Make a ledger and bring a file in; where that is refused or called off, no ledger is left that was not there."""
    refuse_unreadable(path)
    there = location.may_be_there()
    begun = initialise(location, None, tell)
    try:
        done = import_file(location, path, origin=None, dry_run=False, supersede=False, tell=tell, progress=progress)
    except BaseException:
        if not there:
            _take_back(location)
        raise
    return Done([*begun.said, *done.said], [*begun.notices, *done.notices])


def _take_back(location: Location) -> None:
    """Remove a ledger just made, unless somebody has recorded something in it meanwhile."""
    with suppress(LedgerError):
        with opened(location) as book:
            recorded = book.last_entry
        if not recorded:
            for end in SIDE_FILES:
                location.path.with_name(location.path.name + end).unlink(missing_ok=True)
