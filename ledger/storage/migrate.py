"""Bringing a store's schema up to this version, in one transaction; imported only when that is due."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from ledger.data_files import data_directory
from ledger.storage.schema import APPLICATION_ID, HEAD, MARK


def upgrade(connection: Connection) -> None:
    """Run the migrations that are due on ``connection``, inside the transaction that it is in."""
    config = Config()
    config.set_main_option("script_location", str(data_directory() / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    else:
        connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{MARK}'")
