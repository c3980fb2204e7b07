"""The card: every figure of a set of forecasts, from its tally."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from math import inf
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

import numpy as np

from ledger.scoring.card_extras import EXTRAS, Extras, extra_figures
from ledger.scoring.isotonic import isotonic_blocks
from ledger.scoring.points import PARTS, total
from ledger.scoring.resampling import Resampled, resample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.bins import BinnedBy, Bins
    from ledger.scoring.points import Points
    from ledger.scoring.resampling import By
    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]

__all__ = ["Card", "CardOptions", "make_card"]

_PLAIN = ("base_rate", "brier", "brier_original", "log_score", "miscalibration", "discrimination", "uncertainty")


@dataclass(frozen=True)
class Card:
    """Every figure of a tally. Losses are smaller for better forecasts; ``None`` has its reason in ``reasons``.

    ``n`` counts units, ``brier`` is the half form (0 to 1), ``brier_original`` twice it; ``brier_interval`` is at 95 %
    and ``resampled`` says how it was made. ``log_score`` is in nats, infinite where ``log_score_infinite`` rows were
    given no chance and happened. ``skill_score`` is against the own base rate, in sample. ``miscalibration``,
    ``discrimination`` and ``uncertainty`` are CORP's, of the half form: ``brier = miscalibration - discrimination +
    uncertainty``. The figures of ``extra`` stand as attributes too; ``notes`` says of a figure what it was computed on.
    """

    n: int
    resampled: Resampled
    base_rate: float | None = None
    brier: float | None = None
    brier_original: float | None = None
    brier_interval: tuple[float, float] | None = None
    log_score: float | None = None
    log_score_infinite: int = 0
    skill_score: float | None = None
    miscalibration: float | None = None
    discrimination: float | None = None
    uncertainty: float | None = None
    extra: Extras = field(default_factory=Extras)
    reasons: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        """Give the extra figures by their names."""
        if name in EXTRAS:
            return getattr(self.extra, name)
        raise AttributeError(name)

    def as_dict(self) -> dict[str, Any]:
        """Give the figures for JSON: an infinite log score is ``None``, intervals are lists, nothing is NaN."""
        apart = ("resampled", "extra", "reasons", "notes")
        plain = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in apart}
        if plain["log_score"] == inf:
            plain["log_score"] = None
        if self.brier_interval:
            plain["brier_interval"] = list(self.brier_interval)
        return plain | self.extra.as_dict()


def _quadratic(points: Points) -> float:
    """Add up the half Brier scores, shares as if they were mixtures of yes and no."""

    def lost(rows: slice) -> Floats:
        p, yes = points.forecast[rows], points.happened[rows]
        return np.asarray(yes * (1 - p) ** 2 + (points.weight[rows] - yes) * p**2)

    return total(points.forecast.size, lost)


def _recalibrated(points: Points) -> float:
    """Add up the half Brier scores of the isotonic fit: of w rows in a block that happen x times, x (w - x) / w."""
    start = isotonic_blocks(points)
    weight, yes = np.add.reduceat(points.weight, start), np.add.reduceat(points.happened, start)
    return float((yes * (weight - yes) / weight).sum())


def _log(points: Points) -> float:
    """Add up the log scores in nats; infinite where the impossible happened. Only the outermost can be 0 or 1."""
    p, yes = points.forecast, points.happened
    first, last = int(p[0] == 0), p.size - int(p[-1] == 1)
    if np.any(yes[:first]) or np.any(yes[last:] < points.weight[last:]):
        return inf
    inner = slice(first, last)
    yes, weight, said, denied = (one[inner] for one in (yes, points.weight, *points.logs))
    return 0.0 - total(yes.size, lambda rows: yes[rows] * said[rows] + (weight[rows] - yes[rows]) * denied[rows])


def _impossible(tally: Tally) -> int:
    """Count the rows that were given no chance and happened: some of the first cells, and of the last."""
    none, sure = np.searchsorted(tally.forecast, 0.0, side="right"), np.searchsorted(tally.forecast, 1.0)
    wrong = [(slice(none), tally.outcome[:none] > 0), (slice(sure, None), tally.outcome[sure:] < 1)]
    return sum(int(tally.rows[rows][bad & (tally.weight[rows] > 0)].sum()) for rows, bad in wrong)


def _spread(tally: Tally, points: Points) -> float:
    """Give the sum of w r (1 - r) over shares r, which is 0 without them: what they differ from mixtures."""
    if points.happened_parts is not None:
        return 0.0
    return float((tally.weight / PARTS * tally.outcome * (1 - tally.outcome)).sum())


def _figures(tally: Tally, points: Points) -> dict[str, Any]:
    """Compute the figures that are defined wherever there is a forecast, and the skill."""
    weight, happened, spread = float(points.weight.sum()), float(points.happened.sum()), _spread(tally, points)
    base = min(happened / weight, 1.0)
    lost = (_quadratic(points), _recalibrated(points), weight * base * (1 - base))
    brier, best, constant = (max(one - spread, 0.0) / weight for one in lost)
    return {
        "base_rate": base,
        "brier": brier,
        "brier_original": 2 * brier,
        "log_score": _log(points) / weight,
        "log_score_infinite": _impossible(tally),
        "skill_score": 1 - brier / constant if constant else None,
        "miscalibration": max(brier - best, 0.0),
        "discrimination": max(constant - best, 0.0),
        "uncertainty": constant,
    }


class CardOptions(TypedDict, total=False):
    """How a card is drawn up.

    ``resamples`` (1000; 0: none) are drawn from ``seed`` (1); ``by`` is what is drawn: questions where the tally is
    keyed by them, else rows. ``units`` is the ``n`` to show, the rows with weight unless given. ``independent`` is a
    tally of one row a question (the last statements, say) for the test that needs independent rows. Without ``extras``
    only the first figures are computed. ``bins`` (10) and ``binned`` (by ``"value"``, ``"width"`` or ``"mass"``) are
    those of the reliability diagram, and of the two errors that are taken over it.
    """

    resamples: int
    seed: int
    by: By | None
    units: int | None
    independent: Tally | None
    extras: bool
    bins: Bins
    binned: BinnedBy


def make_card(tally: Tally, **options: Unpack[CardOptions]) -> Card:
    """Draw up the card of a tally."""
    whole = tally.pooled()
    points, units = whole.points(), options.get("units")
    resampled = resample(
        tally, resamples=options.get("resamples", 1000), seed=options.get("seed", 1), by=options.get("by")
    )
    reasons = {} if resampled.interval else {"brier_interval": str(resampled.reason)}
    figures = _figures(whole, points) if points.forecast.size else {}
    if not figures:
        reasons |= dict.fromkeys((*_PLAIN, "skill_score"), "there are no scored forecasts")
    elif figures["skill_score"] is None:
        reasons["skill_score"] = "every outcome is the same, so the base rate scores 0"
    extra, why, notes = extra_figures(
        tally,
        points,
        resampled,
        independent=options.get("independent"),
        bins=options.get("bins", 10),
        binned=options.get("binned", "width"),
        wanted=options.get("extras", True),
    )
    return Card(
        n=int(points.rows.sum()) if units is None else units,
        resampled=resampled,
        brier_interval=resampled.interval,
        extra=extra,
        reasons=reasons | why,
        notes=notes,
        **figures,
    )
