"""Data of published examples, which several tests read."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ledger.scoring.tally import Tally

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.scoring.points import Points

# scikit-learn's documentation of calibration_curve
CURVE_FORECAST = [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1.0]
CURVE_OUTCOME = [0, 0, 0, 0, 1, 1, 1, 1, 1]

# model-diagnostics' test of the CORP decomposition
SIX_FORECAST = [0.4, 0.3, 0.2, 0.1, 0.5, 0.9]
SIX_OUTCOME = [0, 0, 0, 1, 1, 1]

# R package SpecsVerification, eurotempforecast 1983 to 2009: members of 24 above normal, and whether it came so
EURO_FORECAST = [
    k / 24 for k in (17, 13, 21, 14, 5, 20, 4, 23, 15, 4, 12, 24, 16, 5, 21, 18, 15, 8, 20, 5, 3, 0, 21, 20, 3, 13, 18)
]
EURO_OUTCOME = [1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1]

# Mason and Graham 2002 (QJRMS 128:2145), as in the manual of R verification
MASON_FORECAST = [0.8, 0.8, 0, 1, 1, 0.6, 0.4, 0.8, 0, 0, 0.2, 0, 0, 1, 1]
MASON_OUTCOME = [0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1]


def tally(forecast: object, outcome: object, weight: object = None) -> Tally:
    """Count rows."""
    return Tally.count(forecast=forecast, outcome=outcome, weight=weight)  # type: ignore[arg-type]


def points(forecast: object, outcome: object, weight: object = None) -> Points:
    """Pool rows into points."""
    return tally(forecast, outcome, weight).points()


def niamey(folder: Path, forecaster: str) -> tuple[list[float], list[float]]:
    """Read one forecaster's rows of the Niamey 2016 rain forecasts (ECMWF, CC BY 4.0; Vogel et al. 2021)."""
    with (folder / "niamey2016" / "forecasts.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["forecaster"] == forecaster]
    return [float(row["probability"]) for row in rows], [float(row["outcome"]) for row in rows]
