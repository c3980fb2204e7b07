"""A ledger's address on a PostgreSQL server: read without asking anybody, shown without its secrets."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from ledger.errors import InputError

SCHEMES = ("postgresql://", "postgres://", "postgresql+psycopg://")
FORM = "postgresql://USER@HOST:PORT/DATABASE"
_SECRET = frozenset({"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"})


class Server:
    """A database on a server; what is empty is left to libpq's own settings (``PGHOST``, ``~/.pgpass`` and so on).

    Plain, as a data class would take longer to make than a short command has.
    """

    __slots__ = ("database", "host", "parameters", "password", "port", "user")

    def __init__(
        self, user: str = "", host: str = "", port: str = "", database: str = "", password: str = "",
        parameters: tuple[tuple[str, str], ...] = (),
    ) -> None:  # fmt: skip
        """Keep what was told; ``parameters`` are further settings of libpq, such as ``sslmode``."""
        self.user, self.host, self.port, self.database = user, host, port, database
        self.password, self.parameters = password, parameters

    @classmethod
    def parse(cls, url: str) -> Server:
        """Read ``url``; raises ``InputError``, which repeats nothing of it."""
        try:
            parts = urlsplit(url)
            hosts = [_host_and_port(one) for one in parts.netloc.rpartition("@")[2].split(",")]
            told = [one.partition("=") for one in parts.query.split("&") if one]
        except ValueError:
            raise InputError(f"--ledger: the server's address cannot be read; write {FORM}") from None
        user, _, password = parts.netloc.rpartition("@")[0].partition(":")
        settings = {unquote(name): unquote(value) for name, _, value in told}
        named = {name: settings.pop(name, "") for name in ("user", "host", "port", "dbname", "password")}
        return cls(
            named["user"] or unquote(user),
            named["host"] or ",".join(unquote(host) for host, _ in hosts),
            named["port"] or ",".join(port for _, port in hosts).strip(","),
            named["dbname"] or unquote(parts.path[1:]),
            named["password"] or unquote(password),
            tuple(settings.items()),
        )

    def arguments(self) -> dict[str, str]:
        """What the driver is to connect with, the password among it."""
        own = {"user": self.user, "host": self.host, "port": self.port, "dbname": self.database}
        given = {name: value for name, value in (own | {"password": self.password}).items() if value}
        return given | dict(self.parameters)

    @property
    def name(self) -> str:
        """A short name for a title."""
        return self.database or self.user or "postgresql"

    def masked(self, said: str) -> str:
        """``said`` in one line and without any secret of this address."""
        secrets = [self.password, *(value for name, value in self.parameters if name in _SECRET)]
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            said = said.replace(secret, "***")
        return " ".join(said.split())

    def _whole(self) -> tuple[object, ...]:
        return self.user, self.host, self.port, self.database, self.password, self.parameters

    def __eq__(self, other: object) -> bool:
        """Whether it is the same address, with the same secrets."""
        return isinstance(other, Server) and self._whole() == other._whole()

    def __hash__(self) -> int:
        """The same for the same address."""
        return hash(self._whole())

    def __repr__(self) -> str:
        """The address without its secrets."""
        return f"Server({self})"

    def __str__(self) -> str:
        """The address as people may see it: no password, and no settings."""
        who = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        return f"postgresql://{who}{self.host}{port}/{self.database}"


def _host_and_port(told: str) -> tuple[str, str]:
    """A host, perhaps in brackets, and its port, perhaps empty."""
    if told.startswith("["):
        host, closed, port = told[1:].partition("]")
        if not closed:
            raise ValueError
    else:
        host, _, port = told.partition(":")
    port = port.removeprefix(":")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError
    return host, port
