from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.scoring.calibration_error import calibration_error
from ledger.scoring.calibration_tests import spiegelhalter
from ledger.scoring.card import Card
from ledger.scoring.card_extras import EXTRAS, Extras
from ledger.scoring.cox import cox
from ledger.scoring.decomposition import corp
from ledger.scoring.discrimination import discrimination
from ledger.scoring.reliability import reliability
from ledger.scoring.resampling import resample
from ledger.scoring.rules import brier_score, log_score
from ledger.scoring.tally import Tally
from tests.scoring.reference import SIX_FORECAST, SIX_OUTCOME, niamey

SIX = Tally.count(forecast=SIX_FORECAST, outcome=SIX_OUTCOME)
FIRST = [
    "n",
    "base_rate",
    "brier",
    "brier_original",
    "brier_interval",
    "log_score",
    "log_score_infinite",
    "skill_score",
    "miscalibration",
    "discrimination",
    "uncertainty",
]
ROWS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.5, 1.0]) | st.floats(0, 1),
        st.sampled_from([0.0, 1.0, 1.0, 0.25]),
        st.sampled_from([1.0, 0.5, 1 / 3]),
    ),
    min_size=1,
    max_size=20,
)


def plain(value: object) -> bool:
    """Whether JSON can say it, without NaN or infinity."""
    json.dumps(value, allow_nan=False)
    return True


def test_v6_on_a_card() -> None:
    card = SIX.card(resamples=200, seed=4)
    assert card.n == 6
    assert card.base_rate == 0.5
    assert card.brier == pytest.approx(0.2266667, abs=5e-8)
    assert card.brier_original == pytest.approx(0.4533333, abs=1e-7)
    assert card.log_score == pytest.approx(0.6986228, abs=5e-8)
    assert card.log_score_infinite == 0
    assert card.miscalibration == pytest.approx(0.1016667, abs=5e-8)
    assert card.discrimination == pytest.approx(0.125, abs=1e-12)
    assert card.uncertainty == 0.25
    assert card.skill_score == pytest.approx(1 - 0.2266667 / 0.25, abs=5e-7)
    assert card.resampled == resample(SIX, resamples=200, seed=4)
    assert card.brier_interval == card.resampled.interval
    assert card.reasons == {}
    assert card.notes == {}


def test_the_further_figures_are_their_functions() -> None:
    card, points = SIX.card(resamples=0), SIX.points()
    told, error, fit, test = discrimination(points), calibration_error(SIX), cox(points), spiegelhalter(SIX)
    assert (card.auc, card.discrimination_slope, card.right_side) == (told.auc, told.slope, told.right_side)
    assert (card.ece, card.mce) == (error.ece, error.mce)
    assert (card.calibration_in_the_large, card.cox_intercept, card.cox_slope) == (
        fit.in_the_large,
        fit.intercept,
        fit.slope,
    )
    assert (card.spiegelhalter_z, card.spiegelhalter_p) == (test.statistic, test.p_value)
    assert card.reliability == reliability(SIX).points
    assert card.cox_slope == pytest.approx(0.52061759, abs=5e-9)  # V22
    assert card.spiegelhalter_z == pytest.approx(0.68853037, abs=5e-9)
    fine = SIX.card(resamples=0, bins=20)
    assert fine.ece == calibration_error(SIX, bins=20).ece
    assert fine.reliability == reliability(SIX, bins=20).points


def test_names_in_json() -> None:
    got = SIX.card(resamples=100).as_dict()
    assert list(got) == FIRST + list(EXTRAS)
    assert plain(got)
    assert isinstance(got["brier_interval"], list)
    assert list(got["reliability"][0]) == ["low", "high", "n", "mean_forecast", "happened", "frequency", "interval"]
    assert got["reliability"][0]["n"] == 1
    assert len(got["reliability"][0]["interval"]) == 2
    assert SIX.card(resamples=0).as_dict()["brier_interval"] is None


@given(rows=ROWS)
def test_scores_from_the_tally_are_scores_from_rows(rows: list[tuple[float, float, float]]) -> None:
    p, y, w = (np.array(column) for column in zip(*rows, strict=True))
    tally = Tally.count(forecast=p, outcome=y, weight=w)
    card = tally.card(resamples=0)
    parts = np.rint(w * 2**32)
    assert card.brier == pytest.approx(np.average(brier_score(forecast=p, outcome=y), weights=parts), abs=1e-12)
    loss = log_score(forecast=p, outcome=y)
    assert card.log_score == pytest.approx(np.average(loss, weights=parts), abs=1e-12)
    assert card.log_score_infinite == np.isinf(loss).sum()
    whole = corp(tally)
    for name in ("miscalibration", "discrimination", "uncertainty"):
        assert getattr(card, name) == pytest.approx(getattr(whole, name), abs=1e-12)
    assert card.brier_original == 2 * card.brier
    assert card.n == len(rows)
    assert plain(card.as_dict())
    for name, value in card.as_dict().items():
        undefined = value is None and not (name == "log_score" and card.log_score_infinite)
        assert undefined == (name in card.reasons) or name == "reliability"


