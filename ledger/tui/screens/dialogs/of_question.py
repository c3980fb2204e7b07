"""The dialogs that change one question: each gives what was recorded, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.errors import InputError
from ledger.services.results import Done
from ledger.services.wording import minute_words
from ledger.services.worth_words import worth_words
from ledger.tui.cells import fit, shown
from ledger.tui.screens.dialogs.ask import Answers, AskDialog
from ledger.tui.screens.dialogs.fields import Ask

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.storage.location import Location

WHY = Ask("reason", "reason", placeholder="why; it is kept")


def silent(_: str) -> None:
    """Waiting for another writer is told by the dialog's button."""


def named(card: Card) -> str:
    """As the services take it."""
    return f"#{card.question.number}"


def titled(do: str, card: Card) -> str:
    """``Edit #12 Will it rain?``"""
    return f"{do} {named(card)} {fit(shown(card.question.title), 120).rstrip()}"


def forecasters(card: Card) -> list[tuple[str, str]]:
    """Who spoke of the question, the last one first, to choose from."""
    names = [one.forecaster for one in reversed(card.statements) if one.forecaster]
    return [(name, name) for name in dict.fromkeys(names)]


def whose(card: Card) -> list[Ask]:
    """Whose forecast is meant, where several spoke."""
    found = forecasters(card)
    return [Ask("forecaster", "forecaster", choices=found)] if len(found) > 1 else []


def withdraw_dialog(location: Location, card: Card) -> AskDialog[Done]:
    """Step back from a forecast."""

    def act(answers: Answers) -> Done:
        from ledger.services.stating import withdraw

        who, why = answers.get("forecaster"), answers["reason"].strip()
        return withdraw(location, named(card), silent, forecaster=who, reason=why or None)

    intro = "What was said stays in the record, and stops standing now."
    return AskDialog(titled("Withdraw from", card), [*whose(card), WHY], act, do="Withdraw", intro=intro)


def void_dialog(location: Location, card: Card) -> AskDialog[Done]:
    """Annul the question."""

    def act(answers: Answers) -> Done:
        from ledger.services.settling import void

        return void(location, named(card), answers["reason"], silent)

    intro = "Annulled, with its reason: no forecast of it is scored. Reopening takes it back."
    return AskDialog(titled("Void", card), [WHY], act, do="Void", intro=intro)


def reopen_dialog(location: Location, card: Card) -> AskDialog[Done]:
    """Take back what was decided."""

    def act(answers: Answers) -> Done:
        from ledger.services.settling import reopen

        return reopen(location, named(card), answers["reason"], silent)

    intro = "Takes back the outcome or the void; both stay in the record."
    return AskDialog(titled("Reopen", card), [WHY], act, do="Reopen", intro=intro)


def redact_dialog(location: Location, card: Card) -> AskDialog[Done]:
    """Drop words for good; the number is asked for, so that nobody does it by a slip."""
    number = card.question.number

    def act(answers: Answers) -> Done:
        from ledger.services.editing import redact

        if answers["confirm"].strip().removeprefix("#") != str(number):
            raise InputError(f"--confirm: type {number}, the number of the question, to drop the words")
        return redact(location, answers["what"], answers["reason"], silent)

    whole = (named(card), "the question, and all that was said of it")
    asks = [
        Ask("what", "what", choices=[whole, *_entries(card)]),
        WHY,
        Ask("confirm", "number", placeholder=f"type {number} to confirm"),
    ]
    intro = (
        "The words are dropped for good; times, classes, scores and counts stay. Copies made before "
        "(backups, exports, the disk's free space) still hold them."
    )
    return AskDialog(titled("Redact", card), asks, act, do="Drop the words", intro=intro)


def _entries(card: Card) -> Iterator[tuple[str, str]]:
    """The entries that still have words of their own, each with what it was."""
    found: dict[int, str] = {}
    if not card.question.redacted:
        found[card.entry] = "the question's title, criteria, key and tags"
    for one in card.statements:
        if one.hedge or one.reason or one.comment:
            found[one.entry] = f"{shown(one.forecaster)}: {worth_words(one.counted, short=True)}, {_day(one.made_at)}"
        found |= {change.entry: f"correction of entry {one.entry}" for change in one.corrections if change.reason}
    found |= {one.entry: f"withdrawal, {_day(one.at)}" for one in card.withdrawals if one.reason}
    found |= {one.entry: f"{one.kind}, {_day(one.recorded_at)}" for one in card.resolutions if one.evidence or one.note}
    found |= {one.entry: f"edit, {_day(one.recorded_at)}" for one in card.edits if not one.redacted}
    found |= {one.entry: f"putting off, {_day(one.recorded_at)}" for one in card.snoozes if one.reason}
    found |= {one.entry: f"day to look again, {_day(one.recorded_at)}" for one in card.look_again if one.reason}
    for entry, words in sorted(found.items()):
        yield f"entry:{entry}", f"entry {entry} – {words}"


def _day(instant: int) -> str:
    return minute_words(instant)[:10]
