"""How well forecasts tell what happens from what does not, whatever their calibration."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring.decomposition import NOTHING

if TYPE_CHECKING:
    from ledger.scoring.points import Points

__all__ = ["Discrimination", "discrimination"]


@dataclass(frozen=True)
class Discrimination:
    """Area under the ROC curve, discrimination slope, and share on the right side of one half; all are rewards.

    ``auc``: the chance that something that happened was given more than something that did not, a tie counting half
    (Mason and Graham 2002, QJRMS 128:2145); 0.5 tells nothing. ``slope``: the mean forecast of what happened less that
    of what did not (Yates 1982). ``right_side``: the share of the weight given more than ½ that happened and less than
    ½ that did not; exactly ½ takes no side and counts half. What is not defined is ``None``, with the reason.
    """

    auc: float | None
    slope: float | None
    right_side: float | None
    reasons: dict[str, str] = field(default_factory=dict)


def discrimination(points: Points) -> Discrimination:
    """Compute the three figures from the distinct probabilities; a share counts for both classes."""
    p, yes, weight = points.forecast, points.happened, points.weight
    if not p.size:
        return Discrimination(None, None, None, dict.fromkeys(("auc", "slope", "right_side"), NOTHING))
    no = weight - yes
    sides = yes[p > 0.5].sum() + no[p < 0.5].sum() + weight[p == 0.5].sum() / 2
    right_side = float(sides / weight.sum())
    all_yes, all_no = float(yes.sum()), float(no.sum())
    if not all_yes or not all_no:
        reason = "everything happened" if all_yes else "nothing happened"
        return Discrimination(None, None, right_side, dict.fromkeys(("auc", "slope"), reason))
    below = np.cumsum(no) - no / 2
    auc = float((yes * below).sum()) / (all_yes * all_no)
    slope = float((yes * p).sum()) / all_yes - float((no * p).sum()) / all_no
    return Discrimination(auc, slope, right_side)
