"""What is shown moves no cursor, hides nothing and fits its column."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import display_width, quoted, safe_text

any_text = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain text", "plain text"),
        ("Zürich – 東京", "Zürich – 東京"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b\x7fc", "a␀b␡c"),
        ("\x9b31m", "<U+009B>31m"),
        ("abc\u202egpj.exe", "abc<U+202E>gpj.exe"),
        ("\u2066x\u2069\u200e", "<U+2066>x<U+2069><U+200E>"),
        ("zero\u200bwidth\u2060\ufeff", "zero<U+200B>width<U+2060><U+FEFF>"),
        ("soft\u00adhyphen", "soft<U+00AD>hyphen"),
        ("line\u2028paragraph\u2029", "line<U+2028>paragraph<U+2029>"),
        ("lone\ud800", "lone<U+D800>"),
        ("tag\U000e0041", "tag<U+E0041>"),
        (
            "filler\u3164\u115f\u1160\u034f\uffa0\u17b4\u17b5",
            "filler<U+3164><U+115F><U+1160><U+034F><U+FFA0><U+17B4><U+17B5>",
        ),
        ("two\nlines\tand\rmore", "two␊lines␉and␍more"),
    ],
)
def test_hidden_characters_are_marked(raw, shown):
    assert safe_text(raw) == shown


def test_line_feeds_and_tabs_pass_where_they_are_allowed():
    assert safe_text("two\nlines\tand\rmore\x1b", newline=True) == "two\nlines\tand␍more␛"


@given(any_text, st.booleans())
def test_nothing_hidden_is_ever_left(raw, newline):
    shown = safe_text(raw, newline=newline)
    hidden = {c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert hidden <= ({"\n", "\t"} if newline else set())
    assert safe_text(shown, newline=newline) == shown


@given(any_text, st.integers(0, 20))
def test_a_cell_never_takes_more_than_its_columns(raw, width):
    cell = safe_text(raw, width=width)
    assert display_width(cell) <= width
    if display_width(safe_text(raw)) <= width:
        assert cell == safe_text(raw)
    elif width:
        assert cell.endswith("…")


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("", 0),
        ("東京", 4),
        ("ｶﾅ", 2),
        ("Ａ", 2),
        ("e\u0301", 1),
        ("a\u20dd", 1),
        ("🙂", 2),
        ("é", 1),
        ("한", 2),
    ],
)
def test_columns_are_counted_as_a_terminal_draws_them(text, columns):
    assert display_width(text) == columns


@pytest.mark.parametrize(
    ("text", "width", "cell"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("abcdef", 1, "…"),
        ("abcdef", 0, ""),
        ("東京都庁", 5, "東京…"),
        ("東京都庁", 4, "東…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_a_cut_never_halves_a_character(text, width, cell):
    assert safe_text(text, width=width) == cell


def test_each_line_is_cut_for_itself_and_tabs_take_their_columns():
    assert safe_text("abcdef\n\tx\nab", width=5, newline=True) == "abcd…\n    x\nab"


def test_quoting_is_one_short_line():
    assert quoted("a\nb\u202e") == r"'a\nb\u202e'"
    assert quoted("x" * 60) == repr("x" * 60)
    assert quoted("a" * 50 + "b" * 50, limit=20) == "'aaaaaaaaaa'…'bbbbbbbbbb' (100 characters)"


def test_sixty_characters_are_quoted_whole():
    assert quoted("x" * 60) == repr("x" * 60)
    assert quoted("x" * 61) == f"{'x' * 30!r}…{'x' * 30!r} (61 characters)"
