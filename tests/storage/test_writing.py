"""One command, one transaction: all of it, or nothing; times that never run back."""

from __future__ import annotations

import gc
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger import clock
from ledger.journal.entry import Draft
from ledger.journal.verify import check_chain
from ledger.storage import writing
from ledger.storage.journal_rows import last_of, read_entries, stream_entries
from ledger.storage.sqlite import reading
from ledger.storage.writing import transaction, unhurried_collector

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def named(number: int) -> Draft:
    return Draft.of("forecaster", {"forecaster": number}, {"name": f"Forecaster {number}"})


def test_entries_are_numbered_and_chained_command_by_command(ledger: Path) -> None:
    with transaction(ledger, "test") as work:
        assert work.last_seq == 0
        assert work.append([named(1), named(2)]) == [1, 2]
        assert work.append([]) == []
        assert work.append([named(3)]) == [3]
        assert work.last_seq == 3
    with transaction(ledger, "test") as work:
        assert work.append([named(4)]) == [4]
    with reading(ledger) as driver:
        entries = list(stream_entries(driver))
        assert [(entry.seq, entry.position) for entry in entries] == [(1, 0), (2, 1), (3, 2), (4, 0)]
        assert len({entry.command for entry in entries}) == 2
        assert check_chain(entries).is_sound
        assert last_of(driver) == (4, entries[-1].head, entries[-1].recorded_at)
        assert [entry.seq for entry in stream_entries(driver, after=1, until=3)] == [2, 3]
        assert [entry.seq for entry in read_entries(driver, [3, 99, 1])] == [3, 1]


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_what_fails_leaves_nothing(told: Path, error: type[BaseException]) -> None:
    before = told.read_bytes()
    with pytest.raises(error), transaction(told, "test") as work:
        work.append([named(2), named(3)])
        raise error
    assert told.read_bytes() == before


def test_recorded_at_is_our_clock_and_never_before_the_entry_ahead(ledger: Path) -> None:
    times = [0, 5, 5, 3, -1000, 4, 6]
    regressed = []
    for number, seconds in enumerate(times, 1):
        with clock.set_to(NOON + timedelta(seconds=seconds)), transaction(ledger, "test") as work:
            work.append([named(number)])
            regressed.append(work.clock_regressed)
    with reading(ledger) as driver:
        recorded = [at for (at,) in driver.all("SELECT recorded_at FROM entry ORDER BY seq")]
    begin = int(NOON.timestamp()) * 1_000_000
    assert [(at - begin) // 1_000_000 for at in recorded] == [0, 5, 5, 5, 5, 5, 6]
    assert regressed == [False, False, False, True, True, True, False]


def test_streams_are_written_in_blocks_that_are_told(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "BLOCK", 3)
    heard: list[int] = []
    with transaction(ledger, "test") as work:
        work.stream(map(named, range(1, 8)), heard.append)
    assert heard == [3, 3, 1]
    with reading(ledger) as driver:
        assert driver.one("SELECT COUNT(*), MAX(id) FROM forecaster") == (7, 7)


def test_the_collector_rests_and_then_works_as_before() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), unhurried_collector():
        assert gc.get_threshold()[0] == 500_000
        raise ZeroDivisionError
    assert gc.get_threshold() == before


def test_texts_are_dropped_by_a_redaction_and_by_nothing_else(told: Path) -> None:
    with reading(told) as driver:
        assert driver.all("SELECT seq FROM entry WHERE commitment IS NOT NULL EXCEPT SELECT seq FROM entry_text") == [
            (5,)
        ]
        assert driver.all("SELECT redacted, entry, reason FROM redaction") == [(5, 11, "a name")]
        assert driver.one("SELECT reason FROM forecast_text WHERE entry = 5") is None
        assert driver.one("SELECT probability, stated FROM forecast WHERE entry = 5") == (0.06, 0.6)
