"""Scores of quantities, against what is printed; V numbers are of the scoring reference."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import norm

from ledger.errors import ScoringError
from ledger.scoring.rules_interval import central_interval, coverage, interval_score
from ledger.scoring.rules_numeric import crps, pinball_score, weighted_interval_score


def approx(value: object, tolerance: float = 5e-13) -> Any:
    return pytest.approx(value, abs=tolerance, rel=0)


@pytest.mark.parametrize(("q", "value"), [(0.5, 0.16), (0.1, 0.04)])
def test_v8_pinball(q: float, value: float) -> None:
    assert pinball_score(forecast=[q], outcome=[0.3], level=0.2) == approx([value])
    assert pinball_score(forecast=[[q]], outcome=[0.3], level=[0.2])[0] == approx([value])


def test_pinball_of_several_levels_keeps_their_axis() -> None:
    got = pinball_score(forecast=[[1, 2, 4], [0, 0, 0]], outcome=[2, 0], level=[0.25, 0.5, 0.75])
    assert got.tolist() == [[0.25, 0, 0.5], [0, 0, 0]]


def test_v8_interval() -> None:
    assert interval_score(forecast=[[0, 0.4]], outcome=[0.1], alpha=0.5) == approx([0.4])
    got = interval_score(forecast=[[1, 3], [1, 3], [1, 3]], outcome=[0, 4.5, 3], alpha=0.25)
    assert got.tolist() == [10, 14, 2]


def test_coverage_includes_the_ends() -> None:
    got = coverage(forecast=[[1, 2]] * 4, outcome=[0.5, 1, 2, 2.5])
    assert got.tolist() == [0, 1, 1, 0]
    assert got.dtype == np.float64


def test_a_central_interval_is_picked_by_its_level() -> None:
    got = central_interval(forecast=[[1, 2, 3, 4, 5]], levels=[0.05, 0.25, 0.5, 0.75, 0.95], alpha=0.1)
    assert got.tolist() == [[1, 5]]
    with pytest.raises(ScoringError, match=r"^levels has not both 0\.1 and 0\.9$"):
        central_interval(forecast=[[1, 2, 3]], levels=[0.1, 0.5, 0.8], alpha=0.2)


def test_weighted_interval_score_is_its_definition() -> None:
    levels = [0.05, 0.25, 0.5, 0.75, 0.95]
    q, y = np.array([[1.0, 2, 3, 5, 8]]), np.array([9.5])
    intervals = sum(
        alpha
        / 2
        * interval_score(forecast=central_interval(forecast=q, levels=levels, alpha=alpha), outcome=y, alpha=alpha)
        for alpha in (0.1, 0.5)
    )
    expected = (0.5 * np.abs(y - 3) + intervals) / 2.5
    assert weighted_interval_score(forecast=q, outcome=y, levels=levels) == approx(expected)


def test_a_median_alone_is_its_absolute_error() -> None:
    assert weighted_interval_score(forecast=[[3]], outcome=[5], levels=[0.5]).tolist() == [2]
    assert weighted_interval_score(forecast=[[1, 2]], outcome=[4], levels=[0.25, 0.75]).tolist() == [2.25]


def test_v16_ensemble() -> None:
    assert crps(forecast=[[3, 1, 2]], outcome=[1.5]) == approx([5 / 6 - 4 / 9])
    assert crps(forecast=[[3, 1, 2]], outcome=[1.5], fair=True) == approx([5 / 6 - 4 / 6])
    assert crps(forecast=[1, 2, 3], outcome=1.5) == approx(0.3888889, 5e-8)
    assert crps(forecast=[[2]], outcome=[5]).tolist() == [3]


def test_ensembles_of_many_cases_are_each_their_own() -> None:
    random = np.random.default_rng(5)
    members, outcome = random.normal(size=(2, 3, 5)), random.normal(size=(2, 3))
    pairs = np.abs(members[..., :, None] - members[..., None, :])
    near = np.abs(members - outcome[..., None]).mean(axis=-1)
    assert crps(forecast=members, outcome=outcome) == approx(near - pairs.mean(axis=(-1, -2)) / 2)
    assert crps(forecast=members, outcome=outcome, fair=True) == approx(near - pairs.sum(axis=(-1, -2)) / 40)


def test_v16_normal_from_its_quantiles() -> None:
    levels = (np.arange(20_000) + 0.5) / 20_000
    assert crps(forecast=norm.ppf(levels), outcome=0, levels=levels) == approx(0.233694977255, 2e-5)


def test_crps_weighs_each_level_by_what_lies_nearest() -> None:
    q, levels, y = [[1.0, 2.0, 4.0]], [0.1, 0.5, 0.8], [3.0]
    pinball = pinball_score(forecast=q, outcome=y, level=levels)
    assert crps(forecast=q, outcome=y, levels=levels) == approx(2 * pinball @ [0.3, 0.35, 0.35])


@pytest.mark.parametrize(
    ("levels", "forecast", "message"),
    [
        ([0.25, 0.25, 0.75], [[1, 2, 3]], r"^levels\[1\] is 0\.25: levels must rise$"),
        ([0.25, 0.75, 0.5], [[1, 2, 3]], r"^levels\[2\] is 0\.5: levels must rise$"),
        ([0, 0.5, 1], [[1, 2, 3]], r"^levels\[0\] is 0\.0: it must lie between 0 and 1$"),
        ([0.1, 0.5, 1], [[1, 2, 3]], r"^levels\[2\] is 1\.0: it must lie between 0 and 1$"),
        (
            [0.25, 0.5, 0.75],
            [[1, 2, 3], [1, 3, 2]],
            r"^forecast\[1, 2\] is 2\.0: quantiles must not cross: it is below",
        ),
        ([0.25, 0.5], [[1, 2, 3]], r"^levels has shape \(2,\), the last axis of forecast has shape \(3,\)"),
        ([0.25, 0.5, 0.75], [[1, 2, math.nan]], r"^forecast\[0, 2\] is nan: it must be a finite number$"),
    ],
)
def test_a_refusal_names_the_element(levels: Any, forecast: Any, message: str) -> None:
    outcome = [2.0] * len(forecast)
    for rule, name in ((weighted_interval_score, "levels"), (crps, "levels"), (pinball_score, "level")):
        with pytest.raises(ScoringError, match=message):
            rule(forecast=forecast, outcome=outcome, **{name: levels})  # type: ignore[operator]
    with pytest.raises(ScoringError, match=message):
        central_interval(forecast=forecast, levels=levels, alpha=0.5)


def test_levels_pair_around_one_half() -> None:
    with pytest.raises(ScoringError, match=r"^levels\[0\] is 0\.1: levels must lie in pairs around one half$"):
        weighted_interval_score(forecast=[[1, 2, 3]], outcome=[2], levels=[0.1, 0.5, 0.8])


@pytest.mark.parametrize("level", [0, 1])
def test_a_level_is_inside_zero_to_one(level: float) -> None:
    with pytest.raises(ScoringError, match=rf"^level is {level}\.0: it must lie between 0 and 1$"):
        pinball_score(forecast=[1], outcome=[1], level=level)
    with pytest.raises(ScoringError, match=rf"^alpha is {level}: it must lie between 0 and 1$"):
        interval_score(forecast=[[1, 2]], outcome=[1], alpha=level)
    with pytest.raises(ScoringError, match=rf"^alpha is {level}: it must lie between 0 and 1$"):
        central_interval(forecast=[[1, 2]], levels=[0.25, 0.75], alpha=level)


def test_shapes_must_fit() -> None:
    with pytest.raises(ScoringError, match=r"^outcome has shape \(1,\), forecast has shape \(2,\)"):
        pinball_score(forecast=[1, 2], outcome=[1], level=0.5)
    with pytest.raises(
        ScoringError, match=r"^outcome has shape \(2,\), all but the last axis of forecast has shape \(1,\)"
    ):
        interval_score(forecast=[[1, 2]], outcome=[1, 2], alpha=0.5)
    with pytest.raises(ScoringError, match=r"^forecast is a single number: it must have an axis more than outcome$"):
        crps(forecast=1, outcome=1)
    for rule in (coverage, lambda **of: interval_score(alpha=0.5, **of)):
        with pytest.raises(
            ScoringError, match=r"^the last axis of forecast has 3 elements: an interval has lower and upper$"
        ):
            rule(forecast=[[1, 2, 3]], outcome=[1])
        with pytest.raises(
            ScoringError, match=r"^forecast\[0, 1\] is 1\.0: the lower end must not be above the upper$"
        ):
            rule(forecast=[[2, 1]], outcome=[1])


def test_ensembles_need_members() -> None:
    with pytest.raises(ScoringError, match=r"^an ensemble of 0 has too few members$"):
        crps(forecast=[[]], outcome=[1])
    with pytest.raises(ScoringError, match=r"^an ensemble of 1 has too few members$"):
        crps(forecast=[[1]], outcome=[1], fair=True)
    with pytest.raises(ScoringError, match=r"^fair is for the members of an ensemble: leave out levels$"):
        crps(forecast=[[1]], outcome=[1], levels=[0.5], fair=True)


def test_covid_hub_scores_are_the_published_ones(shared_data: Path) -> None:
    """European COVID-19 Forecast Hub 2021 by way of scoringutils (MIT): its README, and every digit computed."""
    expected = json.loads((shared_data / "covid_quantile/expected.json").read_text())
    published, computed = expected["published"]["README table, 3 significant digits"], expected["computed"]
    for key, (q, y) in covid(shared_data).items():
        wis = weighted_interval_score(forecast=q, outcome=y, levels=expected["levels"]).mean()
        assert len(y) == computed["n"][key]
        assert wis == pytest.approx(computed["wis"][key], rel=1e-13)
        assert float(f"{wis:.3g}") == published["wis"][key]
        for name, alpha in (("50", 0.5), ("90", 0.1)):
            interval = central_interval(forecast=q, levels=expected["levels"], alpha=alpha)
            share = coverage(forecast=interval, outcome=y).mean()
            assert share == pytest.approx(computed["coverage"][name][key], rel=1e-15)
            assert float(f"{share:.3g}") == published[f"interval_coverage_{name}"][key]


def covid(shared_data: Path) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    units: dict[tuple[str, ...], list[tuple[float, float, float]]] = defaultdict(list)
    with (shared_data / "covid_quantile/forecasts_quantile.csv").open() as file:
        for row in csv.DictReader(file):
            if row["predicted"]:
                key = tuple(row[name] for name in ("location", "target_end_date", "target_type", "model", "horizon"))
                units[key].append((float(row["quantile_level"]), float(row["predicted"]), float(row["observed"])))
    groups: dict[str, list[list[tuple[float, float, float]]]] = defaultdict(list)
    for key, rows in units.items():
        groups[f"{key[3]}|{key[2]}"].append(sorted(rows))
    return {
        name: (np.array([[q for _, q, _ in rows] for rows in several]), np.array([rows[0][2] for rows in several]))
        for name, several in groups.items()
    }


def test_one_interval_and_one_row_of_quantiles() -> None:
    assert interval_score(forecast=[0, 0.4], outcome=0.1, alpha=0.5) == pytest.approx(0.4)
    assert crps(forecast=[0.2, 0.6], outcome=0.1, levels=[0.25, 0.75]).shape == ()


@pytest.mark.parametrize(
    ("forecast", "outcome", "levels", "message"),
    [
        ([0.1, 0.2], "a", [0.2, 0.4], "outcome must be an array of real numbers"),
        ([0.1, 0.2], 0.1, ["a", "b"], "levels must be an array of real numbers"),
        ([0.1, 0.2], 0.1, [[0.2, 0.4]], "levels must have one dimension, not 2"),
        (0.1, 0.1, [0.2], "forecast is a single number: it must have an axis more than outcome"),
        (0.1, [0.1], [0.2], "forecast is a single number: it must have an axis more than outcome"),
        ([0.1], [0.1], [0.2], r"outcome has shape \(1,\), all but the last axis of forecast has shape \(\): they .*"),
    ],
)
def test_a_refusal_of_quantiles_names_the_column(forecast: Any, outcome: Any, levels: Any, message: str) -> None:
    with pytest.raises(ScoringError, match=f"^{message}$"):
        crps(forecast=forecast, outcome=outcome, levels=levels)


def test_any_shape_of_cases_is_scored_case_by_case() -> None:
    random, levels = np.random.default_rng(3), [0.1, 0.5, 0.9]
    q, y = np.sort(random.normal(size=(2, 4, 3)), axis=-1), random.normal(size=(2, 4))
    for rule in (crps, weighted_interval_score):
        got = rule(forecast=q, outcome=y, levels=levels)
        assert got.shape == (2, 4)
        for case in np.ndindex(2, 4):
            assert got[case] == approx(rule(forecast=q[case], outcome=y[case], levels=levels))


@pytest.mark.parametrize("name", ["forecast", "outcome", "level"])
def test_what_is_no_number_in_a_single_quantile_is_named(name: str) -> None:
    columns: dict[str, Any] = {
        "forecast": [1.0],
        "outcome": [2.0],
        "level": 0.5,
        name: "a" if name == "level" else ["a"],
    }
    with pytest.raises(ScoringError, match=f"^{name} must be an array of real numbers$"):
        pinball_score(**columns)


def test_an_interval_may_be_a_single_number() -> None:
    assert interval_score(forecast=[[2, 2]], outcome=[3], alpha=0.5).tolist() == [4]
    assert coverage(forecast=[2, 2], outcome=2).tolist() == 1
    with pytest.raises(
        ScoringError, match=r"^the last axis of forecast has 3 elements: an interval has lower and upper$"
    ):
        coverage(forecast=[1, 2, 3], outcome=2)
