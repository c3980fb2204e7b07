"""Where the ledger is: ``--ledger``, ``FORECAST_LEDGER``, or one file in the user's data directory."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ledger.errors import InputError, StoreError


@dataclass(frozen=True, slots=True)
class Location:
    """A ledger's file."""

    path: Path

    def __str__(self) -> str:
        """The path, as people read it."""
        return str(self.path)


def locate(told: str | None = None) -> Location:
    """Read a path, ``sqlite:///path`` or nothing into a location.

    Raises ``InputError`` for a URL of another form and for what is no file that lasts, ``StoreError`` for an engine
    that is not there.
    """
    told = told or os.environ.get("FORECAST_LEDGER")
    if not told:
        return Location(default_path())
    if "\0" in told:
        raise InputError("the ledger's path holds a NUL character; name a file")
    if told.startswith(("postgresql://", "postgresql+psycopg://")):
        raise StoreError("ledgers on PostgreSQL are not supported yet; name a file, for example --ledger ledger.db")
    if told.startswith("sqlite:"):
        return Location(_lasting(_path_of_url(told)))
    if "://" in told:
        scheme = told.split("://", 1)[0]
        raise InputError(f"--ledger: {scheme}:// is no engine of this program; name a file or sqlite:///PATH")
    return Location(_lasting(_expanded(told)))


def default_path() -> Path:
    """The one file in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("forecast-ledger", appauthor=False) / "ledger.db"


def _lasting(path: Path) -> Path:
    """Refuse what keeps nothing or is a device; a folder is refused where the file is opened."""
    special = os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)  # noqa: PTH110, PTH112, PTH113
    if special or path == Path(":memory:"):
        raise InputError(f"{path} is no place for a ledger, which is a file that lasts; name one: --ledger ledger.db")
    return path


def _path_of_url(url: str) -> Path:
    parts = urlsplit(url)
    if parts.netloc or not parts.path.strip("/"):
        raise InputError(f"--ledger: {url!r} names no file; write sqlite:///relative.db or sqlite:////absolute.db")
    return _expanded(unquote(parts.path[1:]))


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as problem:
        raise InputError(f"--ledger: {path!r} begins with an unknown home; write the path in full") from problem
