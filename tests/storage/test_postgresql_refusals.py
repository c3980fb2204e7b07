"""What a server or its database refuses is told in one line that holds no password, with exit status 1."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from postgresql_servers import PASSWORD, Cluster
from running import NOON, Process, Quick, Surroundings

from ledger.errors import StoreError
from ledger.services.noticing import Watch
from ledger.services.writable import why_not_writable
from ledger.storage.access import reading
from ledger.storage.location import locate
from ledger.storage.schema import HEAD, SERVER_GUARDS, SINCE, missing_guards
from ledger.storage.server import Server

ADD = ("add", "Will it rain?", "60%", "--by", "2027-01-01", "--key", "rain")
RESOLVE = ("resolve", "rain", "yes", "--known-at", "now")


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Quick]:
    """The command line on an address."""
    home = tmp_path_factory.mktemp("home")
    return lambda url: Quick(Surroundings(home, url))  # type: ignore[arg-type]


def refused(quick: Quick, *command: str, **environment: str) -> str:
    """The one line in which a command is refused."""
    answer = quick(*command, status=1, **environment)
    assert answer.err.count("\n") == 1 and answer.err.startswith("forecast: ")
    for secret in (PASSWORD, quote(PASSWORD, safe=""), "geheim"):
        assert secret not in answer.err + answer.text
    return answer.err


def test_a_server_that_does_not_answer(at: Callable[[str], Quick], tmp_path: Path) -> None:
    quick = at(f"postgresql://ann:geheim@/db?host={tmp_path}")
    for command in (("list",), ADD, ("init",), ("score", "--json"), ("verify",), ()):
        assert "the server does not answer" in refused(quick, *command)
    told = quick("doctor", "--json", status=1)
    assert [check["ok"] for check in told.json()["checks"]] == [False, True]
    assert "geheim" not in told.text
    port = at("postgresql://ann:geheim@127.0.0.1:1/db")
    assert "check that it runs, its host and its port" in refused(port, "list")


def test_who_is_not_let_in(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.database()
    assert "does not take this user and password" in refused(at(cluster.url(database, password="geheim")), "list")
    assert "does not take this user and password" in refused(at(cluster.url(database, password="")), *ADD)
    assert "there is no such database or role" in refused(at(cluster.url("nowhere")), "list")
    assert refused(at(cluster.url(database, more="&nonsense=geheim")), "list").count('"nonsense"') == 1
    assert "is not understood" in refused(at(cluster.url(database, more="&sslmode=perhaps")), "list")
    with pytest.raises(StoreError, match="the address holds characters that no server takes"):
        reading(locate("postgresql://ann:geheim@/a\ud800b?host=/nowhere").place).__enter__()


def test_what_is_no_ledger(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.database()
    quick = at(cluster.url(database))
    for command in (("list",), ADD, ("doctor",), ()):
        answer = quick(*command, status=1)
        assert "holds no ledger; make one with: forecast init" in answer.err + answer.text
    cluster.sql("CREATE TABLE notes (text TEXT)", database=database)
    for command in (("list",), ADD, ("init",)):
        assert "holds another program's tables, not a ledger" in refused(quick, *command)
    cluster.sql("CREATE TABLE alembic_version AS SELECT '0003' AS version_num", database=database)
    cluster.sql("GRANT SELECT ON alembic_version TO ann", database=database)
    assert "holds another program's tables" in refused(quick, "init")
    missing = at(cluster.url(database, more="&options=-csearch_path%3Dnowhere"))
    assert "make it with: CREATE SCHEMA" in refused(missing, "list")


def test_a_schema_beside_others_is_a_place_of_its_own(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.database()
    cluster.sql("CREATE TABLE notes (text TEXT)", "CREATE SCHEMA mine AUTHORIZATION ann", database=database)
    quick = at(cluster.url(database, more="&options=-csearch_path%3Dmine"))
    quick("init")
    quick(*ADD)
    assert quick("verify", "--json").json()["ok"]
    assert cluster.sql("SELECT COUNT(*) FROM mine.entry", database=database) == [(3,)]


def test_a_database_of_another_encoding(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    cluster.sql("CREATE DATABASE latin OWNER ann TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    assert "the database's encoding is LATIN1" in refused(at(cluster.url("latin")), "init")


def test_a_later_schema_is_read_and_not_written(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.ledger()
    cluster.sql("UPDATE alembic_version SET version_num = '9999'", database=database)
    quick = at(cluster.url(database))
    quick("list")
    assert "was written by a later version (schema 9999" in refused(quick, *ADD)
    assert "later version" in str(why_not_writable(locate(cluster.url(database))))


def test_an_older_schema_is_brought_up_to_date_by_the_next_write(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.ledger()
    newer = [name for name, since in SINCE.items() if since >= "0003"]
    cluster.sql(*(f"DROP TABLE {name}" for name in newer), database=database)
    cluster.sql("UPDATE alembic_version SET version_num = '0002'", database=database)
    quick = at(cluster.url(database))
    quick("list")
    quick(*ADD)
    assert cluster.sql("SELECT version_num FROM alembic_version", database=database) == [(HEAD,)]
    assert quick("verify", "--json").json()["ok"]


def test_a_database_that_takes_no_writing(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.ledger()
    url = cluster.url(database, more="&options=-cdefault_transaction_read_only%3Don")
    assert "the ledger is read-only on this server; nothing was written" in refused(at(url), *ADD)
    at(url)("list")
    assert "default_transaction_read_only" in str(why_not_writable(locate(url)))
    assert why_not_writable(locate(cluster.url(database))) is None


ROLE = (
    "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO bob",
    "GRANT UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO bob",
    "REVOKE UPDATE, DELETE ON entry, alembic_version FROM bob",
    "REVOKE UPDATE ON entry_text FROM bob",
    "REVOKE INSERT ON alembic_version FROM bob",
)
"""What a role needs that writes to a ledger and does not own it."""


def test_a_role_that_may_only_append(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.ledger()
    cluster.sql("CREATE ROLE bob LOGIN PASSWORD 'geheim'", "CREATE ROLE eve LOGIN PASSWORD 'geheim'")
    cluster.sql(*ROLE, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO eve", database=database)
    bob, eve = (at(cluster.url(database, user=who, password="geheim")) for who in ("bob", "eve"))
    bob(*ADD)
    bob(*RESOLVE)
    bob("redact", "#1", "--reason", "a name")
    bob("rebuild")
    assert eve("verify", "--json").json()["ok"]
    assert "this role may not do that here" in refused(eve, "update", "#1", "70%")
    assert "this role may not insert" in str(
        why_not_writable(locate(cluster.url(database, user="eve", password="geheim")))
    )
    for attempt in ("UPDATE entry SET kind = 'void'", "DELETE FROM entry", "TRUNCATE entry", "DROP TABLE entry",
                    "DROP TRIGGER entry_delete ON entry", "ALTER TABLE entry DISABLE TRIGGER ALL",
                    "SET session_replication_role = replica"):  # fmt: skip
        with closing(_raw(cluster, database, "bob", "geheim")) as raw, pytest.raises(psycopg.Error):
            raw.execute(attempt)


def _raw(cluster: Cluster, database: str, user: str, password: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(cluster.folder), dbname=database, user=user, password=password, autocommit=True
    )  # fmt: skip


ENTRY = "(seq, command, position, kind, recorded_at, facts, head)"
ROW = "'', 0, 'void', 0, '{}', '')"


@pytest.fixture(scope="module")
def kept(cluster: Cluster, at: Callable[[str], Quick]) -> str:
    """A database with a ledger of a few entries."""
    database = cluster.ledger()
    at(cluster.url(database))(*ADD)
    return database


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE entry SET facts = '{}' WHERE seq = 2", "an entry is never changed"),
        ("DELETE FROM entry WHERE seq = 3", "an entry is never deleted"),
        ("TRUNCATE entry", "entries are never emptied out"),
        ("TRUNCATE entry_text, entry", "never emptied out"),
        (f"INSERT INTO entry {ENTRY} VALUES (5, {ROW}", "an entry takes the next number"),
        (f"INSERT INTO entry {ENTRY} VALUES (4, {ROW}, (4, {ROW}", "an entry takes the next number"),
        (f"INSERT INTO entry {ENTRY} VALUES (2, {ROW} ON CONFLICT (seq) DO UPDATE SET facts = ''", "the next number"),
        ("UPDATE entry_text SET text = '{}' WHERE seq = 1", "a text is never changed"),
        ("INSERT INTO entry_text VALUES (1, '', '') ON CONFLICT (seq) DO UPDATE SET text = ''", "is never changed"),
        ("DELETE FROM entry_text WHERE seq = 1", "a text is dropped only by a redaction"),
        ("TRUNCATE entry_text", "texts are never emptied out"),
        ("SET session_replication_role = replica; DELETE FROM entry", "an entry is never deleted"),
    ],
)
def test_the_journal_only_grows(cluster: Cluster, kept: str, sql: str, said: str) -> None:
    with pytest.raises(psycopg.errors.RaiseException, match=said):
        cluster.sql(sql, database=kept)


def test_the_guards_are_those_that_were_made_and_a_missing_one_is_found(
    cluster: Cluster, at: Callable[[str], Quick]
) -> None:
    database = cluster.ledger()
    quick = at(cluster.url(database))
    with reading(locate(cluster.url(database)).place) as driver:
        assert set(driver.triggers()) == set(SERVER_GUARDS)
        assert missing_guards(driver) == []
    cluster.sql(
        "DROP TRIGGER entry_delete ON entry", "ALTER TABLE entry DISABLE TRIGGER entry_update", database=database
    )
    cluster.sql(
        "CREATE OR REPLACE FUNCTION entry_insert() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        database=database,
    )
    findings = quick("verify", "--json", status=3).json()["findings"]
    assert sorted(one.split()[2] for one in findings) == ["entry_delete", "entry_insert", "entry_update"]


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE entry SET facts = replace(facts, '0.6', '0.7') WHERE kind = 'forecast'", "journal: entry 3"),
        ("DELETE FROM entry WHERE seq = 2", "journal: "),
        ("UPDATE forecast SET probability = 0.7", "book: forecast entry 3: probability is 0.7, the journal says 0.6"),
        ("UPDATE question SET title = 'Rain?'", "book: question id 1"),
        ("UPDATE entry_text SET text = replace(text, 'rain', 'snow') WHERE seq = 1", "journal: entry 1"),
        ("DELETE FROM unit", "the row is missing; the journal has it"),
    ],
)
def test_tampering_is_found(cluster: Cluster, kept: str, at: Callable[[str], Quick], sql: str, said: str) -> None:
    database = cluster.database(kept)
    cluster.sql(f"ALTER TABLE entry DISABLE TRIGGER USER; ALTER TABLE entry_text DISABLE TRIGGER USER; {sql}; "
                "ALTER TABLE entry ENABLE ALWAYS TRIGGER entry_update", database=database)  # fmt: skip
    findings = at(cluster.url(database))("verify", "--json", status=3).json()["findings"]
    assert any(one.startswith(said) or said in one for one in findings if not one.startswith("the guard"))


def test_doctor_looks_at_the_server(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    quick = at(cluster.url(cluster.ledger()))
    checks = {one["name"]: one for one in quick("doctor", "--json", status=1).json()["checks"]}
    assert [name for name, one in checks.items() if not one["ok"]] == ["durability"]
    assert checks["durability"]["said"].startswith("fsync is off")
    assert checks["connection"]["said"] == "on this computer"
    assert {"ledger", "PostgreSQL", "writable", "schema", "guards", "clock", "time zone"} <= set(checks)


def test_without_psycopg_the_extra_is_named(around: Surroundings) -> None:
    script = "import sys; sys.modules['psycopg'] = None; from ledger.cli import main; main()"
    environment = Process(around).environment() | {"FORECAST_LEDGER": "postgresql://ann:geheim@h/db"}
    for command in ("list", "init", "doctor"):
        done = subprocess.run([sys.executable, "-c", script, command], env=environment, capture_output=True, text=True)
        assert done.returncode == 1
        assert "needs psycopg; install it with: pip install 'forecast-ledger[postgresql]'" in done.stderr + done.stdout
        assert "Traceback" not in done.stderr and "geheim" not in done.stderr + done.stdout


def test_a_ledger_in_a_file_needs_no_driver_of_a_server(around: Surroundings) -> None:
    Quick(around)("init", "--seed", "korybko-2024-11-11")
    script = (
        "import sys, json; from ledger.cli.app import forecast\n"
        "try: forecast.main(['list', '--json'], standalone_mode=False)\n"
        "except SystemExit: pass\n"
        "print(json.dumps([n for n in sys.modules if n.split('.')[0] in {'psycopg', 'sqlalchemy', 'sqlmodel'}\n"
        "    or n.startswith('ledger.storage.postgresql')]), file=sys.stderr)"
    )
    environment = Process(around).environment()
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0
    assert json.loads(done.stderr.splitlines()[-1]) == []


def test_a_traceback_holds_no_password(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    import traceback

    server = locate(cluster.url("nowhere")).place
    assert isinstance(server, Server)
    with pytest.raises(Exception, match="no such database") as failure, reading(server):
        pass
    told = "".join(traceback.format_exception(failure.value))
    assert "geheim" not in told and PASSWORD not in told and "geheim" not in repr(server)


def test_a_database_that_went_away_is_said_to_those_who_watch(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    database = cluster.ledger()
    quick = at(cluster.url(database))
    quick(*ADD)
    watch = Watch(locate(cluster.url(database)))
    assert watch.poll() is None
    quick("update", "rain", "70%")
    noticed = watch.poll()
    assert noticed is not None and noticed.questions == {1} and noticed.last_entry == 4
    assert watch.poll() is None
    quick("rebuild")
    noticed = watch.poll()
    assert noticed is not None and noticed.questions is None
    cluster.sql(f"DROP DATABASE {database} WITH (FORCE)")
    with pytest.raises(Exception, match="the connection was lost"):
        watch.poll()
    watch.close()
    with pytest.raises(Exception, match="there is no such database"):
        Watch(locate(cluster.url(database)))


def test_the_clock_of_tests_is_used(cluster: Cluster, at: Callable[[str], Quick]) -> None:
    """Nothing takes the server's time for its own."""
    database = cluster.ledger()
    at(cluster.url(database))(*ADD)
    [(first, last)] = cluster.sql("SELECT MIN(recorded_at), MAX(recorded_at) FROM entry", database=database)
    assert first == last == 1780315200000000 and NOON == "2026-06-01T12:00:00Z"
