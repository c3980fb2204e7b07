"""Columns by name, out of whatever gives a column for its name: data frames, mappings, structured arrays.

A refusal names the column and the row. No library of frames is imported: their own methods are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ledger.errors import ScoringError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Frame", "blame", "read_columns"]


class Frame(Protocol):
    """What gives a column for its name."""

    def __getitem__(self, name: str, /) -> Any:
        """Give the column."""


def _names(frame: Any) -> list[Any]:
    """Give the names of the columns that there are."""
    fields = getattr(getattr(frame, "dtype", None), "names", None)
    return list(getattr(frame, "columns", frame) if fields is None else fields)


def _column(frame: Frame, name: str) -> NDArray[Any]:
    """Give one column as an array; what is missing from numbers is NaN."""
    if name not in (names := _names(frame)):
        there = ", ".join(repr(one) for one in names) or "none"
        raise ScoringError(f"there is no column {name!r}: the columns are {there}")
    values = frame[name]
    if getattr(values, "ndim", 1) != 1:
        raise ScoringError(f"there is more than one column {name!r}")
    dtype: Any = getattr(values, "dtype", None)
    if hasattr(dtype, "na_value") and dtype.kind in "biuf":  # a frame's own kind of numbers
        whole = dtype.kind in "iu" and not values.isna().any()
        return np.asarray(values.to_numpy(dtype=np.int64) if whole else values.to_numpy(np.float64, na_value=np.nan))
    return np.asarray(values)


def read_columns(frame: Frame, names: dict[str, str | None]) -> dict[str, NDArray[Any] | None]:
    """Give a column for each part that has a name; ``ScoringError`` for a name that there is not."""
    columns = {part: None if name is None else _column(frame, name) for part, name in names.items()}
    question = columns["question"]
    if question is not None and question.dtype.kind == "f" and np.all(question == np.rint(question)):
        columns["question"] = question.astype(np.int64)  # whole numbers among which some were missing once
    return columns


def _is_number(value: object) -> bool:
    """Whether it can be read as a finite number."""
    try:
        return not isinstance(value, str) and bool(np.isfinite(float(value)))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False


def _wrong(part: str, value: Any) -> str | None:
    """Say what is wrong with one value."""
    if part == "group":
        good = isinstance(value, (str, int)) and not isinstance(value, bool)
        return None if good else "a group is a whole number or text"
    if part == "question" and isinstance(value, str):
        return "a question is a whole number: number them first, as pandas.factorize does"
    if not _is_number(value):
        return "it must be a finite number"
    if part in ("forecast", "outcome"):
        return None if 0 <= value <= 1 else "it must lie between 0 and 1"
    if part == "weight":
        return None if 0 <= value < 2**31 else "it must be from 0 to 2**31 units"
    return None if value == int(value) and not isinstance(value, bool) else "a question is a whole number"


def blame(frame: Frame, names: dict[str, str | None], columns: dict[str, NDArray[Any] | None]) -> str | None:
    """Find the value at fault, and say what it is and where; ``None`` where no single value is."""
    for part, values in columns.items():
        for row, value in enumerate([] if values is None else values.tolist()):
            if wrong := _wrong(part, value):
                return f"column {names[part]!r}, row {row}{_label(frame, row)} is {value!r}: {wrong}"
    return None


def _label(frame: Any, row: int) -> str:
    """Give the label that a frame has for a row, where it is not its place."""
    index = getattr(frame, "index", None)
    if index is None or callable(index) or index[row] == row:
        return ""
    return f" (labelled {index[row]!r})"
