"""Connections to a server that end at any point: what is recorded is there, all of it and once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from postgresql_servers import PASSWORD, Cluster
from postgresql_stories import DAY, asked, recorded, said, silent

from ledger import clock
from ledger.domain.instants import parse_rfc3339, to_datetime
from ledger.errors import Cancelled, LedgerError, StoreError
from ledger.services.channels import Message
from ledger.services.maintain import rebuild, verify
from ledger.services.opening import opened
from ledger.services.reminding import remind
from ledger.services.stating import update
from ledger.services.transfer import import_file
from ledger.services.values import Stated
from ledger.storage import attempts
from ledger.storage.access import reading
from ledger.storage.cancelling import cancellable
from ledger.storage.location import Location, locate
from ledger.storage.postgresql import connecting
from ledger.storage.postgresql.connection import Connection, adapt
from ledger.storage.postgresql.driver import ServerDriver
from ledger.storage.writing import transaction


def state(location: Location, reason: str = "once") -> None:
    update(location, "rain", Stated("60%"), silent, forecaster="ann", reason=reason)


def end(cluster: Cluster, connection: Connection) -> None:
    """End a connection as its administrator would."""
    cluster.sql(f"SELECT pg_terminate_backend({connection.info.backend_pid})")
    time.sleep(0.05)


class Meddling:
    """Stands between the program and its commits; ``before`` and ``after`` the first of them something happens."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.commits = 0
        self.before: Callable[[Connection], object] = lambda _: None
        self.after: Callable[[Connection], object] = lambda _: None
        execute = Connection.execute

        def meddled(connection: Connection, query: Any, *arguments: Any, **named: Any) -> Any:
            if query != "COMMIT":
                return execute(connection, query, *arguments, **named)
            self.commits += 1
            if self.commits == 1:
                self.before(connection)
            result = execute(connection, query, *arguments, **named)
            if self.commits == 1:
                self.after(connection)
            return result

        monkeypatch.setattr(Connection, "execute", meddled)


@pytest.fixture
def meddling(monkeypatch: pytest.MonkeyPatch) -> Meddling:
    return Meddling(monkeypatch)


def fail(_: Connection) -> None:
    raise psycopg.OperationalError("server closed the connection unexpectedly")


def test_a_commit_that_was_lost_is_done_again(cluster: Cluster, rain: Location, meddling: Meddling) -> None:
    meddling.before = lambda connection: end(cluster, connection)
    state(rain)
    assert (said(rain), meddling.commits) == (["once"], 2)


def test_a_commit_whose_answer_was_lost_is_not_done_again(rain: Location, meddling: Meddling) -> None:
    meddling.after = fail
    state(rain)
    assert (said(rain), meddling.commits) == (["once"], 1)


def test_a_lost_commit_that_wrote_nothing_is_done_again(rain: Location, meddling: Meddling) -> None:
    meddling.after = fail
    rebuild(rain, silent)
    assert meddling.commits == 2
    assert verify(rain).ok


def test_a_commit_that_nobody_can_look_up_is_said_to_be_unknown(
    cluster: Cluster, rain: Location, meddling: Meddling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "PATIENCE", 0.2)
    monkeypatch.setattr(connecting.connect, "__kwdefaults__", {"patience": 0.2})
    meddling.before = lambda _: cluster.stop("immediate")
    try:
        with pytest.raises(StoreError, match="whether the command was recorded is not known; look with: forecast jour"):
            state(rain)
    finally:
        cluster.start()
    assert said(rain) == []


@pytest.mark.parametrize("problem", [psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected])
def test_what_others_hindered_is_done_again(
    rain: Location, monkeypatch: pytest.MonkeyPatch, problem: type[psycopg.Error]
) -> None:
    many, failed = ServerDriver.many, list[int]()

    def hindered(driver: ServerDriver, *arguments: Any) -> None:
        if len(failed) < 3:
            failed.append(1)
            raise problem("somebody else")
        many(driver, *arguments)

    monkeypatch.setattr(ServerDriver, "many", hindered)
    state(rain)
    assert said(rain) == ["once"]
    monkeypatch.setattr(attempts, "PATIENCE", 0.0)
    failed.clear()
    with pytest.raises(StoreError, match="others wrote at the same time; nothing was written; try again"):
        state(rain)
    assert said(rain) == ["once"]


def test_a_connection_that_ends_in_the_middle_leaves_nothing(cluster: Cluster, rain: Location) -> None:
    expected = pytest.raises(attempts.LostError, match="the connection was lost; nothing was written; try again")
    with expected as lost, transaction(rain.place, "test") as work:
        work.driver.run("UPDATE question SET title = 'x'")
        end(cluster, work.driver.connection)
        work.driver.run("UPDATE question SET title = 'y'")
    assert PASSWORD not in str(lost.value)
    assert verify(rain).ok


