"""The facts and texts of each kind of entry: what the plan of the journal allows, and nothing beside it."""

from __future__ import annotations

import pytest

from ledger.errors import InputError
from ledger.journal.canonical import canonical_json
from ledger.journal.entry import KINDS
from ledger.journal.shapes import FACTS, TEXTS, check_facts, check_text

TIME = "2024-11-11T08:09:10Z"
QUESTION = {"question": 1, "key": "0f" * 32, "kind": "binary", "deadline": TIME}
FORECAST = {"question": 3, "forecaster": 2, "made_at": TIME}

GOOD: list[tuple[str, dict[str, object]]] = [
    ("forecaster", {"forecaster": 1}),
    ("source", {"source": 1}),
    ("source", {"source": 1, "published": "2024-02-29"}),
    ("question", QUESTION),
    ("question", QUESTION | {"opened_at": TIME, "zone": "Europe/Berlin", "source": 4, "options": 3}),
    ("question", QUESTION | {"condition": {"question": 2, "outcome": "yes"}, "deadline_from": "implied"}),
    *(("question", QUESTION | {"kind": kind}) for kind in ("choice", "ordered", "numeric")),
    *(("question", QUESTION | {"deadline_from": of}) for of in ("stated", "assigned")),
    *(("forecast", FORECAST | {"p": p}) for p in ("0", "1", "0.7", "0.00001", "0.30000000000000004")),
    ("forecast", FORECAST | {"vector": ["0.2", "0.8"]}),
    ("forecast", FORECAST | {"quantiles": [["0.05", "-10"], ["0.95", "12.5"]]}),
    ("forecast", FORECAST | {"p": "0.7", "typed": "7:3", "low": "0.5", "high": "0.9", "scale": "kent", "term": "x"}),
    ("forecast", FORECAST | {"p": "0.7", "place": 1}),
    ("withdraw", {"question": 1, "forecaster": 1, "at": TIME}),
    ("correct", {"forecast": 5, "p": "0.7", "typed": "70%"}),
    ("correct", {"forecast": 5, "vector": ["1"]}),
    ("correct", {"forecast": 5, "quantiles": [["0.5", "0"]]}),
    *(
        ("resolve", {"question": 1, "outcome": outcome})
        for outcome in ("yes", "no", "0.3", "0", "1", {"option": 0}, {"option": 3}, {"value": "-12.5"})
    ),
    ("resolve", {"question": 1, "outcome": "yes", "known_at": "2024-11-11T08:09:10.000250Z", "supersedes": 3}),
    ("void", {"question": 1}),
    ("void", {"question": 1, "supersedes": 3}),
    ("reopen", {"question": 1, "supersedes": 3}),
    ("edit", {"question": 1, "changed": ["title"]}),
    ("edit", {"question": 1, "changed": ["deadline"], "deadline": TIME, "zone": "UTC"}),
    ("edit", {"question": 1, "changed": ["condition"], "condition": {"question": 2, "outcome": "0"}}),
    ("snooze", {"question": 1, "until": TIME}),
    ("snooze", {"question": 1, "until": TIME, "zone": "Europe/Berlin"}),
    ("look_again", {"question": 1, "at": TIME}),
    ("look_again", {"question": 1, "at": TIME, "zone": "Europe/Berlin"}),
    ("look_again", {"question": 1, "takes_back": 7}),
    ("review_rules", {"zone": "UTC"}),
    ("review_rules", {"zone": "UTC", "stale": "1/3", "repeat": [1, 3, 7], "weekly": "mon@09:00"}),
    ("announced", {"channel": "mail", "said": [["due", 1, TIME], ["stale", 20, TIME]]}),
    ("announced", {"channel": "mail", "weekly": TIME}),
    ("redact", {"entries": [3, 5]}),
]


@pytest.mark.parametrize(("kind", "facts"), GOOD)
def test_facts_of_the_right_shape_are_read(kind: str, facts: dict[str, object]) -> None:
    assert check_facts(kind, canonical_json(facts)) == facts


def test_every_kind_has_a_shape() -> None:
    assert set(FACTS) == set(TEXTS) == set(KINDS)
    assert {kind for kind, _ in GOOD} == set(KINDS)


