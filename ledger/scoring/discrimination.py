"""How well forecasts tell what happens from what does not, whatever their calibration."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring.decomposition import NOTHING
from ledger.scoring.points import slices

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


def _right(points: Points) -> float:
    """Add up the weight on the right side of one half."""
    low, high = (int(np.searchsorted(points.forecast, 0.5, side=side)) for side in ("left", "right"))
    denied = points.weight[:low].sum() - points.happened[:low].sum()
    return float(denied + points.happened[high:].sum() + points.weight[low:high].sum() / 2)


def discrimination(points: Points) -> Discrimination:
    """Compute the three figures from the distinct probabilities; a share counts for both classes."""
    if not points.forecast.size:
        return Discrimination(None, None, None, dict.fromkeys(("auc", "slope", "right_side"), NOTHING))
    weight, all_yes = float(points.weight.sum()), float(points.happened.sum())
    right_side, all_no = _right(points) / weight, weight - all_yes
    if not all_yes or not all_no:
        reason = "everything happened" if all_yes else "nothing happened"
        return Discrimination(None, None, right_side, dict.fromkeys(("auc", "slope"), reason))
    said, said_of_yes, above, below = 0.0, 0.0, 0.0, 0.0
    for rows in slices(points.forecast.size):
        p, yes, w = points.forecast[rows], points.happened[rows], points.weight[rows]
        no = w - yes
        reach = np.cumsum(no)
        above += float((yes * (reach - no / 2)).sum()) + below * float(yes.sum())
        below += float(reach[-1])
        said, said_of_yes = said + float((w * p).sum()), said_of_yes + float((yes * p).sum())
    slope = said_of_yes / all_yes - (said - said_of_yes) / all_no
    return Discrimination(above / (all_yes * all_no), slope, right_side)
