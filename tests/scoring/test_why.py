from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import ScoringError
from ledger.scoring.time_average import unit_scores
from ledger.scoring.why import StatementPart, Why, why_this_score


def test_a_score_is_split_by_statement() -> None:
    """.5 for a quarter, then .75, then 1 for the last quarter; it happened. All parts are dyadic, so exact."""
    why = why_this_score(score=[0.25, 0.0625, 0.0], weight=[1, 2, 1], base_rate=0.16)
    assert why == Why(
        score=0.09375,
        standing_pat=0.25,
        base_rate=0.16,
        statements=(
            StatementPart(score=0.25, weight=0.25, contribution=0.0625, effect=None),
            StatementPart(score=0.0625, weight=0.5, contribution=0.03125, effect=-0.140625),
            StatementPart(score=0.0, weight=0.25, contribution=0.0, effect=-0.015625),
        ),
    )
    assert why.score == 0.25 - 0.140625 - 0.015625


def test_under_last_every_update_counts_in_full() -> None:
    why = why_this_score(score=[0.25, 0.5, 0.125], weight=[0, 0, 1])
    assert why.score == 0.125
    assert [part.effect for part in why.statements] == [None, 0.25, -0.375]
    assert [part.contribution for part in why.statements] == [0.0, 0.0, 0.125]
    assert why.base_rate is None
    assert why.reasons == {"base_rate": "no base rate was given"}


def test_an_infinite_score_is_not_split_into_effects() -> None:
    why = why_this_score(score=[math.inf, 0.5], weight=[1, 1], base_rate=0.5)
    assert (why.score, why.standing_pat) == (math.inf, math.inf)
    assert [part.contribution for part in why.statements] == [math.inf, 0.25]
    assert [part.effect for part in why.statements] == [None, None]
    assert why.reasons == {"effect": "an infinite score cannot be split into what each update changed"}


def test_an_infinite_score_that_never_stood_costs_nothing() -> None:
    why = why_this_score(score=[math.inf, 0.5], weight=[0, 1], base_rate=0.5)
    assert (why.score, why.statements[0].contribution) == (0.5, 0.0)


def test_a_unit_that_never_stood_has_no_score() -> None:
    why = why_this_score(score=[0.3, 0.2], weight=[0, 0], base_rate=0.5)
    reason = "no statement stood for any time"
    assert why == Why(
        None, None, None, (), {"score": reason, "standing_pat": reason, "base_rate": reason, "statements": reason}
    )
    with pytest.raises(ScoringError, match="a unit without a statement has no score to explain"):
        why_this_score(score=[], weight=[])


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 2**32)), min_size=1, max_size=12))
def test_the_parts_add_up_to_the_score(rows: list[tuple[float, int]]) -> None:
    score, weight = [row[0] for row in rows], [row[1] for row in rows]
    why = why_this_score(score=score, weight=weight)
    if why.score is None or why.standing_pat is None:
        assert sum(weight) == 0
        return
    effects = [part.effect for part in why.statements if part.effect is not None]
    assert math.fsum(part.contribution for part in why.statements) == why.score
    assert math.fsum([why.standing_pat, *effects]) == pytest.approx(why.score, abs=1e-12)
    assert math.fsum(part.weight for part in why.statements) == pytest.approx(1, abs=1e-12)
    unit = unit_scores(unit=np.zeros(len(score), dtype=int), score=score, weight=weight)
    assert unit.mean[0] == pytest.approx(why.score, abs=1e-12)