def test_a_connection_that_ends_as_it_is_made_is_made_again(
    cluster: Cluster, rain: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    adapted = list[Connection]()

    def ended(connection: Connection) -> None:
        adapted.append(connection)
        if len(adapted) < 3:
            end(cluster, connection)
        else:
            adapt(connection)

    monkeypatch.setattr(connecting, "adapt", ended)
    state(rain)
    assert len(adapted) == 3
    monkeypatch.undo()
    assert said(rain) == ["once"]


def test_a_reader_whose_connection_ends_is_told_so(cluster: Cluster, rain: Location) -> None:
    with pytest.raises(StoreError, match="the connection was lost"), opened(rain) as book:
        end(cluster, book.driver.connection)
        book.driver.one("SELECT 1")
    with opened(rain) as book:
        assert book.last_entry == 1


def test_a_reader_sees_one_state_and_writes_nothing(rain: Location) -> None:
    with reading(rain.place) as driver:
        before = driver.all("SELECT * FROM entry")
        state(rain)
        assert driver.all("SELECT * FROM entry") == before
    with pytest.raises(StoreError, match="read-only"), reading(rain.place) as driver:
        driver.run("DELETE FROM unit")


def test_who_waits_is_told_for_what(rain: Location) -> None:
    held, done, heard = threading.Event(), threading.Event(), list[str]()

    def hold() -> None:
        with transaction(rain.place, "import of big.csv"):
            held.set()
            done.wait(30)

    def tell(told: str) -> None:
        heard.append(told)
        done.set()

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(30)
    update(rain, "rain", Stated("60%"), tell, forecaster="ann")
    holder.join()
    assert heard[0].startswith("waiting for another command that writes: import of big.csv (process ")


def test_a_long_query_is_called_off(rain: Location) -> None:
    began = time.monotonic()

    def late() -> bool:
        return time.monotonic() - began > 0.2

    with pytest.raises(Cancelled), reading(rain.place) as driver, cancellable(driver, late):
        driver.one("SELECT pg_sleep(60)")
    assert time.monotonic() - began < 20


def test_the_servers_own_limit_is_told_and_calls_nothing_off(rain: Location) -> None:
    with (
        pytest.raises(StoreError, match="the server stopped the query"),
        reading(rain.place) as driver,
        cancellable(driver, lambda: False),
    ):
        driver.run("SET LOCAL statement_timeout = '50ms'")
        driver.one("SELECT pg_sleep(60)")


def test_an_import_that_is_called_off_leaves_nothing(rain: Location, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    lines = (f"q{n},Is it {n}?,ann,0.5,2026-01-01T00:00:00Z,2027-01-01T00:00:00Z," for n in range(3000))
    file.write_text("\n".join(["question_id,title,forecaster,probability,forecast_at,deadline,outcome", *lines]) + "\n")
    for stop_at in (0.0, 0.5, 0.99):

        def progress(done: int, total: int, share: float = stop_at) -> None:
            if done >= share * total:
                raise Cancelled

        with pytest.raises(Cancelled):
            import_file(rain, file, origin=None, dry_run=False, supersede=False, tell=silent, progress=progress)
        with opened(rain) as book:
            assert book.last_entry == 1
    import_file(rain, file, origin=None, dry_run=False, supersede=False, tell=silent, progress=lambda *_: None)
    assert verify(rain, progress=lambda *_: None).ok
    with opened(rain) as book:
        assert book.last_entry == 6002


class Heard:
    """A channel that keeps what it is given."""

    name = "mail"

    def __init__(self) -> None:
        self.keys: list[str] = []

    def deliver(self, message: Message) -> None:
        self.keys.append(message.key)


def test_what_was_said_before_its_record_was_lost_is_recorded_and_not_said_again(
    cluster: Cluster, url: str, meddling: Meddling
) -> None:
    location = asked(url, 1)
    meddling.commits, meddling.before = 0, lambda connection: end(cluster, connection)
    channel = Heard()
    with clock.set_to(to_datetime(parse_rfc3339("2027-01-01T12:00:00Z"))):
        deliveries = list(remind(location, [channel], silent))
        assert [one.failure for one in deliveries] == [None]
        assert (len(channel.keys), meddling.commits) == (1, 2)
        assert next(remind(location, [channel], silent)).message is None
    assert len(recorded(location, "mail")) == 1


def test_two_that_make_a_ledger_at_once_make_one(cluster: Cluster, still: None) -> None:
    from ledger.services.starting import initialise

    location, told = locate(cluster.url(cluster.database())), list[object]()

    def make() -> None:
        try:
            with clock.set_to(to_datetime(parse_rfc3339(DAY))):
                told.append(initialise(location, "korybko-2024-11-11", silent).said)
        except LedgerError as problem:
            told.append(problem)

    threads = [threading.Thread(target=make) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted("a new ledger" in str(one) for one in told) == [False, False, True]
    assert not any(isinstance(one, LedgerError) for one in told)
    assert verify(location).entries == 41


def test_a_creation_that_fails_leaves_nothing(cluster: Cluster, still: None) -> None:
    from ledger.storage.writing import creation

    location = locate(cluster.url(cluster.database()))
    with pytest.raises(KeyboardInterrupt), creation(location.place, "init"):
        raise KeyboardInterrupt
    with pytest.raises(StoreError, match="holds no ledger"), reading(location.place):
        pass
