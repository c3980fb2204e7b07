"""Where the ledger is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import InputError, LedgerError, StoreError
from ledger.storage.location import Location, default_path, locate


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
        (
            "postgresql://ann:secret@host/db",
            StoreError,
            "ledgers on PostgreSQL are not supported yet; name a file, for example --ledger ledger.db",
        ),
        (
            "postgresql+psycopg://ann:secret@host/db",
            StoreError,
            "ledgers on PostgreSQL are not supported yet; name a file, for example --ledger ledger.db",
        ),
        (
            "mysql://ann:secret@host/db",
            InputError,
            "--ledger: mysql:// is no engine of this program; name a file or sqlite:///PATH",
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
