"""What the review says of its own: what is asked, what stands already, what came of a key, how the pass went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.domain.kinds import Kind, Status
from ledger.services.wording import counted, day_words, minute_words
from ledger.tui.cells import fit, shown
from ledger.tui.screens.review_pass import Did
from ledger.tui.widgets.outcome_field import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.errors import Settlement
    from ledger.services.browse_card import Card
    from ledger.services.results import Done
    from ledger.services.review_queue import Changed
    from ledger.tui.screens.review_pass import Pass

Keys = list[tuple[str, str, str]]


def asked(card: Card) -> tuple[str, Keys]:
    """What is asked of a question, and the keys that answer."""
    kind = Kind(card.question.kind)
    if kind.has_options:
        letters = "A" if len(card.options) == 1 else f"A–{LETTERS[: len(card.options)][-1]}"
        return "What happened?", [(letters, "or ↑ ↓ ⏎ record it", ""), ("/", "type it", "review.type")]
    if kind is Kind.NUMERIC:
        return "What was the number?", [("0–9", "type it", "review.type")]
    answers = [("y", "yes", "review.yes"), ("n", "no", "review.no"), ("%", "a share", "review.type")]
    return "Did it happen?", answers


def standing(card: Card) -> str | None:
    """What stands of the question, if anything does."""
    question = card.question
    if question.status is Status.WAITING and question.condition is not None:
        return f"It waits for #{question.condition.number}: settle that one first"
    if question.status is Status.RESOLVED:
        last = card.resolutions[-1]
        return f"✓ recorded: {shown(question.outcome)} (entry {last.entry}, {minute_words(last.recorded_at)})"
    if question.status is Status.VOID:
        return f"∅ void: {shown(question.void_reason, absent='(redacted)')}"
    for one in card.snoozes:
        if one.counts:
            return f"Put off until {day_words(one.until, one.zone)}"
    return None


def conflict(stands: Settlement, yours: str) -> str:
    """What somebody else recorded, when, and what can be done."""
    what = "void" if stands.outcome is None else shown(stands.outcome)
    known = f", known since {minute_words(stands.known_at)}" if stands.known_at is not None else ""
    note = f"; “{fit(shown(stands.note), 60).rstrip()}”" if stands.note else ""
    return (
        f"Settled already: {what}, recorded {minute_words(stands.recorded_at)} (entry {stands.entry}){known}{note}\n"
        f"You say: {shown(yours)}"
    )


def followed(changed: Sequence[Changed], *, taken_back: bool) -> str | None:
    """What became of the questions that hang on the one that was settled."""
    rest = changed[1:]
    if not rest:
        return None
    if taken_back:
        return f"as before with it: {_numbers([one.number for one in rest])}"
    fallen = [one.number for one in rest if one.status is Status.VOID]
    ready = [one.number for one in rest if one.waiting is not None and one.waiting.after is None]
    told = [f"{counted(len(fallen), 'question')} fell with it: {_numbers(fallen)}"] if fallen else []
    told += [f"now to be settled: {_numbers(ready)}"] if ready else []
    return " · ".join(told) or None


_TOLD_ELSEWHERE = re.compile(r"known at: |.*\(#\d+\) is now ", re.DOTALL)
"""Readings that were echoed while they were typed, and dependants, which have a line of their own."""


def noticed(done: Done) -> list[str]:
    """What else a recording command noticed, such as statements that are late now."""
    return [one for one in done.notices if not _TOLD_ELSEWHERE.match(one)]


def _numbers(numbers: Sequence[int]) -> str:
    listed = ", ".join(f"#{number}" for number in numbers[:6])
    return listed + (f" and {len(numbers) - 6:,} more" if len(numbers) > 6 else "")


def void_hint(card: Card) -> str | None:
    """What falls with a question that is annulled."""
    waits = [one.number for one in card.dependants if one.status in (Status.WAITING, Status.DUE, Status.OPEN)]
    return f"enter annuls it, and what hangs on it: {_numbers(waits)}; escape leaves it" if waits else None


def tally(turn: Pass) -> str:
    """``3 recorded · 1 put off``."""
    counts = turn.counts()
    return " · ".join(f"{counts[did]:,} {did}" for did in Did if counts[did])


def progress_words(turn: Pass) -> str:
    """What stands at the right of the progress."""
    held = f"{turn.held:,} waiting" if turn.held else ""
    order = f"by {turn.order}" if turn.begun else ""
    return " · ".join(part for part in (tally(turn), held, order) if part)


def summary(turn: Pass, score: str | None, following: str) -> str:
    """What is said after the last card, or where there is none."""
    if not turn.begun:
        return f"Nothing is due.\n\n{following}"
    lines = [f"That was all: {tally(turn) or 'nothing recorded'}."]
    skipped = turn.counts()[Did.SKIPPED]
    if skipped:
        lines.append(f"b goes back to the {counted(skipped, 'one')} skipped.".replace("the 1 one", "the one"))
    if turn.held:
        lines.append(f"{counted(turn.held, 'question waits', 'questions wait')} for a condition that was not settled.")
    if len(turn.ahead) > turn.held:
        lines.append(f"{counted(len(turn.ahead) - turn.held, 'more is', 'more are')} due by now: s goes on.")
    return "\n".join([*lines, *([f"\n{score}"] if score else []), "", following])
