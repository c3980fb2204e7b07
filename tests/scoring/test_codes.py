"""Whole numbers that stand for cells: which they are, and how far they reach."""

from __future__ import annotations

import numpy as np
import pytest

from ledger.scoring._codes import _ranks, code_by_question, code_plain


def test_forecasts_on_the_grid_rank_by_their_step() -> None:
    rank, values = _ranks(np.array([0.3, 0.0, 1.0, 0.1234]))
    assert rank.tolist() == [3000, 0, 10_000, 1234]
    assert values.tolist() == [k / 10_000 for k in range(10_001)]


def test_others_rank_among_themselves() -> None:
    rank, values = _ranks(np.array([0.3, 1 / 3, 0.3, 0.1]))
    assert rank.tolist() == [1, 2, 1, 0]
    assert values.tolist() == [0.1, 0.3, 1 / 3]


@pytest.mark.parametrize("apart", [2**61 - 2, 1])
def test_questions_that_lie_close_enough_have_codes(apart: int) -> None:
    question = np.array([-(2**60), -(2**60) + apart])
    forecast, outcome = np.array([1 / 3, 1 / 3]), np.array([1.0, 0.0])
    coded = code_by_question(question, forecast, outcome)
    assert coded is not None
    assert coded.code.tolist() == [1, 2 * apart]
    again = coded.decode(coded.code)
    for got, expected in zip(again, (question, forecast, outcome), strict=True):
        assert got is not None
        assert got.tolist() == expected.tolist()
        assert got.dtype == expected.dtype


def test_questions_that_lie_too_far_apart_have_none() -> None:
    question = np.array([-(2**60), -(2**60) + 2**61 - 1])
    assert code_by_question(question, np.array([1 / 3, 1 / 3]), np.array([1.0, 0.0])) is None
    far = np.array([-(2**62), 2**62])
    assert code_by_question(far, np.array([0.5, 0.5]), np.array([1.0, 0.0])) is None


def test_plain_codes_rise_with_the_forecast_and_then_the_outcome() -> None:
    forecast, outcome = np.array([0.0, 5e-324, 0.3, 0.3, 1.0]), np.array([1.0, 0.0, 0.0, 1.0, 0.0])
    coded = code_plain(forecast, outcome)
    assert np.all(np.diff(coded.code) > 0)
    _, p, y = coded.decode(coded.code)
    assert p.tolist() == forecast.tolist()
    assert y.tolist() == outcome.tolist()