def test_an_impossible_event_is_infinite_and_counted() -> None:
    tally = Tally.count(forecast=[0, 0, 1, 1, 0, 0.5], outcome=[1, 1, 0, 1, 0, 1])
    card = tally.card(resamples=0)
    assert (card.log_score, card.log_score_infinite) == (math.inf, 3)
    assert card.as_dict()["log_score"] is None
    assert card.as_dict()["log_score_infinite"] == 3
    assert Tally.count(forecast=[0, 1, 0.3], outcome=[0.5, 0.5, 1]).card(resamples=0).log_score_infinite == 2


def test_what_has_no_weight_is_on_no_card() -> None:
    tally = Tally.count(forecast=[0, 0.4, 0.6], outcome=[1, 0, 1], weight=[0, 1, 1])
    card = tally.card(resamples=0)
    assert (card.n, card.log_score_infinite) == (2, 0)
    assert card.log_score == pytest.approx(-math.log(0.6))


def test_a_card_of_nothing() -> None:
    card = Tally.merge().card()
    assert card.n == 0
    assert plain(card.as_dict())
    assert {name for name, value in card.as_dict().items() if value is None or value == []} == set(card.reasons) | {
        "reliability"
    }
    assert card.reasons["brier"] == card.reasons["skill_score"] == "there are no scored forecasts"
    assert card.reasons["brier_interval"] == "resampling needs two rows or more, and there are 0"


def test_one_class_has_no_skill() -> None:
    card = Tally.count(forecast=[0.8, 0.9], outcome=[1, 1]).card(resamples=10)
    assert (card.skill_score, card.uncertainty, card.base_rate) == (None, 0, 1)
    assert card.reasons["skill_score"] == "every outcome is the same, so the base rate scores 0"
    assert card.reasons["auc"] == "everything happened"
    assert card.reasons["discrimination_slope"] == "everything happened"
    assert card.reasons["cox_slope"] == card.reasons["cox_intercept"] == card.reasons["calibration_in_the_large"]


def test_shares_score_as_squares() -> None:
    card = Tally.count(forecast=[0.3, 0.5, 0.9], outcome=[0.25, 1, 0.9], weight=[1, 0.5, 0.25]).card(resamples=0)
    assert card.brier == pytest.approx((0.0025 + 0.5 * 0.25) / 1.75, abs=1e-15)
    assert card.reasons["spiegelhalter_z"] == card.reasons["spiegelhalter_p"]
    exact = Tally.count(forecast=[0.3, 0.9], outcome=[0.3, 0.9]).card(resamples=0)
    assert exact.brier == 0


def test_without_extras() -> None:
    card = SIX.card(resamples=50, extras=False)
    assert card.extra == Extras()
    assert {name: card.reasons.get(name) for name in EXTRAS} == dict.fromkeys(EXTRAS, "not asked for")
    assert card.brier_interval == SIX.card(resamples=50).brier_interval
    assert card.as_dict()["auc"] is None


def test_attributes_that_are_none() -> None:
    card = SIX.card(resamples=0)
    assert isinstance(card, Card)
    assert not hasattr(card, "accuracy")


def test_units_are_shown_as_given() -> None:
    keyed = Tally.count(forecast=[0.2, 0.3, 0.9], outcome=[0, 0, 1], question=[1, 1, 2])
    assert keyed.card(resamples=0).n == 3
    assert keyed.card(resamples=0, units=2).n == 2


def test_dependent_rows_are_tested_on_independent_ones() -> None:
    many = Tally.count(
        forecast=[0.2, 0.3, 0.9, 0.6], outcome=[0, 0, 1, 1], weight=[0.5, 0.5, 1, 0.25], question=[1, 1, 2, 3]
    )
    last = Tally.count(forecast=[0.3, 0.9, 0.6], outcome=[0, 1, 1], question=[1, 2, 3])
    alone = many.card(resamples=20)
    assert alone.spiegelhalter_z is None
    assert alone.reasons["spiegelhalter_z"] == "needs rows of one unit each: this tally's are weighted"
    beside = many.card(resamples=20, independent=last)
    assert beside.spiegelhalter_z == last.card(resamples=0).spiegelhalter_z
    assert "spiegelhalter_z" not in beside.reasons
    assert beside.notes == dict.fromkeys(("spiegelhalter_z", "spiegelhalter_p"), "computed on 3 independent rows")
    assert beside.brier == alone.brier
    assert beside.ece == alone.ece


