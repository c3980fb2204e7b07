from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.references import Skill, base_rate, base_rate_skill, constant_skill, skill_score
from ledger.scoring.rules import brier_score, log_score

NO_ROWS = dict.fromkeys(("skill", "score", "reference"), "there are no rows")


def test_skill_is_one_less_the_ratio_of_the_means() -> None:
    assert skill_score(score=[0.25, 0.75], reference=[1.0, 0.0]) == Skill(0.0, 0.5, 0.5, 2)
    assert skill_score(score=[0.0, 0.25], reference=[1.0, 0.0], weight=[1, 3]) == Skill(0.25, 0.1875, 0.25, 2)
    assert skill_score(score=[0.5, 0.25], reference=[0.125, 0.5], weight=[1, 0]) == Skill(-3.0, 0.5, 0.125, 1)


def test_skill_against_the_base_rate_of_the_documentation_example() -> None:
    """scikit-learn's documentation, d2_brier .85 computed with 1.9.1 (scoring reference, V1)."""
    got = base_rate_skill(forecast=[0.1, 0.9, 0.8, 0.3], outcome=[0, 1, 1, 0], rule=brier_score)
    assert got.skill == pytest.approx(0.85, abs=1e-15)
    assert got.score == pytest.approx(0.0375, abs=1e-15)
    assert got.reference == 0.25
    assert got.rows == 4


def test_skill_against_a_constant_and_weights() -> None:
    got = constant_skill(forecast=[0.5, 1.0], outcome=[1, 0], constant=0.25, rule=brier_score, weight=[3, 1])
    assert got == Skill(1 - (1.75 / 4) / (1.75 / 4), 1.75 / 4, 1.75 / 4, 2)
    weighted = base_rate_skill(forecast=[0.5, 1.0], outcome=[1, 0], rule=brier_score, weight=[3, 1])
    assert weighted.reference == 0.1875


def test_the_base_rate_is_weighted_and_takes_shares() -> None:
    assert base_rate(outcome=[1, 0, 0.5]) == 0.5
    assert base_rate(outcome=[1, 0], weight=[3, 1]) == 0.75
    assert base_rate(outcome=[1, 0], weight=[0, 0]) is None
    with pytest.raises(ScoringError, match=r"outcome\[1\] is 2.0"):
        base_rate(outcome=[1, 2])


@pytest.mark.parametrize(
    ("score", "reference", "reason"),
    [
        ([0.25], [0.0], "the reference is perfect: its mean score is 0"),
        ([np.inf], [1.0], "a mean score is infinite"),
        ([1.0], [np.inf], "a mean score is infinite"),
    ],
)
def test_skill_that_is_not_defined_says_why(score: list[float], reference: list[float], reason: str) -> None:
    assert skill_score(score=score, reference=reference) == Skill(None, score[0], reference[0], 1, {"skill": reason})


def test_without_rows_nothing_is_defined() -> None:
    assert skill_score(score=[], reference=[]) == Skill(None, None, None, 0, NO_ROWS)
    assert skill_score(score=[0.5], reference=[0.25], weight=[0]) == Skill(None, None, None, 0, NO_ROWS)
    assert base_rate_skill(forecast=[], outcome=[], rule=brier_score) == Skill(None, None, None, 0, NO_ROWS)
    one_class = base_rate_skill(forecast=[0.25], outcome=[0], rule=log_score)
    assert one_class.reasons == {"skill": "the reference is perfect: its mean score is 0"}


def test_rows_must_match() -> None:
    with pytest.raises(ScoringError, match=r"reference has shape \(1,\), score has shape \(2,\)"):
        skill_score(score=[0.5, 0.5], reference=[0.25])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=20))
def test_the_base_rate_against_itself_has_no_skill(rows: list[tuple[float, bool]]) -> None:
    outcome = [float(happened) for _, happened in rows]
    rate = base_rate(outcome=outcome)
    got = base_rate_skill(forecast=np.full(len(rows), rate), outcome=outcome, rule=brier_score)
    assert got.skill == (0.0 if 0 < sum(outcome) < len(rows) else None)
