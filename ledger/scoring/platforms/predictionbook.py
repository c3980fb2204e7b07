"""Scores as PredictionBook and Cleodora compute them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.scoring.rules import brier_score

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["PredictionBookScore", "cleodora_score", "predictionbook_score"]


@dataclass(frozen=True)
class PredictionBookScore:
    """``score`` is the mean half Brier score, 0 to 1; ``error`` is what the platform adds to rank groups by."""

    score: float
    error: float


def predictionbook_score(*, forecast: ArrayLike, outcome: ArrayLike) -> PredictionBookScore | None:
    """Average over all responses, every update equal; the error is ``1 / sqrt n``. ``None`` without responses."""
    losses = brier_score(forecast=forecast, outcome=outcome)
    if not losses.size:
        return None
    return PredictionBookScore(float(losses.mean()), 1 / math.sqrt(losses.size))


def cleodora_score(*, forecast: ArrayLike, outcome: ArrayLike) -> NDArray[np.float64]:
    """Give the original Brier score, 0 to 2, of each estimate, over its options: ``outcome`` is the index from 0."""
    return brier_score(forecast=forecast, outcome=outcome, form="original")
