from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.tally import Tally
from ledger.scoring.watching import BETTORS, Watch, watch, watch_stream

ROWS = st.lists(
    st.tuples(
        st.integers(1, 19).map(lambda k: k / 20), st.one_of(st.integers(0, 1).map(float), st.sampled_from([0.25, 0.5]))
    ),
    min_size=1,
    max_size=40,
)


def believed(p: float, intercept: float, slope: float) -> float:
    return float(1 / (1 + np.exp(-intercept - slope * np.log(p / (1 - p)))))


@given(ROWS)
def test_the_wealth_is_the_mean_of_what_the_bettors_hold(rows: list[tuple[float, float]]) -> None:
    got = watch_stream(forecast=[row[0] for row in rows], outcome=[row[1] for row in rows])
    held = [1.0] * len(BETTORS)
    for place, (p, y) in enumerate(rows):
        for k, bettor in enumerate(BETTORS):
            q = believed(p, *bettor)
            held[k] *= (q / p) ** y * ((1 - q) / (1 - p)) ** (1 - y)
        assert got[place] == pytest.approx(sum(held) / len(held), rel=1e-9)


@given(st.integers(1, 99).map(lambda k: k / 100))
def test_every_bet_is_fair_at_the_odds_of_the_forecast(p: float) -> None:
    yes, no = (float(watch_stream(forecast=[p], outcome=[y])[0]) for y in (1, 0))
    assert p * yes + (1 - p) * no == pytest.approx(1, abs=1e-12)


@given(ROWS)
def test_the_tally_ends_where_the_stream_does(rows: list[tuple[float, float]]) -> None:
    p, y = ([row[k] for row in rows] for k in range(2))
    got = watch(Tally.count(forecast=p, outcome=y, question=range(len(rows))))
    assert got.wealth == pytest.approx(watch_stream(forecast=p, outcome=y)[-1], rel=1e-9)
    assert (got.rows, got.reason) == (len(rows), None)


@given(ROWS)
def test_a_share_never_gains_more_than_a_bet_on_it(rows: list[tuple[float, float]]) -> None:
    p, r = rows[0]
    got = watch_stream(forecast=[p], outcome=[r])[0]
    bets = [believed(p, *bettor) for bettor in BETTORS]
    assert got <= np.mean([1 + (q - p) / (p * (1 - p)) * (r - p) for q in bets]) + 1e-12


def test_an_impossible_event_wins_everything_and_a_certain_one_nothing() -> None:
    got = watch_stream(forecast=[0, 1, 0.5, 0, 0.5], outcome=[0, 1, 1, 1, 0])
    alone = watch_stream(forecast=[0.5], outcome=[1])[0]
    assert got.tolist() == [1, 1, pytest.approx(alone), np.inf, np.inf]
    assert watch_stream(forecast=[1], outcome=[0]).tolist() == [np.inf]
    assert watch(Tally.count(forecast=[0, 0, 1], outcome=[0, 1, 1])).wealth == np.inf
    assert watch(Tally.count(forecast=[0, 1, 1], outcome=[0, 1, 1])) == Watch(1.0, 3)


def test_wealth_past_all_floats_is_infinite() -> None:
    assert watch_stream(forecast=[0.5] * 20000, outcome=[1] * 20000)[-1] == np.inf


def test_calibrated_forecasts_seldom_reach_twenty() -> None:
    """At most 5 % may, whenever one looks (Ville); here 600 runs of 200."""
    rng = np.random.default_rng(17)
    crossed = 0
    for _ in range(600):
        p = rng.uniform(0.02, 0.98, 200)
        crossed += watch_stream(forecast=p, outcome=(rng.random(200) < p).astype(float)).max() >= 20
    assert 3 <= crossed <= 30


@pytest.mark.parametrize(("intercept", "slope"), [(-0.7, 1), (0.7, 1), (0, 0.4), (0, 2)])
def test_miscalibration_is_found(intercept: float, slope: float) -> None:
    rng = np.random.default_rng(23)
    p = rng.uniform(0.02, 0.98, 800)
    truth = 1 / (1 + np.exp(-intercept - slope * np.log(p / (1 - p))))
    assert watch_stream(forecast=p, outcome=(rng.random(800) < truth).astype(float)).max() > 100


def test_several_rows_of_a_question_are_not_watched() -> None:
    got = watch(Tally.count(forecast=[0.2, 0.3, 0.4], outcome=[1, 1, 0], question=[1, 1, 2]))
    assert got == Watch(None, 3, "some question has several rows")
    same = watch(Tally.count(forecast=[0.2, 0.2], outcome=[1, 1], question=[1, 1]))
    assert same == Watch(None, 2, "some question has several rows")


def test_part_units_are_not_watched() -> None:
    got = watch(Tally.count(forecast=[0.2, 0.3], outcome=[1, 0], weight=[1, 0.5]))
    assert got == Watch(None, 2, "the rows do not weigh one unit each")


def test_of_nothing_the_stake_stands() -> None:
    assert watch(Tally.merge()) == Watch(pytest.approx(1.0), 0)
    assert watch_stream(forecast=[], outcome=[]).size == 0


@pytest.mark.parametrize(
    ("p", "y", "message"),
    [
        ([0.5, 1.5], [1, 1], r"^forecast\[1\] is 1\.5"),
        ([0.5, 0.5], [1, -1], r"^outcome\[1\] is -1\.0"),
        ([0.5, 0.5], [1], r"^outcome has shape \(1,\), forecast has shape \(2,\)"),
        ([[0.5]], [1], r"^forecast must have one dimension"),
        ([0.5], [[1]], r"^outcome must have one dimension"),
    ],
)
def test_what_is_no_probability_is_refused(p: object, y: object, message: str) -> None:
    with pytest.raises(ScoringError, match=message):
        watch_stream(forecast=p, outcome=y)  # type: ignore[arg-type]
