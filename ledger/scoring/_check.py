"""What every function of the package asks of its arrays; a refusal names the element."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ledger.errors import ScoringError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["events", "first_bad", "integers", "labels", "named", "numbers", "place", "same_shape", "shares", "vector"]


def place(name: str, index: tuple[int, ...]) -> str:
    """Name one element: ``forecast[3]``, ``quantiles[0, 2]``, or the bare name of a single number."""
    return f"{name}[{', '.join(str(part) for part in index)}]" if index else name


def first_bad(name: str, values: NDArray[Any], good: NDArray[np.bool_] | np.bool_, rule: str) -> None:
    """Raise ``ScoringError`` for the first element that is not ``good``; ``rule`` says what was asked of it."""
    if np.all(good):
        return
    index = tuple(int(part) for part in np.argwhere(~np.asarray(good))[0])
    raise ScoringError(f"{place(name, index)} is {values[index]}: {rule}")


def _plain(values: ArrayLike) -> NDArray[Any]:
    """Give missing elements of a masked array as NaN, so that they are seen and refused."""
    if isinstance(values, np.ma.MaskedArray):
        return np.ma.filled(values.astype(np.float64), np.nan)
    return np.asarray(values)


def numbers(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Read finite real numbers of any shape as float64; text, complex numbers, NaN and infinities are refused."""
    try:
        raw = _plain(values)
        told = raw.dtype.kind == "O" and any(isinstance(one, (str, bytes)) for one in raw.flat)
        real = raw.dtype.kind in "biufO" and not told
        array: NDArray[np.float64] | None = raw.astype(np.float64, copy=False) if real else None
    except (TypeError, ValueError):
        array = None
    if array is None:
        raise ScoringError(f"{name} must be an array of real numbers")
    first_bad(name, array, np.isfinite(array), "it must be a finite number")
    return array


def vector(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Read finite real numbers in one dimension."""
    array = numbers(name, values)
    if array.ndim != 1:
        raise ScoringError(f"{name} must have one dimension, not {array.ndim}")
    return array


def shares(name: str, array: NDArray[np.float64]) -> NDArray[np.float64]:
    """Refuse what lies outside 0 to 1; give the array back, a negative zero as zero."""
    first_bad(name, array, (array >= 0) & (array <= 1), "it must lie between 0 and 1")
    return array + 0.0


def integers(name: str, values: ArrayLike) -> NDArray[np.int64]:
    """Read whole numbers in one dimension as int64; anything else is refused."""
    array = np.asarray(values)
    if array.ndim != 1 or (array.dtype.kind not in "iu" and array.size):
        raise ScoringError(f"{name} must be whole numbers in one dimension")
    return array.astype(np.int64)


def labels(name: str, values: ArrayLike) -> NDArray[Any]:
    """Read whole numbers or text in one dimension, for telling groups apart."""
    array = np.asarray(values)
    if array.dtype.kind in "iu":
        return integers(name, array)
    if array.ndim != 1 or not all(isinstance(label, str) for label in array.tolist()):
        raise ScoringError(f"{name} must be whole numbers or text in one dimension")
    return array.astype(np.str_)


def same_shape(name: str, array: NDArray[Any], other: str, shape: tuple[int, ...]) -> None:
    """Refuse an array whose shape is not that of the ``other`` one."""
    if array.shape != shape:
        raise ScoringError(f"{name} has shape {array.shape}, {other} has shape {shape}: they must be the same")


def named(name: str, chosen: str, choices: dict[str, Any]) -> Any:
    """Look up a choice by its name, or refuse with the names that there are."""
    if chosen not in choices:
        raise ScoringError(f"{name} is {chosen!r}: it must be one of {', '.join(choices)}")
    return choices[chosen]


def events(
    forecast: ArrayLike, outcome: ArrayLike, *, categories: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64], bool]:
    """Read probabilities and outcomes of the same shape, and say whether their last axis is options."""
    p = shares("forecast", numbers("forecast", forecast))
    y = numbers("outcome", outcome)
    options = categories or y.ndim == p.ndim - 1
    if options:
        first_bad("the sum of forecast", p.sum(axis=-1), p.sum(axis=-1) <= 1 + 1e-9, "options must not pass 1 together")
    if y.ndim == p.ndim - 1:
        return p, _happened(y, p.shape), options
    same_shape("outcome", y, "forecast", p.shape)
    return p, shares("outcome", y), options


def _happened(index: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Turn the options that happened, counted from 0, into vectors of 0 and 1."""
    same_shape("outcome", index, "all but the last axis of forecast", shape[:-1])
    rule = f"it must be an option from 0 to {shape[-1] - 1}"
    first_bad("outcome", index, (index >= 0) & (index < shape[-1]) & (index == np.floor(index)), rule)
    return np.asarray(index[..., None] == np.arange(shape[-1]), dtype=np.float64)
