"""Murphy's components less the bias that small samples give them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring.decomposition import NOTHING, mean
from ledger.scoring.murphy import DEVIATIONS, THREE, binned_cells, components, deviations, influence_of, murphy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ledger.scoring.bins import BinnedBy, Bins
    from ledger.scoring.murphy import BinnedCells
    from ledger.scoring.tally import Tally

    Floats = NDArray[np.float64]
    Three = tuple[float, float, float]

__all__ = ["Corrected", "bias_corrected", "specs_verification"]


@dataclass(frozen=True)
class Corrected:
    """The three components less their bias in small samples, with standard deviations; see ``reasons`` for ``None``."""

    miscalibration: float | None = None
    discrimination: float | None = None
    uncertainty: float | None = None
    miscalibration_sd: float | None = None
    discrimination_sd: float | None = None
    uncertainty_sd: float | None = None
    reasons: dict[str, str] = field(default_factory=dict)


def _corrections(of: BinnedCells) -> tuple[Three, Floats]:
    """Give the biases of the three components, and their influences.

    Bröcker 2012 (Clim. Dyn. 39:655), Ferro and Fricker 2012 (QJRMS 138:1954). A bin of one row corrects nothing.
    """
    n, size = of.n, float(of.of.w.sum())
    many, spread = n > 1, of.seen * (1 - of.seen)
    less = np.where(many, n - 1, 1.0)
    within = np.where(many, spread / less, 0.0)
    by_size = of.seen / less - spread * (2 * n - 1) / less**2
    by_event = (1 - 2 * of.seen) / less
    total = of.base * (1 - of.base) / (size - 1)
    inside = np.where(many, by_size + of.of.y * by_event, 0.0)
    outside = of.of.y * (1 - 2 * of.base) / (size - 1)
    c = mean(within, of.of.w)
    return (-c, total - c, total), np.stack([-inside, outside - inside, outside])


def bias_corrected(tally: Tally, *, bins: Bins = 10, by: BinnedBy = "value") -> Corrected:
    """Take the small-sample bias out of Murphy's components; the miscalibration may come out below 0.

    It is then the estimator that is also known as the debiased squared calibration error (Kumar, Liang and Ma 2019).
    ``None`` below two rows, and unless rows are independent, of one unit each, with outcomes of 0 or 1.
    """
    of = binned_cells(tally, bins, by)
    if of is None or of.dependent or of.of.w.sum() <= 1:
        reason = NOTHING if of is None else of.dependent or "one row has no bias to take out"
        return Corrected(reasons=dict.fromkeys(THREE + DEVIATIONS, reason))
    bias, influence = _corrections(of)
    a, b, c = components(of)
    return Corrected(a + bias[0], b + bias[1], c + bias[2], *deviations(of, influence_of(of) + influence))


def specs_verification(tally: Tally, *, bins: Bins = 10, by: BinnedBy = "width") -> Corrected:
    """Correct the bias as R's SpecsVerification does: all corrections shrunk alike until each component is possible.

    That keeps miscalibration at 0 or more, discrimination within 0 to 1 and uncertainty at 1/4 or less; the standard
    deviations are of the components before shrinking. ``None`` as for ``bias_corrected``.
    """
    full, plain = bias_corrected(tally, bins=bins, by=by), murphy(tally, bins=bins, by=by)
    pairs = [(getattr(plain, name), getattr(full, name)) for name in THREE]
    if full.reasons:
        return full
    share = _shrink(*((before, after - before) for before, after in pairs))
    rel, res, unc = (max(a + share * (b - a), 0.0) for a, b in pairs)
    return replace(full, miscalibration=rel, discrimination=res, uncertainty=unc)


def _shrink(rel: tuple[float, float], res: tuple[float, float], unc: tuple[float, float]) -> float:
    """Give the share of the corrections, at most 1, that every component (its value, its correction) can bear."""
    shares = [1.0]
    if rel[1] < 0:
        shares.append(-rel[0] / rel[1])
    if res[1]:
        shares.append(max(-res[0] / res[1], (1 - res[0]) / res[1]))
    if unc[1] > 0:
        shares.append((1 - 4 * unc[0]) / (4 * unc[1]))
    return min(shares)
