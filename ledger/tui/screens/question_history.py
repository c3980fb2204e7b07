"""What was decided and changed of a question, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ledger.domain.moments import describe
from ledger.services.wording import minute_words
from ledger.tui.cells import shown, shown_lines
from ledger.tui.screens.question_lines import INDENT, REDACTED
from ledger.tui.widgets.spans import ADDED, GONE, GOOD, PLAIN, QUIET, STRONG, Line, folded, told

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.history_views import EditView, RedactionView, ResolutionView, SnoozeView
    from ledger.services.look_again_views import DayView

ENTRIES = 4
"""Lines of entries' numbers before the whole is asked for."""


def resolution_lines(card: Card, width: int) -> list[Line]:
    """What was decided, in order; what counts is said."""
    zone = card.question.zone
    return list(chain.from_iterable(_resolution(one, zone, width) for one in card.resolutions))


def _resolution(one: ResolutionView, zone: str | None, width: int) -> Iterator[Line]:
    verdict = {"void": "void", "reopen": "reopened"}.get(one.kind, shown(one.outcome, absent="?"))
    mark = (" counts", GOOD) if one.counts else (" superseded" if one.kind != "reopen" else "", QUIET)
    when = minute_words(one.recorded_at)
    yield ((f"{one.entry:>{INDENT - 2}}  {when[:10]} ", QUIET), (verdict, STRONG if one.counts else PLAIN), mark)
    if one.known_at is not None:
        yield from told(f"known at {describe(one.known_at, zone)}", width, QUIET, indent=INDENT)
    if one.supersedes is not None:
        yield from told(f"in place of entry {one.supersedes}", width, QUIET, indent=INDENT)
    words = (REDACTED if one.redacted else None, one.evidence, one.note)
    for text in words:
        if text:
            yield from told(shown_lines(text), width, indent=INDENT)


def edit_lines(card: Card, width: int) -> list[Line]:
    """Each change with what stood before and after."""
    return list(chain.from_iterable(_edit(one, width) for one in card.edits))


def _edit(edit: EditView, width: int) -> Iterator[Line]:
    why = REDACTED if edit.redacted else shown_lines(edit.reason, absent="")
    yield ((f"{edit.entry:>{INDENT - 2}}  {minute_words(edit.recorded_at)} ", QUIET),)
    yield from told(f"because: {why}", width, indent=INDENT)
    for name, (before, after) in sorted(edit.changes.items()):
        if before == after and not edit.redacted:
            continue
        for sign, part, value in (("-", GONE, before), ("+", ADDED, after)):
            yield from diff_lines(sign, part, f"{name}: {_value(value, redacted=edit.redacted)}", width)


def diff_lines(sign: str, part: str, text: str, width: int, *, indent: int = INDENT) -> Iterator[Line]:
    """Text with its sign in front of every line."""
    for line in folded(shown_lines(text), width - indent - 2):
        yield ((f"{'':{indent}}{sign} {line}", part),)


def _value(value: object, *, redacted: bool) -> str:
    if value is None:
        return REDACTED if redacted else "–"
    if isinstance(value, dict):
        return f"#{value.get('question')} = {value.get('outcome')}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def snooze_lines(card: Card, width: int) -> list[Line]:
    """How long the review was put off."""
    return list(chain.from_iterable(_snooze(one, width) for one in card.snoozes))


def _snooze(one: SnoozeView, width: int) -> Iterator[Line]:
    until = "put off no longer" if one.wakes else f"until {describe(one.until, one.zone)}"
    head = f"{one.entry:>{INDENT - 2}}  {minute_words(one.recorded_at)[:10]} "
    for at, line in enumerate(folded(until, width - len(head))):
        yield ((head if at == 0 else " " * len(head), QUIET), (line, PLAIN))
    why = REDACTED if one.redacted else shown_lines(one.reason, absent="")
    if why:
        yield from told(f"because: {why}", width, QUIET, indent=INDENT)


def day_lines(card: Card, width: int) -> list[Line]:
    """The days to look at it again, and which of them were taken back."""
    return list(chain.from_iterable(_day(one, width) for one in card.look_again))


def _day(one: DayView, width: int) -> Iterator[Line]:
    on = f"on {describe(one.at, one.zone)}" if one.at is not None else f"the day of entry {one.takes_back} taken back"
    head = f"{one.entry:>{INDENT - 2}}  {minute_words(one.recorded_at)[:10]} "
    for at, line in enumerate(folded(on, width - len(head))):
        yield ((head if at == 0 else " " * len(head), QUIET), (line, PLAIN if one.stands else QUIET))
    why = REDACTED if one.redacted else shown_lines(one.reason, absent="")
    if why:
        yield from told(f"because: {why}", width, QUIET, indent=INDENT)


def redaction_lines(card: Card, width: int) -> list[Line]:
    """Whose words were dropped, by which entry, and why."""
    return list(chain.from_iterable(_redaction(one, width) for one in card.redactions))


def _redaction(gone: RedactionView, width: int) -> Iterator[Line]:
    words = f"the words of entry {gone.redacted} were dropped: {shown_lines(gone.reason)}"
    for at, line in enumerate(folded(words, width - INDENT)):
        yield ((f"{gone.entry if at == 0 else '':>{INDENT - 2}}  ", QUIET), (line, PLAIN))


def entry_lines(card: Card, width: int, *, whole: bool) -> list[Line]:
    """The numbers of all entries that speak of the question."""
    numbers = card.entries
    kept = numbers if whole else numbers[: (ENTRIES + 2) * width // 3]  # as many as fill more than those lines
    lines = list(told(", ".join(map(str, kept)), width))
    if whole or len(lines) <= ENTRIES + 1:
        return lines
    return [*lines[:ENTRIES], (("… enter on the heading shows all", QUIET),)]
