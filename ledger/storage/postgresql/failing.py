"""What a server refuses, in one line and without a password."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from ledger.errors import DamagedFileError, StoreError
from ledger.storage.attempts import LostError
from ledger.storage.server import FORM, Server

_NOTHING = "nothing was written"
_STATES = {
    "53100": f"the server's disk is full; {_NOTHING}; free some space and repeat the command",
    "53300": "the server has too many connections; close some, or try again later",
    "55P03": f"another program holds the ledger's tables; {_NOTHING}; try again",
    "57014": f"the server stopped the query (statement_timeout); {_NOTHING}; raise that limit for this role",
    "25006": f"the ledger is read-only on this server; {_NOTHING}; name the server that takes writes",
    "42501": "this role may not do that here; ask the database's owner to grant it what the README names",
    "3F000": "the schema is not there; make it, or name another one",
    "42P01": "a table is missing; run: forecast verify, and restore a copy",
    "42703": "a column is missing; run: forecast verify, and restore a copy",
    "22021": "the database does not take all of Unicode; make one with: createdb --encoding=UTF8 --template=template0",
}
_CONNECTING = (
    ("password authentication failed", "28P01"),
    ("no password supplied", "28P01"),
    ("does not exist", "3D000"),
    ("too many", "53300"),
    ("pg_hba.conf", "28000"),
)
"""What a refusal to connect says, as the driver gives no state with it."""
_REFUSALS = {
    "28P01": "the server does not take this user and password; check both (the password may stand in ~/.pgpass)",
    "28000": "the server lets this user not in from here; ask for a line in its pg_hba.conf",
    "3D000": "there is no such database or role; make it with createdb or createuser, or name another",
    "53300": _STATES["53300"],
}
_STARTING = ("starting up", "shutting down", "in recovery", "not yet accepting", "terminating connection")
"""Signs of a server that is there and will answer soon."""


@contextmanager
def told_plainly(server: Server) -> Iterator[None]:
    """Turn the driver's errors into one line for people."""
    try:
        yield
    except psycopg.Error as problem:
        raise plain(problem, server) from None


def plain(problem: psycopg.Error, server: Server) -> StoreError:
    """A failure of an open connection in the user's words; ``LostError`` where the work may be done again."""
    state = problem.sqlstate or ""
    if state in {"40001", "40P01"}:
        return LostError(f"{server}: others wrote at the same time; {_NOTHING}; try again")
    if is_lost(problem):
        return LostError(f"{server}: the connection was lost; {_NOTHING}; try again")
    if state.startswith("XX00") and state != "XX000":
        return DamagedFileError(f"{server}: the database is damaged; run: forecast verify, and restore a copy")
    if state in _STATES:
        return StoreError(f"{server}: {_STATES[state]}")
    return StoreError(f"{server}: the store failed ({server.masked(_first_line(problem))}); run: forecast doctor")


def is_lost(problem: psycopg.Error) -> bool:
    """Whether the connection ended, and with it what was not committed."""
    state = problem.sqlstate or ""
    if state[:2] == "08" or state[:4] == "57P0":
        return True
    return not state and isinstance(problem, psycopg.OperationalError)


def unconnected(problem: psycopg.Error, server: Server) -> StoreError:
    """Why there is no connection, in the user's words."""
    said = server.masked(str(problem)).partition(" Is the server running")[0].rpartition("FATAL: ")[2].strip()
    if reason := _REFUSALS.get(_refusal(problem)):
        return StoreError(f"{server}: {reason} ({said})")
    if isinstance(problem, psycopg.ProgrammingError) or "connection is bad: invalid" in said:
        return StoreError(f"{server}: the address is not understood ({said}); write {FORM}")
    return StoreError(f"{server}: the server does not answer ({said}); check that it runs, its host and its port")


def may_answer_soon(problem: psycopg.Error, *, answered: bool) -> bool:
    """Whether to try again: it ended this connection, is starting, or answered before and is restarting perhaps."""
    if problem.sqlstate and is_lost(problem):
        return True
    if not isinstance(problem, psycopg.OperationalError) or _refusal(problem):
        return False
    return answered or any(sign in str(problem) for sign in _STARTING)


def _refusal(problem: psycopg.Error) -> str:
    said = str(problem)
    return problem.sqlstate or next((state for sign, state in _CONNECTING if sign in said), "")


def _first_line(problem: psycopg.Error) -> str:
    return problem.diag.message_primary or str(problem).partition("\n")[0]
