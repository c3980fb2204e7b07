"""Close questions are pointed out while a title is typed, whatever the ledger's size."""

from __future__ import annotations

import pytest
from desk import BEGIN, Desk

from ledger.domain.instants import DAY, from_datetime
from ledger.domain.kinds import Status
from ledger.domain.words import similar_titles
from ledger.errors import Cancelled
from ledger.services import resembling as service
from ledger.services.resembling import Resembling, resembling

TITLES = (
    "Will it rain in Berlin on Monday?",
    "Will it rain in Berlin on Tuesday?",
    "Will the ECB raise rates by June 2026?",
    "Will the ECB raise rates by June 2027?",
    "Does Österreich win the cup?",
    "Will turnout exceed 60% in Bern_Ost?",
    "Will Anna win?",
)


@pytest.fixture
def asked(desk: Desk) -> Desk:
    for title in TITLES:
        desk.ask(title)
        desk.wait(1)
    return desk


def close(desk: Desk, title: str, limit: int = 3) -> list[int]:
    with desk.book() as book:
        return [one.number for one in resembling(book, title, limit)]


@pytest.mark.parametrize(
    ("title", "numbers"),
    [
        ("Will it rain in Berlin on Monday", [1, 2]),
        ("rain Berlin Tuesday", [2]),
        ("Will the ECB raise rates by June 2028?", [3, 4]),
        ("Does ÖSTERREICH win the cup?", [5]),
        ("Will turnout exceed 55% in Bern_Ost", [6]),
        ("Will Anna win", [7]),
        ("Nothing like it was ever asked", []),
        ("Will", []),
        ("", []),
        ("%", []),
        ("_", []),
        ("\0 \ud800", []),
    ],
)
def test_close_ones_are_found(asked: Desk, title: str, numbers: list[int]) -> None:
    assert close(asked, title) == numbers
    assert numbers == [at + 1 for at in similar_titles(title, TITLES)]


def test_only_so_many_are_told(asked: Desk) -> None:
    assert close(asked, "Will it rain in Berlin on Monday?", limit=1) == [1]
    assert close(asked, "Will it rain in Berlin on Monday?", limit=0) == []


def test_what_is_told_of_each(asked: Desk) -> None:
    asked.ask("How much snow falls in Graz?", key="snow", made_at="2025-11-01T00:00:00Z", p="10%")
    asked.void("snow")
    with asked.book() as book:
        (found,) = resembling(book, "how much snow falls in graz")
        (other,) = resembling(book, "will anna win", limit=1)
    opened = from_datetime(BEGIN) - 61 * DAY
    assert found == Resembling(8, "snow", "How much snow falls in Graz?", opened, Status.VOID)
    assert (other.asked_at, other.status) == (from_datetime(BEGIN) + 6 * DAY, Status.OPEN)


def test_a_title_that_was_redacted_is_not_compared(asked: Desk) -> None:
    asked.redact("#7")
    assert close(asked, "Will Anna win?") == []


def test_a_year_is_no_rare_word(asked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another year shares every word but the rarest one."""
    monkeypatch.setattr(service, "RARE", 0)
    monkeypatch.setattr(service, "CANDIDATES", 3)
    assert close(asked, "Will the ECB raise rates by June 1999?") == [3, 4]


def test_a_rare_word_is_found_behind_any_number_of_common_ones(asked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CANDIDATES", 2)
    monkeypatch.setattr(service, "RARE", 1)
    for number in range(5):
        asked.ask(f"Will team {number} win the cup?")
    assert close(asked, "Does Österreich win the cup in the end?") == [5]


def test_a_title_of_any_length_is_taken(asked: Desk) -> None:
    asked.ask("word " * 1999 + "end")
    assert close(asked, "word " * 1999 + "end") == [8]
    assert close(asked, "x" * 100_000) == []


def test_it_can_be_called_off(asked: Desk) -> None:
    with asked.book() as book, pytest.raises(Cancelled):
        resembling(book, "rain", cancelled=lambda: True)
