from __future__ import annotations

from math import comb

import numpy as np
import pytest

from ledger.errors import ScoringError
from ledger.scoring.intervals import wilson_interval
from ledger.scoring.meanings import Meaning, word_meanings


def tail(n: int, p: float, counts: range) -> float:
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in counts)


def test_what_likely_turned_out_to_mean() -> None:
    """Wilson's 6 of 10 is .31267377 to .83181967 (scoring reference, V17); the tails are sums of binomial terms."""
    (got,) = word_meanings(term=["likely"] * 10, outcome=[1] * 6 + [0] * 4, low=[0.55] * 10, high=[0.8] * 10)
    assert (got.source, got.term, got.n, got.happened, got.frequency) == ("", "likely", 10, 6.0, 0.6)
    assert got.interval == pytest.approx((0.31267377, 0.83181967), abs=5e-9)
    assert (got.low, got.high) == (0.55, 0.8)
    assert got.p_below == pytest.approx(tail(10, 0.55, range(7)), abs=1e-12)
    assert got.p_above == pytest.approx(tail(10, 0.8, range(6, 11)), abs=1e-12)
    assert got.within
    assert got.reasons == {}


def test_by_source_and_range_in_order() -> None:
    rows = [
        ("b", "likely", 0.55, 0.8, 1),
        ("a", "unlikely", 0.2, 0.45, 0),
        ("a", "likely", 0.66, 1.0, 1),
        ("a", "likely", 0.55, 0.8, 0),
        ("a", "unlikely", 0.2, 0.45, 1),
        ("a", "improbable", 0.2, 0.45, 1),
    ]
    source, term, low, high, outcome = (list(column) for column in zip(*rows, strict=True))
    got = word_meanings(term=term, outcome=outcome, low=low, high=high, source=source)
    assert [(m.source, m.term, m.low, m.high, m.n, m.happened) for m in got] == [
        ("a", "improbable", 0.2, 0.45, 1, 1.0),
        ("a", "unlikely", 0.2, 0.45, 2, 1.0),
        ("a", "likely", 0.55, 0.8, 1, 0.0),
        ("a", "likely", 0.66, 1.0, 1, 1.0),
        ("b", "likely", 0.55, 0.8, 1, 1.0),
    ]
    assert [m.within for m in got] == [False, False, False, True, False]
    pooled = word_meanings(term=term, outcome=outcome, low=low, high=high)
    assert [(m.source, m.term, m.n) for m in pooled] == [
        ("", "improbable", 1),
        ("", "unlikely", 2),
        ("", "likely", 2),
        ("", "likely", 1),
    ]


def test_the_ends_of_the_range_are_within() -> None:
    (at_low,) = word_meanings(term=["x"] * 4, outcome=[1, 0, 0, 0], low=[0.25] * 4, high=[0.5] * 4)
    (at_high,) = word_meanings(term=["x"] * 4, outcome=[1, 1, 0, 0], low=[0.25] * 4, high=[0.5] * 4)
    (above,) = word_meanings(term=["x"] * 4, outcome=[1, 1, 1, 0], low=[0.25] * 4, high=[0.5] * 4)
    assert (at_low.within, at_high.within, above.within) == (True, True, False)


def test_an_impossible_that_happened_refutes_its_range() -> None:
    (got,) = word_meanings(term=["impossible"] * 2, outcome=[1, 0], low=[0, 0], high=[0, 0])
    assert (got.p_below, got.p_above) == (1.0, 0.0)


def test_shares_have_no_exact_test() -> None:
    (got,) = word_meanings(term=["even"] * 2, outcome=[0.5, 1], low=[0.45] * 2, high=[0.55] * 2, confidence=0.9)
    low, high = wilson_interval(happened=[1.5], n=[2], confidence=0.9)
    assert got == Meaning(
        "", "even", 2, 1.5, 0.75, (low[0], high[0]), 0.45, 0.55, None, None,
        dict.fromkeys(("p_below", "p_above"), "an outcome is a share, not yes or no"),
    )  # fmt: skip


def test_without_rows_there_are_no_meanings() -> None:
    assert word_meanings(term=[], outcome=[], low=[], high=[]) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"source": ["a", "b"]}, "must be of one length"),
        ({"term": ["a", "b"]}, "must be of one length"),
        ({"outcome": [1, 1]}, "must be of one length"),
        ({"low": [0.1, 0.1]}, "must be of one length"),
        ({"high": [0.5, 0.5]}, "must be of one length"),
        ({"low": [0.6]}, r"low\[0\] is 0.6: it must not lie above the high end"),
        ({"low": [-0.6]}, r"low\[0\] is -0.6"),
        ({"high": [1.6]}, r"high\[0\] is 1.6"),
        ({"outcome": [np.nan]}, r"outcome\[0\] is nan"),
        ({"outcome": [3]}, r"outcome\[0\] is 3.0"),
    ],
)
def test_rows_that_cannot_be_are_refused(change: dict[str, object], message: str) -> None:
    rows = {"term": ["a"], "outcome": [1], "low": [0.5], "high": [0.5], "source": ["s"]}
    assert word_meanings(**rows)[0].source == "s"  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        word_meanings(**(rows | change))  # type: ignore[arg-type]
