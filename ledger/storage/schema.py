"""The schema's versions as numbers compiled in, so that Alembic is imported only when an upgrade is due."""

from __future__ import annotations

from ledger.storage.driver import Driver

REVISIONS = ("0001",)
"""Every released schema version, oldest first; a test holds them against ``db/migrations``."""

HEAD = REVISIONS[-1]

APPLICATION_ID = 0x464C4447
"""``FLDG``, in the SQLite header: this program's file."""

GUARDS = ("entry_insert", "entry_update", "entry_delete", "entry_text_insert", "entry_text_update", "entry_text_delete")
"""The triggers that make the journal append-only."""


def stored_revision(driver: Driver) -> str | None:
    """The schema version of an open store; ``None`` where there is none."""
    known = driver.one("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    row = driver.one("SELECT version_num FROM alembic_version") if known else None
    return None if row is None else str(row[0])


def is_newer(revision: str) -> bool:
    """Whether ``revision`` was made by a later version of this program."""
    return revision not in REVISIONS


def missing_guards(driver: Driver) -> list[str]:
    """The append-only triggers that are not there."""
    present = {name for (name,) in driver.all("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    return [name for name in GUARDS if name not in present]
