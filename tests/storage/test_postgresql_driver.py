"""The program's SQL and values on a server: the same words, the same types, the same order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from math import inf, nextafter
from sqlite3 import connect as connect_file

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from postgresql_servers import Cluster

from ledger.storage.driver import Driver
from ledger.storage.location import locate
from ledger.storage.postgresql.connecting import connect
from ledger.storage.postgresql.dialect import first_only, spoken
from ledger.storage.postgresql.driver import FEW, ServerDriver
from ledger.storage.server import Server


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT ? + ?", "SELECT %s + %s"),
        ("SELECT a % 2 WHERE b = '?%'", "SELECT a %% 2 WHERE b = '?%%'"),
        ("title LIKE ? OR x", "title ILIKE %s ESCAPE '' OR x"),
        (r"title LIKE ? ESCAPE '\'", r"title ILIKE %s ESCAPE '\'"),
        ("FROM question q NOT INDEXED WHERE", "FROM question q  WHERE"),
        ("id IN () AND id IN (?)", "id = ANY ('{}') AND id IN (%s)"),
    ],
)
def test_sql_is_spoken_as_the_server_takes_it(sql: str, told: str) -> None:
    assert spoken(sql) == told


def test_only_the_first_row_is_asked_for() -> None:
    assert first_only("SELECT 1 FROM entry") == "SELECT 1 FROM entry LIMIT 1"
    assert first_only("SELECT 1 LIMIT ?") == "SELECT 1 LIMIT ?"
    assert first_only("SELECT (SELECT 1 LIMIT 1) FROM x") == "SELECT (SELECT 1 LIMIT 1) FROM x LIMIT 1"


@pytest.fixture(scope="module")
def server(cluster: Cluster) -> Server:
    place = locate(cluster.url(cluster.ledger())).place
    assert isinstance(place, Server)
    return place


@pytest.fixture(scope="module")
def drivers(server: Server) -> Iterator[tuple[Driver, ServerDriver]]:
    """The two engines, each with a table of words and numbers."""
    with closing(connect_file(":memory:", isolation_level=None)) as file, closing(connect(server)) as connection:
        file.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, words TEXT, value REAL, octets BLOB, big INTEGER)")
        connection.execute("BEGIN")
        connection.execute(
            'CREATE TEMP TABLE said (id BIGINT PRIMARY KEY, words TEXT COLLATE "C", value DOUBLE PRECISION, '
            "octets BYTEA, big BIGINT)"
        )
        yield Driver(file), ServerDriver(connection)


INSERT = 'INSERT INTO "said" ("id", "words", "value", "octets", "big") VALUES (?, ?, ?, ?, ?)'
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=8)
ROWS = st.lists(
    st.tuples(
        st.none() | WORDS | st.sampled_from(["\\N", "\\.", "a\tb\nc\\", "%_\\", "ß", "ẞ", "İ", "K", "k", "K"]),
        st.none() | st.floats(allow_nan=False, allow_infinity=False).map(lambda value: value + 0.0),
        st.none() | st.binary(max_size=5),
        st.integers(-(2**63), 2**63 - 1),
    ),
    max_size=12,
)
TOLD = (
    "SELECT * FROM said ORDER BY id",
    "SELECT words FROM said WHERE words IS NOT NULL ORDER BY words, id",
    "SELECT COUNT(*), MAX(big), MIN(value), MAX(words), MIN(words) FROM said",
    "SELECT id, words IS NULL, value > 0, EXISTS (SELECT 1 FROM said t WHERE t.id > said.id) FROM said ORDER BY id",
    "SELECT id FROM said ORDER BY value NULLS LAST, id",
)


@given(rows=ROWS, copied=st.booleans(), sought=WORDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_engines_keep_and_tell_the_same(
    drivers: tuple[Driver, ServerDriver], rows: list[tuple[object, ...]], copied: bool, sought: str
) -> None:
    numbered = [(at, *row) for at, row in enumerate(rows * (1 + FEW // max(1, len(rows))) if copied else rows)]
    like = "%" + sought.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    found = []
    for driver in drivers:
        driver.run("DELETE FROM said")
        driver.many(INSERT, iter(numbered))
        answers = [driver.all(sql) for sql in TOLD]
        answers.append(list(driver.stream(TOLD[0], size=5)))
        answers.append(driver.all(f"SELECT id FROM said ORDER BY {driver.without_case('words')} NULLS LAST, id"))
        answers.append(driver.all(r"SELECT id FROM said WHERE words LIKE ? ESCAPE '\' ORDER BY id", (like,)))
        answers.append([driver.one(TOLD[0]), driver.one("SELECT id FROM said WHERE id = ?", (-1,))])
        found.append(answers)
    assert found[0] == found[1]
    assert repr(found[0]) == repr(found[1])


def test_floats_keep_their_last_bit(drivers: tuple[Driver, ServerDriver]) -> None:
    values = [0.1, 1 / 3, 5e-324, 1.7976931348623157e308, nextafter(0.3, inf), 0.30000000000000004]
    for driver in drivers:
        driver.run("DELETE FROM said")
        driver.many(INSERT, [(at, None, value, None, 0) for at, value in enumerate(values)])
        assert repr([value for (value,) in driver.all("SELECT value FROM said ORDER BY id")]) == repr(values)


def test_sums_of_whole_numbers_are_whole(drivers: tuple[Driver, ServerDriver]) -> None:
    for driver in drivers:
        driver.run("DELETE FROM said")
        driver.many(INSERT, [(at, "x", 0.5, b"", 2**40) for at in range(3)])
        assert repr(driver.one("SELECT SUM(big), SUM(value), COUNT(*), SUM(id) FROM said")) == repr(
            (3 * 2**40, 1.5, 3, 3)
        )


def test_a_nul_is_found_nowhere(drivers: tuple[Driver, ServerDriver]) -> None:
    for driver in drivers:
        assert driver.all("SELECT id FROM said WHERE words = ?", ("a\0b",)) == []


def test_streams_may_be_read_side_by_side_and_left_half_read(drivers: tuple[Driver, ServerDriver]) -> None:
    for driver in drivers:
        driver.run("DELETE FROM said")
        driver.many(INSERT, [(at, None, None, None, 0) for at in range(20)])
        first, second = (driver.stream("SELECT id FROM said ORDER BY id", size=3) for _ in range(2))
        assert [next(first), next(second), next(first)] == [(0,), (0,), (1,)]
        assert len(list(second)) == 19
        assert driver.one("SELECT COUNT(*) FROM said") == (20,)


def test_a_server_is_equal_to_itself_and_tells_no_secret() -> None:
    one, same, other = Server("a", password="geheim"), Server("a", password="geheim"), Server("a", password="x")
    assert one == same != other and hash(one) == hash(same) and one != "postgresql://a@/"
    assert repr(one) == "Server(postgresql://a@/)"
