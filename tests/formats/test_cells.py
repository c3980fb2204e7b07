"""Formula-safe cells: no cell that a spreadsheet evaluates, and the text back."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.formats.cells import escape, join_tags, split_tags, unescape

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BEFORE = ("", "'", "''", "'''", " ", '"', ";", ",", "\ufeff", "x")
AFTER = ("", "1+1", "cmd|' /C calc'!A0", "SUM(A1)", "x,y", "'", "=")
HOSTILE = [before + sign + after for before, sign, after in itertools.product(BEFORE, SIGNS, AFTER)]


def test_there_are_more_than_five_hundred_hostile_texts() -> None:
    assert len(set(HOSTILE)) > 500


@pytest.mark.parametrize("sign", SIGNS)
def test_a_cell_never_begins_with_a_sign_that_makes_a_formula(sign: str) -> None:
    assert escape(f"{sign}1") == f"'{sign}1"
    assert escape(f"a{sign}1") == f"a{sign}1"


def test_hostile_texts_come_back_and_are_no_formulas() -> None:
    for text in HOSTILE:
        assert not escape(text).startswith(SIGNS)
        assert unescape(escape(text)) == text


@given(st.text(alphabet=st.sampled_from("'=+-@＝\tab;\\ ")) | st.text())
def test_any_text_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text


def test_an_apostrophe_before_anything_else_is_part_of_the_text() -> None:
    assert escape("'tis") == "'tis"
    assert unescape("'tis") == "'tis"
    assert escape("'=1") == "''=1"


def test_tags_are_separated_by_semicolons() -> None:
    assert split_tags("war;economy") == ["war", "economy"]
    assert split_tags(";war;;") == ["war"]
    assert split_tags("") == []
    assert join_tags(["a;b", "c\\d"]) == "a\\;b;c\\\\d"
    assert split_tags("c\\d;e\\") == ["c\\d", "e\\"]


@given(st.lists(st.text(alphabet=st.sampled_from("ab;\\ \n"), min_size=1)))
def test_tags_come_back(tags: list[str]) -> None:
    assert split_tags(join_tags(tags)) == tags
