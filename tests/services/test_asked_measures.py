"""Rules, references, decompositions and bins, asked of a ledger and worked out again by hand."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import pytest
from desk import Desk, day

from ledger.domain.filters import Filters
from ledger.errors import InputError, NotFoundError
from ledger.services.values import Stated

ANN = {"a": 0.8, "b": 0.3, "c": 0.6, "d": 0.1}
BOB = {"a": 0.7, "b": 0.5, "c": 0.2}
BINS = "none of: exact, width:10, mass:10, or a number of bins from 1 to 9999"
HAPPENED = {"a": 1.0, "b": 0.0, "c": 1.0, "d": 0.0}


@pytest.fixture
def settled(desk: Desk) -> Desk:
    """Ann on four questions from day 0 to day 100, Bob on three of them from day 50 on."""
    desk.init()
    for key, p in ANN.items():
        desk.ask(f"Does {key} happen, of all things?", by=day(100), key=key, p=str(p), forecaster="ann")
    desk.wait(50)
    for key, p in BOB.items():
        desk.say(key, str(p), who="bob")
    desk.wait(50)
    for key, yes in HAPPENED.items():
        desk.resolve(key, "yes" if yes else "no")
    return desk


def half(p: float, y: float) -> float:
    return (p - y) ** 2


def nats(p: float, y: float) -> float:
    return -log(p if y else 1 - p)


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_each_rule_has_its_value_interval_and_components(settled: Desk) -> None:
    spherical = {key: 1 - (p if HAPPENED[key] else 1 - p) / sqrt(p * p + (1 - p) ** 2) for key, p in ANN.items()}
    wanted = {
        "brier": mean([half(p, HAPPENED[key]) for key, p in ANN.items()]),
        "brier-original": 2 * mean([half(p, HAPPENED[key]) for key, p in ANN.items()]),
        "log": mean([nats(p, HAPPENED[key]) for key, p in ANN.items()]),
        "spherical": mean([*spherical.values()]),
    }
    for rule, value in wanted.items():
        score = settled.score("last", rule=rule, filters=Filters(forecasters=("ann",)))["overall"]["score"]
        assert score["rule"] == rule
        assert score["value"] == pytest.approx(value)
        assert score["interval"][0] <= value <= score["interval"][1]
        parts = score["miscalibration"] - score["discrimination"] + score["uncertainty"]
        assert parts == pytest.approx(score["value"])
        assert score["skill_score"] == pytest.approx(1 - score["value"] / score["uncertainty"])


def test_the_brier_keys_stay_whatever_the_rule(settled: Desk) -> None:
    brier, logged = (settled.score("last", rule=rule)["overall"] for rule in ("brier", "log"))
    brier.pop("score"), logged.pop("score")
    assert brier == logged
    assert brier["brier"] is not None


def test_an_infinite_score_is_told_and_leaves_what_is_finite(settled: Desk) -> None:
    settled.wait(1).ask("Is it sure?", by=day(110), key="sure", p="0", forecaster="ann")
    settled.wait(20).resolve("sure", "yes")
    score = settled.score("last", rule="log")["overall"]["score"]
    assert score["value"] is score["interval"] is score["miscalibration"] is None
    assert "infinite" in score["reasons"]["value"]
    assert score["reasons"]["interval"] == "the score is infinite"
    assert score["uncertainty"] > 0


def test_hedges_have_their_range_by_the_rule(settled: Desk) -> None:
    settled.wait(1).ask("Hedged?", by=day(110), key="hedged")
    settled.say("hedged", Stated(range="20-40%"))
    settled.wait(20).resolve("hedged", "no")
    score = settled.score("last", rule="log", filters=Filters(search="hedged"))["overall"]["score"]
    assert [score[name] for name in ("low", "value", "high")] == pytest.approx([nats(p, 0) for p in (0.2, 0.3, 0.4)])


def test_a_constant_is_a_reference(settled: Desk) -> None:
    against = settled.score("last", reference="30%")["reference"]
    said = [(p, HAPPENED[key]) for who in (ANN, BOB) for key, p in who.items()]
    own, other = mean([half(p, y) for p, y in said]), mean([half(0.3, y) for _, y in said])
    assert (against["score"], against["reference_score"]) == pytest.approx((own, other))
    assert against["skill"] == pytest.approx(1 - own / other)
    assert (against["name"], against["what"], against["rows"]) == ("30%", "always saying 30 %", 7)


def test_the_base_rate_is_the_reference_unless_told(settled: Desk) -> None:
    data = settled.score("last")
    assert data["reference"]["name"] == "base-rate"
    assert data["reference"]["skill"] == data["overall"]["skill_score"]
    assert data["reference"]["reference_score"] == data["overall"]["uncertainty"]


def compared(said: dict[str, float], other: dict[str, float]) -> tuple[float, float]:
    keys = [key for key in said if key in other]
    scores = [[half(who[key], HAPPENED[key]) for key in keys] for who in (said, other)]
    return mean(scores[0]), mean(scores[1])


@pytest.mark.parametrize("policy", ["last", "time-average"])
def test_a_forecaster_is_a_reference_where_both_stood(policy: str, settled: Desk) -> None:
    """Under a time average Ann's first half counts for nothing, as Bob said nothing then."""
    against = settled.score(policy, reference="forecaster:bob")["reference"]
    assert (against["score"], against["reference_score"]) == pytest.approx(compared(ANN, BOB))
    assert (against["rows"], against["left_out"]) == (3, 4)


