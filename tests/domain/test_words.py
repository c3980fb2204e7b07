"""Typed words are cleaned, made into keys, and matched with what was probably meant."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.words import clean_input, did_you_mean, near, needed_input, similar_titles, slug
from ledger.errors import InputError

any_text = st.text(st.characters(exclude_categories=()))


def test_input_is_trimmed_and_composed():
    assert clean_input("  Cafe\u0301 \n", "title") == "Café"
    assert clean_input("two\nlines", "criteria") == "two\nlines"
    assert clean_input("x" * 10, "title", limit=10) == "x" * 10


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a\0b", "title: there is a NUL at character 2; remove it"),
        ("ab\udc80", "title: character 3 is half of a surrogate pair"),
        ("x" * 10_001, "title: 10,001 characters are too many; 10,000 is the most"),
    ],
)
def test_input_that_cannot_be_kept_is_refused(text, problem):
    with pytest.raises(InputError, match=problem):
        clean_input(text, "title")


def test_a_text_that_is_needed_must_say_something():
    assert needed_input("  Cafe\u0301 ", "title", "say what is asked") == "Café"
    for text, limit, problem in [
        (" \n", 10, "title is empty: say what is asked"),
        ("", 10, "title is empty: say what is asked"),
        ("x" * 11, 10, "title: 11 characters are too many; 10 is the most"),
    ]:
        with pytest.raises(InputError) as refusal:
            needed_input(text, "title", "say what is asked", limit=limit)
        assert str(refusal.value) == problem
    with pytest.raises(InputError, match=r"^note: 10,001 characters are too many; 10,000 is the most$"):
        needed_input("x" * 10_001, "note", "say something")


@given(any_text)
def test_cleaning_twice_changes_nothing(text):
    try:
        once = clean_input(text, "note")
    except InputError:
        assert "\0" in text or re.search("[\ud800-\udfff]", text)
    else:
        assert clean_input(once, "note") == once


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Will it rain in Zürich?", "will-it-rain-in-zurich"),
        ("Straße & Ærø: Łódź, İzmir!", "strasse-aero-lodz-izmir"),
        ("2026", "q-2026"),
        ("#12", "q-12"),
        ("50% by 2030?", "50-by-2030"),
        ("x" * 80, "x" * 60),
        ("9" * 80, "q-" + "9" * 58),
        (" ".join(["twelve"] * 20), "-".join(["twelve"] * 8)),
        ("", "question-e3b0c442"),
    ],
)
def test_a_key_is_made_from_a_title(title, key):
    assert slug(title) == key


def test_a_title_without_latin_letters_has_a_key_of_its_own():
    assert re.fullmatch("question-[0-9a-f]{8}", slug("Победит ли"))
    assert slug("Победит ли") != slug("Победят ли")


@given(any_text)
def test_a_key_is_short_plain_and_never_a_number(title):
    key = slug(title)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", key)
    assert len(key) <= 60
    assert not key.isdigit()
    assert slug(key) == key


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("icd-230", ("icd-203",)),
        ("KENT", ("kent",)),
        ("zealand", ("new-zealand",)),
        ("ipcc", ("ipcc-ar5", "ipcc-ar4")),
        ("zz", ()),
        ("", ()),
    ],
)
def test_the_near_names_come_best_first(word, names):
    assert set(near(word, ["icd-203", "kent", "ipcc-ar4", "ipcc-ar5", "new-zealand"])) == set(names)


def test_the_exact_name_in_another_case_comes_before_longer_ones():
    assert near("kent", ["kentucky", "Kent", "kent-2"]) == ("Kent", "kent-2", "kentucky")
    assert near("kent", ["kentucky", "Kent", "kent-2", "Kent"], limit=1) == ("Kent",)


def test_the_question_at_the_end_of_a_message():
    assert did_you_mean("icd203", ["icd-203", "kent"]) == "; did you mean 'icd-203'?"
    assert did_you_mean("item", ["item-1", "item-2"]) == "; did you mean 'item-1' or 'item-2'?"
    assert did_you_mean("item", ["item-1", "item-2", "item-3"]) == "; did you mean 'item-1', 'item-2' or 'item-3'?"
    assert did_you_mean("zz", ["kent"]) == ""


TITLES = [
    "Will it rain in Niamey on 1 July 2026?",
    "Will Poland commit troops to a peacekeeping mission in Ukraine?",
    "Will the ECB cut its deposit rate by 31 December 2026?",
    "Who will win the 2028 election?",
]


@pytest.mark.parametrize(
    ("title", "positions"),
    [
        ("Will Poland send troops to a peacekeeping mission in Ukraine?", [1]),
        ("will poland comit troops to a peacekeeping mision in ukraine", [1]),
        ("Will the ECB cut the deposit rate by the end of December 2026?", [2]),
        ("Will it rain in Niamey on 2 July 2026?", [0]),
        ("Will unemployment rise in France?", []),
        ("Which party loses the 2028 election, and who says so?", []),
        ("", []),
        ("will", []),
    ],
)
def test_a_question_close_to_one_that_is_there(title, positions):
    assert similar_titles(title, TITLES) == positions


def test_the_nearest_title_comes_first_and_few_are_told():
    titles = ["Will A win the cup in 2026?", "Will B win the cup in 2026?", "Will A win the cup in 2026 or 2027?", "No"]
    assert similar_titles("Will A win the cup in 2026?", titles)[0] == 0
    assert len(similar_titles("Will A win the cup in 2026?", titles, limit=2)) == 2
    assert similar_titles("anything", []) == []


def test_ten_thousand_titles_take_no_time_to_notice():
    titles = [f"Will team {number} beat team {number + 7} on day {number % 365}?" for number in range(10_000)]
    began = time.process_time()
    assert similar_titles("Will team 41 beat team 48 on day 41?", titles)[0] == 41
    assert time.process_time() - began < 2.0
