"""Whether a database holds a ledger, and one that this version may write to."""

from __future__ import annotations

from ledger.errors import StoreError
from ledger.storage.driver import Driver
from ledger.storage.schema import HEAD, MARK, is_newer, stored_revision
from ledger.storage.server import Server

_MARKED = "SELECT obj_description(format('%I.alembic_version', current_schema())::regclass, 'pg_class')"


def recognise(driver: Driver, server: Server, *, for_writing: bool = False) -> None:
    """Refuse a database that is not a ledger, and for writing one of a later version."""
    revision = stored_revision(driver)
    if revision is None and is_empty(driver):
        raise StoreError(f"{server} holds no ledger; make one with: forecast init")
    if revision is None or driver.one(_MARKED) != (MARK,):
        raise StoreError(
            f"{server} holds another program's tables, not a ledger; name another database, "
            "or a schema of it with ?options=-csearch_path=NAME"
        )
    if for_writing and is_newer(revision):
        raise StoreError(
            f"{server} was written by a later version (schema {revision}, this program knows {HEAD}): "
            "reading works, writing is refused; upgrade forecast-ledger"
        )


def is_empty(driver: Driver) -> bool:
    """Whether the schema in use has no table at all; raises ``StoreError`` where there is no such schema."""
    row = driver.one("SELECT current_schema()::text, current_setting('server_encoding')")
    if row is None or row[0] is None:
        raise StoreError("the schema that the address names (search_path) is not there; make it with: CREATE SCHEMA")
    if row[1] != "UTF8":
        raise StoreError(
            f"the database's encoding is {row[1]}, which does not hold all of Unicode; "
            "make one with: createdb --encoding=UTF8 --template=template0"
        )
    return not driver.tables()
