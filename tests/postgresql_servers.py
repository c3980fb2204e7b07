"""PostgreSQL servers of the tests' own: made in a temporary folder, reached by a Unix socket, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

PASSWORD = "h%nter2:/@geheim"
"""Of the role ``ann``, who owns the databases."""
_ACCESS = "local all postgres trust\nlocal all all scram-sha-256\n"
_SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
unix_socket_permissions = 0777
max_connections = 60
shared_buffers = 16MB
log_min_messages = fatal
fsync = {fsync}
"""


def programs() -> Path:
    """The folder of PostgreSQL's programs; where there is none, the test is skipped."""
    pytest.importorskip("psycopg")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    told = [path for path in (shutil.which("initdb"), *map(str, reversed(found))) if path]
    if not told:
        pytest.skip("there is no PostgreSQL here (no initdb)")
    return Path(told[0]).resolve().parent


def _user() -> dict[str, Any]:
    """PostgreSQL does not run as root."""
    if os.getuid():
        return {}
    import pwd

    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("there is no user postgres to run PostgreSQL as")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


class Cluster:
    """One running server."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder, self._programs, self._user = folder, programs(), _user()
        if self._user:
            shutil.chown(folder, "postgres", "postgres")
            folder.chmod(0o755)
        self._numbers = count(1)
        self._patterns: dict[str, str] = {}
        self._run("initdb", "--no-sync", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = _SETTINGS.format(folder=folder, fsync="on" if durable else "off")
        with (folder / "data" / "postgresql.conf").open("a") as file:
            file.write(settings)
        (folder / "data" / "pg_hba.conf").write_text(_ACCESS)
        self.start()
        self.sql(f"CREATE ROLE ann LOGIN PASSWORD '{PASSWORD}'")

    def _run(self, program: str, *arguments: str) -> None:
        told = [str(self._programs / program), "-D", str(self.folder / "data"), *arguments]
        done = subprocess.run(
            told, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            timeout=120, **self._user,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def restart(self, how: str) -> None:
        self._run("pg_ctl", "-w", "-m", how, "-l", str(self.folder / "log"), "restart")

    def sql(self, *statements: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements as the superuser, each for itself; the rows of the last one."""
        import psycopg

        where = {"host": str(self.folder), "user": "postgres", "dbname": database}
        with closing(psycopg.connect(autocommit=True, **where)) as connection:  # type: ignore[arg-type]
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def database(self, pattern: str = "template0") -> str:
        """A new database of ann's, empty or like another one; its name."""
        name = f"db{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name} OWNER ann TEMPLATE {pattern}")
        return name

    def ledger(self) -> str:
        """A new database that holds an empty ledger; its name."""
        if "empty" not in self._patterns:
            from ledger.storage.location import locate
            from ledger.storage.writing import creation

            self._patterns["empty"] = self.database()
            with creation(locate(self.url(self._patterns["empty"])).place, "init"):
                pass
        return self.database(self._patterns["empty"])

    def url(self, database: str, *, user: str = "ann", password: str = PASSWORD, more: str = "") -> str:
        """How the program names a database."""
        who = f"{user}:{quote(password, safe='')}" if password else user
        return f"postgresql://{who}@/{database}?host={self.folder}{more}"


@contextmanager
def running_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """A server for the block; sockets need short paths, so it is not where other files of tests are."""
    programs()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        cluster = Cluster(folder, durable=durable)
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