def test_at_the_first_statement_the_other_had_said_nothing(settled: Desk) -> None:
    against = settled.score("first", reference="forecaster:bob")["reference"]
    assert against["skill"] is None
    assert against["reasons"]["skill"] == "there is nothing that the reference said meanwhile"


@pytest.mark.parametrize("crowd", ["crowd-median", "crowd-mean"])
def test_the_crowd_is_everybody_else(crowd: str, settled: Desk) -> None:
    against = settled.score("last", reference=crowd)["reference"]
    (a, b), (c, d) = compared(ANN, BOB), compared(BOB, ANN)
    assert (against["score"], against["reference_score"]) == pytest.approx((mean([a, c]), mean([b, d])))
    assert (against["rows"], against["left_out"]) == (6, 1)


@pytest.mark.parametrize("way", ["corp", "murphy", "bins", "bias-corrected", "yates"])
@pytest.mark.parametrize("rule", ["brier", "brier-original"])
def test_every_decomposition_closes(way: str, rule: str, settled: Desk) -> None:
    only = Filters(forecasters=("ann",))
    data = settled.score("last", decomposition=way, rule=rule, bins="mass:2", filters=only)
    found = data["decomposition"]
    assert found["score"] == pytest.approx(data["overall"]["score"]["value"])
    assert found["sum"] == pytest.approx(found["score"])
    assert abs(found["gap"]) < 1e-12
    assert list(found["components"]) == [word for word in found["identity"].split() if word.isidentifier()][1:]
    assert found["bins"] == {"murphy": "exact", "bins": "mass:2", "bias-corrected": "mass:2"}.get(way)


def test_what_needs_independent_rows_takes_the_last_and_says_so(settled: Desk) -> None:
    only = Filters(forecasters=("ann",))
    settled_twice = settled.score("all", decomposition="bias-corrected", filters=only)["decomposition"]
    assert settled_twice["note"] is None
    data = settled.score("time-average", decomposition="bias-corrected", filters=Filters(forecasters=("bob",)))
    assert data["decomposition"]["note"].startswith("computed on the last statements")
    assert data["overall"]["coverage"] == 0.5
    assert data["overall"]["spiegelhalter_z"] is not None
    assert data["overall"]["notes"]["spiegelhalter_z"] == (
        "computed on 3 independent rows: the last statement of each unit"
    )
    assert {point["n"] for point in data["overall"]["reliability"]} == {1}


