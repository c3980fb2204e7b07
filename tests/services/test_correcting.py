"""Corrections of statements that gave a range."""

from __future__ import annotations

import pytest
from desk import Desk

from ledger.errors import RefusedError
from ledger.services.values import Stated


@pytest.fixture
def hedged(desk: Desk) -> Desk:
    """A desk with a question that ann called unlikely."""
    desk.ask("Will it rain?", key="rain")
    desk.say("rain", Stated(term="unlikely", scale="icd-203"))
    return desk


def test_a_correction_stays_within_the_range_that_was_stated(hedged: Desk) -> None:
    with pytest.raises(RefusedError, match=r"90 % lies outside the range that the statement gave, 20 % to 45 %"):
        hedged.correct("rain", "90%")
    hedged.correct("rain", "30%")
    assert hedged.rows("SELECT probability, low, high FROM forecast") == [(0.3, 0.2, 0.45)]


def test_another_range_is_no_correction(hedged: Desk) -> None:
    with pytest.raises(RefusedError, match="another hedge or range is a new statement"):
        hedged.correct("rain", Stated(range="10-20%"))
