"""Plain SQL on the driver for commands that only read: no SQLModel, no SQLAlchemy."""
