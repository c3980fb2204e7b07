"""The later part of a card: withdrawals, resolutions, edits, redactions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.cli.output import Line, Paint
from ledger.cli.tables import wrapped
from ledger.domain.instants import format_instant
from ledger.services.browse_views import REDACTED

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.history_views import EditView, ResolutionView


def history_lines(card: Card, width: int | None) -> Iterator[Line]:
    """What happened to the question, each kind under its heading."""
    if card.withdrawals:
        yield from ("", Paint("withdrawals", "bold"))
    for left in card.withdrawals:
        why = f": {left.reason}" if left.reason else ""
        yield f"{left.entry:>6}  {left.forecaster or REDACTED} withdrew at {format_instant(left.at)}{why}"
    if card.resolutions:
        yield from ("", Paint("resolutions", "bold"))
    for settled in card.resolutions:
        yield _resolution(settled)
    if card.edits:
        yield from ("", Paint("edits", "bold"))
    for edit in card.edits:
        yield from _edit(edit, width)
    if card.redactions:
        yield from ("", Paint("redactions", "bold"))
    for gone in card.redactions:
        yield f"{gone.entry:>6}  the words of entry {gone.redacted} were dropped: {gone.reason or REDACTED}"


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
