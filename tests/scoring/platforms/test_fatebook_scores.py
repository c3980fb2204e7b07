from __future__ import annotations

import pytest

from ledger.errors import ScoringError
from ledger.scoring.platforms.fatebook import FatebookScore, combine_options, fatebook_scores

DAY = 86_400_000_000


def scored(*rows: tuple[int, float, float], days: float = 10, outcome: int = 1, opened: int = 0) -> list[FatebookScore]:
    """Score rows of (forecaster, probability, day made)."""
    return fatebook_scores(
        forecaster=[row[0] for row in rows],
        forecast=[row[1] for row in rows],
        made_at=[opened + round(row[2] * DAY) for row in rows],
        outcome=outcome,
        opened=opened,
        resolved=opened + round(days * DAY),
    )


def absolute(*rows: tuple[int, float, float], days: float = 10, outcome: int = 1) -> float | None:
    return scored(*rows, days=days, outcome=outcome)[0].absolute


def test_confirmed_vectors() -> None:
    """Confirmed with Fatebook's own scoring at 3eb5379; day 5 computed by its formula (interchange reference, 3.2)."""
    assert absolute((1, 0.8, 0)) == pytest.approx(0.08, abs=1e-15)
    assert absolute((1, 0.2, 0), (1, 0.8, 5)) == pytest.approx(0.68, abs=1e-15)
    assert absolute((1, 0.5, 9)) == pytest.approx(0.05, abs=1e-15)
    assert absolute((1, 0.5, 5)) == pytest.approx(0.25, abs=1e-15)


def test_the_relative_score_is_against_the_median_of_the_block() -> None:
    """Confirmed with Fatebook's own scoring (interchange reference, 3.2)."""
    first, second = scored((7, 0.5, 9), (4, 0.8, 0))
    assert (first.forecaster, second.forecaster) == (4, 7)
    assert (first.absolute, first.relative) == (pytest.approx(0.08, abs=1e-15), pytest.approx(-0.021, abs=1e-15))
    assert (second.absolute, second.relative) == (pytest.approx(0.05, abs=1e-15), pytest.approx(0.021, abs=1e-15))
    assert first.reasons == second.reasons == {}


def test_one_alone_has_no_relative_score() -> None:
    assert scored((3, 0.5, 0), days=2) == [
        FatebookScore(3, 0.5, None, {"relative": "nobody else forecast on the question"})
    ]


def test_the_probability_is_averaged_within_a_block() -> None:
    """Defect D2: .2 and .8 by halves in one day give .5 where the score integrated over time is .68."""
    assert absolute((1, 0.2, 0), (1, 0.8, 0.5), days=1) == pytest.approx(0.5, abs=1e-15)
    assert absolute((1, 0.8, 0.5), (1, 0.2, 0), days=1) == pytest.approx(0.5, abs=1e-15)


def test_the_last_of_a_block_takes_what_nobody_accounted_for() -> None:
    """Made at a quarter and at half of the first day: a quarter of the first, three quarters of the second."""
    assert absolute((1, 0.0, 0.25), (1, 1.0, 0.5), days=1) == pytest.approx(2 * 0.25**2, abs=1e-15)


def test_a_forecast_at_the_edge_of_a_block_stands_from_there() -> None:
    assert absolute((1, 0.0, 0), (1, 1.0, 1), (1, 0.5, 1.25), days=2) == pytest.approx(
        (2 + 2 * 0.375**2) / 2, abs=1e-15
    )


def test_an_unfinished_last_day_counts_for_its_fraction() -> None:
    assert absolute((1, 0.0, 0), (1, 1.0, 1), days=1.5) == pytest.approx(2 / 1.5, abs=1e-15)
    assert absolute((1, 0.5, 0), (1, 0.0, 1), days=1.25) == pytest.approx((0.5 + 2 * 0.25) / 1.25, abs=1e-15)


def test_under_a_day_is_the_plain_block() -> None:
    assert absolute((1, 0.5, 0.25), days=0.5) == pytest.approx(0.5, abs=1e-15)
    assert absolute((1, 0.2, 0), (1, 0.8, 0.25), days=0.5, outcome=0) == pytest.approx(0.5, abs=1e-15)


def test_blocks_start_when_the_question_does() -> None:
    rows = ((1, 0.2, 0.0), (1, 0.8, 0.6), (2, 0.3, 1.2))
    assert scored(*rows, days=3, opened=12_345) == scored(*rows, days=3)


def test_a_forecast_after_the_resolution_is_not_scored() -> None:
    reason = "no forecast before the question was resolved"
    first, second = scored((1, 0.5, 0), (2, 0.9, 2), days=2)
    assert second == FatebookScore(2, None, None, {"absolute": reason, "relative": reason})
    assert first == FatebookScore(1, 0.5, 0.0)
    assert scored((1, 0.5, 1), days=1) == [FatebookScore(1, None, None, {"absolute": reason, "relative": reason})]
    assert scored() == []


def test_of_forecasts_at_one_time_the_last_row_stands() -> None:
    rows = [(1, 0.25, 1.0), *((1, k / 100, 0.0) for k in range(40)), (1, 0.5, 0.0)]
    assert absolute(*rows, days=1) == pytest.approx(0.5, abs=1e-15)


def test_options_are_added_or_averaged() -> None:
    assert combine_options([0.08, 0.02], exclusive=True) == pytest.approx(0.1, abs=1e-15)
    assert combine_options([0.08, 0.02], exclusive=False) == pytest.approx(0.05, abs=1e-15)
    assert combine_options([], exclusive=True) is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outcome": 2}, "outcome must be 0 or 1"),
        ({"resolved": 0}, "the question resolved after it was opened"),
        ({"forecast": [1.5]}, r"forecast\[0\] is 1.5"),
        ({"forecast": [0.5, 0.5]}, "forecast has shape"),
        ({"made_at": [0, 1]}, "made_at has shape"),
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object], message: str) -> None:
    rows = {"forecaster": [1], "forecast": [0.5], "made_at": [0], "outcome": 1, "opened": 0, "resolved": 1}
    assert fatebook_scores(**rows, day=1)[0].absolute == 0.5  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match=message):
        fatebook_scores(**(rows | change))  # type: ignore[arg-type]
