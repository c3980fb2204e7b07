"""One writer at a time; who waits is told for what."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Self

import pytest

from ledger.errors import StoreError
from ledger.journal.entry import Draft
from ledger.storage import locking
from ledger.storage.locking import writer_lock
from ledger.storage.sqlite import reading
from ledger.storage.writing import transaction


class Holder:
    """Another writer, which holds the ledger until it is told to let go."""

    def __init__(self, ledger: Path, purpose: str) -> None:
        self.has, self.may_go = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._hold, args=(ledger, purpose))

    def _hold(self, ledger: Path, purpose: str) -> None:
        with writer_lock(ledger, purpose):
            self.has.set()
            self.may_go.wait(30)

    def __enter__(self) -> Self:
        self.thread.start()
        assert self.has.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.may_go.set()
        self.thread.join(10)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "TELL_AFTER", 0.05)


def test_a_second_writer_waits_and_is_told_once_for_what(ledger: Path) -> None:
    heard: list[str] = []
    with Holder(ledger, "import of big.csv") as holder:

        def tell(said: str) -> None:
            heard.append(said)
            threading.Timer(0.2, holder.may_go.set).start()

        with transaction(ledger, "add", tell) as work:
            work.append([Draft.of("forecaster", {"forecaster": 1}, {"name": "Ada"})])
    said = f"waiting for another command that writes: import of big.csv (process {os.getpid()})"
    assert heard == [said]
    with reading(ledger) as driver:
        assert driver.one("SELECT COUNT(*) FROM entry") == (1,)


def test_a_short_wait_is_not_worth_a_word(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "TELL_AFTER", 60.0)
    heard: list[str] = []
    with Holder(ledger, "add") as holder:
        threading.Timer(0.05, holder.may_go.set).start()
        with writer_lock(ledger, "update", heard.append):
            pass
    assert heard == []


def test_a_free_ledger_is_taken_at_once_and_signed(ledger: Path) -> None:
    heard: list[str] = []
    side = ledger.with_name("ledger.db.lock")
    with writer_lock(ledger, "import of a rather long name.csv", heard.append):
        pass
    with writer_lock(ledger, "add", heard.append):
        assert side.read_text() == f"add (process {os.getpid()})"
    assert heard == []
    assert side.stat().st_mode & 0o777 == 0o600


def test_the_wait_has_an_end(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locking, "GIVE_UP_AFTER", 0.1)
    with Holder(ledger, "add"), pytest.raises(StoreError) as refusal, writer_lock(ledger, "update"):
        pass
    assert str(refusal.value) == f"{ledger}: another command has been writing for 0 seconds; try again later"


def test_a_failed_command_lets_go(ledger: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), writer_lock(ledger, "add"):
            raise ZeroDivisionError
    heard: list[str] = []
    with writer_lock(ledger, "add", heard.append):
        assert heard == []


def test_a_disk_too_full_for_the_note_stops_nobody(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "ftruncate", full)
    with writer_lock(ledger, "add"):
        pass


def test_where_no_side_file_can_be_made_nothing_is_written(tmp_path: Path) -> None:
    ledger = tmp_path / "none" / "ledger.db"
    with pytest.raises(StoreError) as refusal, writer_lock(ledger, "add"):
        pass
    assert str(refusal.value) == (
        f"{ledger}: the ledger is read-only here (No such file or directory); nothing was written; check owner and mode"
    )


def test_writers_in_a_row_lose_nothing(ledger: Path) -> None:
    """Four at once, ten commands each; the numbers run without a gap."""

    def write(who: int) -> None:
        for count in range(10):
            with transaction(ledger, "add") as work:
                work.append([Draft.of("forecaster", {"forecaster": 100 * who + count}, {"name": f"{who}-{count}"})])

    writers = [threading.Thread(target=write, args=(who,)) for who in range(1, 5)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    with reading(ledger) as driver:
        assert driver.one("SELECT COUNT(*), MAX(seq) FROM entry") == (40, 40)
        assert driver.one("SELECT COUNT(*) FROM forecaster") == (40,)
