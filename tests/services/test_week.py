"""Which week a weekly review goes through, and the words for what it did to the score."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from ledger.domain.instants import DAY, Instant, from_datetime
from ledger.domain.review_rules import Rules, Weekly
from ledger.services.live_figures import PointFigures
from ledger.services.reviewing_week import ScoreChange, week_began
from ledger.services.week_words import caution, headline, rows


def at(told: str) -> Instant:
    return from_datetime(datetime.fromisoformat(told).replace(tzinfo=UTC))


MONDAYS = Rules(weekly=Weekly(0, time(9)), zone="Europe/Berlin", since=at("2026-01-01"))


@pytest.mark.parametrize(
    ("now", "began"),
    [
        ("2026-11-23T08:00", "2026-11-16T08:00"),  # Monday at nine: the week that ends then
        ("2026-11-23T07:59", "2026-11-09T08:00"),  # a minute earlier it is still the one before, and what came since
        ("2026-11-26T12:00", "2026-11-16T08:00"),  # who comes on Thursday has what came since Monday as well
        ("2026-03-30T08:00", "2026-03-23T08:00"),  # nine in summer time and nine in winter time
        ("2026-01-06T12:00", "2025-12-29T08:00"),  # the first review after the rules were set
        ("2026-01-03T12:00", "2025-12-27T12:00"),  # none was due yet
    ],
)
def test_the_rules_say_where_the_week_begins(now: str, began: str) -> None:
    assert week_began(MONDAYS, at(now)) == at(began)


def test_without_a_weekly_day_the_week_is_seven_days() -> None:
    assert week_began(Rules(), 100 * DAY) == 93 * DAY


def figures(brier: float | None, scored: int) -> PointFigures:
    return PointFigures(scored, scored, 9, brier, None if brier is None else 2 * brier)


NONE = "no yes-or-no question was settled with a forecast in time"
HALF = "(0–1, lower is better)"


@pytest.mark.parametrize(
    ("before", "after", "original", "said"),
    [
        (0.2, 0.15, False, f"Brier score 0.2000 → 0.1500 {HALF}: better by 0.0500."),
        (0.15, 0.2, True, "Brier score 0.3000 → 0.4000 (0–2, lower is better): worse by 0.1000."),
        (0.2, 0.20001, False, f"The Brier score stayed at 0.2000 {HALF}."),
        (None, 0.2, False, f"The Brier score is 0.2000 {HALF}; at the beginning of the week there was none."),
        (
            0.2,
            None,
            False,
            f"There is no Brier score any more: {NONE}; at the beginning of the week it was 0.2000 {HALF}.",
        ),
        (None, None, False, f"There is no Brier score yet: {NONE}."),
    ],
)
def test_the_change_says_its_form_and_its_direction(
    before: float | None, after: float | None, original: bool, said: str
) -> None:
    change = ScoreChange(figures(before, int(before is not None)), figures(after, 2 * int(after is not None)))
    assert headline(change, original=original) == said


def test_absent_figures_are_dashes_and_few_scores_are_told_to_say_little() -> None:
    change = ScoreChange(figures(None, 0), figures(0.2, 2))
    assert [(one.name, one.before, one.after) for one in rows(change, original=True)][:2] == [
        ("n scored", "0", "2"), ("Brier (0–2)", "–", "0.4000"),
    ]  # fmt: skip
    assert "None" not in str([(one.before, one.after) for one in rows(change, original=False)])
    assert caution(change).startswith("With 2 units scored, one outcome moves it much.")
    assert caution(ScoreChange(change.before, figures(0.2, 30))).startswith("One week says little")
