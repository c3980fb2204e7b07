"""The smooth calibration error: how far calibration is off where a kernel takes neighbours together, and no bins do.

Błasiok and Nakkiran 2023 (arXiv 2309.12236): the residuals outcome - forecast are smoothed with a Gaussian that is
reflected at 0 and 1; the error at a bandwidth is the mean absolute value of the result; it falls as the bandwidth
rises, and the figure is where the two are equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring.decomposition import NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.points import Points

    Floats = NDArray[np.float64]

__all__ = ["SmoothError", "smooth_calibration_error"]

_LEAST = 0.001  # bandwidth below which nothing is resolved
_MESH = 2**14
_BLOCK = 2**22  # cosines at a time


@dataclass(frozen=True)
class SmoothError:
    """The error and its bandwidth, both 0 to 1; ``None`` with a ``reason`` where there are no scored forecasts."""

    error: float | None
    bandwidth: float | None
    reason: str | None = None


def _waves(points: Points, count: int) -> Floats:
    """Give the first cosine coefficients of the residuals: in these a reflected Gaussian is a product."""
    rest = (points.happened - points.weight * points.forecast) / points.weight.sum()
    angle = np.pi * points.forecast
    step = max(1, _BLOCK // angle.size)
    blocks = (np.arange(at, min(at + step, count)) for at in range(0, count, step))
    return np.concatenate([np.cos(np.outer(block, angle)) @ rest for block in blocks])


def _smoothed(waves: Floats, bandwidth: float) -> float:
    """Integrate the absolute value of the smoothed residuals over 0 to 1, by trapezes."""
    damped = waves * np.exp(-0.5 * (np.pi * bandwidth * np.arange(waves.size)) ** 2)
    curve = np.abs(np.fft.irfft(damped, n=2 * _MESH)[: _MESH + 1]) * (2 * _MESH)
    return float(curve.sum() - (curve[0] + curve[-1]) / 2) / _MESH


def _exact(points: Points) -> SmoothError:
    """Find the bandwidth that is its own error, by halving, with as many waves as it needs."""
    low, waves = 0.0, np.empty(0)
    for count in (128, 512, 4096):
        # A Gaussian of this bandwidth leaves less than 1e-17 of the waves beyond the last.
        low, waves = max(_LEAST, 9 / (np.pi * count)), _waves(points, count)
        if _smoothed(waves, low) > low:
            break
    else:
        return SmoothError(_smoothed(waves, low), low)
    high = 1.0
    for _ in range(45):
        middle = (low + high) / 2
        low, high = (middle, high) if _smoothed(waves, middle) > middle else (low, middle)
    return SmoothError(_smoothed(waves, high), high)


def _spread_out(points: Points, values: Floats, bandwidth: float, size: int) -> Floats:
    """Smooth values on a grid of ``size`` points, with a kernel cut at half the range and one reflection."""
    place = points.forecast * (size - 1)
    left = np.minimum(place.astype(np.int64), size - 2)
    right = place - left
    grid = np.bincount(left, values * (1 - right), size) + np.bincount(left + 1, values * right, size)
    kernel = np.exp(-((np.linspace(-0.5, 0.5, size) / bandwidth) ** 2) / 2) / (np.sqrt(2 * np.pi) * bandwidth)
    mirrored = np.concatenate([grid[:0:-1], grid, grid[-2::-1]])
    smooth: Floats = np.convolve(mirrored, kernel, "valid")[size // 2 : size // 2 + size]
    return smooth


def _as_relplot(points: Points, bandwidth: float) -> float:
    """Give the error at a bandwidth as relplot 1.0.3 does: on a grid, over the smoothed count of the forecasts."""
    size = max(2000, round(20 / bandwidth)) // 2 + 1
    at = np.linspace(0, 1, max(200, round(10 / bandwidth))) * (size - 1)
    rest, count = (
        np.interp(at, np.arange(size), _spread_out(points, values, bandwidth, size))
        for values in (points.happened - points.weight * points.forecast, points.weight)
    )
    return float(np.abs(rest).sum() / (count + 1e-4).sum())


def _relplot(points: Points) -> SmoothError:
    """Search the bandwidth in ten halvings, and keep the last one that was above its error."""
    high, low = 1.0, 0.0
    for _ in range(10):
        middle = (low + high) / 2
        small = middle < _LEAST or middle < _as_relplot(points, middle)
        low, high = (middle, high) if small else (low, middle)
    return SmoothError(_as_relplot(points, high), high)


def smooth_calibration_error(points: Points, *, convention: Literal["exact", "relplot"] = "exact") -> SmoothError:
    """Compute the smooth calibration error, 0 to 1, lower is better; not proper: never rank forecasters by it.

    ``"exact"`` follows the definition, to about 1e-8; below a bandwidth of 0.001 the error at that bandwidth stands.
    ``"relplot"`` gives the figures of the package relplot 1.0.3, which differ: it counts a forecast of exactly 0 or 1
    half, as its mirror image is left out, cuts the kernel off, and looks for the bandwidth in steps of 1/1024. Raises
    ``ScoringError`` for another convention.
    """
    if convention not in ("exact", "relplot"):
        raise ScoringError(f"the smooth error has the conventions exact and relplot, not {convention}")
    if not points.forecast.size:
        return SmoothError(None, None, NOTHING)
    return _exact(points) if convention == "exact" else _relplot(points)
