"""Two that make a ledger at once, and a clock that stands before the last entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

from ledger import clock
from ledger.journal.entry import Draft
from ledger.storage.sqlite import reading
from ledger.storage.writing import creation, transaction

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def _record(path: Path, number: int, said: list[str]) -> None:
    with creation(path, "init", said.append) as work:
        row = work.driver.one("SELECT COUNT(*) FROM forecaster")
        assert row is not None
        work.append([Draft.of("forecaster", {"forecaster": row[0] + 1}, {"name": f"of {number}"})])


def test_two_that_make_a_ledger_at_once_both_have_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    threads = [Thread(target=_record, args=(path, number, [])) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(path) as driver:
        assert [name for (name,) in driver.all("SELECT name FROM forecaster ORDER BY name")] == ["of 0", "of 1"]


def test_a_clock_before_the_last_entry_is_told_and_no_entry_runs_backwards(tmp_path: Path) -> None:
    path, said = tmp_path / "ledger.db", list[str]()
    with clock.set_to(NOON):
        _record(path, 0, said)
    assert said == []
    with clock.set_to(NOON - timedelta(hours=1)), transaction(path, "add", said.append) as work:
        work.append([Draft.of("forecaster", {"forecaster": 2}, {"name": "of 1"})])
    assert said == [
        "the clock stands at 2026-06-01T11:00:00Z, before the last entry: recorded as of 2026-06-01T12:00:00Z"
    ]
    with reading(path) as driver:
        assert len({at for (at,) in driver.all("SELECT recorded_at FROM entry")}) == 1
