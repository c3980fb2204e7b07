"""After any history what is to be said is what the oracle says, now and as it was after any entry."""

from __future__ import annotations

import json
import os
from pathlib import Path

from desk import Desk, fresh_desk
from histories import Player, Step, histories
from hypothesis import HealthCheck, given, settings
from review_oracle import ReviewOracle

from ledger.domain.instants import from_datetime, to_datetime
from ledger.services.opening import Book
from ledger.services.reminding import next_moment, pending

EXAMPLES = int(os.environ.get("FORECAST_HISTORIES", "25")) * 2


def agree(desk: Desk, book: Book, entries: int) -> None:
    oracle = ReviewOracle("UTC")
    for seq, kind, at, facts in desk.rows("SELECT seq, kind, recorded_at, facts FROM entry WHERE seq <= ?", entries):
        oracle.hear(seq, kind, to_datetime(at), json.loads(facts))
    expected, found = oracle.due(to_datetime(book.now)), pending(book, "mail")
    things = {(one.why.value, of.question, to_datetime(one.at)) for of in found.announcements for one in of.occasions}
    assert things == set(expected.things)
    assert (None if found.weekly is None else to_datetime(found.weekly)) == expected.weekly
    assert (found.message is None) == (not things and expected.weekly is None)
    shown = [] if found.message is None else [(one.why, one.question) for one in found.message.items]
    assert sorted(shown) == sorted((why, one) for why, numbers in expected.lists.items() for one in numbers)
    following = next_moment(book, ["mail"])
    assert (found.message is not None) == (following is not None and following <= book.now)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=histories)
def test_what_is_to_be_said_is_what_the_oracle_says(empty_ledger: Path, history: list[Step]) -> None:
    with fresh_desk(empty_ledger) as desk:
        player = Player(desk)
        then = {}
        for step in history:
            player.play(step)
            then[desk.entries()] = from_datetime(desk.now)
            with desk.book() as book:
                agree(desk, book, desk.entries())
        for entries in then:
            with desk.book(as_of=str(entries)) as book:
                agree(desk, book, entries)
        assert desk.verify() == []
