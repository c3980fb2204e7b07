"""Nothing said or done after the outcome makes a score better."""

from __future__ import annotations

import pytest
from desk import Desk, day

from ledger.errors import RefusedError


def brier(desk: Desk, policy: str = "last") -> float | None:
    """The score of everything, under a policy."""
    found: float | None = desk.score(policy)["overall"]["brier"]
    return found


@pytest.fixture
def wrong(desk: Desk) -> Desk:
    """A desk where ann said 90 % of what did not happen, settled after its deadline."""
    desk.ask("Will it rain?", by=day(10), p="90%", key="rain")
    desk.wait(11)
    desk.resolve("rain", "no")
    return desk


def test_a_later_deadline_lets_nobody_speak_of_a_resolved_question(wrong: Desk) -> None:
    wrong.edit("rain", deadline=day(50))
    done = wrong.say("rain", "0%")
    assert done.notices == ["late: stated at or after the close of the question; it is kept and shown, and not scored"]
    assert brier(wrong) == pytest.approx(0.81)
    assert brier(wrong, "time-average") == pytest.approx(0.81)


def test_superseding_an_outcome_makes_no_late_statement_timely(desk: Desk) -> None:
    desk.ask("Will it rain?", by=day(100), p="90%", key="rain")
    desk.wait(10)
    desk.resolve("rain", "no", known_at="now")
    desk.wait(1)
    desk.say("rain", "0%")
    desk.wait(1)
    desk.resolve("rain", "no", known_at="now", supersede=True)
    assert brier(desk) == pytest.approx(0.81)


def test_what_was_known_stays_known_when_the_outcome_is_taken_back_and_recorded_again(desk: Desk) -> None:
    desk.ask("Will it rain?", by=day(10), p="90%", key="rain")
    desk.wait(5)
    desk.say("rain", "10%")
    desk.wait(7)
    done = desk.resolve("rain", "no", known_at=day(4))
    assert "1 statement now late, and not scored" in done.notices
    desk.reopen("rain")
    assert any("as the resolution before said" in line for line in desk.resolve("rain", "no").notices)
    assert brier(desk) == pytest.approx(0.81)


def test_a_correction_after_the_outcome_does_not_count_though_the_time_was_claimed(desk: Desk) -> None:
    desk.wait(5)
    desk.ask("Will it rain?", by=day(10), p="90%", key="rain", made_at=day(1))
    desk.wait(6)
    desk.resolve("rain", "no")
    done = desk.correct("rain", "1%")
    assert done.notices == [
        "late: the question had closed; the correction is kept and shown, the first value is scored"
    ]
    assert brier(desk) == pytest.approx(0.81)


def test_a_backdated_withdrawal_ends_no_statement_that_our_clock_saw(wrong: Desk) -> None:
    row = wrong.rows("SELECT made_at, until FROM forecast")
    csv = wrong.path.parent / "withdrawn.csv"
    exported = wrong.path.parent / "out.csv"
    wrong.give_out(exported)
    header, line = exported.read_text().splitlines()[:2]
    cells = dict(zip(header.split(","), line.split(","), strict=True)) | {"probability": "", "outcome": "0"}
    named = {**cells, "withdrawn": "1"}
    csv.write_text(",".join(named) + "\n" + ",".join(named.values()) + "\n")
    wrong.take_in(csv)
    assert wrong.rows("SELECT COUNT(*) FROM withdrawal") == [(1,)]
    assert wrong.rows("SELECT made_at, until FROM forecast") == row
    assert brier(wrong, "time-average") == pytest.approx(0.81)


def test_a_settled_question_takes_no_other_condition(wrong: Desk) -> None:
    wrong.ask("Will it snow?", by=day(50), key="snow")
    with pytest.raises(RefusedError, match="rain has been settled: what it depends on no longer changes"):
        wrong.edit("rain", condition="snow=yes")
