"""Where the ledger is: ``--ledger``, ``FORECAST_LEDGER``, or one file in the user's data directory.

It is a file, or a database on a PostgreSQL server.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from ledger.errors import InputError, RefusedError
from ledger.storage.server import SCHEMES, Server

Place: TypeAlias = Path | Server
"""A file, or a database on a server."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where a ledger is; as text it holds no password."""

    place: Place

    @property
    def path(self) -> Path:
        """The ledger's file; raises ``RefusedError`` for a server, where what is asked has no meaning."""
        if isinstance(self.place, Server):
            raise RefusedError(f"{self.place} is a database on a server; this is only for a ledger in a file")
        return self.place

    @property
    def on_server(self) -> bool:
        """Whether it is a database on a server."""
        return isinstance(self.place, Server)

    @property
    def name(self) -> str:
        """A short name for a title."""
        return self.place.name

    def may_be_there(self) -> bool:
        """Whether there is a file; a server is asked only when its ledger is opened."""
        return True if isinstance(self.place, Server) else self.place.exists()

    def __str__(self) -> str:
        """The path or address, as people read it."""
        return str(self.place)


def locate(told: str | None = None) -> Location:
    """Read a path, ``sqlite:///path``, ``postgresql://…`` or nothing into a location; nothing is opened.

    Raises ``InputError`` for a URL of another form and for what is no file that lasts.
    """
    told = told or os.environ.get("FORECAST_LEDGER")
    if not told:
        return Location(default_path())
    if "\0" in told:
        raise InputError("the ledger's path holds a NUL character; name a file")
    if told.startswith(SCHEMES):
        return Location(Server.parse(told))
    if told.startswith("sqlite:"):
        return Location(_lasting(_path_of_url(told)))
    if "://" in told:
        scheme = told.split("://", 1)[0]
        raise InputError(f"--ledger: {scheme}:// is no engine of this program; name a file or postgresql://…")
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
