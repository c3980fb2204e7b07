"""``forecast`` alone: where the ledger is, what is due, and the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.cli.output import Paint, columns, emit, note, say
from ledger.cli.session import current
from ledger.errors import StoreError

if TYPE_CHECKING:
    from ledger.services.browse import Due, Listing
    from ledger.storage.location import Location

SHOWN = 5


def summarise() -> None:
    """Print the summary; without a ledger say how to begin. Raises ``StoreError``."""
    location = current().location()
    if not location.may_be_there():
        raise StoreError(
            f"there is no ledger at {location}; begin with the shipped article: "
            "forecast init --seed korybko-2024-11-11, or with an empty one: forecast init"
        )
    from ledger.domain.filters import Filters
    from ledger.services.browse import due, listing

    with current().reading() as book:
        everything, waiting = listing(book, Filters()), due(book)
        say([Paint("ledger  ", "dim"), str(location)])
        _say_counts(everything)
        if everything.counts["forecasts"]:
            say([Paint("score   ", "dim"), _headline(location)])
        _say_due(waiting)


def _say_counts(found: Listing) -> None:
    from ledger.cli.listing import counts_line

    say([Paint("holds   ", "dim"), counts_line(found)])


def _headline(location: Location) -> str:
    from ledger.cli.score_tables import headline
    from ledger.domain.filters import Filters
    from ledger.services.score import ScoreRequest, score

    asked = ScoreRequest(policy="time-average", rule="brier", by=None, filters=Filters(), resamples=1000, seed=1)
    return headline(score(location, asked, None).as_data())


def _say_due(found: Due) -> None:
    from ledger.cli.cells import deadline_cell, forecast_cell, title_cell
    from ledger.cli.tables import Column, table

    if not found.due:
        note(Paint("nothing is due; ask a question with: forecast add", "dim"))
        return
    say("", Paint(f"due ({len(found.due)})", "bold"))
    heading = (Column("#", right=True), Column("deadline"), Column("forecast"), Column("question", elastic=True))
    first = [
        (str(one.number), deadline_cell(one, found.now), forecast_cell(one.forecast), title_cell(one))
        for one in found.due[:SHOWN]
    ]
    emit(table(heading, first, columns()))
    more = len(found.due) - SHOWN
    rest = f"{more} more with: forecast due; " if more > 0 else ""
    note(Paint(f"{rest}settle one with: forecast resolve {found.due[0].number} yes", "dim"))
