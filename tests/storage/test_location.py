"""Where the ledger is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import InputError, LedgerError, RefusedError
from ledger.storage.location import Location, default_path, locate
from ledger.storage.server import Server


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORECAST_LEDGER", raising=False)
    monkeypatch.setenv("HOME", "/home/ann")


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ("ledger.db", "ledger.db"),
        ("/a/b.db", "/a/b.db"),
        ("~/b.db", "/home/ann/b.db"),
        ("sqlite:///rel/b.db", "rel/b.db"),
        ("sqlite:////abs/b.db", "/abs/b.db"),
        ("sqlite:///a%20b.db", "a b.db"),
        ("sqlite:///~/b.db", "/home/ann/b.db"),
        ("weird:name.db", "weird:name.db"),
    ],
)
def test_paths_and_urls(told: str, path: str) -> None:
    assert locate(told) == Location(Path(path))
    assert str(locate(told)) == path


@pytest.mark.parametrize(
    ("told", "error", "said"),
    [
        ("~nobodyx/a", InputError, "--ledger: '~nobodyx/a' begins with an unknown home; write the path in full"),
        ("a\0b", InputError, "the ledger's path holds a NUL character; name a file"),
        *(
            (
                told,
                InputError,
                "--ledger: the server's address cannot be read; write postgresql://USER@HOST:PORT/DATABASE",
            )
            for told in (
                "postgresql://ann:secret@host:port/db",
                "postgresql://ann:secret@host:70000/db",
                "postgres://ann:secret@[::1/db",
                "postgresql+psycopg://ann:secret@[::1:5432/db",
            )
        ),
        (
            "mysql://ann:secret@host/db",
            InputError,
            "--ledger: mysql:// is no engine of this program; name a file or postgresql://…",
        ),
        (
            "sqlite://",
            InputError,
            "--ledger: 'sqlite://' names no file; write sqlite:///relative.db or sqlite:////absolute.db",
        ),
        (
            "sqlite://host/b.db",
            InputError,
            "--ledger: 'sqlite://host/b.db' names no file; write sqlite:///relative.db or sqlite:////absolute.db",
        ),
    ],
)
def test_what_names_no_ledger_is_refused_without_a_secret(told: str, error: type[LedgerError], said: str) -> None:
    with pytest.raises(error) as refusal:
        locate(told)
    assert str(refusal.value) == said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("told", "server", "shown"),
    [
        (
            "postgresql://ann:s%40crt@host:5433/db?sslmode=require",
            Server("ann", "host", "5433", "db", "s@crt", (("sslmode", "require"),)),
            "postgresql://ann@host:5433/db",
        ),
        ("postgres://host/db", Server("", "host", "", "db"), "postgresql://host/db"),
        ("postgresql+psycopg:///db", Server("", "", "", "db"), "postgresql:///db"),
        ("postgresql://", Server(), "postgresql:///"),
        ("postgresql:///db?host=/run/pg&user=ann&password=pw", Server("ann", "/run/pg", "", "db", "pw"), None),
        ("postgresql://ann:p:w@[::1]:5432/my%20db", Server("ann", "::1", "5432", "my db", "p:w"), None),
        ("postgresql://a@one:1,two:2/db", Server("a", "one,two", "1,2", "db"), "postgresql://a@one,two:1,2/db"),
    ],
)
def test_a_server_is_told_without_its_password(told: str, server: Server, shown: str | None) -> None:
    found = locate(told)
    assert found == Location(server)
    assert found.on_server and found.may_be_there()
    said = f"{found} {found!r} {found.name}"
    assert not server.password or server.password not in said
    assert shown is None or str(found) == shown
    given = found.place.arguments() if isinstance(found.place, Server) else {}
    assert given.get("password", "") == server.password
    with pytest.raises(RefusedError, match="is a database on a server; this is only for a ledger in a file"):
        _ = found.path


def test_secrets_are_taken_out_of_what_others_say() -> None:
    server = Server("ann", "h", "", "db", "pw", (("sslpassword", "pw2"), ("sslmode", "require")))
    assert server.masked("a\npw2 and  pw: require") == "a *** and ***: require"


def test_the_environment_names_it_and_the_option_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORECAST_LEDGER", "/env.db")
    assert locate() == Location(Path("/env.db"))
    assert locate("/option.db") == Location(Path("/option.db"))
    monkeypatch.setenv("FORECAST_LEDGER", "")
    assert locate() == Location(default_path())


def test_else_it_is_one_file_in_the_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/home/ann/data")
    assert default_path().parts[-2:] == ("forecast-ledger", "ledger.db")
    assert locate() == Location(default_path())
