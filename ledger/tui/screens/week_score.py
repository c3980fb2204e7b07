"""The end of the weekly review, line by line: what the week did to the score, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.services.week_words import caution, headline, rows
from ledger.services.wording import counted, day_words
from ledger.tui.widgets.spans import PLAIN, QUIET, STRONG, Line, told

if TYPE_CHECKING:
    from ledger.services.reviewing_week import ScoreChange, Week
    from ledger.tui.screens.week_reading import Read

NAME, FIGURE = 24, 10


def change_lines(read: Read, change: ScoreChange, width: int, *, original: bool) -> list[Line]:
    """The change, its figures, what they do not say, what is left of the week, and when the next one is."""
    lines = list(told(headline(change, original=original), width, STRONG))
    lines.append((("", PLAIN),))
    since = day_words(read.week.since, read.rules.zone if read.rules.weekly is not None else None)
    lines.append(((f"{'':{NAME}}{'then':>{FIGURE}}{'now':>{FIGURE}}   then: {since}", QUIET),))
    for row in rows(change, original=original):
        figures = f"{row.before:>{FIGURE}}{row.after:>{FIGURE}}"
        lines.append(((f"{row.name:<{NAME}}", PLAIN), (figures, STRONG), (f"   {row.note}", QUIET)))
    lines.append((("", PLAIN),))
    lines.extend(told(caution(change), width, QUIET))
    lines.append((("", PLAIN),))
    lines.extend(_ending(read, width))
    return lines


def _ending(read: Read, width: int) -> Iterator[Line]:
    yield from told(left_words(read.week), width)
    if read.following is not None:
        yield from told(f"The next weekly review is due on {day_words(read.following, read.rules.zone)}.", width)
    else:
        yield from told("No weekly day is set; forecast rules --weekly mon@09:00 sets one.", width, QUIET)


def left_words(week: Week) -> str:
    """What was settled, and what of the week is not done."""
    left = [
        f"{counted(len(found), *words)} {how}"
        for found, words, how in (
            (week.due, ("question is", "questions are"), "due still"),
            (week.stale, ("forecast is", "forecasts are"), "stale"),
        )
        if found
    ]
    many = counted(len(week.settled), "question was", "questions were") if week.settled else "Nothing was"
    settled = f"{many} settled in this week"
    return f"{settled}; {', '.join(left)}." if left else f"{settled}, and nothing is left to do."
