"""What the review writes, in threads; each a transaction of its own, and what it did to the queue read after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.errors import AlreadySettledError, LedgerError, Settlement
from ledger.services.review_queue import Changed
from ledger.tui.screens.review_pass import Did, Step

if TYPE_CHECKING:
    from ledger.services.results import Done
    from ledger.storage.location import Location

Tell = Callable[[str], None]


@dataclass(slots=True)
class Draft:
    """What was typed on a card and is not recorded yet; it stays with the card while the program runs."""

    texts: dict[str, str] = field(default_factory=dict)
    """By the field's name."""
    outcome: str | None = None
    """An outcome that waits for the time since which it is known."""

    def of(self, name: str) -> str | None:
        """The text of a field; ``None`` where nothing is in it."""
        return self.texts.get(name, "").strip() or None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the review writes: the ledger, the zone of plain days, and who hears that another command is waited for."""

    location: Location
    zone: str | None
    tell: Tell


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and how the question and all that hang on it stand now."""

    number: int
    did: Did
    done: Done
    changed: list[Changed]


def load() -> None:
    """Load what writing needs: it takes longer than a short write does."""
    from ledger.services import settling, snoozing, undoing  # noqa: F401


def record(desk: Desk, number: int, outcome: str, draft: Draft, *, supersede: bool) -> Written:
    """Record what happened. Raises ``AlreadySettledError`` where something stands, unless ``supersede``."""
    from ledger.services.settling import resolve

    done = resolve(
        desk.location, f"#{number}", outcome, desk.tell, known_at=draft.of("known"), zone=desk.zone,
        evidence=draft.of("evidence"), note=draft.of("note"), supersede=supersede,
    )  # fmt: skip
    return _written(desk, number, Did.RECORDED, done)


def annul(desk: Desk, number: int, reason: str, *, over: bool) -> Written:
    """Void a question. Raises ``AlreadySettledError`` where something stands, unless it is an outcome and ``over``."""
    from ledger.services.settling import void

    if not over:
        _refuse_settled(desk, number)
    return _written(desk, number, Did.VOID, void(desk.location, f"#{number}", reason, desk.tell))


def _refuse_settled(desk: Desk, number: int) -> None:
    from ledger.services.browse import card
    from ledger.services.opening import opened

    with opened(desk.location) as book:
        found = card(book, f"#{number}")
    last = found.resolutions[-1] if found.resolutions else None
    if last is not None and last.kind == "outcome":
        stands = Settlement(number, last.entry, last.recorded_at, last.outcome, last.known_at, last.note)
        raise AlreadySettledError(f"{found.question.name} is already resolved (entry {last.entry})", stands)


def put_off(desk: Desk, number: int, until: str) -> Written:
    """Put the review of a question off."""
    from ledger.services.snoozing import snooze

    done = snooze(desk.location, f"#{number}", until, None, desk.tell, zone=desk.zone)
    return _written(desk, number, Did.PUT_OFF, done)


def look_again(desk: Desk, number: int, on: str) -> Written:
    """Set a day to look at a question again."""
    from ledger.services.looking_again import look_again as set_day

    done = set_day(desk.location, f"#{number}", on, None, desk.tell, zone=desk.zone)
    return _written(desk, number, Did.AGAIN, done)


def take_back(desk: Desk, step: Step) -> Written:
    """Undo one step. Raises ``RefusedError`` where something newer was said of the question."""
    from ledger.services.looking_again import unset
    from ledger.services.snoozing import wake
    from ledger.services.undoing import undo

    if step.did is Did.PUT_OFF:
        return _written(desk, step.number, step.did, wake(desk.location, f"#{step.number}", desk.tell))
    assert step.done is not None
    if step.did is Did.AGAIN:
        return _written(desk, step.number, step.did, unset(desk.location, step.done, desk.tell))
    return _written(desk, step.number, step.did, undo(desk.location, step.done, desk.tell))


def _written(desk: Desk, number: int, did: Did, done: Done) -> Written:
    return Written(number, did, done, _changed(desk, number))


def _changed(desk: Desk, number: int) -> list[Changed]:
    """What followed; the outcome is recorded already, so that a failure to read is told by the reading after it."""
    from ledger.services.opening import opened
    from ledger.services.review_queue import changed_by

    try:
        with opened(desk.location) as book:
            return changed_by(book, number)
    except LedgerError:
        return []


_OURS = (
    ("say since when the outcome is known with --known-at", "say with k since when the outcome is known"),
    ("a question is annulled with: forecast void ID --reason …", "v annuls the question"),
    ("then take the outcome back with: forecast reopen", "then take the outcome back on its page"),
    ("; to record another outcome say --supersede", ""), ("; undo that with: forecast reopen", ""),
    ("--known-at", "known since"), ("--until", "until"), ("--on", "the day"), ("--reason", "the reason"),
    ("--evidence", "evidence"), ("--note", "the note"),
)  # fmt: skip


def in_our_words(problem: LedgerError) -> str:
    """A refusal without the command line's options, which nobody sees here."""
    told = str(problem)
    for theirs, ours in _OURS:
        told = told.replace(theirs, ours)
    return told
