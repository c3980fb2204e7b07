"""The parts of the weekly review: what each lists, under which headings, and what is to be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.domain.kinds import Status
from ledger.services.wording import day_words, span
from ledger.tui.cells import shown
from ledger.tui.widgets.columns import SIGNS
from ledger.tui.widgets.sections import Section
from ledger.tui.widgets.sorted_table import Heading

if TYPE_CHECKING:
    from ledger.services.reviewing_week import Reviewed, Week
    from ledger.tui.screens.week_reading import Read

When = Callable[["Reviewed", int], str]
SCORE = "score"


@dataclass(frozen=True, slots=True)
class Part:
    """A list of the week."""

    name: str
    key: str
    title: str
    heading: str
    """What stands over the column that tells why a question is in the list."""
    width: int
    why: When
    nothing: str
    """What stands there where the list is empty."""
    do: str
    """What is to be done with it."""


def _outcome(one: Reviewed, _: int) -> str:
    is_void = one.outcome == "void"
    return f"{SIGNS[Status.VOID if is_void else Status.RESOLVED]} {shown(one.outcome)}"


PARTS = (
    Part(
        "settled", "s", "Settled", "outcome", 18, _outcome, "nothing was settled in this week",
        "Is each of them right? Enter opens one; its page takes an outcome back or puts another in its place.",
    ),
    Part(
        "due", "d", "Due", "due for", 18, lambda one, now: span(now - one.at),
        "nothing is due", "r records what happened, card by card, and comes back here.",
    ),
    Part(
        "closing", "c", "Closing", "closes in", 18, lambda one, now: span(one.at - now),
        "nothing closes before the next weekly review", "The last chance to say more of them: u states a new forecast.",
    ),
    Part(
        "stale", "t", "Stale", "not updated for", 18, lambda one, now: span(now - one.at),
        "no forecast is stale", "Does each of them still hold? u states a new one, w puts the question off.",
    ),
)  # fmt: skip
NAMES = (*(part.name for part in PARTS), SCORE)


def rows_of(week: Week, name: str) -> list[Reviewed]:
    """What a part lists."""
    found: list[Reviewed] = getattr(week, name)
    return found


def sections(week: Week | None) -> list[Section]:
    """The parts with how many questions each has, and the score."""
    told = [Section(one.name, one.key, f"{one.title} {_many(week, one.name)}".rstrip()) for one in PARTS]
    return [*told, Section(SCORE, "e", "Score")]


def _many(week: Week | None, name: str) -> str:
    return "" if week is None else f"{len(rows_of(week, name)):,}"


def headings(part: Part, now: int) -> Sequence[Heading]:
    """The columns of a part."""
    return (
        Heading("#", 6, lambda one, _: str(one.number), lambda one: one.number, right=True),
        Heading(part.heading, part.width, lambda one, _: part.why(one, now), lambda one: one.at),
        Heading("question", 0, lambda one, _: shown(one.title), lambda one: (one.title or "").casefold()),
        Heading("day", 17, lambda one, _: day_words(one.at, one.zone), needs=100),
    )


def week_words(read: Read, zone: str) -> str:
    """Since when, and until when what closes is listed: ``16 November 2026 – 30 November 2026``."""
    own = read.rules.zone if read.rules.weekly is not None else zone
    return f"{day_words(read.week.since, own)} – {day_words(read.week.until, own)}"
