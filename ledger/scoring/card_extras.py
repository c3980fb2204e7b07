"""The card's further figures: discrimination, calibration, and the test that needs independent rows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from ledger.scoring.bins import bin_points
from ledger.scoring.calibration_error import error_of_bins
from ledger.scoring.calibration_tests import spiegelhalter
from ledger.scoring.cox import cox
from ledger.scoring.discrimination import discrimination
from ledger.scoring.independence import why_dependent
from ledger.scoring.reliability import diagram_of_bins

if TYPE_CHECKING:
    from ledger.scoring.bins import Binned, BinnedBy, Bins
    from ledger.scoring.points import Points
    from ledger.scoring.reliability import ReliabilityPoint
    from ledger.scoring.resampling import Resampled
    from ledger.scoring.tally import Tally

__all__ = ["EXTRAS", "Extras", "extra_figures"]


@dataclass(frozen=True)
class Extras:
    """Figures of discrimination and calibration; what is not defined is ``None``.

    ``auc`` (0 to 1), ``discrimination_slope`` and ``right_side`` (0 to 1) are rewards. ``ece`` and ``mce`` are losses
    over the bins of ``reliability``. ``calibration_in_the_large`` is the log odds by which more happened than was said,
    ``cox_intercept`` and ``cox_slope`` are 0 and 1 for calibrated forecasts. ``spiegelhalter_z`` is normal for them,
    and ``spiegelhalter_p`` two-sided.
    """

    auc: float | None = None
    discrimination_slope: float | None = None
    right_side: float | None = None
    ece: float | None = None
    mce: float | None = None
    calibration_in_the_large: float | None = None
    cox_intercept: float | None = None
    cox_slope: float | None = None
    spiegelhalter_z: float | None = None
    spiegelhalter_p: float | None = None
    reliability: tuple[ReliabilityPoint, ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Give the figures for JSON, the points of the reliability diagram as objects."""
        points = None if self.reliability is None else [_plain(point) for point in self.reliability]
        return {name: getattr(self, name) for name in EXTRAS} | {"reliability": points}


EXTRAS = tuple(Extras.__dataclass_fields__)
"""The names of the further figures."""

_SHOWN = ("low", "high", "n", "mean_forecast", "happened", "frequency", "interval")


def _plain(point: ReliabilityPoint) -> dict[str, Any]:
    """Give one point as an object of plain values."""
    shown = {name: value for name, value in asdict(point).items() if name in _SHOWN}
    return shown | {"interval": None if point.interval is None else list(point.interval)}


def extra_figures(
    tally: Tally,
    points: Points,
    resampled: Resampled,
    *,
    independent: Tally | None,
    bins: Bins,
    binned: BinnedBy,
    wanted: bool,
) -> tuple[Extras, dict[str, str], dict[str, str]]:
    """Compute the further figures; give them with the reasons for each ``None`` and the notes.

    ``independent`` is a tally of one row a question, for the test that needs it where ``tally`` is not one.
    """
    if not wanted:
        return Extras(), dict.fromkeys(EXTRAS, "not asked for"), {}
    told, fit, over = discrimination(points), cox(points), bin_points(points, bins=bins, by=binned)
    error = error_of_bins(over, why_dependent(tally))
    z, p, reason, notes = _spiegelhalter(tally, independent)
    diagram, why_no_band = _reliability(tally, over, resampled)
    extra = Extras(
        told.auc,
        told.slope,
        told.right_side,
        error.ece,
        error.mce,
        fit.in_the_large,
        fit.intercept,
        fit.slope,
        z,
        p,
        diagram,
    )
    found = {
        "discrimination_slope": told.reasons.get("slope"),
        "calibration_in_the_large": fit.reasons.get("in_the_large"),
    }
    found |= {"cox_intercept": fit.reasons.get("intercept"), "cox_slope": fit.reasons.get("slope")}
    found |= {name: told.reasons.get(name) for name in ("auc", "right_side")}
    found |= {name: error.reasons.get(name) for name in ("ece", "mce")}
    found |= {"spiegelhalter_z": reason, "spiegelhalter_p": reason, "reliability": why_no_band}
    return extra, {name: why for name, why in found.items() if why}, notes


def _spiegelhalter(
    tally: Tally, independent: Tally | None
) -> tuple[float | None, float | None, str | None, dict[str, str]]:
    """Test on independent rows: the tally's own, or those given beside it."""
    test = spiegelhalter(tally if independent is None else independent)
    notes = {}
    if independent is not None:
        note = f"computed on {int(independent.points().rows.sum())} independent rows"
        notes = dict.fromkeys(("spiegelhalter_z", "spiegelhalter_p"), note)
    return test.statistic, test.p_value, test.reason, notes


def _reliability(tally: Tally, over: Binned, resampled: Resampled) -> tuple[tuple[ReliabilityPoint, ...], str | None]:
    """Draw the diagram, with bands from the resamples of the card; say where it has none."""
    drawn = diagram_of_bins(tally, over, resamples=max(resampled.resamples, 1), seed=resampled.seed)
    if drawn.method != "questions" or resampled.resamples:
        return drawn.points, None if drawn.method else drawn.reason
    return tuple(replace(point, interval=None) for point in drawn.points), resampled.reason