@pytest.mark.parametrize(("kind", "facts"), GOOD)
def test_each_needed_key_is_needed(kind: str, facts: dict[str, object]) -> None:
    for key in FACTS[kind].required:
        less = {name: value for name, value in facts.items() if name != key}
        with pytest.raises(InputError) as caught:
            check_facts(kind, canonical_json(less))
        assert str(caught.value) == f"facts of kind {kind}: {key!r} is missing"


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_that_is_not_known_is_refused(kind: str) -> None:
    with pytest.raises(InputError) as caught:
        check_facts(kind, '{"colour":"red"}')
    assert str(caught.value) == f"facts of kind {kind}: 'colour' is not known"


WHOLE, TIMED = "a whole number from 1", "a time in UTC such as 2026-12-31T23:59:59Z"
CHANCE = 'a probability as the shortest decimal of its float64, such as "0.7"'
OUTCOME = 'yes, no, a share as a decimal, {"option": index from 0} or {"value": quantity}'
CONDITION = "a question's number and the outcome that it needs"
BAD: list[tuple[str, str, object, str]] = [
    *(("forecaster", "forecaster", value, WHOLE) for value in (0, -1, "1", True, None, [1])),
    *(("source", "published", day, "a date such as 2026-12-31") for day in ("2023-02-29", "20240229", "2024-2-9", 5)),
    *(("question", "key", key, "a SHA-256 as 64 hexadecimal digits") for key in ("ab", "G" * 64, "AB" * 32, 7)),
    *(("question", "kind", kind, "binary, choice, ordered or numeric") for kind in ("date", "", 1, ["binary"])),
    *(("question", "deadline", at, TIMED) for at in ("2024-11-11", "2024-11-11T09:09:10+01:00", 1, "x")),
    *(("question", "deadline", at, TIMED) for at in ("2024-11-11T08:09:10.000000Z", "2024-11-11t08:09:10z")),
    *(("question", "zone", zone, "a text of one or more characters") for zone in ("", 1)),
    *(("question", "deadline_from", of, "stated, implied or assigned") for of in ("guessed", 1)),
    *(
        ("question", "condition", value, CONDITION)
        for value in ("yes", {"question": 1}, {"question": 0, "outcome": "a"})
    ),
    *(("question", "condition", {"question": 1, "outcome": of}, CONDITION) for of in ("", 1)),
    ("question", "condition", {"question": 1, "outcome": "yes", "and": 1}, CONDITION),
    *(
        ("forecast", "p", p, CHANCE)
        for p in ("0.70", "1.0", ".7", "-0.1", "1.1", "1e-5", "", "NaN", 1, "0.1" + 30 * "1")
    ),
    *(("forecast", "p", p, CHANCE) for p in ("-0", "٣", "0.7\n", "00")),
    *(("forecast", "vector", value, "a list of one or more probabilities as decimals") for value in ([], "1", ["2"])),
    *(
        ("forecast", "quantiles", value, "a list of pairs of a level and a quantity, as decimals")
        for value in ([], ["0.5"], [["0.5"]], [["0.5", "1", "2"]], [["2", "1"]], [["0.5", "1e6"]], [["0.5", 1]])
    ),
    ("forecast", "quantiles", [["0.5", "9" * 400]], "a list of pairs of a level and a quantity, as decimals"),
    ("forecast", "quantiles", [["0.5", "1" * 10_001]], "a list of pairs of a level and a quantity, as decimals"),
    *(
        ("resolve", "outcome", value, OUTCOME)
        for value in ("maybe", "2", 1, None, {}, {"option": -1}, {"option": True})
    ),
    *(("resolve", "outcome", value, OUTCOME) for value in ({"option": "1"}, {"value": 1}, {"value": "1", "option": 1})),
    ("edit", "changed", [], "a list of one or more texts, none empty"),
    ("edit", "changed", ["title", ""], "a list of one or more texts, none empty"),
    *(("snooze", "until", value, "a time in UTC such as 2026-12-31T23:59:59Z") for value in (5, "2026-12-31")),
    *(("look_again", "at", value, "a time in UTC such as 2026-12-31T23:59:59Z") for value in (5, "2026-12-31")),
    *(
        ("review_rules", "stale", value, "a share less than 1 in lowest terms, such as 1/3")
        for value in ("0.5", "2/6", "3/3", "4/3", "0/1", "1/0", 1, None)
    ),
    *(
        ("review_rules", "repeat", value, "a list of ascending numbers of days from 1 to 3650")
        for value in ([], [0], [3, 1], [1, 1], [True, 2], [1, 3651], ["1"], 1)
    ),
    *(
        ("review_rules", "weekly", value, "a weekday and a time of day, such as mon@09:00")
        for value in ("mon", "mon@9:00", "mon@24:00", "mon@25:00", "Mon@09:00", "mon@09:60", "monday@09:00", 1)
    ),
    *(
        ("announced", "said", value, "a list of one or more of why, a question's number and a time in UTC")
        for value in ([], ["due"], [["due", 1]], [["bored", 1, TIME]], [["due", "1", TIME]], [["due", 1, "today"]])
    ),
    *(("redact", "entries", value, "a list of one or more whole numbers from 1") for value in ([], [0], 1, ["1"])),
]


