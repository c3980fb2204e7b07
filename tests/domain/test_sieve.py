"""A sieve never hides a text that is there, and lets few others pass."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.domain.sieve import BITS, SHARING, is_sieve, may_hold, numbers_of, part_of, sieve_of, together, wanted_of

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
LETTERS = st.text("abcABC éÉß%_\\", max_size=8)


@given(st.lists(words, max_size=5), words, words, words)
def test_what_is_in_a_text_passes_its_sieve(others: list[str], before: str, text: str, after: str) -> None:
    wanted = wanted_of(text)
    assert wanted is None or may_hold(sieve_of([*others, before + text + after]), wanted)


@given(LETTERS, LETTERS)
@example("ÉCOLE", "école")
@example("xABCx", "abc")
def test_whatever_like_finds_passes(text: str, sought: str) -> None:
    """SQLite's own LIKE, with its idea of upper and lower case."""
    escaped = sought.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    (found,) = sqlite3.connect(":memory:").execute(r"SELECT ? LIKE ? ESCAPE '\'", (text, f"%{escaped}%")).fetchone()
    wanted = wanted_of(sought)
    assert not found or wanted is None or may_hold(sieve_of([text]), wanted)


@given(st.lists(words, max_size=6), st.integers(0, 6))
def test_sieves_of_parts_make_the_sieve_of_all(texts: list[str], cut: int) -> None:
    assert together(sieve_of(texts[:cut]), sieve_of(texts[cut:])) == sieve_of(texts)
    assert len(sieve_of(texts)) == BITS // 8


@pytest.mark.parametrize("text", ["", "a", "ab", "é", "abc\0def"])
def test_of_some_texts_a_sieve_says_nothing(text: str) -> None:
    """They are too short; or end, to the store, before their end."""
    assert wanted_of(text) is None


def test_what_is_not_there_seldom_passes() -> None:
    """Of 128 titles of a hundred letters and as many words that are in none."""
    titles = [
        f"Will the {n * 7919 % 9973}th assembly of {n:b} countries vote for amendment {n * n}?" for n in range(128)
    ]
    sieve = sieve_of(titles)
    absent = [chr(97 + n % 26) + "qu" + chr(97 + n // 26) + "zx" for n in range(128)]
    passing = [word for word in absent if (wanted := wanted_of(word)) is None or may_hold(sieve, wanted)]
    assert len(passing) <= 5
    assert not any(may_hold(sieve_of([]), wanted_of(word) or ()) for word in absent)


@given(st.integers(1, 10**9))
def test_every_question_is_in_its_part(question: int) -> None:
    low, high = numbers_of(part_of(question))
    assert low <= question <= high == low + SHARING - 1
    assert part_of(low) == part_of(high) == part_of(low - 1) + 1


@pytest.mark.parametrize("stored", [b"", bytes(BITS // 8 - 1), bytes(BITS // 8 + 1), "x" * (BITS // 8), 9, None])
def test_what_is_no_sieve_is_told(stored: object) -> None:
    assert not is_sieve(stored)
    assert is_sieve(sieve_of(["rain"]))


def test_half_a_surrogate_pair_is_searched_like_other_text() -> None:
    """Bytes that are no UTF-8 are read as such where a store is damaged."""
    wanted = wanted_of("b\udc80")
    assert wanted is not None
    assert may_hold(sieve_of(["ab\udc80c"]), wanted)
    assert not may_hold(sieve_of(["ab"]), wanted)


@given(words, words)
def test_parts_of_other_lengths_do_not_go_together(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="zip"):
        together(sieve_of([one]), sieve_of([other])[:-1])
