"""Beginning a ledger with a file: what is refused or called off leaves nothing that was not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.errors import Cancelled, LedgerError
from ledger.services.beginning import begin_with_file, first_seed, seed_words
from ledger.services.opening import opened
from ledger.services.starting import initialise
from ledger.storage.location import Location

GOOD = """\
question_id,title,deadline,outcome,forecaster,forecast_at,probability
rain,Will it rain?,2026-12-31T23:59:59Z,,me,2024-11-01T00:00:00Z,0.3
"""


def ignore(_: str) -> None:
    """Tell nobody."""


@pytest.fixture
def location(tmp_path: Path) -> Location:
    return Location(tmp_path / "new" / "ledger.db")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD)
    return path


def test_a_file_becomes_a_ledger(location: Location, good: Path) -> None:
    done = begin_with_file(location, good, ignore)
    assert "added 1 question and 1 statement" in done.said[-1]
    with opened(location) as book:
        assert book.last_entry > 0


def test_a_refused_file_leaves_nothing(location: Location, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("no,such,columns\n")
    with pytest.raises(LedgerError):
        begin_with_file(location, bad, ignore)
    assert not list(location.path.parent.iterdir())


def test_one_that_is_called_off_leaves_nothing(location: Location, good: Path) -> None:
    def stop(_: int, __: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        begin_with_file(location, good, ignore, stop)
    assert not list(location.path.parent.iterdir())


def test_a_ledger_that_was_there_stays(location: Location, tmp_path: Path) -> None:
    initialise(location, first_seed(), ignore)
    before = location.path.read_bytes()
    with pytest.raises(LedgerError):
        begin_with_file(location, tmp_path / "absent.csv", ignore)
    bad = tmp_path / "bad.csv"
    bad.write_text("no,such,columns\n")
    with pytest.raises(LedgerError):
        begin_with_file(location, bad, ignore)
    assert location.path.read_bytes() == before


def test_the_shipped_set_is_told_in_two_lines() -> None:
    title, about = seed_words(first_seed())
    assert "Ukraine" in title
    assert about == "20 questions by Andrew Korybko, 2024-11-11, ready to review"