def test_bands_of_dependent_rows_come_from_the_resamples() -> None:
    random = np.random.default_rng(3)
    question = np.repeat(np.arange(30), 4)
    tally = Tally.count(
        forecast=random.choice([0.2, 0.8], 120), outcome=(random.random(30) < 0.5)[question], question=question
    )
    card = tally.card(resamples=100, seed=6)
    assert card.reliability == reliability(tally, resamples=100, seed=6).points
    assert all(point.interval for point in card.reliability)
    none = tally.card(resamples=0)
    assert [point.interval for point in none.reliability] == [None] * len(card.reliability)
    assert [point.n for point in none.reliability] == [point.n for point in card.reliability]
    assert none.reasons["reliability"] == "no resamples were asked for"
    weighted = Tally.count(forecast=[0.2, 0.8], outcome=[0, 1], weight=[0.5, 1]).card(resamples=10)
    assert "not keyed by question" in weighted.reasons["reliability"]


def test_many_points_give_what_few_do() -> None:
    """Above 100,000 points the regression has a thread of its own, and starts from points taken together."""
    random = np.random.default_rng(8)
    p = random.uniform(0.02, 0.98, 120_000)
    y = random.random(p.size) < p**1.4
    card = Tally.count(forecast=p, outcome=y).card(resamples=0)
    z = np.log(p / (1 - p))
    fitted = 1 / (1 + np.exp(-card.cox_intercept - card.cox_slope * z))
    assert (y - fitted).mean() == pytest.approx(0, abs=1e-10)
    assert ((y - fitted) * z).mean() == pytest.approx(0, abs=1e-10)
    assert (y - 1 / (1 + np.exp(-card.calibration_in_the_large - z))).mean() == pytest.approx(0, abs=1e-10)
    assert card.brier == pytest.approx(np.mean((p - y) ** 2), abs=1e-12)
    assert card.log_score == pytest.approx(-np.mean(np.log(np.where(y, p, 1 - p))), abs=1e-12)


def final_prices(folder: Path) -> list[tuple[float, float, int]]:
    """Give each finding's last price, its outcome and how many prices it had, in the order of the file."""
    prices: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with (folder / "replication_markets/forecasts.csv").open() as file:
        for row in csv.DictReader(file):
            prices[row["question_id"]].append((float(row["probability"]), float(row["outcome"])))
    return [(*rows[-1], len(rows)) for rows in prices.values()]


def test_replication_markets(shared_data: Path) -> None:
    """Gordon et al. 2021 (PLoS ONE 16:e0248780; data CC0): 75 of 103 on the right side, and every digit computed."""
    computed = json.loads((shared_data / "replication_markets/expected.json").read_text())["computed"]
    p, y, _ = zip(*final_prices(shared_data), strict=True)
    card = Tally.count(forecast=p, outcome=y).card(resamples=0)
    assert card.n == 103
    assert card.brier == pytest.approx(computed["brier_market_final"], abs=1e-14)
    assert card.base_rate == pytest.approx(computed["base_rate"], abs=1e-14)
    assert card.log_score == pytest.approx(-computed["log_market_final"], abs=1e-14)
    assert round(card.right_side * 103, 9) == computed["market_correct"] == 75
    shown = [point for point in computed["bins10_market_final"] if point["n"]]
    for point, expected in zip(card.reliability, shown, strict=True):
        assert (point.n, point.low) == (expected["n"], expected["lo"])
        assert point.mean_forecast == pytest.approx(expected["mean_p"], abs=1e-14)
        assert point.frequency == pytest.approx(expected["freq"], abs=1e-14)


