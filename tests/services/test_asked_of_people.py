"""Two forecasters compared, what words meant, and why a question scored as it did: worked out again by hand."""

from __future__ import annotations

from math import log
from typing import Any

import pytest
from desk import Desk, day

from ledger.domain.filters import Filters
from ledger.errors import InputError, NotFoundError, RefusedError, ScoringError
from ledger.services.score import explanation
from ledger.services.values import Stated

ANN = (0.9, 0.2, 0.6, 0.4)
BOB = (0.6, 0.5, 0.6, 0.1)
HAPPENED = (1.0, 0.0, 0.0, 1.0)


@pytest.fixture
def rivals(desk: Desk) -> Desk:
    """Ann and Bob on four questions, Ann on a fifth, Cid on a sixth."""
    desk.init()
    for at, (a, b) in enumerate(zip(ANN, BOB, strict=True)):
        desk.ask(f"Of all things, does number {at} come?", by=day(100), key=f"q{at}", p=str(a), forecaster="ann")
        desk.say(f"q{at}", str(b), who="bob")
    desk.ask("Something else altogether?", by=day(100), key="alone", p="0.5", forecaster="ann")
    desk.ask("Quite another matter?", by=day(100), key="other", p="0.5", forecaster="cid")
    desk.wait(101)
    for at, yes in enumerate(HAPPENED):
        desk.resolve(f"q{at}", "yes" if yes else "no")
    desk.resolve("alone", "yes")
    desk.resolve("other", "no")
    return desk


def test_two_forecasters_are_paired_by_question(rivals: Desk) -> None:
    found = rivals.score("last", compare=("ann", "bob"), resamples=200)["comparison"]
    differences = [(a - y) ** 2 - (b - y) ** 2 for a, b, y in zip(ANN, BOB, HAPPENED, strict=True)]
    assert (found["questions"], found["only_a"], found["only_b"]) == (4, 1, 0)
    assert found["difference"] == pytest.approx(sum(differences) / 4)
    assert found["score_a"] - found["score_b"] == pytest.approx(found["difference"])
    assert found["interval"][0] <= found["difference"] <= found["interval"][1]
    signs = found["signs"]
    assert (signs["better"], signs["worse"], signs["ties"], signs["p_value"]) == (3, 0, 1, 0.25)
    assert 0 < found["diebold_mariano"]["p_value"] < 1
    betting = found["e_values"]
    assert betting["questions"] == 4
    assert betting["against_a"]["hypothesis"] == "ann is at least as good as bob"
    assert betting["against_a"]["product"] < 1 < betting["against_b"]["product"]
    assert "mean" in betting["caveat"]


def test_turned_round_the_comparison_says_the_same(rivals: Desk) -> None:
    one, other = (rivals.score(compare=pair)["comparison"] for pair in (("ann", "bob"), ("bob", "ann")))
    assert one["difference"] == pytest.approx(-other["difference"])
    assert one["diebold_mariano"]["p_value"] == pytest.approx(other["diebold_mariano"]["p_value"])
    assert one["e_values"]["against_a"]["mean"] == pytest.approx(other["e_values"]["against_b"]["mean"])


def test_bets_are_made_on_last_statements_and_shares_left_out(rivals: Desk) -> None:
    rivals.resolve("q0", "0.5", supersede=True)
    found = rivals.score("all", compare=("ann", "bob"))["comparison"]
    assert found["questions"] == 4
    assert found["e_values"]["questions"] == 3


def test_bets_alone_may_be_undefined(rivals: Desk) -> None:
    for at in range(4):
        rivals.resolve(f"q{at}", "0.5", supersede=True)
    bet = rivals.score(compare=("ann", "bob"))["comparison"]["e_values"]["against_a"]
    assert (bet["mean"], bet["reason"]) == (None, "no outcome is a plain yes or no")


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        (("ann", "bobb"), "--compare: there is no forecaster 'bobb'; did you mean 'bob'?"),
        (("ann", "cid"), "--compare: the two have no scored binary question in common ('ann' has 5, 'cid' has 1)"),
        (("ann", "ann"), "--compare 'ann' 'ann': name two different forecasters"),
    ],
)
def test_pairs_that_cannot_be_are_refused_in_a_line(pair: tuple[str, str], said: str, rivals: Desk) -> None:
    with pytest.raises((NotFoundError, InputError)) as refused:
        rivals.score(compare=pair)
    assert str(refused.value) == said