@pytest.mark.parametrize(
    ("bins", "ends"),
    [
        ("exact", [(0.1, 0.1), (0.2, 0.2), (0.3, 0.3), (0.5, 0.5), (0.6, 0.6), (0.7, 0.7), (0.8, 0.8)]),
        ("width:2", [(0.0, 0.5), (0.5, 1.0)]), ("4", [(0.0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1.0)]),
        ("mass:1", [(0.1, 0.8)]),
    ],
)  # fmt: skip
def test_the_reliability_list_follows_the_bins(bins: str, ends: list[tuple[float, float]], settled: Desk) -> None:
    data = settled.score("last", bins=bins)
    assert [(point["low"], point["high"]) for point in data["overall"]["reliability"]] == ends
    assert data["bins"] == {"4": "width:4"}.get(bins, bins)


def test_the_share_of_each_class_is_said(settled: Desk) -> None:
    settled.wait(1).ask("An old one?", by=day(90), key="old", p="0.4", forecaster="ann", made_at=day(80))
    settled.resolve("old", "no")
    classes = settled.score()["classes"]
    assert classes == {"recorded": 7 / 8, "imported": 1 / 8}


def test_groups_have_the_rule_and_may_be_lean(settled: Desk) -> None:
    whole, lean = (settled.score("last", by="forecaster", rule="log", group_extras=full) for full in (True, False))
    for full, short in zip(whole["groups"], lean["groups"], strict=True):
        assert short["score"] == full["score"]
        assert {name: full[name] for name in short if name != "reasons"} == {
            name: value for name, value in short.items() if name != "reasons"
        }
        assert "auc" in full and "auc" not in short


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rule": "briar"}, "--rule 'briar' is no rule; did you mean 'brier'?"),
        ({"rule": "x"}, "--rule 'x' is no rule; there are brier, brier-original, log, spherical"),
        ({"decomposition": "yate"}, "--decomposition 'yate' is none; did you mean 'yates'?"),
        ({"decomposition": "murphy", "rule": "log"},
         "--decomposition murphy is of the Brier score; with --rule log take corp"),
        ({"bins": "wide"}, f"--bins 'wide' is {BINS}"), ({"bins": "mass:0"}, f"--bins 'mass:0' is {BINS}"),
        ({"reference": "crowd"}, "--reference 'crowd' is no reference; did you mean 'crowd-mean' or 'crowd-median'?"),
        ({"reference": "zzz"},
         "--reference 'zzz' is no reference; say 30%, forecaster:NAME, base-rate, crowd-median, crowd-mean"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_in_a_line(asked: dict[str, Any], said: str, settled: Desk) -> None:
    with pytest.raises(InputError) as refused:
        settled.score(**asked)
    assert str(refused.value) == said


def test_a_reference_who_is_not_there_is_refused_with_the_near_names(settled: Desk) -> None:
    with pytest.raises(NotFoundError) as refused:
        settled.score(reference="forecaster:bobb")
    assert str(refused.value) == "--reference: there is no forecaster 'bobb'; did you mean 'bob'?"
    with pytest.raises(NotFoundError, match="there is no forecaster 'xyz'; there are 'ann', 'bob'"):
        settled.score(reference="forecaster:xyz")


def test_other_kinds_are_scored_by_the_rule_too(desk: Desk) -> None:
    desk.init()
    desk.ask("Who wins?", by=day(10), kind="choice", options=("Ann", "Bo"), key="who")
    desk.say("who", Stated(options=(("Ann", "60%"), ("Bo", "40%"))))
    desk.ask("How many come?", by=day(10), kind="numeric", key="many")
    desk.say("many", Stated(quantiles=(("0.25", "1"), ("0.75", "3"))))
    desk.wait(11).resolve("who", "Ann")
    desk.resolve("many", "2")
    kinds = desk.score("last", rule="log")["kinds"]
    assert kinds["choice"]["score"]["value"] == pytest.approx(-log(0.6))
    assert kinds["choice"]["score"]["reasons"]["miscalibration"] == "options differ from question to question"
    assert kinds["numeric"]["score"]["value"] is None
    doubled = desk.score("last", rule="brier-original")["kinds"]["choice"]
    assert doubled["score"]["value"] == pytest.approx(2 * doubled["brier"])
