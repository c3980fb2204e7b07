"""What was said and decided of a question, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ledger.domain.moments import describe
from ledger.services.said_views import WithdrawalView
from ledger.services.wording import minute_words, percent
from ledger.services.worth_words import worth_words
from ledger.tui.cells import fit, shown, shown_lines
from ledger.tui.screens.question_lines import hedge_words
from ledger.tui.widgets.spans import (
    ADDED,
    BAD,
    GONE,
    GOOD,
    PLAIN,
    QUIET,
    STRONG,
    STRUCK,
    Line,
    folded,
    told,
)

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.history_views import EditView, RedactionView, ResolutionView, SnoozeView
    from ledger.services.said_views import CorrectionView, StatementView, UnitView

MOST = 20
"""Statements that are listed before the whole is asked for: the last ones."""
ENTRIES = 4
"""Lines of entries' numbers before the whole is asked for."""
UNITS = 6
"""Forecasters whose coverage is told before the whole is asked for."""
INDENT = 7
ROOMY = 90
REDACTED = "(redacted)"


def statement_lines(card: Card, width: int, *, whole: bool) -> list[Line]:
    """Every statement and withdrawal in the order of time; the last ones where there are many."""
    events: list[tuple[int, int, StatementView | WithdrawalView]] = [
        *((one.made_at, one.entry, one) for one in card.statements),
        *((one.at, one.entry, one) for one in card.withdrawals),
    ]
    events.sort(key=lambda one: one[:2])
    kept = events if whole or len(events) <= MOST + 5 else events[-MOST:]
    lines: list[Line] = [_heading(width)]
    if len(kept) < len(events):
        lines.append(((f"{'':{INDENT}}… {len(events) - len(kept):,} earlier: enter on the heading shows all", QUIET),))
    for _, _, one in kept:
        lines.extend(_withdrawn(one, width) if isinstance(one, WithdrawalView) else _said(one, width))
    units = card.units if whole or len(card.units) <= UNITS else ()
    return [*lines, *chain.from_iterable(_unit(one, width) for one in units)]


def _unit(unit: UnitView, width: int) -> Iterator[Line]:
    late = f", {unit.late} late" if unit.late else ""
    gone = ", withdrawn" if unit.withdrawn else ""
    covered = f"coverage {percent(round(unit.coverage, 4))}"
    yield from told(f"{shown(unit.forecaster)}: {unit.statements} stated{late}{gone}, {covered}", width, QUIET)


def _widths(width: int) -> tuple[int, int, int]:
    """The columns for the time, the forecaster and the value."""
    when = 17 if width >= ROOMY else 10
    rest = width - INDENT - when - 8 - 7 - 4
    who = max(6, min(22, rest // 2))
    return when, who, max(6, rest - who)


def _cells(width: int, cells: tuple[str, str, str, str, str, str]) -> str:
    when, who, value = _widths(width)
    entry, at, name, worth, timing, weight = cells
    parts = (fit(at, when), fit(name, who), fit(worth, value), fit(timing, 8), fit(weight, 7, right=True))
    return f"{entry:>{INDENT - 2}}  {' '.join(parts)}"


def _when(instant: int, width: int) -> str:
    return minute_words(instant)[: None if width >= ROOMY else 10]


def _heading(width: int) -> Line:
    return ((_cells(width, ("entry", "when", "forecaster", "forecast", "class", "weight")), QUIET),)


def _said(one: StatementView, width: int) -> Iterator[Line]:
    late = one.timing == "late"
    weight = "–" if late else percent(round(one.weight, 3))
    when = _when(one.made_at, width)
    worth = shown(worth_words(one.counted, short=width < ROOMY))
    cells = (str(one.entry), when, shown(one.forecaster), worth, one.timing, weight)
    yield ((_cells(width, cells), BAD if late else PLAIN),)
    yield from chain.from_iterable(_correction(one, change, width) for change in one.corrections)
    if one.redacted:
        yield ((" " * INDENT + "the words of it were redacted", QUIET),)
    typed = f"typed {shown(one.typed)}" if one.typed and set(one.typed) & set(":/") else ""
    for words in (typed, hedge_words(one), shown_lines(one.reason, absent=""), shown_lines(one.comment, absent="")):
        if words:
            yield from told(words, width, QUIET, indent=INDENT)


def _correction(one: StatementView, change: CorrectionView, width: int) -> Iterator[Line]:
    """What stood before is struck; the word says so too."""
    at = one.corrections.index(change)
    before = one.stated if at == 0 else one.corrections[at - 1].worth
    old, new = (shown(worth_words(worth, short=True)) for worth in (before, change.worth))
    head = f"{change.entry:>{INDENT - 2}}  corrected {minute_words(change.recorded_at)[:10]}: "
    yield ((head, QUIET), (old, STRUCK), (f" → {new}", STRONG))
    if not change.counts:
        yield from told("after the close, so the first value is scored", width, QUIET, indent=INDENT)
    why = REDACTED if change.redacted else shown_lines(change.reason, absent="")
    yield from told(f"because: {why}", width, QUIET, indent=INDENT)


def _withdrawn(left: WithdrawalView, width: int) -> Iterator[Line]:
    when, who, _ = _widths(width)
    at = fit(_when(left.at, width), when)
    yield ((f"{left.entry:>{INDENT - 2}}  {at} {fit(shown(left.forecaster), who)} ", PLAIN), ("withdrew", STRONG))
    why = REDACTED if left.redacted else shown_lines(left.reason, absent="")
    if why:
        yield from told(f"because: {why}", width, QUIET, indent=INDENT)


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
