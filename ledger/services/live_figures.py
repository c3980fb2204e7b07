"""The figures of a score as a screen keeps them in view: points, no intervals, quick on a million statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf

from ledger.domain.policies import Policy
from ledger.scoring.points import PARTS
from ledger.scoring.tally import Tally
from ledger.services.wording import counted

_NAMES = {
    "brier": "brier",
    "brier_original": "brier_original",
    "base_rate": "base_rate",
    "skill": "skill_score",
    "miscalibration": "miscalibration",
    "discrimination": "discrimination",
    "uncertainty": "uncertainty",
    "log_score": "log_score",
}


@dataclass(frozen=True, slots=True)
class PointFigures:
    """The figures of the binary questions; one that is not defined is ``None`` and says why in ``reasons``.

    ``n`` counts units (rows under the policy ``all``), ``scored`` units in any case, ``units`` those and all that are
    open, due, waiting, void or late. ``brier`` is on 0 to 1, ``brier_original`` on 0 to 2; ``log_score`` is in nats;
    ``skill`` is against the own base rate; ``brier = miscalibration - discrimination + uncertainty``.
    """

    n: int
    scored: int
    units: int
    brier: float | None = None
    brier_original: float | None = None
    base_rate: float | None = None
    skill: float | None = None
    miscalibration: float | None = None
    discrimination: float | None = None
    uncertainty: float | None = None
    log_score: float | None = None
    coverage: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)


def point_figures(tally: Tally, policy: Policy, scored: int, units: int) -> PointFigures:
    """The figures of a tally that is not keyed, for ``scored`` of ``units`` units."""
    n = int(tally.rows.sum()) if policy is Policy.ALL else scored
    card = tally.card(resamples=0, extras=False, units=n)
    figures: dict[str, float | None] = {name: getattr(card, of) for name, of in _NAMES.items()}
    reasons = {name: card.reasons[of] for name, of in _NAMES.items() if of in card.reasons}
    if figures["log_score"] == inf:
        figures["log_score"] = None
        reasons["log_score"] = f"infinite: {counted(card.log_score_infinite, 'row')} gave no chance to what happened"
    covered = None
    if policy is not Policy.TIME_AVERAGE:
        reasons["coverage"] = "only the time-average policy weighs by time"
    elif not scored:
        reasons["coverage"] = "there are no scored forecasts"
    else:
        covered = int(tally.weight.sum()) / PARTS / scored
    return PointFigures(n=n, scored=scored, units=units, coverage=covered, reasons=reasons, **figures)
