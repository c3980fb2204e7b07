from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.advice import Advice, Block, advise
from ledger.scoring.intervals import wilson_interval
from ledger.scoring.isotonic import isotonic_fit
from ledger.scoring.tally import Tally


def said(*rows: tuple[float, int, int]) -> Tally:
    """Tally (probability, happened, of): each row a question of its own."""
    forecast = np.concatenate([np.full(n, p) for p, _, n in rows])
    outcome = np.concatenate([[1] * happened + [0] * (n - happened) for _, happened, n in rows])
    return Tally.count(forecast=forecast, outcome=outcome, question=np.arange(forecast.size))


def test_when_you_say_80_it_happens_68() -> None:
    """23 of 34 (Wilson 1927)."""
    advice = advise(said((0.8, 23, 34)))
    low, high = wilson_interval(happened=[23], n=[34])
    (block,) = advice.blocks
    assert block == Block(
        0.8, 0.8, pytest.approx(0.8, abs=1e-15), 23 / 34, pytest.approx((low[0], high[0]), abs=1e-15), 34
    )
    assert advice.minimum == 10
    assert advice.spoken == advice.blocks
    assert advice.reasons == {}
    assert str(block) == "when you say 80 % it happens 68 %, 51 to 81, n = 34"
    assert not block.differs


def test_probabilities_out_of_order_are_one_block() -> None:
    advice = advise(said((0.1, 1, 10), (0.6, 6, 8), (0.725, 8, 12)))
    assert [(b.low, b.high, b.n) for b in advice.blocks] == [(0.1, 0.1, 10), (0.6, 0.725, 20)]
    block = advice.blocks[1]
    assert block.said == pytest.approx((0.6 * 8 + 0.725 * 12) / 20, abs=1e-15)
    assert block.frequency == 0.7
    assert str(block) == "when you say 60 to 72.5 % it happens 70 %, 48 to 85, n = 20"


def test_what_differs_is_outside_its_interval() -> None:
    low, high = 0.25, 0.5
    edges = [Block(p, p, p, 0.4, (low, high), 20).differs for p in (0.24, 0.25, 0.5, 0.51)]
    assert edges == [True, False, False, True]


def test_below_the_stated_n_it_is_silent() -> None:
    rows = said((0.2, 1, 9), (0.8, 9, 10))
    assert [block.low for block in advise(rows).spoken] == [0.8]
    assert [block.low for block in advise(rows, minimum=9).spoken] == [0.2, 0.8]
    silent = advise(rows, minimum=11)
    assert silent.spoken == ()
    assert len(silent.blocks) == 2
    assert silent.reasons == {"spoken": "no block of probabilities has an n of 11"}
    assert advise(rows, minimum=10).reasons == {}
    with pytest.raises(ScoringError, match="minimum is 0: it must be at least 1"):
        advise(rows, minimum=0)
    assert advise(rows, minimum=1).minimum == 1


def test_an_empty_tally_has_no_advice() -> None:
    advice = advise(Tally.count(forecast=[], outcome=[]))
    assert advice == Advice((), 10, {"spoken": "no block of probabilities has an n of 10"})
    assert advice.recalibrate(0.5) is None


def test_a_question_counts_once_and_unequal_weights_widen() -> None:
    """Weights of 1, 1 and .5: Kish's effective number is 2.5 squared over 2.25. What weighs nothing is not counted."""
    tally = Tally.count(
        forecast=[0.5, 0.5, 0.55, 0.75, 0.5, 0.9],
        outcome=[1, 1, 0, 0, 0, 1],
        weight=[0.25, 0.75, 1, 0.5, 0, 0],
        question=[1, 1, 2, 3, 4, 5],
    )
    (block,) = advise(tally).blocks
    assert (block.low, block.high, block.n, block.frequency) == (0.5, 0.75, 3, 0.4)
    effective = 2.5**2 / 2.25
    low, high = wilson_interval(happened=[0.4 * effective], n=[effective])
    assert block.interval == pytest.approx((low[0], high[0]), abs=1e-14)
    twice = Tally.count(forecast=[0.5, 0.6, 0.6], outcome=[1, 1, 0], weight=[0.5, 0.5, 1], question=[1, 1, 2])
    (both,) = advise(twice).blocks
    low, high = wilson_interval(happened=[1], n=[2])
    assert (both.low, both.high, both.n) == (0.5, 0.6, 2)
    assert both.interval == pytest.approx((low[0], high[0]), abs=1e-14)


def test_the_least_weight_counts() -> None:
    (block,) = advise(Tally.of_parts(forecast=[0.5, 0.5], outcome=[1, 0], parts=[1, 1], question=[1, 2])).blocks
    assert block.n == 2


def test_without_questions_rows_are_counted() -> None:
    tally = Tally.count(forecast=[0.5, 0.5, 0.5, 0.9], outcome=[1, 1, 0, 1], weight=[0.5, 0.5, 1, 0])
    (block,) = advise(tally, confidence=0.9).blocks
    effective = 4 / 1.5
    low, high = wilson_interval(happened=[effective / 2], n=[effective], confidence=0.9)
    assert (block.n, block.frequency) == (3, 0.5)
    assert block.interval == pytest.approx((low[0], high[0]), abs=1e-14)


def test_recalibration_rests_on_spoken_blocks_only() -> None:
    advice = advise(said((0.2, 1, 10), (0.4, 5, 10), (0.45, 5, 10), (0.7, 2, 3), (0.9, 9, 10)))
    assert [block.n for block in advice.blocks] == [10, 20, 3, 10]
    assert advice.recalibrate(0.2) == 0.1
    assert advice.recalibrate(0.25) == pytest.approx(0.2, abs=1e-15)
    assert advice.recalibrate(0.4) == advice.recalibrate(0.43) == advice.recalibrate(0.45) == 0.5
    assert advice.recalibrate(0.9) == 0.9
    assert [advice.recalibrate(p) for p in (0.1, 0.5, 0.7, 0.8, 0.95)] == [None] * 5


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 1)), min_size=1, max_size=40))
def test_the_map_is_the_isotonic_fit(rows: list[tuple[int, int]]) -> None:
    forecast, outcome = [p / 10 for p, _ in rows], [y for _, y in rows]
    tally = Tally.count(forecast=forecast, outcome=outcome, question=np.arange(len(rows)))
    advice, points = advise(tally, minimum=1), tally.points()
    assert [advice.recalibrate(p) for p in points.forecast] == isotonic_fit(points).tolist()
    assert sum(block.n for block in advice.blocks) == len(rows)
    values = [advice.recalibrate(p) for p in np.linspace(min(forecast), max(forecast), 50)]
    assert all(value is not None for value in values)
    assert values == sorted(values, key=float)  # type: ignore[arg-type]
