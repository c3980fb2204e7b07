"""Where near ends and far begins, to the letter: the thresholds that the docstrings name."""

from __future__ import annotations

import hashlib

import pytest

from ledger.domain.words import LONGEST_SLUG, clean_input, near, similar_titles, slug, telling_words
from ledger.errors import InputError


def test_a_nul_is_named_where_it_first_stands() -> None:
    with pytest.raises(InputError, match="NUL at character 2;"):
        clean_input("a\0b\0c", "title")


def test_a_key_may_be_just_as_long_as_allowed() -> None:
    first = "a" * 30
    fits, over = f"{first} {'b' * (LONGEST_SLUG - 31)}", f"{first} {'b' * (LONGEST_SLUG - 30)}"
    assert slug(fits) == fits.replace(" ", "-") and len(slug(fits)) == LONGEST_SLUG
    assert slug(over) == first


def test_a_key_of_half_a_surrogate_is_made_of_its_bytes() -> None:
    assert slug("\ud800") == f"question-{hashlib.sha256(bytes([0xED, 0xA0, 0x80])).hexdigest()[:8]}"


@pytest.mark.parametrize(
    ("word", "candidates", "found"),
    [
        ("abc", ["xxxxxxabcxxxxxx"], True),  # three letters are enough to look for a part
        ("ab", ["xxxxxxxxabxxxxxxxx"], False),
        ("abc", ["abdef"], False),  # 2 · 2 of 8 letters alike: a half
        ("abcd", ["abcdefghij"], True),
        ("abcx", ["abcyyz"], True),  # 2 · 3 of 10 letters alike: just six in ten
    ],
)
def test_six_letters_in_ten_are_near(word: str, candidates: list[str], found: bool) -> None:
    assert bool(near(word, candidates)) is found


def test_the_name_itself_comes_before_one_that_holds_it_and_that_before_one_that_resembles_it() -> None:
    # The ratio of "forecast" and "forecastr" is 16 / 17, above the 0.9 of a name that holds the word.
    assert near("forecast", ["my forecast of rain", "forecasx", "forecast"]) == (
        "forecast",
        "my forecast of rain",
        "forecasx",
    )
    assert near("FORECAST", ["aforecast", "Forecast"]) == ("Forecast", "aforecast")


def test_the_name_itself_comes_first_also_where_the_alphabet_has_it_last() -> None:
    assert near("forecast", ["a forecast", "forecast"]) == ("forecast", "a forecast")


def test_words_that_tell_nothing_count_only_where_there_are_no_others() -> None:
    assert telling_words("Will the Rain fall?") == {"rain", "fall"}
    assert telling_words("Will the") == {"will", "the"}


def test_three_names_are_told_unless_more_are_wanted() -> None:
    names = [f"forecast{letter}" for letter in "abcde"]
    assert len(near("forecast", names)) == 3 and len(near("forecast", names, limit=4)) == 4


def test_letters_that_are_common_in_a_long_word_count_as_well() -> None:
    # Above 200 characters difflib's own heuristic would pass over every common letter.
    word = "ab" * 150
    assert near(f"{word}x", [f"{word[:-2]}y"]) == (f"{word[:-2]}y",)
    title = "ab " * 100 + "cd"
    assert similar_titles(f"{title} of old", [f"{title} of new kind"]) == [0]


def test_six_words_in_ten_are_near_even_in_another_order() -> None:
    # Three words of five shared, in an order in which few letters follow each other.
    assert similar_titles("alpha bravo charlie delta", ["delta charlie bravo zulu"]) == [0]
    assert similar_titles("alpha bravo charlie delta", ["delta charlie yankee zulu"]) == []


def test_three_words_in_ten_want_three_letters_in_four() -> None:
    assert similar_titles("ceasefires hold", ["ceasefire hold", "cease and desist"]) == [0]
    assert similar_titles("rain", ["snow falls"]) == []


def test_of_two_that_share_as_many_words_the_one_with_more_letters_in_order_is_nearer() -> None:
    titles = ["paris london berlin rome", "rome berlin london paris madrid"]
    assert similar_titles("paris london berlin rome oslo", [titles[1], titles[0]])[0] == 1
    other = ["oslo rome berlin london paris", "paris london berlin rome oslo!"]
    assert similar_titles("paris london berlin rome oslo", other) == [1, 0]


def test_titles_without_words_resemble_nothing() -> None:
    assert similar_titles("?!", ["!?", ""]) == []


def test_at_most_so_many_titles_are_told() -> None:
    titles = [f"will it rain in town {n}" for n in range(6)]
    assert len(similar_titles("will it rain in town", titles)) == 3
    assert len(similar_titles("will it rain in town", titles, limit=5)) == 5
