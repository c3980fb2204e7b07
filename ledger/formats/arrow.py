"""Arrow, loaded when a Parquet file is at hand; its stubs tell next to nothing of it."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def arrow() -> Any:
    """The library's main module."""
    return import_module("pyarrow")


def compute() -> Any:
    """Its module of computations."""
    return import_module("pyarrow.compute")


def parquet() -> Any:
    """Its module of Parquet files."""
    return import_module("pyarrow.parquet")
