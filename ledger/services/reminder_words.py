"""A reminder as a message: one line for each question, the most pressing first, however long the reminder slept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from ledger.domain.instants import format_instant
from ledger.domain.reviews import Announcement, Occasion, Why
from ledger.services.browse_views import REDACTED
from ledger.services.channels import Item, Message
from ledger.services.reviewing_week import Reviewed, Week
from ledger.services.wording import counted, day_words
from ledger.storage.reading.reminding import AskingRow

MOST_LINES = 30
"""Lines of one section; what is more is counted."""
LONGEST_TITLE = 160
"""Characters of a title in a line."""

SETTLED, CLOSING = "settled", "closing"
_HEADINGS = {
    SETTLED: "Settled", Why.DUE: "Due", Why.LOOK_AGAIN: "To look at again", CLOSING: "Closing",
    Why.CONDITION: "No longer waiting", Why.STALE: "Stale",
}  # fmt: skip
_COUNTED = {
    SETTLED: "settled", Why.DUE: "due", Why.LOOK_AGAIN: "to look at again", CLOSING: "closing",
    Why.CONDITION: "no longer waiting", Why.STALE: "stale",
}  # fmt: skip


def message(
    channel: str, announcements: Sequence[Announcement], rows: Mapping[int, AskingRow], week: Week | None
) -> Message:
    """What is to be said through ``channel``; ``rows`` has the questions."""
    items = [_item(one, rows[one.question]) for one in announcements]
    if week is not None:
        items = list(_with_week(items, week))
    items.sort(key=lambda one: list(_HEADINGS).index(one.why))
    counts = {why: sum(one.why == why for one in items) for why in _HEADINGS}
    return Message(
        _title(items, counts, week), tuple(_body(items, counts)), tuple(items), _digest(channel, items, week)
    )


def trial_message() -> Message:
    """A message that shows whether a channel works."""
    line = "This is a test of your reminders: what is due will be said here."
    return Message("Forecast Ledger: a test", (line,), (), "test")


def _item(said: Announcement, row: AskingRow) -> Item:
    first = said.occasions[0]
    since = row.deadline if first.why is Why.DUE else first.at
    reasons = "; ".join(dict.fromkeys(_reason(one, row) for one in said.occasions))
    again = f" (said {counted(said.repeat, 'time')} before)" if said.repeat else ""
    line = f"{_named(row.key, row.id, row.title)} – {reasons}{again}"
    also = tuple(one.why.value for one in said.occasions[1:])
    return Item(first.why.value, row.id, row.key, row.title, since, row.zone, said.repeat, line, also)


def _reason(occasion: Occasion, row: AskingRow) -> str:
    if occasion.why is Why.DUE:
        return f"due since {day_words(row.deadline, row.zone)}"
    day = day_words(occasion.at, row.zone)
    return {
        Why.LOOK_AGAIN: f"to look at again since {day}",
        Why.CONDITION: f"its condition settled on {day}",
        Why.STALE: f"not updated since {day}",
    }[occasion.why]


def _with_week(items: list[Item], week: Week) -> Iterable[Item]:
    """What is announced, and after it what the week has that is not; each question once."""
    seen = {one.question for one in items}
    yield from items
    lists = (
        (SETTLED, week.settled, "settled"), (Why.DUE.value, week.due, "due since"),
        (Why.STALE.value, week.stale, "not updated since"), (CLOSING, week.closing, "closes on"),
    )  # fmt: skip
    for why, found, words in lists:
        for one in found:
            if one.number not in seen:
                seen.add(one.number)
                yield _weekly_item(why, one, words)


def _weekly_item(why: str, one: Reviewed, words: str) -> Item:
    day = day_words(one.at, one.zone)
    said = f"{one.outcome} since {day}" if why == SETTLED else f"{words} {day}"
    line = f"{_named(one.key, one.number, one.title)} – {said}"
    return Item(why, one.number, one.key, one.title, one.at, one.zone, 0, line, ())


def _named(key: str | None, number: int, title: str | None) -> str:
    shown = title or REDACTED
    cut = shown if len(shown) <= LONGEST_TITLE else shown[: LONGEST_TITLE - 1] + "…"
    return f"{key or f'#{number}'}: {cut}"


def _title(items: Sequence[Item], counts: Mapping[str, int], week: Week | None) -> str:
    found = [(number, _COUNTED[why]) for why, number in counts.items() if number]
    told = ", ".join(f"{number:,} {words}" for number, words in found)
    if week is not None:
        return f"Weekly review: {told or 'nothing to review'}"
    if len(found) == 1:
        return f"{counted(len(items), 'question')} {found[0][1]}"
    return f"{counted(len(items), 'question')} to review: {told}"


def _body(items: Sequence[Item], counts: Mapping[str, int]) -> Iterable[str]:
    for why, number in counts.items():
        of_section = [one.line for one in items if one.why == why]
        if of_section:
            yield f"{_HEADINGS[why]} ({number:,})"
            yield from (f"  {line}" for line in of_section[:MOST_LINES])
        if number > MOST_LINES:
            yield f"  and {number - MOST_LINES:,} more; see: forecast due"


def _digest(channel: str, items: Iterable[Item], week: Week | None) -> str:
    told = [[one.why, one.question, format_instant(one.at), one.repeat] for one in items]
    reviewed = None if week is None else format_instant(week.until)
    return sha256(json.dumps([channel, told, reviewed]).encode()).hexdigest()[:16]