@pytest.mark.parametrize(("kind", "key", "value", "meaning"), BAD)
def test_a_value_that_is_not_what_its_key_means_is_refused(kind: str, key: str, value: object, meaning: str) -> None:
    facts = next(facts for of, facts in GOOD if of == kind)
    with pytest.raises(InputError) as caught:
        check_facts(kind, canonical_json(facts | {key: value}))
    assert str(caught.value) == f"facts of kind {kind}: {key!r} is not {meaning}"


@pytest.mark.parametrize("value", [{}, {"p": "0.5", "vector": ["1"]}, {"vector": ["1"], "quantiles": [["0.5", "1"]]}])
@pytest.mark.parametrize(("kind", "facts"), [("forecast", FORECAST), ("correct", {"forecast": 2})])
def test_a_statement_has_just_one_value(kind: str, facts: dict[str, object], value: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        check_facts(kind, canonical_json(facts | value))
    assert str(caught.value) == f"facts of kind {kind}: just one is needed of 'p', 'vector', 'quantiles'"


TEXT_GOOD: list[tuple[str, dict[str, object]]] = [
    ("forecaster", {"name": "Ada"}),
    ("source", {"author": "A", "title": "T", "publisher": "P", "url": "U", "archive": "H"}),
    ("question", {"key": "rain", "title": "Rain?"}),
    ("question", {"key": "rain", "title": "Rain?", "criteria": "", "tags": [], "options": ["a"], "section": "2"}),
    ("forecast", {"hedge": "might", "reason": "", "comment": "c"}),
    ("withdraw", {"reason": "r"}),
    ("correct", {"reason": "r"}),
    ("resolve", {"evidence": "e", "note": "n"}),
    ("void", {"reason": "r"}),
    ("reopen", {"reason": "r"}),
    ("edit", {"title": "t", "criteria": "", "tags": ["a"], "reason": "r"}),
    ("snooze", {"reason": "r"}),
    ("look_again", {"reason": "r"}),
    ("redact", {"reason": "r"}),
]


@pytest.mark.parametrize(("kind", "text"), TEXT_GOOD)
def test_texts_of_the_right_shape_are_read(kind: str, text: dict[str, object]) -> None:
    assert check_text(kind, canonical_json(text)) == text


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        ("forecaster", '{"name":1}', "text of kind forecaster: 'name' is not a text"),
        ("forecaster", "{}", "text of kind forecaster: 'name' is missing"),
        ("question", '{"key":"a","tags":"b","title":"c"}', "text of kind question: 'tags' is not a list of texts"),
        ("edit", '{"tags":["a",1]}', "text of kind edit: 'tags' is not a list of texts"),
        ("resolve", '{"reason":"r"}', "text of kind resolve: 'reason' is not known"),
        ("void", '{"reason":"r","reason":"r"}', "text of kind void: the key 'reason' is given twice"),
        ("void", "[]", "text of kind void: not a JSON object"),
        ("guess", "{}", "unknown kind of entry 'guess': one of " + ", ".join(KINDS)),
    ],
)
def test_a_text_of_another_shape_is_refused(kind: str, text: str, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        check_text(kind, text)
    assert str(caught.value) == problem
