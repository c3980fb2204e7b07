"""Why a question is void is told with the names of options; the book keeps indexes, and no redacted word."""

from __future__ import annotations

import pytest
from desk import Desk, day

from ledger.domain.filters import Filters
from ledger.services.browse import card, listing
from ledger.services.values import Stated


@pytest.fixture
def fallen(desk: Desk) -> Desk:
    """Who wins? → if Bo wins, a party → if there is a party, music. Ann wins."""
    desk.init()
    desk.ask("Who wins?", by=day(10), kind="choice", options=("Ann", "Bo"), key="who")
    desk.ask("A party?", by=day(20), key="party", condition="who=Bo")
    desk.ask("Music?", by=day(30), key="music", condition="party=yes")
    desk.wait(11).resolve("who", "Ann")
    return desk


WHY = "its condition #1 settled Ann, this needs Bo"


def test_options_are_named_down_the_chain_in_cards_and_lists(fallen: Desk) -> None:
    with fallen.book() as book:
        assert card(book, "party").as_data()["void_reason"] == WHY
        assert card(book, "music").as_data()["void_reason"] == f"its condition #2 is void: {WHY}"
        assert [one.void_reason for one in listing(book, Filters()).questions] == [
            None, WHY, f"its condition #2 is void: {WHY}",
        ]  # fmt: skip


def test_commands_name_them_too(fallen: Desk) -> None:
    said = " ".join(fallen.wait(10).resolve("party", "no").notices)
    assert f"kept, but not counted: the question is void, as {WHY}" in said
    with pytest.raises(Exception, match="it is void because its condition #2 is void: its condition #1 settled Ann"):
        fallen.reopen("music")


def test_the_book_keeps_indexes_and_redaction_leaves_no_name(fallen: Desk) -> None:
    stored = fallen.rows("SELECT void_reason FROM question WHERE void_reason IS NOT NULL")
    assert all("Ann" not in reason and "Bo" not in reason for (reason,) in stored)
    fallen.redact("who")
    with fallen.book() as book:
        assert card(book, "party").question.void_reason == ("its condition #1 settled option 1, this needs option 2")
    assert fallen.verify() == []


def test_a_reason_that_somebody_gave_stays_as_it_is(fallen: Desk) -> None:
    fallen.void("music", reason="its condition was never clear")
    with fallen.book() as book:
        assert card(book, "music").question.void_reason == "its condition was never clear"


@pytest.mark.parametrize(
    ("dropped", "told"),
    [
        ([5], "entry 5"), ([5, 6], "2 entries (5, 6)"), ([5, 6, 7, 9], "4 entries (5 to 7, 9)"),
        (list(range(1, 41, 2)), "20 entries (1, 3, 5, 7, 9, 11, 13, 15, and 12 more)"),
    ],
)  # fmt: skip
def test_redacted_entries_are_listed_and_not_told_as_a_range(dropped: list[int], told: str) -> None:
    from ledger.services.editing import _listed

    assert _listed(dropped) == told


def test_what_was_given_empty_was_given() -> None:
    assert not Stated().says_something
    for given in (Stated(""), Stated(term=""), Stated(range=""), Stated(options=(("a", "1"),)), Stated("0")):
        assert given.says_something
