"""The journal a page at a time: every kind in words, and the line that narrows it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import clock
from ledger.errors import Cancelled, InputError
from ledger.journal.entry import KINDS
from ledger.services import entry_words
from ledger.services.adding import Asked, add
from ledger.services.correcting import correct
from ledger.services.editing import Changes, edit, redact
from ledger.services.journal_line import Wanted, completed, read_line
from ledger.services.journal_pages import Committed, entry_card, page_around, rows_of
from ledger.services.settling import reopen, resolve, void
from ledger.services.starting import initialise
from ledger.services.values import Stated
from ledger.storage.location import Location


@pytest.fixture
def ledger(tmp_path: Path) -> Location:
    """A ledger whose clock stands."""
    location = Location(tmp_path / "ledger.db")
    initialise(location, None, print)
    return location


def test_lines_are_read() -> None:
    assert read_line("") == Wanted()
    assert read_line("412") == Wanted(entry=412)
    assert read_line("kind:RESOLVE #3 7") == Wanted(7, "resolve", 3)
    assert read_line("question:#3 forecast").narrows
    assert not read_line("7").narrows
    for wrong, near in (("resolv", "resolve"), ("#", "kinds are"), ("-1", "kinds are"), ("9" * 16, "kinds are")):
        with pytest.raises(InputError, match=near):
            read_line(wrong)


def test_kinds_are_completed() -> None:
    assert completed("for") == "forecast"
    assert completed("12 kind:re") in {"12 kind:resolve", "12 kind:reopen", "12 kind:redact"}
    assert all(completed(kind[:-1]) == kind for kind in KINDS if kind != "forecaster")
    assert completed("forecast") == "forecaster"
    assert completed("") is None and completed("12") is None and completed("xyz") is None


def test_the_end_is_read_first_and_any_entry_is_the_middle_of_its_page(ledger: Location) -> None:
    for at in range(40):
        add(
            ledger, Asked(title=f"Question {at}?", stated=Stated(probability="50%"), by="2030-01-01", zone="UTC"), print
        )
    end = page_around(ledger, block=8)
    total = end.entries
    assert end.place == total - 1 and len(end.numbers) == total and end.rows[-1].number == total
    assert end.head == entry_card(ledger, total).head  # type: ignore[union-attr]
    for number in (1, 9, 17, 30, total):
        page = page_around(ledger, around=number, block=8)
        assert page.start % 8 == 0 and page.numbers[page.place] == number
        assert number in [row.number for row in page.rows]
        assert [row.number for row in page.rows] == list(page.numbers[page.start : page.start + 24])
    assert page_around(ledger, around=10**12, block=8).place == total - 1
    forecasts = page_around(ledger, Wanted(kind="forecast"), around=5, block=8)
    assert len(forecasts.numbers) == 40 and {row.kind for row in forecasts.rows} == {"forecast"}
    mine = page_around(ledger, Wanted(kind="forecast", question=3), block=8)
    assert [row.question for row in mine.rows] == [3]
    nothing = page_around(ledger, Wanted(kind="void"), block=8)
    assert (list(nothing.numbers), nothing.rows, nothing.place, nothing.entries) == ([], [], 0, total)
    with pytest.raises(Cancelled):
        page_around(ledger, block=8, cancelled=lambda: True)


def test_every_kind_is_told_in_words(ledger: Location) -> None:
    def say(title: str, **more: object) -> None:
        asked = {"stated": Stated(range="20-40%"), "by": "2026-06-01", "zone": "UTC"} | more
        add(ledger, Asked(title=title, **asked), print)  # type: ignore[arg-type]

    with clock.set_to(datetime(2026, 1, 1, tzinfo=UTC)):
        say("Rain?", forecaster="Ann")
        say(
            "Snow?",
            stated=Stated(options=(("snow", "70%"), ("none", "30%"))),
            kind="choice",
            options=("snow", "none"),
            forecaster="Ann",
        )
        correct(ledger, "#1", Stated(probability="0.3"), "a slip", print, forecaster="Ann")
        edit(ledger, "#1", Changes(title="Rain, then?"), "clearer", print)
    with clock.set_to(datetime(2026, 7, 1, tzinfo=UTC)):
        resolve(ledger, "#1", "yes", print, known_at="2026-05-30", note="it poured")
        reopen(ledger, "#1", "too early", print)
        void(ledger, "#1", "nobody measured", print)
        resolve(ledger, "#2", "none", print, known_at="2026-06-01")
        redact(ledger, "#2", "private", print)
    page = page_around(ledger, block=64)
    told = {(row.kind, row.question): row.what for row in page.rows}
    assert told["forecaster", None] == "Ann" and told["question", 1] == "Rain?"
    assert told["forecast", 1] == "30 % (20–40), Ann"
    assert told["correct", 1].startswith("entry ") and told["correct", 1].endswith("should have said 30 %: a slip")
    assert told["edit", 1] == "changed title: clearer"
    assert told["resolve", 1] == "yes, known since 2026-05-30: it poured"
    assert told["reopen", 1] == "open again: too early" and told["void", 1] == "void: nobody measured"
    assert told["question", 2] == "(redacted)" and told["forecast", 2] == "option 1 70 %, Ann"
    assert told["resolve", 2].startswith("option 2")
    assert told["redact", None].startswith("the words of ") and told["redact", None].endswith("dropped: private")
    committed = {(row.kind, row.question): row.committed for row in page.rows}
    assert committed["question", 1] is Committed.WORDS and committed["question", 2] is Committed.REDACTED


def test_no_kind_is_without_words() -> None:
    assert set(entry_words._WORDS) == set(KINDS)


def test_a_card_chains_to_the_one_before(ledger: Location) -> None:
    add(ledger, Asked(title="Rain?", stated=Stated(probability="25%"), by="2030-06-01", zone="UTC"), print)
    cards = [entry_card(ledger, row.number) for row in page_around(ledger, block=8).rows]
    assert all(card is not None for card in cards)
    heads = [card.head for card in cards if card is not None]
    assert [card.previous for card in cards if card is not None][1:] == heads[:-1]
    assert entry_card(ledger, 99) is None
    assert [row.kind for row in rows_of(ledger, [99])] == ["missing"]