def test_an_infinite_score_has_no_difference(rivals: Desk) -> None:
    rivals.ask("Was it certain?", by=day(120), key="sure", p="0", forecaster="ann")
    rivals.say("sure", "0.5", who="bob")
    rivals.wait(20).resolve("sure", "yes")
    with pytest.raises(ScoringError, match="--compare: a score is infinite, so there is no difference"):
        rivals.score(rule="log", compare=("ann", "bob"))
    assert rivals.score(compare=("ann", "bob"))["comparison"]["questions"] == 5


@pytest.fixture
def worded(desk: Desk) -> Desk:
    """Twelve questions called likely, of which five happened; three called unlikely on another scale."""
    desk.init()
    for at in range(12):
        desk.ask(f"Is case number {at} one?", by=day(100), key=f"w{at}", source="The News")
        desk.say(f"w{at}", Stated(term="likely", scale="icd-203"))
    for at in range(3):
        desk.ask(f"And how about {at} then?", by=day(100), key=f"k{at}")
        desk.say(f"k{at}", Stated(term="unlikely", scale="ipcc-ar5"))
    desk.wait(101)
    for at in range(12):
        desk.resolve(f"w{at}", "yes" if at < 5 else "no")
    for at in range(3):
        desk.resolve(f"k{at}", "no")
    return desk


def test_each_term_says_how_often_it_happened_beside_its_scale(worded: Desk) -> None:
    from scipy.stats import binom

    terms = {one["term"]: one for one in worded.score(words=True)["words"]["terms"]}
    likely = terms["likely"]
    assert (likely["source"], likely["scale"], likely["n"], likely["happened"]) == ("The News", "icd-203", 12, 5.0)
    assert (likely["low"], likely["high"], likely["within"]) == (0.55, 0.8, False)
    assert likely["p_below"] == pytest.approx(binom.cdf(5, 12, 0.55))
    assert likely["interval"][0] < likely["frequency"] < likely["interval"][1]
    unlikely = terms["unlikely"]
    assert (unlikely["source"], unlikely["scale"], unlikely["n"]) == (None, "ipcc-ar5", 3)


def test_advice_is_silent_below_its_n(worded: Desk) -> None:
    advice = worded.score(words=True)["words"]["advice"]
    assert advice["minimum"] == 10
    assert [(block["n"], block["low"]) for block in advice["spoken"]] == [(12, 0.675)]
    assert advice["spoken"][0]["sentence"].startswith("when you say 67.5 % it happens 42 %, ")
    assert advice["silent"] == 1
    few = worded.score(words=True, filters=Filters(search="how about"))["words"]["advice"]
    assert few["spoken"] == []
    assert few["reasons"]["spoken"] == "no block of probabilities has an n of 10"


def test_rows_that_share_a_question_have_no_exact_test(worded: Desk) -> None:
    worded.ask("One more of those?", by=day(120), key="shared")
    for who in ("ann", "bob"):
        worded.say("shared", Stated(term="likely", scale="icd-203"), who=who)
    worded.wait(20).resolve("shared", "yes")
    (one,) = (row for row in worded.score(words=True)["words"]["terms"] if row["source"] is None and row["n"] == 2)
    assert (one["questions"], one["p_below"]) == (1, None)
    assert one["reasons"]["p_below"] == "several rows are on one question, and share its outcome"


def test_words_of_nothing_are_refused(desk: Desk) -> None:
    desk.init()
    with pytest.raises(RefusedError, match="--words: no binary question is settled yet; see: forecast due"):
        desk.score(words=True)


@pytest.fixture
def moved(desk: Desk) -> Desk:
    """Ann says 20 % for ten days, 60 % for forty and 90 % for fifty; it happens. Another question does not."""
    desk.init()
    desk.ask("Does it move?", by=day(100), key="it", p="0.2", forecaster="ann")
    desk.ask("Does another one rest?", by=day(100), key="other", p="0.5", forecaster="bob")
    desk.wait(10).say("it", "0.6")
    desk.wait(40).say("it", "0.9")
    desk.say("it", "0.5", who="bob")
    desk.wait(51).resolve("it", "yes")
    desk.resolve("other", "no")
    return desk


def why(
    desk: Desk, policy: str = "time-average", rule: str = "brier", who: tuple[str, ...] = ("ann",)
) -> dict[str, Any]:
    with desk.book() as book:
        return explanation(book, "it", policy, rule, who)


