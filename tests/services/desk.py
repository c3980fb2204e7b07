"""A temporary ledger, a clock that tests set, and the services at hand."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ledger import clock
from ledger.domain.filters import Filters
from ledger.services.adding import Asked, add
from ledger.services.channels import Channel
from ledger.services.correcting import correct
from ledger.services.editing import Changes, edit, redact
from ledger.services.exporting import export_file
from ledger.services.looking_again import forget, look_again
from ledger.services.maintain import rebuild, verify
from ledger.services.opening import Book, opened
from ledger.services.reminding import Delivery, remind
from ledger.services.results import Done
from ledger.services.review_ruling import Changes as RuleChanges
from ledger.services.review_ruling import set_rules
from ledger.services.score import ScoreRequest, score
from ledger.services.settling import reopen, resolve, void
from ledger.services.snoozing import snooze, wake
from ledger.services.starting import initialise
from ledger.services.stating import update, withdraw
from ledger.services.transfer import import_file
from ledger.services.values import Stated
from ledger.storage.location import Location

EVERYTHING = Filters()
Progress = Callable[[int, int], None] | None
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
JOURNAL = ("entry", "entry_text")
BOOK = (
    *("forecaster", "source", "question", "question_sieve", "question_option", "question_tag", "edit", "forecast"),
    *("forecast_text", "correction", "withdrawal", "resolution", "snooze", "look_again", "review_rules", "announced"),
    *("unit", "redaction"),
)


def day(number: float) -> str:
    """RFC 3339 of so many days after the beginning."""
    return (BEGIN + timedelta(days=number)).isoformat().replace("+00:00", "Z")


class Desk:
    """One ledger; commands are given at ``now``, ``FORECAST_FORECASTER`` not being read."""

    def __init__(self, path: Path) -> None:
        self.at = Location(path)
        self.now = BEGIN
        self.heard: list[str] = []

    @property
    def path(self) -> Path:
        return self.at.path

    def wait(self, days: float) -> Desk:
        self.now += timedelta(days=days)
        return self

    @contextmanager
    def clock(self) -> Iterator[None]:
        with clock.set_to(self.now):
            yield

    def init(self, seed: str | None = None) -> Done:
        with self.clock():
            return initialise(self.at, seed, self.heard.append)

    def ask(self, title: str = "Will it rain?", by: str = "", p: str | None = None, **more: Any) -> Done:
        who = {} if p is None else {"stated": Stated(p), "forecaster": more.pop("forecaster", "ann")}
        with self.clock():
            return add(self.at, Asked(title, by or day(100), **{**who, **more}), self.heard.append)

    def say(self, told: str, p: str | Stated, who: str = "ann", **more: Any) -> Done:
        with self.clock():
            stated = Stated(p) if isinstance(p, str) else p
            return update(self.at, told, stated, self.heard.append, forecaster=who, **more)

    def withdraw(self, told: str, who: str | None = "ann", reason: str | None = None) -> Done:
        with self.clock():
            return withdraw(self.at, told, self.heard.append, forecaster=who, reason=reason)

    def correct(self, told: str, p: str | Stated, who: str | None = "ann", reason: str = "a slip") -> Done:
        with self.clock():
            stated = Stated(p) if isinstance(p, str) else p
            return correct(self.at, told, stated, reason, self.heard.append, forecaster=who)

    def resolve(self, told: str, outcome: str, **more: Any) -> Done:
        with self.clock():
            return resolve(self.at, told, outcome, self.heard.append, **more)

    def void(self, told: str, reason: str = "asked badly") -> Done:
        with self.clock():
            return void(self.at, told, reason, self.heard.append)

    def reopen(self, told: str, reason: str = "too soon") -> Done:
        with self.clock():
            return reopen(self.at, told, reason, self.heard.append)

    def snooze(self, told: str, until: str, reason: str | None = None, **more: Any) -> Done:
        with self.clock():
            return snooze(self.at, told, until, reason, self.heard.append, **more)

    def wake(self, told: str) -> Done:
        with self.clock():
            return wake(self.at, told, self.heard.append)

    def look_again(self, told: str, on: str, reason: str | None = None, **more: Any) -> Done:
        with self.clock():
            return look_again(self.at, told, on, reason, self.heard.append, **more)

    def forget(self, told: str, on: str | None = None, reason: str | None = None) -> Done:
        with self.clock():
            return forget(self.at, told, on, reason, self.heard.append)

    def rule(self, **changes: str) -> Done:
        with self.clock():
            return set_rules(self.at, RuleChanges(**changes), self.heard.append)

    def remind(self, *channels: Channel) -> list[Delivery]:
        """One pass; the failures are among what was heard."""
        with self.clock():
            return list(remind(self.at, channels, self.heard.append))

    def edit(self, told: str, reason: str = "unclear", **changes: Any) -> Done:
        with self.clock():
            return edit(self.at, told, Changes(**changes), reason, self.heard.append)

    def redact(self, told: str, reason: str = "a name") -> Done:
        with self.clock():
            return redact(self.at, told, reason, self.heard.append)

    def take_in(self, path: Path, *, supersede: bool = False, dry_run: bool = False, progress: Progress = None) -> Any:
        more = {"supersede": supersede, "dry_run": dry_run, "progress": progress}
        with self.clock():
            return import_file(self.at, path, origin=None, tell=self.heard.append, **more)  # type: ignore[arg-type]

    def give_out(
        self,
        path: Path,
        form: str = "csv",
        as_of: str | None = None,
        filters: Filters = EVERYTHING,
        progress: Progress = None,
    ) -> Done:
        more = {"filters": filters, "as_of": as_of, "progress": progress}
        with self.clock():
            return export_file(self.at, path, form=form, force=True, tell=self.heard.append, **more)  # type: ignore[arg-type]

    def score(self, policy: str = "time-average", as_of: str | None = None, **more: Any) -> dict[str, Any]:
        with self.clock():
            request = ScoreRequest(policy=policy, **{"resamples": 20, **more})
            return score(self.at, request, as_of).as_data()

    def verify(self) -> list[str]:
        with self.clock():
            return verify(self.at).findings

    def rebuild(self) -> Done:
        with self.clock():
            return rebuild(self.at, self.heard.append)

    @contextmanager
    def book(self, as_of: str | None = None) -> Iterator[Book]:
        with self.clock(), opened(self.at, as_of) as book:
            yield book

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the file, read without the program."""
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def dump(self, tables: tuple[str, ...] = BOOK) -> dict[str, list[tuple[Any, ...]]]:
        return {table: self.rows(f'SELECT * FROM "{table}" ORDER BY 1, 2') for table in tables}

    def entries(self) -> int:
        return int(self.rows("SELECT COUNT(*) FROM entry")[0][0])


def memory_folder() -> Path | None:
    """Where files live in memory, so that a thousand commits do not wait for a disk."""
    folder = Path("/dev/shm")
    return folder if folder.is_dir() else None


@contextmanager
def fresh_desk(pattern: Path) -> Iterator[Desk]:
    """A ledger that is a copy of the empty one at ``pattern``."""
    with tempfile.TemporaryDirectory(dir=memory_folder()) as folder:
        path = Path(folder) / "ledger.db"
        shutil.copyfile(pattern, path)
        yield Desk(path)
