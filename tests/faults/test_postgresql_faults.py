"""Servers that restart, connections that end at any point: what was acknowledged is there, and all of it once."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from postgresql_servers import PASSWORD, Cluster
from reminder_worker import CHANNELS
from test_reminders_killed import check, delivered

from ledger import clock
from ledger.domain.instants import parse_rfc3339, to_datetime
from ledger.errors import Cancelled, LedgerError, StoreError
from ledger.services.adding import Asked, add
from ledger.services.channels import Message
from ledger.services.maintain import rebuild, verify
from ledger.services.opening import opened
from ledger.services.reminding import pending, remind
from ledger.services.review_ruling import Changes, set_rules
from ledger.services.stating import update
from ledger.services.transfer import import_file
from ledger.services.values import Stated
from ledger.storage import attempts
from ledger.storage.access import reading
from ledger.storage.cancelling import cancellable
from ledger.storage.location import Location, locate
from ledger.storage.postgresql import connecting
from ledger.storage.postgresql.driver import Connection, ServerDriver
from ledger.storage.writing import transaction

WORKER = Path(__file__).with_name("postgresql_worker.py")
DAY = "2026-12-31T00:00:00Z"


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("FORECAST_ZONE", "UTC")
    monkeypatch.delenv("FORECAST_CLOCK", raising=False)
    with clock.set_to(to_datetime(parse_rfc3339(DAY))):
        yield


@pytest.fixture
def url(cluster: Cluster) -> str:
    return cluster.url(cluster.ledger())


@pytest.fixture
def rain(url: str) -> Location:
    """A ledger on the server with one question."""
    add(locate(url), Asked("Will it rain?", "2028-01-01", key="rain"), silent)
    return locate(url)


def silent(_: str) -> None:
    """Tell nobody."""


def said(location: Location) -> list[str]:
    """The reasons of all statements, in the order of the journal."""
    with reading(location.place) as driver:
        return [reason for (reason,) in driver.all("SELECT reason FROM forecast_text ORDER BY entry")]


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


def asked(url: str, days: int) -> Location:
    """Three questions for each day, due at six in the morning, all asked at once."""
    location = locate(url)
    for day in range(days):
        for one in range(3):
            at = to_datetime(parse_rfc3339("2027-01-01T06:00:00Z")).timestamp() + 86400 * day
            due = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
            add(location, Asked(f"Is it {day}, {one}?", due, key=f"d{day}n{one}"), silent)
    set_rules(location, Changes(stale="off", repeat="3,9", zone="UTC"), silent)
    return location


def recorded(location: Location, channel: str) -> list[list[tuple[str, int]]]:
    """What the journal says was announced through a channel, message by message."""
    with reading(location.place) as driver:
        rows = driver.all("SELECT facts FROM entry WHERE kind = 'announced' ORDER BY seq")
    facts = [json.loads(told) for (told,) in rows]
    return [[(why, number) for why, number, _ in one["said"]] for one in facts if one["channel"] == channel]


def work(act: str, url: str, *arguments: object) -> Any:
    """What the worker answers."""
    environment = {"PATH": "", "PYTHONPATH": str(WORKER.parents[2]), "FORECAST_ZONE": "UTC"}
    told = [sys.executable, str(WORKER), act, url, *map(str, arguments)]
    done = subprocess.run(told, capture_output=True, timeout=600, env=environment)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_of_eight_reminders_at_once_each_thing_is_said_once(url: str, tmp_path: Path) -> None:
    location, file = asked(url, 1), tmp_path / "said.txt"
    assert work("together", url, file, 8) == [0] * 8
    for name in CHANNELS:
        assert [sorted(items) for items in delivered(file, name)] == [[("due", number, 0) for number in (1, 2, 3)]]
        assert len(recorded(location, name)) == 1
    with opened(location, "2027-01-01T12:00:00Z") as book:
        assert [pending(book, name).message for name in CHANNELS] == [None, None]
    assert verify(location).ok


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=pytest.mark.slow)])
def test_a_reminder_killed_at_any_point(url: str, tmp_path: Path, kills: int) -> None:
    location, file = asked(url, kills + 1), tmp_path / "said.txt"
    work("killed", url, file, kills, kills)
    lost = 0
    for name in CHANNELS:
        messages = delivered(file, name)
        lost += check(messages, recorded(location, name))
        assert {number for items in messages for _, number, _ in items} == set(range(1, 3 * kills + 4))
    assert lost <= kills, "each kill repeats no more than the one message that was in flight"
    assert verify(location).ok
    print(f"{kills} reminders killed: {lost} messages in flight were said again")


class Writers:
    """Processes that state forecasts as fast as they can, until they are told to stop."""

    def __init__(self, url: str, folder: Path, how_many: int) -> None:
        self._stop = folder / "stop"
        self._files = [folder / f"w{one}.txt" for one in range(how_many)]
        self._running = [self._writer(url, file) for file in self._files]

    def _writer(self, url: str, file: Path) -> subprocess.Popen[bytes]:
        environment = {"PATH": "", "PYTHONPATH": str(WORKER.parents[2]), "FORECAST_ZONE": "UTC"}
        told = [sys.executable, str(WORKER), "write", url, file.stem, str(self._stop)]
        with file.open("w") as out:
            return subprocess.Popen(told, stdout=out, stderr=subprocess.PIPE, env=environment)

    def lines(self) -> list[str]:
        """What they have said so far."""
        return [line for file in self._files for line in file.read_text().splitlines()]

    def end(self) -> tuple[list[str], list[str]]:
        """What was acknowledged, and what was refused."""
        self._stop.touch()
        for one in self._running:
            _, err = one.communicate(timeout=120)
            assert (one.returncode, err) == (0, b"")
        lines = self.lines()
        return [line.split()[1] for line in lines if line.startswith("ok ")], [
            line for line in lines if not line.startswith("ok ")
        ]


def hold_to_it(location: Location, acknowledged: list[str], refused: list[str]) -> None:
    """What was acknowledged is there, and nothing is there twice."""
    there = Counter(said(location))
    assert [token for token in acknowledged if there[token] != 1] == [], "lost or doubled"
    assert max(there.values()) == 1
    unknown = {line.split()[1] for line in refused if "is not known" in line}
    assert set(there) - set(acknowledged) <= unknown, "nothing is there that was refused"
    assert verify(location).ok


@pytest.mark.slow
def test_restarts_under_writers_lose_nothing_and_double_nothing(
    cluster: Cluster, rain: Location, url: str, tmp_path: Path
) -> None:
    writers, random = Writers(url, tmp_path, 4), Random(27)
    for number in range(5):
        before = len(writers.lines())
        while len(writers.lines()) < before + 40:
            time.sleep(0.02)
        time.sleep(random.uniform(0, 0.1))
        cluster.restart("immediate" if number % 2 else "fast")
    acknowledged, refused = writers.end()
    hold_to_it(rain, acknowledged, refused)
    assert refused == [], "what was lost was done again before anybody heard of it"
    print(f"5 restarts: {len(acknowledged)} acknowledged, {len(said(rain))} there, {len(refused)} refused")


@pytest.mark.slow
def test_connections_that_are_ended_lose_nothing_and_double_nothing(
    cluster: Cluster, rain: Location, url: str, tmp_path: Path
) -> None:
    writers, random = Writers(url, tmp_path, 4), Random(40)
    ended = 0
    query = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'forecast: update%'"
    while ended < 40:
        time.sleep(random.uniform(0.0, 0.05))
        pids = [pid for (pid,) in cluster.sql(query)]
        if pids:
            [(hit,)] = cluster.sql(f"SELECT pg_terminate_backend({random.choice(pids)})")
            ended += bool(hit)
    acknowledged, refused = writers.end()
    hold_to_it(rain, acknowledged, refused)
    assert refused == []
    print(f"{ended} connections ended: {len(acknowledged)} acknowledged, {len(said(rain))} there")


def test_many_writers_at_once_take_their_turns(rain: Location, url: str, tmp_path: Path) -> None:
    writers = Writers(url, tmp_path, 2)
    while len(writers.lines()) < 60:
        time.sleep(0.02)
    acknowledged, refused = writers.end()
    hold_to_it(rain, acknowledged, refused)
    assert refused == []


def test_two_that_make_a_ledger_at_once_make_one(cluster: Cluster) -> None:
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


def test_a_creation_that_fails_leaves_nothing(cluster: Cluster) -> None:
    from ledger.storage.writing import creation

    location = locate(cluster.url(cluster.database()))
    with pytest.raises(KeyboardInterrupt), creation(location.place, "init"):
        raise KeyboardInterrupt
    with pytest.raises(StoreError, match="holds no ledger"), reading(location.place):
        pass
