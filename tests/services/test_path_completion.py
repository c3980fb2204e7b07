"""Paths completed: what is offered, what is hidden, and what cannot be listed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger.services.path_completion import MOST, completions, expanded


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the program runs, which is also home."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("b.csv", "A.csv", ".hidden", "a b.csv"):
        (tmp_path / name).write_text("")
    (tmp_path / "Zoo").mkdir()
    (tmp_path / "Zoo" / "inner.csv").write_text("")
    return tmp_path


def offered(typed: str) -> list[str]:
    """The paths offered for what was typed."""
    return [one.path for one in completions(typed).candidates]


def test_names_are_offered_folders_first(folder: Path) -> None:
    assert offered("") == ["Zoo/", "a b.csv", "A.csv", "b.csv"]
    assert offered("./") == ["./Zoo/", "./a b.csv", "./A.csv", "./b.csv"]
    assert offered("Z") == ["Zoo/"] and offered("Zoo/") == ["Zoo/inner.csv"]
    assert offered("~") == ["~/"] and offered("~/b") == ["~/b.csv"]
    assert offered(f"{folder}/b") == [f"{folder}/b.csv"]
    assert offered("/") and all(one.startswith("/") for one in offered("/"))


def test_hidden_names_only_when_typed(folder: Path) -> None:
    assert ".hidden" not in offered("") and offered(".h") == [".hidden"] and offered("~/.h") == ["~/.hidden"]


def test_what_cannot_be_listed_is_said(folder: Path) -> None:
    assert completions("nowhere/x").problem == "no such file or directory"
    assert completions("b.csv/x").problem == "not a directory"
    assert completions("a\0b/").problem == "no such folder"
    assert completions("x\0").candidates == []


def test_many_names_are_counted(folder: Path) -> None:
    for at in range(MOST + 7):
        (folder / "Zoo" / f"n{at:04}").write_text("")
    found = completions("Zoo/n")
    assert (len(found.candidates), found.more) == (MOST, 7)
    assert completions("Zoo/", cancelled=lambda: True).candidates == []


def test_names_that_are_no_text_come_through(folder: Path) -> None:
    raw = os.fsencode(folder) + b"/Zoo/\xff\x1b[31m\n.csv"
    Path(os.fsdecode(raw)).write_text("here")
    (one,) = [path for path in offered("Zoo/") if "31m" in path]
    assert expanded(one).read_text() == "here"


def test_a_path_is_never_an_option(folder: Path) -> None:
    assert expanded("-") == folder / "-" and expanded("~/x") == folder / "x" and expanded("x/../y") == folder / "y"
