"""The schema's versions as numbers compiled in, so that Alembic is imported only when an upgrade is due."""

from __future__ import annotations

from ledger.storage.driver import Driver

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every released schema version, oldest first; a test holds them against ``db/migrations``."""

HEAD = REVISIONS[-1]

SINCE = {"snooze": "0002", "look_again": "0003", "review_rules": "0003", "announced": "0003", "question_sieve": "0004"}
"""The tables of the book that earlier schema versions lack, by the version that made them."""

DERIVED = ("question_sieve",)
"""Those of them that an earlier version's journal has rows for all the same."""

APPLICATION_ID = 0x464C4447
"""``FLDG``, in the SQLite header: this program's file."""

GUARDS = {
    "entry_insert": "90e8142d65d4026a",
    "entry_update": "003cd620196f4fc5",
    "entry_delete": "5de153c678d29ac3",
    "entry_text_insert": "4876e9131c96c991",
    "entry_text_update": "3ec3ec79b982555c",
    "entry_text_delete": "7fa01b824877c808",
}
"""The triggers that make the journal append-only, each with the beginning of its statement's SHA-256."""

SERVER_GUARDS = {
    "entry_insert": "cc49081f1d1b76b6",
    "entry_update": "053322536dbc573c",
    "entry_delete": "718c4bfab6be8b35",
    "entry_truncate": "9c2c47545547d4a9",
    "entry_text_update": "29fce38cfb373526",
    "entry_text_delete": "2105efdcedb3f433",
    "entry_text_truncate": "6b43eea51ed3b241",
}
"""The same on PostgreSQL: of when a trigger fires, whether it is enabled, and what its function does."""

MARK = "FLDG: a ledger of forecast-ledger"
"""The comment on the table of the schema's version, on PostgreSQL: this program's schema."""


def stored_revision(driver: Driver) -> str | None:
    """The schema version of an open store; ``None`` where there is none."""
    row = driver.one("SELECT version_num FROM alembic_version") if driver.has("alembic_version") else None
    return None if row is None else str(row[0])


def is_newer(revision: str) -> bool:
    """Whether ``revision`` was made by a later version of this program."""
    return revision not in REVISIONS


def has_table(driver: Driver, name: str) -> bool:
    """Whether a store of its schema version has the table; one that was not upgraded yet is read without it."""
    if name not in SINCE:
        return True
    revision = stored_revision(driver)
    return revision not in REVISIONS or REVISIONS.index(revision) >= REVISIONS.index(SINCE[name])


def missing_guards(driver: Driver) -> list[str]:
    """The append-only triggers that are not there, or do something else than they were made for."""
    present, guards = driver.triggers(), SERVER_GUARDS if driver.on_server else GUARDS
    if is_newer(stored_revision(driver) or HEAD):
        return [name for name in guards if name not in present]
    return [name for name, digest in guards.items() if _digest(present.get(name, "")) != digest]


def _digest(statement: str) -> str:
    from hashlib import sha256

    return sha256(statement.encode()).hexdigest()[:16]
