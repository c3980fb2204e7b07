"""The only home of SQLModel, Alembic and SQL."""
