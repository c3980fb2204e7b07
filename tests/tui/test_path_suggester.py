"""Paths are completed from the folders as they are, and nothing that cannot be typed is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.tui.widgets.path_suggester import completed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("alpha.csv", "alphabet.csv", ".hidden", "esc\x1b[31m"):
        (tmp_path / name).write_text("")
    (tmp_path / "beta").mkdir()
    (tmp_path / "beta" / "gamma.csv").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("al", "alpha.csv"),
        ("alpha.csv", None),
        ("alphab", "alphabet.csv"),
        ("b", "beta/"),
        ("beta/", "beta/gamma.csv"),
        ("./beta/g", "./beta/gamma.csv"),
        ("~/al", "~/alpha.csv"),
        (".h", ".hidden"),
        ("es", None),
        ("zeta", None),
        ("nowhere/x", None),
        ("alpha.csv/x", None),
        ("", None),
        ("a\0b", None),
        ("~nobody-of-that-name/x", None),
    ],
)
def test_a_path_is_completed(folder: Path, typed: str, offered: str | None) -> None:
    assert completed(typed) == offered
