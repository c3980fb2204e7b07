"""The score over time: by month of the deadline, and up to each month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ledger.domain.policies import Policy
from ledger.scoring.points import PARTS
from ledger.services.score_rows import Rows


@dataclass(frozen=True, slots=True)
class Month:
    """The half Brier score (0 to 1) of the binary units whose deadline lies in ``month`` (UTC, as ``2025-01``).

    ``n`` counts units, or rows under ``all``; ``so_far`` and ``n_so_far`` take every month up to this one together. A
    score is ``None`` where no row has weight.
    """

    month: str
    n: int
    brier: float | None
    n_so_far: int
    so_far: float | None


def trend(rows: Rows, deadlines: NDArray[np.int64], policy: Policy) -> tuple[Month, ...]:
    """The months in order; ``deadlines`` (µs) are those of the questions of ``rows``."""
    if not len(rows):
        return ()
    months, at = np.unique(deadlines.astype("datetime64[us]").astype("datetime64[M]"), return_inverse=True)
    known = [str(month) for month in months]
    weight = rows.weight / PARTS
    lost = weight * (rows.probability - rows.outcome) ** 2
    return _months(known, *(_summed(at, one, len(known)) for one in (_counted(rows, policy), lost, weight)))


def _summed(at: NDArray[np.intp], values: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(at, values, length), dtype=np.float64)


def _counted(rows: Rows, policy: Policy) -> NDArray[np.float64]:
    """One for each row that n counts: the first of each unit, or every one under ``all``."""
    first = np.ones(len(rows))
    if policy is not Policy.ALL:
        same = (rows.question[1:] == rows.question[:-1]) & (rows.forecaster[1:] == rows.forecaster[:-1])
        first[1:] = ~same
    return first


def _months(
    known: list[str], n: NDArray[np.float64], lost: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[Month, ...]:
    columns = (n, lost, weight, n.cumsum(), lost.cumsum(), weight.cumsum())
    return tuple(
        Month(name, int(count), _mean(loss, heavy), int(counts), _mean(losses, weights))
        for name, count, loss, heavy, counts, losses, weights in zip(known, *(c.tolist() for c in columns), strict=True)
    )


def _mean(lost: float, weight: float) -> float | None:
    return lost / weight if weight > 0 else None
