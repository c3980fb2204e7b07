"""What is said after an outcome: the change of the score in one sentence, and what the question itself scored."""

from __future__ import annotations

from typing import Any

import pytest
from desk import Desk, day

from ledger.domain.policies import Policy
from ledger.errors import InputError, NotFoundError
from ledger.services.live_effect import QuestionScore, UnitScore, effect_words, of_question
from ledger.services.live_figures import PointFigures
from ledger.services.live_score import Effect
from ledger.services.values import Stated


def effect(before: float | None, after: float | None, scored: int = 13) -> Effect:
    said = [
        PointFigures(0, scored, 1919, one, None if one is None else 2 * one) for one in (before, after)
    ]  # fmt: skip
    return Effect(*said, [1])


@pytest.mark.parametrize(
    ("before", "after", "original", "words"),
    [
        (0.184, 0.171, False, "Brier 0.184 → 0.171 (0–1, lower is better), 13 of 1,919 scored"),
        (0.184, 0.171, True, "Brier 0.368 → 0.342 (0–2, lower is better), 13 of 1,919 scored"),
        (None, 0.25, False, "Brier 0.250 (0–1, lower is better), 13 of 1,919 scored"),
        (0.25, None, False, "no Brier score any more, 13 of 1,919 scored"),
        (None, None, False, "no Brier score, 13 of 1,919 scored"),
        (0.25, 0.25, False, "Brier 0.250, unchanged (0–1, lower is better), 13 of 1,919 scored"),
        (0.18411, 0.18412, False, "Brier 0.18411 → 0.18412 (0–1, lower is better), 13 of 1,919 scored"),
        (0.1841, 0.1841 + 1e-12, False, "Brier 0.184, unchanged (0–1, lower is better), 13 of 1,919 scored"),
    ],
)
def test_the_change_in_a_sentence(before: float | None, after: float | None, original: bool, words: str) -> None:
    assert effect_words(effect(before, after), original=original) == words


def scored(desk: Desk, number: int, policy: str = "time-average") -> QuestionScore:
    with desk.book() as book:
        return of_question(book, number, policy)


def test_each_forecaster_and_the_mean_by_the_time_that_each_stood(desk: Desk) -> None:
    """Life from 0 to 10: ann says 0.4 all of it, bob 0.9 the second half."""
    desk.ask("Rain?", day(10), "0.4")
    desk.wait(5).say("#1", "0.9", "bob")
    desk.wait(10).resolve("#1", "yes")
    told = scored(desk, 1)
    assert told.score == pytest.approx((0.36 + 0.5 * 0.01) / 1.5)
    assert told.truncated_score == pytest.approx((0.36 + 0.005) / 2)
    assert [(one.forecaster, one.coverage) for one in told.units] == [("ann", 1.0), ("bob", 0.5)]
    assert [one.score for one in told.units] == pytest.approx([0.36, 0.01])
    assert [one.truncated for one in told.units] == pytest.approx([0.36, 0.005])


@pytest.mark.parametrize("policy", list(Policy))
def test_it_is_what_the_card_of_the_question_alone_says(desk: Desk, policy: Policy) -> None:
    desk.ask("Rain?", day(10), "0.4", opened_at=day(-5))
    desk.wait(1).say("#1", "0.6")
    desk.wait(1).say("#1", "0.9", "bob")
    desk.withdraw("#1", "bob")
    desk.wait(1).say("#1", "0.8", "bob")
    desk.wait(10).resolve("#1", "yes")
    card = desk.score(policy.value)["overall"]
    told = scored(desk, 1, policy.value)
    assert told.score == pytest.approx(card["brier"])
    assert told.truncated_score == pytest.approx(card.get("truncated_score", card["brier"]))
    assert told.reason is None


@pytest.mark.parametrize("kind", ["choice", "ordered"])
def test_options_and_quantiles_have_their_measure(desk: Desk, kind: str) -> None:
    desk.ask("Who?", day(5), kind=kind, options=("A", "B", "C"))
    desk.say("#1", Stated(options=(("A", "20%"), ("B", "50%"), ("C", "30%"))))
    desk.ask("How many?", day(5), kind="numeric")
    desk.say("#2", Stated(quantiles=(("0.5", "10"),)))
    desk.wait(10).resolve("#1", "A")
    desk.resolve("#2", "14")
    kinds = desk.score()["kinds"]
    told = scored(desk, 1)
    assert (told.measure, told.score) == ("brier", pytest.approx(kinds[kind]["score"]["value"]))
    told = scored(desk, 2)
    assert (told.measure, told.score) == ("pinball", pytest.approx(2.0))


def test_where_there_is_no_score_the_reason_is_said(desk: Desk) -> None:
    desk.ask("Rain?", day(10))
    desk.ask("Snow?", day(10), "0.4", condition="#1=yes")
    desk.ask("Hail?", day(10), "0.4")

    def reasons(*numbers: int) -> list[Any]:
        told = [scored(desk, number) for number in numbers]
        assert all((one.score, one.truncated_score, one.units) == (None, None, []) for one in told)
        return [one.reason for one in told]

    assert reasons(1, 2, 3) == ["it is open", "it is waiting", "it is open"]
    desk.wait(20).resolve("#1", "no")
    assert reasons(1, 2, 3) == ["nobody has stated a forecast", "it is void", "it is due"]
    desk.resolve("#3", "yes", known_at=day(0))
    assert reasons(3) == ["nobody's forecast was stated in time"]
    with pytest.raises(NotFoundError):
        scored(desk, 9)
    with pytest.raises(InputError):
        scored(desk, 1, "best")


def test_a_forecast_that_stood_for_no_time_has_no_score(desk: Desk) -> None:
    desk.ask("Rain?", day(10), "0.4")
    desk.say("#1", "0.5")
    desk.withdraw("#1")
    desk.wait(20).resolve("#1", "yes")
    assert scored(desk, 1) == QuestionScore(
        1, "brier", None, 0.0, [UnitScore("ann", None, 0.0)], scored(desk, 1).reason
    )
    assert scored(desk, 1).reason == "nothing stood for any time"
