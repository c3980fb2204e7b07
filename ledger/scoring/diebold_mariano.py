"""Are two series of scores equally good? Diebold and Mariano, with the small-sample and the parametric variants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

__all__ = ["DieboldMariano", "diebold_mariano", "lag_sum"]

Method = Literal["HLN", "HG"]
Distribution = Literal["t", "normal"]
_FIGURES = ("statistic", "p_value", "above_zero", "interval")


@dataclass(frozen=True)
class DieboldMariano:
    """A test that the mean difference is 0.

    ``p_value`` is two-sided; ``above_zero`` is the confidence, 0 to 1, that the true mean lies above 0; ``interval``
    is that of the mean difference at the level ``confidence``.
    """

    n: int
    mean: float | None
    statistic: float | None
    p_value: float | None
    above_zero: float | None
    interval: tuple[float, float] | None
    confidence: float
    reasons: dict[str, str] = field(default_factory=dict)


def lag_sum(*, difference: ArrayLike, lag: int) -> float:
    """Sum the products of the centred series with itself ``lag`` steps on; divided by n it is the autocovariance."""
    values = _check.vector("difference", difference)
    centred = values - values.mean()
    return float(centred[lag:] @ centred[: centred.size - lag])


def _covariances(values: NDArray[np.float64], lags: int) -> NDArray[np.float64]:
    return np.array([lag_sum(difference=values, lag=lag) for lag in range(lags)]) / values.size


def _variance_hln(values: NDArray[np.float64], h: int) -> float:
    """Variance of the mean with the correction of Harvey, Leybourne and Newbold (1997, Int. J. Forecasting 13:281)."""
    n, covariances = values.size, _covariances(values, h)
    correction = (n + 1 - 2 * h + h * (h - 1) / n) / n
    return float(covariances[0] + 2 * covariances[1:].sum()) / n / correction


def _variance_hg(values: NDArray[np.float64]) -> float:
    """Variance of the mean under exponential autocovariances, after Hering and Genton (2011, Technometrics 53:414).

    The model s r^k, 0 <= r < 1, is fitted by least squares to the first half of the lags. Given r, s is a ratio;
    so one number is sought, first on a grid and then between its neighbours.
    """
    from scipy.optimize import minimize_scalar

    seen = _covariances(values, max((values.size - 1) // 2, 1))

    def sill(r: float) -> float:
        powers = r ** np.arange(seen.size)
        return float(seen @ powers / (powers @ powers))

    def misfit(r: float) -> float:
        return float(((seen - sill(r) * r ** np.arange(seen.size)) ** 2).sum())

    best = min((place / 1000 for place in range(1000)), key=misfit)
    around = (max(best - 0.001, 0.0), best + 0.001)
    found = float(minimize_scalar(misfit, bounds=around, options={"xatol": 1e-12}).x)
    r = min(best, found, key=misfit)
    powers = r ** np.arange(values.size)
    return float(sill(r) * (2 * powers.sum() - 1)) / values.size


def diebold_mariano(
    *,
    difference: ArrayLike,
    h: int = 1,
    method: Method = "HLN",
    distribution: Distribution = "t",
    confidence: float = 0.95,
) -> DieboldMariano:
    """Test whether a series of score differences has mean 0 (Diebold and Mariano 1995, J. Bus. Econ. Stat. 13:253).

    ``h`` is the horizon: differences ``h`` or more apart are taken as uncorrelated (``HLN``; ``HG`` ignores it).
    Use ``h=1`` for one difference a question. Figures are ``None``, with the reason, for fewer than two
    differences, for a constant series, and where the estimate of the variance is not positive.
    """
    if method not in ("HLN", "HG") or distribution not in ("t", "normal") or not 0 < confidence < 1:
        raise ScoringError("method is HLN or HG, distribution t or normal, confidence between 0 and 1")
    values = _check.vector("difference", difference)
    n = values.size
    if n < 2:
        mean = float(values[0]) if n else None
        return _undefined(n, mean, confidence, "fewer than two differences")
    if not 0 < h < n:
        raise ScoringError(f"h is {h}: it must be at least 1 and below the number of differences, {n}")
    if np.ptp(values) == 0:
        return _undefined(n, float(values[0]), confidence, "every difference is the same")
    variance = _variance_hln(values, h) if method == "HLN" else _variance_hg(values)
    if variance <= 0:
        return _undefined(n, float(values.mean()), confidence, "the estimated variance is not positive")
    return _figures(values, np.sqrt(variance), distribution, confidence)


def _undefined(n: int, mean: float | None, confidence: float, reason: str) -> DieboldMariano:
    reasons = dict.fromkeys(_FIGURES if n else ("mean", *_FIGURES), reason)
    return DieboldMariano(n, mean, None, None, None, None, confidence, reasons)


def _figures(
    values: NDArray[np.float64], error: float, distribution: Distribution, confidence: float
) -> DieboldMariano:
    from scipy.stats import norm, t

    law = norm() if distribution == "normal" else t(values.size - 1)
    mean = float(values.mean())
    statistic, reach = mean / error, float(law.ppf((1 + confidence) / 2)) * error
    return DieboldMariano(
        n=values.size,
        mean=mean,
        statistic=float(statistic),
        p_value=float(2 * law.sf(abs(statistic))),
        above_zero=float(law.cdf(statistic)),
        interval=(float(mean - reach), float(mean + reach)),
        confidence=confidence,
    )
