"""Runs the migrations on the connection that the program hands over, inside the program's transaction."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

import ledger.storage.tables  # noqa: F401  (registers the tables)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
