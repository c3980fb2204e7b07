"""The later part of a card: withdrawals, resolutions, edits, redactions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ledger.cli.output import Line, Paint
from ledger.cli.tables import wrapped
from ledger.domain.instants import format_instant
from ledger.domain.moments import describe
from ledger.services.browse_views import REDACTED

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.history_views import EditView, RedactionView, ResolutionView, SnoozeView
    from ledger.services.look_again_views import DayView
    from ledger.services.said_views import WithdrawalView


def history_lines(card: Card, width: int | None) -> Iterator[Line]:
    """What happened to the question, each kind under its heading."""
    told: tuple[tuple[str, Iterable[Line]], ...] = (
        ("withdrawals", map(_withdrawal, card.withdrawals)),
        ("resolutions", map(_resolution, card.resolutions)),
        ("edits", chain.from_iterable(_edit(edit, width) for edit in card.edits)),
        ("put off", map(_snooze, card.snoozes)),
        ("to look at again", map(_look_again, card.look_again)),
        ("redactions", map(_redaction, card.redactions)),
    )
    for heading, lines in told:
        for at, line in enumerate(lines):
            if at == 0:
                yield from ("", Paint(heading, "bold"))
            yield line


def _withdrawal(left: WithdrawalView) -> Line:
    why = f": {left.reason}" if left.reason else ""
    return f"{left.entry:>6}  {left.forecaster or REDACTED} withdrew at {format_instant(left.at)}{why}"


def _redaction(gone: RedactionView) -> Line:
    return f"{gone.entry:>6}  the words of entry {gone.redacted} were dropped: {gone.reason or REDACTED}"


def _resolution(one: ResolutionView) -> Line:
    verdict = {"void": "void", "reopen": "reopened"}.get(one.kind, one.outcome or "?")
    told = [
        f"known at {format_instant(one.known_at)}" if one.known_at is not None else "",
        f"in place of entry {one.supersedes}" if one.supersedes is not None else "",
        REDACTED if one.redacted else "", one.evidence or "", one.note or "",
    ]  # fmt: skip
    rest = "; ".join(word for word in told if word)
    mark = Paint("counts", "green") if one.counts else Paint("does not count", "dim")
    when = format_instant(one.recorded_at)
    return [f"{one.entry:>6}  ", Paint(verdict, "bold"), f"  recorded {when}  ", mark, f"  {rest}" if rest else ""]


def _snooze(one: SnoozeView) -> Line:
    until = "put off no longer" if one.wakes else f"until {describe(one.until, one.zone)}"
    why = REDACTED if one.redacted else one.reason or ""
    mark = [Paint("  in force", "green")] if one.counts else []
    when = format_instant(one.recorded_at)
    return [f"{one.entry:>6}  ", Paint(until, "bold"), f"  recorded {when}", *mark, f"  {why}" if why else ""]


def _look_again(one: DayView) -> Line:
    day = f"the day of entry {one.takes_back} taken back" if one.at is None else describe(one.at, one.zone)
    why = REDACTED if one.redacted else one.reason or ""
    mark = [Paint("  stands", "green")] if one.stands else []
    when = format_instant(one.recorded_at)
    return [f"{one.entry:>6}  ", Paint(day, "bold"), f"  recorded {when}", *mark, f"  {why}" if why else ""]


def _edit(edit: EditView, width: int | None) -> Iterator[Line]:
    reason = REDACTED if edit.redacted else edit.reason or ""
    yield f"{edit.entry:>6}  {format_instant(edit.recorded_at)}  {', '.join(sorted(edit.changes))}: {reason}"
    for name, (before, after) in sorted(edit.changes.items()):
        if before == after and not edit.redacted:
            continue
        for sign, style, value in (("-", "red", before), ("+", "green", after)):
            for line in wrapped(_value(value, redacted=edit.redacted), width):
                yield [" " * 8, Paint(f"{sign} {name}: {line}", style)]


def _value(value: object, *, redacted: bool) -> str:
    if value is None:
        return REDACTED if redacted else "–"
    if isinstance(value, dict):
        return f"#{value.get('question')} = {value.get('outcome')}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
