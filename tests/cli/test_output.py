"""The one place that prints: text made harmless, colours our own, JSON that reads back unchanged."""

from __future__ import annotations

import ast
import io
import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ledger.cli
from ledger.cli.output import Paint, emit, json_text, note, say, say_json_rows, wants_colour

HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def hidden(text: str) -> list[str]:
    return [character for character in text if unicodedata.category(character) in HIDDEN and character != "\n"]


@given(st.text())
def test_json_is_harmless_and_reads_back(text: str) -> None:
    for indent in (None, 2):
        shown = json_text({"a": [text], text: 1}, indent=indent)
        assert not hidden(shown)
        assert json.loads(shown) == {"a": [text], text: 1}


def test_json_keeps_letters_and_escapes_what_acts() -> None:
    assert json_text("Füße \u202e \x1b \x7f \u2028 \U000e0001 漢") == (
        r'"Füße \u202e \u001b \u007f \u2028 \udb40\udc01 漢"'
    )


def test_a_number_that_json_lacks_is_never_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text(float("nan"))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rows_of_json_make_one_object(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    say_json_rows("rows", ({"n": at} for at in range(count)), {"counts": {"rows": count}, "head": None})
    shown = capsys.readouterr().out
    assert json.loads(shown) == {"rows": [{"n": at} for at in range(count)], "counts": {"rows": count}, "head": None}
    assert len(shown.splitlines()) == count + 4


def test_data_and_notes_go_apart(capsys: pytest.CaptureFixture[str]) -> None:
    say("data", ["a ", Paint("b", "red")])
    note("a remark")
    assert capsys.readouterr() == ("data\na b\n", "a remark\n")


def test_a_line_is_one_line_whatever_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    say("one\ntwo\r\tthree", [Paint("\x1b[2J", "bold")])
    assert capsys.readouterr().out == "one␊two␍␉three\n␛[2J\n"


def test_a_style_is_ours_and_ends(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    say(Paint("\x1b[0m", "green"))
    assert capsys.readouterr().out == "\x1b[32m␛[0m\x1b[0m\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [
        ({}, True, True), ({}, False, False), ({"TERM": "dumb"}, True, False), ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True), ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)  # fmt: skip
def test_when_to_colour(
    environment: dict[str, str], terminal: bool, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(Terminal() if terminal else io.StringIO()) is coloured


def test_a_closed_standard_output_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    emit(["lost"])
    say_json_rows("rows", [], {})


def test_nothing_else_of_the_command_line_prints() -> None:
    folder = Path(ledger.cli.__file__).parent
    printing = {"output.py", "timely.py"}  # the latter writes what the former has made, within a time
    others = [path for path in folder.glob("*.py") if path.name not in printing]
    assert len(others) > 20
    for path in others:
        called = {
            ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
        }
        assert not {name for name in called if name.split(".")[-1] in {"print", "echo", "secho", "write", "writelines"}}