def test_replication_surveys(shared_data: Path) -> None:
    expected = json.loads((shared_data / "replication_markets/expected.json").read_text())
    answers: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with (shared_data / "replication_markets/survey_forecasts.csv").open() as file:
        for row in csv.DictReader(file):
            answers[row["question_id"]].append((float(row["probability"]), float(row["outcome"])))
    every = [one for several in answers.values() for one in several]
    card = Tally.count(forecast=[p for p, _ in every], outcome=[y for _, y in every]).card(resamples=0)
    assert card.n == 7377
    assert card.brier == pytest.approx(expected["computed"]["brier_all_individual_survey"], abs=1e-13)
    policy = expected["ledger"]["survey_forecasts.csv"]["policies"]["all"]
    assert card.log_score_infinite == policy["log_score_infinite_rows"] == 51
    mean = Tally.count(
        forecast=[float(np.mean([p for p, _ in several])) for several in answers.values()],
        outcome=[several[0][1] for several in answers.values()],
    ).card(resamples=0)
    assert mean.brier == pytest.approx(expected["computed"]["brier_survey_mean"], abs=1e-13)
    assert round(mean.right_side * 103, 9) == expected["computed"]["survey_correct"]


@pytest.mark.parametrize("forecaster", ["EMOS", "ENS"])
def test_niamey(shared_data: Path, forecaster: str) -> None:
    """Niamey 2016 (ECMWF, CC BY 4.0, by way of reliabilitydiag)."""
    computed = json.loads((shared_data / "niamey2016/expected.json").read_text())["computed"][forecaster]
    p, y = niamey(shared_data, forecaster)
    card = Tally.count(forecast=p, outcome=y, question=np.arange(len(p))).card(resamples=100)
    for name, key in (("brier", "brier"), ("miscalibration", "mcb"), ("discrimination", "dsc"), ("uncertainty", "unc")):
        assert getattr(card, name) == pytest.approx(computed[key], abs=1e-14)
    if forecaster == "EMOS":
        assert card.log_score == pytest.approx(-computed["log_score_mean_ln"], abs=1e-14)
        v22: dict[str, Any] = {"cox_intercept": 0.25070278, "cox_slope": 1.16946798, "spiegelhalter_z": -0.37122422}
        for name, value in v22.items():
            assert getattr(card, name) == pytest.approx(value, abs=5e-9)
    else:
        assert card.log_score == math.inf
        assert "log odds are infinite" in card.reasons["cox_slope"]


@pytest.mark.parametrize("cached", [1, 2, 5])
def test_parts_that_stay_in_the_cache_add_up(cached: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = Tally.count(forecast=[0, 0.1, 0.2, 0.4, 0.4, 0.7, 0.9, 1], outcome=[0, 1, 0, 0, 1, 1, 0, 1])
    whole = rows.card(resamples=0).as_dict()
    monkeypatch.setattr("ledger.scoring.points._CACHED", cached)
    got = replace(rows).card(resamples=0).as_dict()
    assert got.pop("reliability") == whole.pop("reliability")
    figures = {name: value for name, value in whole.items() if value is not None}
    assert set(got) == set(whole)
    assert {name: value for name, value in got.items() if value is not None} == pytest.approx(figures, rel=1e-13)


def test_what_is_asked_of_a_card_is_heeded() -> None:
    random = np.random.default_rng(3)
    p = random.integers(0, 101, 60) / 100
    rows = Tally.count(forecast=p, outcome=random.integers(0, 2, 60), question=np.arange(60) // 2)
    plain = rows.card()
    assert (plain.resampled.by, plain.resampled.resamples, plain.resampled.seed) == ("question", 1000, 1)
    assert plain.brier_interval == resample(rows, resamples=1000, seed=1).interval
    by_row = rows.card(by="row", resamples=50, seed=7)
    assert (by_row.resampled.by, by_row.resampled.units) == ("row", 60)
    assert by_row.brier_interval == resample(rows, by="row", resamples=50, seed=7).interval
    for by in ("width", "mass", "value"):
        got = rows.card(resamples=20, bins=4, binned=by)
        assert got.reliability == reliability(rows, bins=4, by=by, resamples=20).points
        assert (got.ece, got.mce) == tuple(getattr(calibration_error(rows, bins=4, by=by), k) for k in ("ece", "mce"))


def test_the_smallest_weight_counts_what_was_impossible() -> None:
    got = Tally.of_parts(forecast=[0, 0, 1, 1], outcome=[1, 0, 0, 1], parts=[1, 1, 1, 1]).card(resamples=0)
    assert got.log_score_infinite == 2
    none = Tally.of_parts(forecast=[0, 0, 1, 1], outcome=[1, 0, 0, 1], parts=[0, 1, 0, 1]).card(resamples=0)
    assert (none.log_score, none.log_score_infinite) == (0, 0)


def test_what_a_card_has_not_is_named() -> None:
    with pytest.raises(AttributeError, match=r"^nonsense$"):
        _ = Card(0, resample(Tally.merge())).nonsense