def test_a_score_is_split_by_statement(moved: Desk) -> None:
    found = why(moved)
    (unit,) = found["units"]
    said = unit["statements"]
    assert [one["score"] for one in said] == pytest.approx([0.64, 0.16, 0.01])
    assert [one["weight"] for one in said] == pytest.approx([0.1, 0.4, 0.5])
    assert unit["score"] == pytest.approx(0.064 + 0.064 + 0.005)
    assert unit["score"] == pytest.approx(sum(one["contribution"] for one in said))
    assert unit["standing_pat"] == pytest.approx(0.64)
    assert [one["effect"] for one in said][1:] == pytest.approx([-0.48 * 0.9, -0.15 * 0.5])
    assert unit["standing_pat"] + sum(one["effect"] for one in said[1:]) == pytest.approx(unit["score"])
    shares = 1 + 0.5, 1 + 0.5 + 1
    assert found["base_rate"] == pytest.approx(shares[0] / shares[1])
    assert unit["base_rate"] == pytest.approx((1 - found["base_rate"]) ** 2)
    assert found["question"] == {
        "number": 1, "key": "it", "title": "Does it move?", "kind": "binary", "outcome": "yes",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "weights", "score"),
    [("last", [0, 0, 1], 0.01), ("first", [1, 0, 0], 0.64), ("all", [1 / 3] * 3, 0.27)],
)
def test_the_weights_are_those_of_the_policy(policy: str, weights: list[float], score: float, moved: Desk) -> None:
    (unit,) = why(moved, policy)["units"]
    assert [one["weight"] for one in unit["statements"]] == pytest.approx(weights)
    assert unit["score"] == pytest.approx(score)


def test_every_forecaster_is_explained_by_any_rule(moved: Desk) -> None:
    found = why(moved, rule="log", who=())
    assert [unit["forecaster"] for unit in found["units"]] == ["ann", "bob"]
    assert found["units"][1]["score"] == pytest.approx(-log(0.5))
    card = moved.score(rule="log", filters=Filters(search="move", forecasters=("ann",)))["overall"]
    assert found["units"][0]["score"] == pytest.approx(card["score"]["value"])


def test_the_impossible_has_no_split(moved: Desk) -> None:
    moved.ask("Was that certain?", by=day(120), key="sure", p="0", forecaster="ann")
    moved.wait(5).say("sure", "0.5")
    moved.wait(20).resolve("sure", "yes")
    with moved.book() as book:
        (unit,) = explanation(book, "sure", "time-average", "log")["units"]
    assert unit["score"] is unit["standing_pat"] is None
    assert unit["reasons"]["score"] == "infinite: what was given no chance happened"
    assert [one["effect"] for one in unit["statements"]] == [None, None]


def test_other_kinds_are_explained_without_a_base_rate(desk: Desk) -> None:
    desk.init()
    desk.ask("Who wins?", by=day(10), kind="choice", options=("Ann", "Bo"), key="who")
    desk.say("who", Stated(options=(("Ann", "60%"), ("Bo", "40%"))))
    desk.ask("How many come?", by=day(10), kind="numeric", key="many")
    desk.say("many", Stated(quantiles=(("0.25", "1"), ("0.75", "3"))))
    desk.wait(11).resolve("who", "Ann")
    desk.resolve("many", "2")
    with desk.book() as book:
        chosen, counted = (explanation(book, told, "last", "brier") for told in ("who", "many"))
    assert (chosen["question"]["outcome"], chosen["base_rate"]) == ("Ann", None)
    assert chosen["units"][0]["score"] == pytest.approx(0.16)
    assert chosen["units"][0]["reasons"]["base_rate"] == "a base rate is of binary questions, and this one is choice"
    assert chosen["units"][0]["statements"][0]["options"][0] == {"option": "Ann", "probability": 0.6}
    assert (counted["rule"], counted["units"][0]["score"]) == ("pinball", pytest.approx(0.25))


def test_what_has_no_score_is_not_explained(moved: Desk) -> None:
    moved.ask("Not yet?", by=day(300), key="later", p="0.5", forecaster="ann")
    moved.ask("Nobody said?", by=day(102), key="silent")
    moved.ask("Too late?", by=day(102), key="missed")
    moved.wait(3).resolve("silent", "no")
    moved.say("missed", "0.1")
    moved.resolve("missed", "no")
    with moved.book() as book:
        with pytest.raises(RefusedError) as refused:
            explanation(book, "later", "last", "brier")
        assert str(refused.value) == "--why later: it is open, so there is no score to explain yet"
        with pytest.raises(RefusedError, match="--why silent: nobody has stated a forecast of it, so"):
            explanation(book, "silent", "last", "brier")
        with pytest.raises(RefusedError, match="--why missed: nobody's forecast of it was stated in time"):
            explanation(book, "missed", "last", "brier")
        with pytest.raises(NotFoundError, match="there is no question 'latr'; did you mean later"):
            explanation(book, "latr", "last", "brier")
