"""What the points know beside their columns, and the parts in which long columns are gone through."""

from __future__ import annotations

import numpy as np
import pytest

from ledger.scoring.points import PARTS, logarithms, slices, total
from ledger.scoring.tally import Tally
from tests.scoring.reference import points


def test_a_range_is_cut_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.scoring.points._CACHED", 4)
    assert list(slices(0)) == []
    assert list(slices(4)) == [slice(0, 4)]
    assert list(slices(9)) == [slice(0, 4), slice(4, 8), slice(8, 12)]


def test_the_parts_of_a_sum_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.scoring.points._CACHED", 4)
    values = np.arange(11.0)
    got = total(11, lambda rows: values[rows])
    assert got == 55
    nothing = total(0, lambda rows: values[rows])
    assert nothing == 0
    assert type(got) is type(nothing) is float


def test_weights_are_whole_numbers_of_units_where_all_are() -> None:
    units = points([0.2, 0.2, 0.7], [1, 0, 1], [2, 1, 4]).whole
    assert units is not None
    assert [column.tolist() for column in units] == [[2, 4], [3, 4]]
    assert points([0.2, 0.7], [1, 0.5]).whole is None


@pytest.mark.parametrize(("weight", "happened"), [([0.5, 0.5, 1], [0.5, 1]), ([1, 1, 0.75], [1, 0.75])])
def test_one_broken_weight_makes_all_of_them_parts(weight: list[float], happened: list[float]) -> None:
    parts = points([0.2, 0.2, 0.7], [1, 0, 1], weight).whole
    assert parts is not None
    assert parts[0].tolist() == [x * PARTS for x in happened]
    assert parts[1].tolist() == [(weight[0] + weight[1]) * PARTS, weight[2] * PARTS]


def test_logarithms_are_of_the_forecast_and_of_its_rest() -> None:
    said, denied = points([0, 0.25, 1e-20, 1], [0, 1, 0, 1]).logs
    assert said.tolist() == [-np.inf, np.log(1e-20), np.log(0.25), 0]
    assert denied.tolist() == [0, -1e-20, np.log1p(-0.25), -np.inf]
    assert [one.size for one in logarithms(Tally.merge().points().forecast)] == [0, 0]


def test_points_of_shares_keep_what_all_points_have() -> None:
    got = Tally.of_parts(
        forecast=[0.2, 0.2, 0.6, 0.9], outcome=[0.5, 1, 0, 1], parts=[4, 2, 1, 0], rows=[3, 1, 2, 5]
    ).points()
    assert got.forecast.tolist() == [0.2, 0.6]
    assert got.parts.tolist() == [6, 1]
    assert got.rows.tolist() == [4, 2]
    assert (got.weight * PARTS).tolist() == [6, 1]
    assert (got.happened * PARTS).tolist() == [4, 0]
    assert got.happened_parts is None


def test_the_least_weight_is_a_point() -> None:
    got = Tally.of_parts(forecast=[0.2, 0.7, 0.9], outcome=[1, 0.5, 1], parts=[1, 0, 2]).points()
    assert (got.forecast.tolist(), got.parts.tolist(), got.rows.tolist()) == ([0.2, 0.9], [1, 2], [1, 1])
