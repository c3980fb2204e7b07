"""What each recording command writes, word for word, and what it says of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from desk import Desk, day

from ledger.domain.keys import key_digest
from ledger.errors import LedgerError
from ledger.services.values import Stated


def journal(desk: Desk, after: int = 0) -> list[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    """Kind, facts and text of each entry after one."""
    rows = desk.rows(
        "SELECT kind, facts, text FROM entry LEFT JOIN entry_text USING (seq) WHERE seq > ? ORDER BY seq", after
    )
    return [(kind, json.loads(facts), None if text is None else json.loads(text)) for kind, facts, text in rows]


def test_add_records_who_what_and_what_was_said(desk: Desk) -> None:
    done = desk.ask(
        "Will it rain?",
        "2026-03-01",
        "70%",
        criteria="Rain at the station.",
        tags=("weather", "wet", "weather"),
        source="https://a.example/x",
        comment="grey sky",
        zone="Europe/Berlin",
    )
    asked = {
        "question": 1,
        "key": key_digest("", "it-rain"),
        "kind": "binary",
        "opened_at": "2026-01-01T00:00:00Z",
        "deadline": "2026-03-01T22:59:59Z",
        "zone": "Europe/Berlin",
        "source": 1,
    }
    text = {"key": "it-rain", "title": "Will it rain?", "criteria": "Rain at the station.", "tags": ["weather", "wet"]}
    key = desk.rows("SELECT key FROM question")[0][0]
    asked["key"], text["key"] = key_digest("", key), key
    said = {"question": 1, "forecaster": 1, "made_at": "2026-01-01T00:00:00Z", "p": "0.7", "typed": "70%"}
    assert journal(desk) == [
        ("source", {"source": 1}, {"url": "https://a.example/x"}),
        ("question", asked, text),
        ("forecaster", {"forecaster": 1}, {"name": "ann"}),
        ("forecast", said, {"comment": "grey sky"}),
    ]
    assert done.question == 1
    assert done.entries == [2, 4]
    assert done.said == [f"#1 {key}", f"{key}: ann says 70 % (entry 4)"]
    assert done.notices == ["deadline: 1 March 2026, 23:59:59 in Europe/Berlin (2026-03-01T22:59:59Z)"]


def test_add_without_a_probability_is_one_entry(desk: Desk) -> None:
    desk.ask()
    assert [kind for kind, _, _ in journal(desk)] == ["question"]
    assert desk.rows("SELECT name FROM forecaster") == []


def test_a_known_forecaster_and_source_are_recorded_once(desk: Desk) -> None:
    desk.ask("Will it rain?", p="0.5", source="The Almanac")
    desk.ask("Is there a cat?", p="0.5", source="The Almanac")
    desk.ask("Who wins?", p="0.5", source="Another", forecaster="bob")
    assert desk.rows("SELECT id, name FROM forecaster") == [(1, "ann"), (2, "bob")]
    assert desk.rows("SELECT id, title FROM source") == [(1, "The Almanac"), (2, "Another")]


def test_the_default_forecaster_is_me_or_the_environments(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask(p="0.5", forecaster=None)
    monkeypatch.setenv("FORECAST_FORECASTER", "Zoë")
    desk.say("#1", "0.6", who="")
    assert desk.rows("SELECT name FROM forecaster") == [("me",), ("Zoë",)]


def test_a_question_opens_with_the_statement_or_when_it_is_said_to(desk: Desk) -> None:
    desk.wait(10)
    desk.ask("One?")
    desk.ask("Two is another?", p="0.5", made_at=day(3))
    desk.ask("Three of them?", p="0.5", made_at=day(3), opened_at=day(1))
    opened = [facts["opened_at"] for kind, facts, _ in journal(desk) if kind == "question"]
    assert opened == ["2026-01-11T00:00:00Z", "2026-01-04T00:00:00Z", "2026-01-02T00:00:00Z"]
    assert desk.rows("SELECT timing FROM forecast") == [("imported",)] * 2


def test_keys_are_made_of_titles_and_counted_on_where_they_are_taken(desk: Desk) -> None:
    for _ in range(3):
        desk.ask("Rain in May?")
    assert desk.rows("SELECT key FROM question") == [("rain-in-may",), ("rain-in-may-2",), ("rain-in-may-3",)]


def test_a_redacted_key_is_not_given_again(desk: Desk) -> None:
    desk.ask("Rain in May?")
    desk.redact("#1")
    desk.ask("Rain in May?")
    assert desk.rows("SELECT key FROM question ORDER BY id") == [(None,), ("rain-in-may-2",)]


def test_add_points_out_what_is_close(desk: Desk) -> None:
    desk.ask("Will it rain in Berlin on Monday?")
    done = desk.ask("Will it rain in Berlin on Tuesday?")
    assert done.notices[0] == "close to #1, which is there already: Will it rain in Berlin on Monday?"


@pytest.mark.parametrize(("told", "fact"), [("first=yes", "yes"), ("#1=no", "no"), (" 1 = YES", "yes")])
def test_a_condition_is_a_question_and_its_outcome(desk: Desk, told: str, fact: str) -> None:
    desk.ask("First of all?", key="first")
    desk.ask("And then?", condition=told)
    assert journal(desk)[1][1]["condition"] == {"question": 1, "outcome": fact}
    assert desk.rows("SELECT state FROM question") == [("unsettled",), ("waiting",)]


def test_a_condition_on_an_option_is_kept_as_its_index(desk: Desk) -> None:
    desk.ask("Which colour?", kind="choice", options=("Red", "Blue"), key="colour")
    desk.ask("And then?", condition="colour=blue")
    assert journal(desk)[1][1]["condition"] == {"question": 1, "outcome": "1"}
    assert journal(desk)[0][1]["options"] == 2
    desk.resolve("colour", "Blue", known_at="now")
    assert desk.rows("SELECT state FROM question") == [("resolved",), ("unsettled",)]


def test_update_records_a_statement_of_now_or_of_a_claimed_time(desk: Desk) -> None:
    desk.ask(key="rain")
    desk.wait(2)
    done = desk.say("rain", "7:3", reason="clouds")
    assert journal(desk, 2) == [
        (
            "forecast",
            {"question": 1, "forecaster": 1, "made_at": "2026-01-03T00:00:00Z", "p": "0.7", "typed": "7:3"},
            {"reason": "clouds"},
        )
    ]
    assert done.said == ["rain: ann says 70 % (entry 3)"]
    assert done.notices == []
    claimed = desk.say("rain", "0.6", made_at="2026-01-02T12:00:00Z")
    assert claimed.notices == ["made at: 2 January 2026, 12:00:00 in UTC (2026-01-02T12:00:00Z)"]
    assert desk.rows("SELECT timing FROM forecast ORDER BY entry") == [("recorded",), ("imported",)]


@pytest.mark.parametrize(("days", "late"), [(99.99, False), (100, True), (101, True)])
def test_a_statement_at_or_after_the_close_is_kept_marked_late_and_says_so(desk: Desk, days: float, late: bool) -> None:
    desk.ask(key="rain")
    done = desk.wait(days).say("rain", "0.6")
    said = "late: stated at or after the close of the question; it is kept and shown, and not scored"
    assert (said in done.notices) is late
    assert desk.rows("SELECT timing FROM forecast") == [("late" if late else "recorded",)]


@pytest.mark.parametrize(
    ("kind", "more", "stated", "facts", "shown"),
    [
        (
            "choice",
            {"options": ("Red", "Blue", "Green")},
            Stated(options=(("Blue", "75%"), ("Red", "1/4"))),
            {"vector": ["0.25", "0.75", "0"]},
            "Blue 75 %, Red 25 %",
        ),
        (
            "ordered",
            {"options": ("low", "high")},
            Stated(options=(("low", "0"), ("high", "1"))),
            {"vector": ["0", "1"]},
            "low 0 %, high 100 %",
        ),
        (
            "numeric",
            {},
            Stated(quantiles=(("0.9", "20"), ("10%", "-1.50"), ("0.5", "1e1"))),
            {"quantiles": [["0.1", "-1.5"], ["0.5", "10"], ["0.9", "20"]]},
            "0.1: -1.5, 0.5: 10, 0.9: 20",
        ),
        (
            "binary",
            {},
            Stated(range="20-40%"),
            {"p": "0.3", "low": "0.2", "high": "0.4"},
            "20 % to 40 %, best value 30 %",
        ),
        (
            "binary",
            {},
            Stated("25%", range="20-40%"),
            {"p": "0.25", "low": "0.2", "high": "0.4", "typed": "25%"},
            "20 % to 40 %, best value 25 %",
        ),
        ("binary", {}, Stated(".70"), {"p": "0.7", "typed": ".70"}, "70 %"),
        ("binary", {}, Stated("0.003"), {"p": "0.003"}, "0.3 %"),
    ],
)  # fmt: skip
def test_values_of_each_kind(
    desk: Desk, kind: str, more: dict[str, Any], stated: Stated, facts: dict[str, Any], shown: str
) -> None:
    desk.ask(key="it", kind=kind, **more)
    done = desk.say("it", stated)
    base = {"question": 1, "forecaster": 1, "made_at": "2026-01-01T00:00:00Z"}
    assert journal(desk, 2)[0][:2] == ("forecast", base | facts)
    assert done.said == [f"it: ann says {shown} (entry 3)"]


def test_a_term_of_a_scale_is_read_into_its_range_and_the_words_are_kept(desk: Desk) -> None:
    desk.ask(key="it")
    desk.say("it", Stated(term="likely", scale="icd-203", hedge="may well"))
    (_, facts, text) = journal(desk, 2)[0]
    assert (facts["scale"], facts["term"]) == ("icd-203", "likely")
    assert float(facts["low"]) < float(facts["p"]) < float(facts["high"])
    assert "typed" not in facts
    assert text == {"hedge": "may well"}


def test_the_scale_of_the_environment_is_used(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORECAST_SCALE", "icd-203")
    desk.ask(key="it")
    done = desk.say("it", Stated("0.7", term="LIKELY"))
    assert journal(desk, 2)[0][1] | {"p": "0.7", "scale": "icd-203", "term": "likely"} == journal(desk, 2)[0][1]
    assert "'likely' of icd-203: " in done.said[0]


def test_withdraw_records_when_and_ends_the_standing(desk: Desk) -> None:
    desk.ask(p="0.5", key="it")
    done = desk.wait(50).withdraw("it", reason="no idea any more")
    facts = {"question": 1, "forecaster": 1, "at": "2026-02-20T00:00:00Z"}
    assert journal(desk, 3) == [("withdraw", facts, {"reason": "no idea any more"})]
    assert done.said == ["it: ann withdrew (entry 4)"]
    assert desk.rows("SELECT weight FROM unit") == [(2**31,)]
    desk.wait(25).say("it", "0.9")
    assert desk.rows("SELECT weight FROM unit") == [(2**31 + 2**30,)]
    assert desk.withdraw("it").entries == [6]


def test_the_only_forecaster_is_meant_where_none_is_named(desk: Desk) -> None:
    desk.ask(p="0.5", key="it")
    assert desk.correct("it", "0.6", None).said == ["it: ann meant 60 % (entry 4)"]
    assert desk.withdraw("it", None).said == ["it: ann withdrew (entry 5)"]


def test_the_default_forecaster_is_meant_among_several(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.ask(p="0.5", key="it")
    desk.say("it", "0.5", "bob")
    monkeypatch.setenv("FORECAST_FORECASTER", "bob")
    assert desk.withdraw("it", None).said == ["it: bob withdrew (entry 6)"]


def test_correct_keeps_both_values_and_scores_the_right_one(desk: Desk) -> None:
    desk.ask(p="0.5", key="it")
    desk.say("it", "0.7")
    done = desk.wait(1).correct("it", "7%", reason="a missing point")
    assert journal(desk, 4) == [("correct", {"forecast": 4, "p": "0.07", "typed": "7%"}, {"reason": "a missing point"})]
    assert done.notices == []
    assert desk.rows("SELECT stated, probability, timing FROM forecast WHERE entry = 4") == [(0.7, 0.07, "imported")]
    assert desk.rows("SELECT counts FROM correction") == [(1,)]


def test_a_correction_after_the_close_is_kept_shown_and_not_scored(desk: Desk) -> None:
    desk.ask(p="0.5", key="it")
    done = desk.wait(100).correct("it", "0.9")
    assert done.notices == [
        "late: the question had closed; the correction is kept and shown, the first value is scored"
    ]
    assert desk.rows("SELECT stated, probability, timing FROM forecast") == [(0.5, 0.5, "recorded")]
    assert desk.rows("SELECT probability, counts FROM correction") == [(0.9, 0)]


def test_resolve_records_the_outcome_and_since_when_it_was_known(desk: Desk) -> None:
    desk.ask(key="it")
    desk.wait(200)
    done = desk.resolve("it", "y", evidence="https://e.example", note="a storm")
    assert journal(desk, 1) == [
        ("resolve", {"question": 1, "outcome": "yes"}, {"evidence": "https://e.example", "note": "a storm"})
    ]
    assert done.said == ["it: yes (entry 2)"]
    assert done.notices == ["known at: not said, so the question closed at its deadline"]
    again = desk.resolve("it", "0.25", supersede=True, known_at=day(50))
    facts = {"question": 1, "outcome": "0.25", "known_at": "2026-02-20T00:00:00Z", "supersedes": 2}
    assert journal(desk, 2) == [("resolve", facts, None)]
    assert again.said == ["it: a share of 0.25 (entry 3)"]
    third = desk.resolve("it", "no", supersede=True)
    assert third.notices == [
        "known at: 20 February 2026, 00:00:00 in UTC (2026-02-20T00:00:00Z), as the resolution before said"
    ]
    assert journal(desk, 3)[0][1] == facts | {"outcome": "no", "supersedes": 3}


def test_now_is_said_for_the_user_to_see(desk: Desk) -> None:
    desk.ask(key="it")
    done = desk.wait(10).resolve("it", "yes", known_at="now")
    assert journal(desk, 1)[0][1]["known_at"] == "2026-01-11T00:00:00Z"
    assert done.notices == ["known at: 11 January 2026, 00:00:00 in UTC (2026-01-11T00:00:00Z)"]


def test_now_is_the_ledgers_now_where_the_clock_went_back(desk: Desk) -> None:
    """known_at is never before what was recorded ahead of it by the same clock."""
    desk.wait(20).ask(key="it")
    desk.wait(-10).resolve("it", "yes", known_at="now")
    assert journal(desk, 1)[0][1]["known_at"] == "2026-01-21T00:00:00Z"


def test_at_its_deadline_a_question_is_resolved_without_known_at(desk: Desk) -> None:
    desk.ask(key="it")
    assert desk.wait(100).resolve("it", "no").entries == [2]


def test_void_and_reopen_say_what_they_supersede(desk: Desk) -> None:
    desk.ask(key="it")
    desk.ask("And then?", key="then", condition="it=yes")
    desk.resolve("it", "yes", known_at="now")
    done = desk.void("it", "a tie")
    assert journal(desk, 3) == [("void", {"question": 1, "supersedes": 3}, {"reason": "a tie"})]
    assert (done.said, done.notices) == (["it: void (entry 4)"], ["then (#2) is now void"])
    assert desk.rows("SELECT void_reason FROM question") == [("a tie",), ("its condition #1 is void: a tie",)]
    done = desk.reopen("it", "no tie")
    assert journal(desk, 4) == [("reopen", {"question": 1, "supersedes": 4}, {"reason": "no tie"})]
    assert (done.said, done.notices) == (["it: open again (entry 5)"], ["then (#2) is now waiting"])
    assert desk.rows("SELECT state, resolution, void_reason FROM question WHERE id = 1") == [("unsettled", None, None)]
    desk.void("then")
    assert journal(desk, 5) == [("void", {"question": 2}, {"reason": "asked badly"})]


def test_an_outcome_recorded_meanwhile_is_kept_and_comes_back(desk: Desk) -> None:
    desk.ask(key="it")
    desk.ask("And then?", key="then", condition="it=yes")
    desk.resolve("it", "no", known_at="now")
    done = desk.resolve("then", "yes", known_at="now")
    assert (
        done.notices[-1]
        == "kept, but not counted: the question is void, as its condition #1 settled no, this needs yes"
    )
    assert desk.rows("SELECT state, outcome FROM question WHERE id = 2") == [("void", None)]
    done = desk.resolve("it", "yes", supersede=True)
    assert done.notices[-1] == "then (#2) is now resolved"
    assert desk.rows("SELECT state, outcome FROM question WHERE id = 2") == [("resolved", "yes")]


def test_edit_records_the_fields_that_changed_and_shows_the_difference(desk: Desk) -> None:
    desk.ask(key="it", criteria="one\ntwo", tags=("a",), zone="Europe/Berlin")
    done = desk.edit("it", "unclear", title="Will it pour?", criteria="one\n2", tags=("b", "a"), deadline="2026-06-01")
    changed = {"question": 1, "changed": ["criteria", "deadline", "tags", "title"]}
    changed |= {"deadline": "2026-06-01T23:59:59Z", "zone": "UTC"}
    text = {"title": "Will it pour?", "criteria": "one\n2", "tags": ["b", "a"], "reason": "unclear"}
    (kind, facts, words) = journal(desk, 1)[0]
    assert (kind, words) == ("edit", text)
    assert facts == changed | {name: facts[name] for name in ("deadline", "zone")}
    assert done.said[0] == "it: edited criteria, deadline, tags, title (entry 2)"
    for line in ("- Will it rain?", "+ Will it pour?", "- two", "+ 2"):
        assert line in done.said
    assert any(line.startswith("- deadline: ") for line in done.said)
    row = desk.rows("SELECT title, criteria FROM question")[0]
    assert row == ("Will it pour?", "one\n2")
    assert desk.rows("SELECT tag FROM question_tag ORDER BY position") == [("b",), ("a",)]
    before, after = desk.rows("SELECT before, after FROM edit")[0]
    assert json.loads(before)["criteria"] == "one\ntwo"
    assert json.loads(after)["criteria"] == "one\n2"


def test_edit_takes_a_condition_and_takes_it_off(desk: Desk) -> None:
    desk.ask(key="first")
    desk.ask("And then?", key="then")
    done = desk.edit("then", condition="first=no")
    assert journal(desk, 2)[0][1] == {
        "question": 2,
        "changed": ["condition"],
        "condition": {"question": 1, "outcome": "no"},
    }
    assert done.said[1] == "+ only if #1 = no"
    assert desk.rows("SELECT state FROM question WHERE id = 2") == [("waiting",)]
    done = desk.edit("then", condition="NONE")
    assert journal(desk, 3)[0][1] == {"question": 2, "changed": ["condition"]}
    assert done.said[1] == "- its condition"
    assert desk.rows("SELECT state, condition_id FROM question WHERE id = 2") == [("unsettled", None)]


def test_no_edit_of_the_deadline_touches_what_was_said_before(desk: Desk) -> None:
    desk.ask(p="0.5", key="it", by=day(10))
    desk.wait(10).say("it", "0.9")
    before = desk.rows("SELECT entry, deadline, until, weight, timing FROM forecast")
    assert [row[4] for row in before] == ["recorded", "late"]
    desk.edit("it", deadline=day(50))
    assert desk.rows("SELECT entry, deadline, until, weight, timing FROM forecast") == before
    desk.edit("it", deadline=day(2))
    assert desk.rows("SELECT entry, deadline, until, weight, timing FROM forecast") == before
    desk.wait(1).edit("it", deadline=day(50))
    desk.say("it", "0.7")
    assert desk.rows("SELECT timing FROM forecast ORDER BY entry") == [("recorded",), ("late",), ("recorded",)]


def test_init_says_what_there_is(tmp_path: Any) -> None:
    desk = Desk(tmp_path / "new.db")
    assert desk.init().said == [f"a new ledger at {desk.path}"]
    again = desk.init()
    assert again.said == [f"the ledger is at {desk.path}"]
    assert again.notices == ["it was there already; nothing was changed"]
    assert desk.entries() == 0


def test_a_seed_is_planted_once(desk: Desk) -> None:
    name = "korybko-2024-11-11"
    assert desk.init(name).said[1].startswith(f"{name}: 20 questions and 19 forecasts of ")
    entries = desk.entries()
    assert desk.init(name).said[1] == f"{name}: already there; nothing was added"
    assert desk.entries() == entries
    assert desk.verify() == []


def test_a_term_of_one_scale_alone_needs_no_scale(desk: Desk) -> None:
    desk.ask(key="it")
    desk.say("it", Stated(term="realistic possibility"))
    facts = journal(desk, 2)[0][1]
    expected = {"scale": "new-zealand", "term": "realistic possibility", "low": "0.25", "p": "0.375", "high": "0.5"}
    assert facts | expected == facts
    with pytest.raises(LedgerError, match="is a term of several scales: name one of"):
        desk.say("it", Stated(term="likely"))
