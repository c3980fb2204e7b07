"""The Murphy diagram: the mean elementary score at every threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ledger.scoring.points import Points

__all__ = ["murphy_diagram"]


def murphy_diagram(points: Points, *, threshold: ArrayLike) -> NDArray[np.float64]:
    """Give the mean elementary score at each threshold, between 0 and 1; a loss, 0 to 1.

    Ehm, Gneiting, Jordan and Krüger 2016 (JRSS-B 78:505): at threshold t it is 1 - t where the event happened and the
    forecast was t or less, t where it did not and the forecast was greater, and 0 otherwise. Every proper score is a
    mixture of these: a forecaster who is lower everywhere is better by all of them. Twice the area is the Brier score.
    Raises ``ScoringError`` where there are no forecasts.
    """
    at = _check.shares("threshold", _check.vector("threshold", threshold))
    if not points.forecast.size:
        raise ScoringError("a Murphy diagram needs at least one forecast")
    place = np.searchsorted(points.forecast, at, side="right")
    happened = np.concatenate([[0.0], np.cumsum(points.happened)])
    spared = np.concatenate([[0.0], np.cumsum(points.weight - points.happened)])
    mean: NDArray[np.float64] = ((1 - at) * happened[place] + at * (spared[-1] - spared[place])) / points.weight.sum()
    return mean
