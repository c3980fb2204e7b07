"""Whole numbers that stand for cells: which they are, and how far they reach."""

from __future__ import annotations

import numpy as np
import pytest

from ledger.scoring import _cells
from ledger.scoring._cells import Cells, coded_cells, condense
from ledger.scoring._codes import _ranks, code_by_question, code_plain
from ledger.scoring.points import PARTS


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


def cells(outcome: list[float], *, rows: int = 1, units: float = 1, group: str | None = None) -> Cells:
    n = len(outcome)
    ones = np.ones(n, dtype=np.int64)
    labels = None if group is None else np.full(n, group)
    return Cells(labels, None, np.full(n, 0.5), np.array(outcome), ones * int(units * PARTS), ones * rows)


@pytest.mark.parametrize("outcome", [[0.0, 1.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
def test_yes_and_no_have_codes_and_shares_have_none(outcome: list[float]) -> None:
    assert coded_cells(cells(outcome)) is not None
    assert coded_cells(cells(outcome, group="a")) is None
    assert coded_cells(cells([*outcome, 0.5])) is None


@pytest.mark.parametrize(
    ("one", "counted"),
    [
        (cells([0.0, 1.0, 0.0]), True),
        (cells([0.0, 1.0, 0.5]), False),
        (cells([0.0, 1.0, 0.0], rows=2), False),
        (cells([0.0, 1.0, 0.0], units=0.5), False),
    ],
)
def test_rows_of_one_unit_are_counted_by_their_codes(
    one: Cells, counted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    count = _cells._counted
    monkeypatch.setattr(_cells, "_counted", lambda coded: (asked.append(1), count(coded))[1])
    assert condense(one).rows.sum() == one.rows.sum()
    assert bool(asked) == counted
