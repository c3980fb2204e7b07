"""CORP and Yates, against what is printed; V numbers are of the scoring reference."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring.decomposition import Corp, Yates, corp, yates
from ledger.scoring.rules import brier_score, log_score, spherical_score
from ledger.scoring.tally import Tally
from tests.scoring.reference import SIX_FORECAST, SIX_OUTCOME, niamey

ROWS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]) | st.floats(0, 1),
        st.sampled_from([0.0, 1.0]),
        st.sampled_from([1.0, 0.25, 1 / 3, 0.0]),
    ),
    min_size=1,
    max_size=25,
).filter(lambda rows: any(weight for _, _, weight in rows))


def count(rows: list[tuple[float, float, float]]) -> Tally:
    p, y, w = zip(*rows, strict=True)
    return Tally.count(forecast=p, outcome=y, weight=w)


def figures(of: Corp) -> list[float]:
    assert of.reasons == {}
    return [getattr(of, name) for name in ("score", "miscalibration", "discrimination", "uncertainty")]


def test_v6_two_scores() -> None:
    tally = Tally.count(forecast=SIX_FORECAST, outcome=SIX_OUTCOME)
    brier = [0.2266667, 0.1016667, 0.125, 0.25]
    assert figures(corp(tally)) == pytest.approx(brier, abs=5e-8)
    log = [0.6986228, 0.3237327, 0.3182571, 0.6931472]
    assert figures(corp(tally, rule=log_score)) == pytest.approx(log, abs=5e-8)


def test_v7_a_tie_off_the_unit_interval() -> None:
    """model-diagnostics documentation: -1 1 1 2 are no probabilities, so the tally is made by hand."""
    ones = np.array([2**32] * 4)
    tally = Tally(np.array([-1.0, 1, 1, 2]), np.array([0.0, 0, 1, 1]), ones, np.ones(4, dtype=np.int64))
    got = corp(tally, rule=lambda *, forecast, outcome: (forecast - outcome) ** 2)
    assert figures(got) == pytest.approx([0.75, 0.625, 0.125, 0.25], abs=1e-15)


@pytest.mark.parametrize("forecaster", ["EMOS", "ENS"])
def test_v5_niamey(shared_data: Path, forecaster: str) -> None:
    """Niamey 2016 (ECMWF, CC BY 4.0, by way of reliabilitydiag); EMOS is published, ENS has ties, which are pooled."""
    p, y = niamey(shared_data, forecaster)
    expected = json.loads((shared_data / "niamey2016/expected.json").read_text())
    computed = expected["computed"][forecaster]
    got = figures(corp(Tally.count(forecast=p, outcome=y)))
    assert got == pytest.approx([computed[name] for name in ("brier", "mcb", "dsc", "unc")], abs=1e-14)
    if forecaster == "EMOS":
        published = expected["published"]["README EMOS (brier, mcb, dsc, unc)"]
        assert [float(f"{figure:.3g}") for figure in got] == published


@pytest.mark.parametrize("rule", [brier_score, log_score, spherical_score])
@given(rows=ROWS)
def test_corp_closes_for_any_proper_score(rule: Any, rows: list[tuple[float, float, float]]) -> None:
    got = corp(count(rows), rule=rule)
    score, mcb, dsc, unc = figures(got)
    assert mcb >= -1e-12
    assert dsc >= -1e-12
    if math.isfinite(score):
        assert mcb - dsc + unc == pytest.approx(score, abs=1e-12)
    else:
        assert mcb == math.inf
        assert math.isfinite(dsc)


def test_an_impossible_event_has_an_infinite_miscalibration() -> None:
    got = corp(Tally.count(forecast=[0, 0.5], outcome=[1, 0]), rule=log_score)
    assert figures(got) == [math.inf, math.inf, 0, pytest.approx(math.log(2))]


def test_a_cell_without_weight_does_not_count() -> None:
    with_it = Tally.count(forecast=[0.0, 0.4, 0.6], outcome=[1, 0, 1], weight=[0, 1, 1])
    without = Tally.count(forecast=[0.4, 0.6], outcome=[0, 1])
    assert corp(with_it, rule=log_score) == corp(without, rule=log_score)


def test_one_class_has_no_uncertainty() -> None:
    score, mcb, dsc, unc = figures(corp(Tally.count(forecast=[0.2, 0.6], outcome=[1, 1])))
    assert (score, mcb, dsc, unc) == pytest.approx((0.4, 0.4, 0, 0), abs=1e-15)


def test_nothing_has_no_components() -> None:
    got = corp(Tally.merge())
    assert (got.score, got.miscalibration, got.discrimination, got.uncertainty) == (None, None, None, None)
    assert set(got.reasons) == {"score", "miscalibration", "discrimination", "uncertainty"}
    assert set(got.reasons.values()) == {"there are no scored forecasts"}
    empty = yates(Tally.count(forecast=[0.5], outcome=[1], weight=[0]))
    assert empty.score is None
    assert set(empty.reasons) == set(Yates.__dataclass_fields__) - {"reasons"}


def test_yates_by_hand() -> None:
    got = yates(Tally.count(forecast=[0.1, 0.3, 0.5, 0.9], outcome=[0, 0, 1, 1]))
    expected = {
        "score": (0.01 + 0.09 + 0.25 + 0.01) / 4,
        "uncertainty": 0.25,
        "forecast_variance": 0.29 - 0.45**2,
        "bias": -0.05,
        "covariance": 0.125,
        "slope": 0.5,
        "least_variance": 0.0625,
        "scatter": 0.0250,
    }
    for name, value in expected.items():
        assert getattr(got, name) == pytest.approx(value, abs=1e-15), name
    assert got.reasons == {}


@given(rows=ROWS)
def test_yates_closes(rows: list[tuple[float, float, float]]) -> None:
    got = yates(count(rows))
    assert got.score is not None
    assert got.uncertainty is not None
    assert got.forecast_variance is not None
    assert got.bias is not None
    assert got.covariance is not None
    whole = got.uncertainty + got.forecast_variance + got.bias**2 - 2 * got.covariance
    assert whole == pytest.approx(got.score, abs=1e-12)
    p, y, w = (np.array(column) for column in zip(*rows, strict=True))
    if got.slope is None:
        assert set(got.reasons.values()) == {"every outcome is the same"}
        assert set(got.reasons) == {"slope", "least_variance", "scatter"}
        return
    yes, no = (np.average(p[y == k], weights=w[y == k]) for k in (1, 0))
    assert got.slope == pytest.approx(yes - no, abs=1e-9)
    assert got.least_variance is not None
    assert got.scatter is not None
    assert got.least_variance == pytest.approx(got.slope**2 * got.uncertainty, abs=1e-12)
    assert got.least_variance + got.scatter == pytest.approx(got.forecast_variance, abs=1e-12)


def test_the_least_weight_is_weight() -> None:
    p, y = [0.1, 0.3, 0.5, 0.9], [0, 1, 0, 1]
    least, unit = (Tally.of_parts(forecast=p, outcome=y, parts=[k] * 4) for k in (1, 2**32))
    assert figures(corp(least)) == figures(corp(unit))
    assert yates(least) == yates(unit)


def test_yates_of_nothing_has_its_reason() -> None:
    assert set(yates(Tally.merge()).reasons.values()) == {"there are no scored forecasts"}
