"""What the words turned out to mean: how often what was called "likely" happened, beside what the scale says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import probabilities
from ledger.scoring.intervals import wilson_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import ArrayLike, NDArray

    _Key = tuple[str, float, float, str]

__all__ = ["Meaning", "word_meanings"]


@dataclass(frozen=True)
class Meaning:
    """One term of one source (empty where sources are not told apart), over ``n`` questions that settled.

    ``happened`` of ``n`` is ``frequency``, with its Wilson ``interval`` (``confidence`` wide); ``low`` to ``high`` is
    what the scale says. ``p_below`` is the exact binomial chance that so few happen if the true frequency is ``low``,
    ``p_above`` that so many do if it is ``high``: small where the word means less, or more, than it should.
    """

    source: str
    term: str
    n: int
    happened: float
    frequency: float
    interval: tuple[float, float]
    low: float
    high: float
    p_below: float | None
    p_above: float | None
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def within(self) -> bool:
        """Whether the frequency lies in the range of the scale, ends included."""
        return self.low <= self.frequency <= self.high


def word_meanings(
    *,
    term: Sequence[str],
    outcome: ArrayLike,
    low: ArrayLike,
    high: ArrayLike,
    source: Iterable[str] | None = None,
    confidence: float = 0.95,
) -> list[Meaning]:
    """Say for each term, by source where ``source`` is given, how often it happened, in order of source, low, high.

    One row is one settled question of one forecaster (its last statement, say): rows are taken as independent. A
    term whose range differs, as one word does between scales, is another term. An outcome may be a share; its group
    then has no exact test.
    """
    seen = probabilities("outcome", outcome)
    least = probabilities("low", low)
    most = probabilities("high", high)
    sources = [""] * len(term) if source is None else list(source)
    if not len(term) == len(sources) == seen.size == least.size == most.size:
        raise ScoringError("term, source, outcome, low and high must be of one length")
    _check.first_bad("low", least, least <= most, "it must not lie above the high end")
    groups: dict[_Key, list[int]] = {}
    for row, key in enumerate(zip(sources, least.tolist(), most.tolist(), term, strict=True)):
        groups.setdefault(key, []).append(row)
    return [_meaning(key, seen[rows], confidence) for key, rows in sorted(groups.items())]


def _meaning(key: _Key, seen: NDArray[np.float64], confidence: float) -> Meaning:
    source, low, high, term = key
    happened, n = float(seen.sum()), seen.size
    ends = wilson_interval(happened=[happened], n=[n], confidence=confidence)
    whole = bool(((seen == 0) | (seen == 1)).all())
    below, above = _exact(happened, n, low, high) if whole else (None, None)
    return Meaning(
        source=source,
        term=term,
        n=n,
        happened=happened,
        frequency=happened / n,
        interval=(float(ends[0][0]), float(ends[1][0])),
        low=low,
        high=high,
        p_below=below,
        p_above=above,
        reasons={} if whole else dict.fromkeys(("p_below", "p_above"), "an outcome is a share, not yes or no"),
    )


def _exact(happened: float, n: int, low: float, high: float) -> tuple[float, float]:
    """Chances of at most so many at ``low``, and of at least so many at ``high``."""
    from scipy.stats import binom

    return float(binom.cdf(happened, n, low)), float(binom.sf(happened - 1, n, high))
