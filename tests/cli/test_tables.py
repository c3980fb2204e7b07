"""Tables: aligned by what a terminal draws, cut only on one, the same with and without colours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.cli.output import Paint, Part, _rendered
from ledger.cli.tables import Column, fields, table, wrapped
from ledger.domain.text import display_width

COLUMNS = (Column("#", right=True), Column("name", elastic=True, style="cyan"), Column("what", elastic=True))


def drawn(rows: list[tuple[Part, ...]], width: int | None = None, *, colour: bool = False) -> list[str]:
    return [_rendered(line, colour) for line in table(COLUMNS, rows, width)]


def test_columns_line_up() -> None:
    assert drawn([("1", "a", Paint("x", "red")), ("20", "longer", "yy")]) == [
        " #  name    what",
        " 1  a       x",
        "20  longer  yy",
    ]


def test_wide_letters_take_two_columns_and_marks_none() -> None:
    lines = drawn([("1", "漢字", "x"), ("2", "e\u0301", "x"), ("3", "abcd", "x")])
    assert [display_width(line[: line.rindex("x")]) for line in lines[1:]] == [9, 9, 9]


def test_elastic_columns_give_way_on_a_narrow_terminal() -> None:
    rows: list[tuple[Part, ...]] = [("1", "n" * 30, "w" * 80), ("2", "短" * 30, "w")]
    for width in (40, 60, 100):
        lines = drawn(rows, width)
        assert all(display_width(line) <= width for line in lines)
        assert "…" in lines[1]
    assert "…" not in "".join(drawn(rows, 200) + drawn(rows))


def test_what_cannot_give_way_is_kept_whole() -> None:
    [_, line] = drawn([("1" * 60, "name", "what")], 40)
    assert line.startswith("1" * 60)


cells = st.text(max_size=30)


@given(st.lists(st.tuples(cells, cells, cells), max_size=5), st.none() | st.integers(40, 100), st.booleans())
def test_any_text_keeps_the_tables_form(rows: list[tuple[str, str, str]], width: int | None, colour: bool) -> None:
    lines = drawn(list(rows), width, colour=colour)
    assert len(lines) == len(rows) + 1
    assert all("\n" not in line for line in lines)


def test_colour_changes_nothing_but_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[Part, ...]] = [("1", "a", Paint("x", "red")), ("2", "漢", "y")]
    plain = drawn(rows)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = drawn(rows, colour=True)
    assert any("\x1b[31m" in line for line in coloured)
    assert any("\x1b[36m" in line for line in coloured)
    assert [re.sub(r"\x1b\[\d+m", "", line).rstrip() for line in coloured] == plain


def test_names_and_values_stand_in_columns() -> None:
    lines = [_rendered(line, False) for line in fields([("kind", "binary"), ("deadline", ["a", Paint("b", "red")])])]
    assert lines == ["kind      binary", "deadline  ab"]


def test_texts_are_broken_on_a_terminal_only() -> None:
    text = "word " * 40 + "\n\nnext"
    assert list(wrapped(text, None)) == [
        ("word " * 40).rstrip(" ") + " " if False else "word " * 40,
        "",
        "next",
    ]
    broken = list(wrapped(text, 40, "  "))
    assert max(map(len, broken)) <= 40
    assert broken[-2:] == ["", "  next"]
