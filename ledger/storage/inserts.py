"""Insert statements made from the tables' own columns, so that SQL and models cannot drift apart."""

from __future__ import annotations

from functools import cache

from sqlmodel import SQLModel


def columns_of(model: type[SQLModel]) -> tuple[str, ...]:
    """The column names of ``model`` in the order of its table."""
    return tuple(column.name for column in table_of(model).columns)


def key_of(model: type[SQLModel]) -> tuple[str, ...]:
    """The names of the primary key's columns."""
    return tuple(column.name for column in table_of(model).primary_key.columns)


def table_of(model: type[SQLModel]):  # type: ignore[no-untyped-def]
    """The table of ``model``."""
    return model.__table__  # type: ignore[attr-defined]


@cache
def insert(model: type[SQLModel], *names: str) -> str:
    """An ``INSERT`` of the columns ``names`` (all of them where none is named); raises ``KeyError`` on a wrong one."""
    table = table_of(model)
    chosen = [table.columns[name].name for name in names] if names else list(columns_of(model))
    listed = ", ".join(f'"{name}"' for name in chosen)
    return f'INSERT INTO "{table.name}" ({listed}) VALUES ({", ".join("?" * len(chosen))})'
