"""Noticing what others write: what it was about, and nothing in anybody's way."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from desk import Desk

from ledger.errors import StoreError
from ledger.journal.entry import Draft
from ledger.services.noticing import Noticed, Watch
from ledger.storage.location import Location
from ledger.storage.reading import changes
from ledger.storage.writing import transaction


@pytest.fixture
def watch(desk: Desk) -> Iterator[Watch]:
    for number in range(4):
        desk.ask(f"Question {number}?", p="10%")
    watch = Watch(desk.at)
    yield watch
    watch.close()


@contextmanager
def somebody(desk: Desk, begin: str) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of its work, which does not wait for anybody."""
    connection = sqlite3.connect(desk.path, isolation_level=None, timeout=0)
    connection.execute(begin)
    yield connection
    connection.execute("ROLLBACK")
    connection.close()


def test_nothing_new_is_nothing(watch: Watch) -> None:
    assert watch.poll() is watch.poll() is None


CHANGES: list[tuple[str, Callable[[Desk], object], set[int] | None]] = [
    ("a statement", lambda desk: desk.say("#2", "20%"), {2}),
    ("a question", lambda desk: desk.ask("Another?", p="30%", forecaster="zoe"), {5}),
    ("a correction", lambda desk: desk.correct("#3", "11%"), {3}),
    ("a step back", lambda desk: desk.withdraw("#1"), {1}),
    ("an edit", lambda desk: desk.edit("#4", title="Fourth?"), {4}),
    ("an outcome", lambda desk: desk.wait(200).resolve("#4", "yes"), {4}),
    ("two commands", lambda desk: (desk.say("#2", "20%"), desk.void("#1")), {1, 2}),
    ("a redaction", lambda desk: desk.redact("#2"), {2}),
    ("a new book", lambda desk: desk.rebuild(), None),
]


@pytest.mark.parametrize(("change", "about"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_what_was_written_is_noticed_once(
    desk: Desk, watch: Watch, change: Callable[[Desk], object], about: set[int] | None
) -> None:
    change(desk)
    noticed = watch.poll()
    assert noticed == Noticed(desk.entries(), None if about is None else frozenset(about))
    assert watch.poll() is None


def test_questions_that_depend_on_it_are_told_too(desk: Desk, watch: Watch) -> None:
    desk.ask("And then?", condition="#2=yes")
    desk.ask("And after that?", condition="#5=yes")
    assert watch.poll() == Noticed(desk.entries(), frozenset({5, 6}))
    desk.wait(200).resolve("#2", "yes")
    assert watch.poll() == Noticed(desk.entries(), frozenset({2, 5, 6}))


def test_a_name_that_is_gone_is_gone_everywhere(desk: Desk, watch: Watch) -> None:
    entry = desk.rows("SELECT entry FROM forecaster WHERE name = 'ann'")[0][0]
    with desk.clock(), transaction(desk.path, "redact") as work:
        work.append([Draft.of("redact", {"entries": [entry]}, {"reason": "a name"})])
    assert watch.poll() == Noticed(desk.entries(), None)


def test_a_great_deal_may_be_anything(desk: Desk, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST", 2)
    desk.say("#1", "20%")
    desk.say("#2", "20%")
    assert watch.poll() == Noticed(desk.entries(), frozenset({1, 2}))
    for number in ("#1", "#2", "#3"):
        desk.say(number, "40%")
    assert watch.poll() == Noticed(desk.entries(), None)


def test_a_writer_is_not_waited_for(desk: Desk, watch: Watch) -> None:
    with somebody(desk, "BEGIN IMMEDIATE"):
        assert watch.poll() is None  # nothing is written before it commits
    seen = desk.entries()
    with somebody(desk, "BEGIN EXCLUSIVE"):
        began = time.monotonic()
        assert watch.poll() == Noticed(seen, busy=True)
        assert time.monotonic() - began < 1
    assert watch.poll() is None


def test_nobody_waits_for_the_watch(desk: Desk, watch: Watch) -> None:
    for _ in range(3):
        watch.poll()
        with somebody(desk, "BEGIN EXCLUSIVE"):
            pass
    desk.say("#1", "20%")
    watch.poll()
    with somebody(desk, "BEGIN EXCLUSIVE"):
        pass


def test_a_ledger_that_is_busy_at_first_is_opened_later(desk: Desk) -> None:
    desk.ask("Rain?")
    with somebody(desk, "BEGIN EXCLUSIVE"):
        watch = Watch(desk.at)
        assert watch.poll() == Noticed(0, busy=True)
    assert watch.poll() == Noticed(desk.entries())
    assert watch.poll() is None
    watch.close()


def test_a_file_that_goes_and_comes_back_is_noticed(desk: Desk, watch: Watch) -> None:
    seen, away = desk.entries(), desk.path.with_name("away.db")
    desk.path.rename(away)
    assert watch.poll() == watch.poll() == Noticed(seen, gone=True)
    away.rename(desk.path)
    assert watch.poll() == Noticed(seen)
    assert watch.poll() is None


def test_a_file_put_in_its_place_is_another_ledger(desk: Desk, watch: Watch) -> None:
    other = desk.path.with_name("other.db")
    shutil.copyfile(desk.path, other)
    Desk(other).say("#1", "20%")
    other.replace(desk.path)
    assert watch.poll() == Noticed(desk.entries())
    desk.say("#3", "20%")
    assert watch.poll() == Noticed(desk.entries(), frozenset({3}))


def test_something_else_in_its_place_is_told(desk: Desk, watch: Watch) -> None:
    desk.path.unlink()
    desk.path.mkdir()
    with pytest.raises(StoreError, match="is a folder"):
        watch.poll()
    desk.path.rmdir()
    desk.path.write_bytes(b"no ledger at all" * 100)
    with pytest.raises(StoreError, match="not a ledger"):
        watch.poll()
    desk.path.write_bytes(b"")
    with pytest.raises(StoreError, match="holds no ledger"):
        watch.poll()


@pytest.mark.parametrize("facts", ["", "[]", "7", '{"question": []}', "null"])
def test_a_damaged_entry_may_be_about_anything(desk: Desk, watch: Watch, facts: str) -> None:
    desk.say("#1", "20%")
    connection = sqlite3.connect(desk.path)
    connection.execute("DROP TRIGGER entry_update")
    connection.execute("UPDATE entry SET facts = ? WHERE seq = (SELECT MAX(seq) FROM entry)", (facts,))
    connection.commit()
    connection.close()
    assert watch.poll() == Noticed(desk.entries(), None)


def test_a_damaged_ledger_is_told(desk: Desk, watch: Watch) -> None:
    connection = sqlite3.connect(desk.path)
    connection.execute("DROP TABLE entry")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError):
        watch.poll()


def test_no_ledger_at_first_is_a_ledger_that_is_gone(desk: Desk) -> None:
    watch = Watch(Location(desk.path.with_name("none.db")))
    assert watch.poll() == Noticed(0, gone=True)
    shutil.copyfile(desk.path, desk.path.with_name("none.db"))
    assert watch.poll() == Noticed(desk.entries())
    watch.close()


def test_a_folder_is_no_ledger(desk: Desk) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        Watch(Location(desk.path.parent))


def test_a_look_costs_next_to_nothing(watch: Watch) -> None:
    """Under 0.2 ms of processor time each, as a median of some hundred."""
    taken = []
    for _ in range(300):
        began = time.process_time_ns()
        assert watch.poll() is None
        taken.append(time.process_time_ns() - began)
    assert sorted(taken)[150] < 200_000
