"""The dialogs that show a difference before it is recorded: editing a question, and correcting a statement."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ledger.domain.kinds import Kind
from ledger.domain.moments import describe
from ledger.errors import InputError
from ledger.services.results import Done
from ledger.services.worth_words import worth_words
from ledger.tui.screens.dialogs.ask import Answers, AskDialog, Told
from ledger.tui.screens.dialogs.fields import Ask
from ledger.tui.screens.dialogs.of_question import WHY, named, silent, titled, whose
from ledger.tui.screens.question_history import diff_lines
from ledger.tui.widgets.spans import ADDED, GONE, QUIET, Line

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.editing import Changes
    from ledger.services.said_views import StatementView
    from ledger.services.values import Stated
    from ledger.storage.location import Location

Diff = list[tuple[str, str]]
"""A sign and a line each."""


def edit_dialog(location: Location, card: Card) -> AskDialog[Done]:
    """Change what a question says: only what is filled in otherwise than it stands is changed."""

    def act(answers: Answers) -> Done:
        from ledger.services.editing import edit

        return edit(location, named(card), changes(card, answers), answers["reason"], silent)

    asked = card.question
    asks = [
        Ask("title", "title", asked.title or ""),
        Ask("criteria", "criteria", card.criteria or "", lines=5),
        Ask("deadline", "deadline", placeholder=f"stays {describe(asked.deadline, asked.zone)}"),
        Ask("zone", "its zone", asked.zone or "", placeholder="such as Europe/Berlin"),
        Ask("tags", "tags", "; ".join(asked.tags), placeholder="one; another"),
        Ask("if", "only if", _condition(card), placeholder="12=yes: another question and its outcome"),
        WHY,
    ]
    return AskDialog(titled("Edit", card), asks, act, do="Record the edit", preview=partial(_edited, card))


def _condition(card: Card) -> str:
    needs = card.question.condition
    return "" if needs is None else f"#{needs.number}={needs.outcome}"


def changes(card: Card, answers: Answers) -> Changes:
    """What the answers say otherwise than the question stands."""
    from ledger.services.editing import Changes

    asked = card.question

    def new(name: str, stands: str) -> str | None:
        return None if answers[name].strip() == stands.strip() else answers[name].strip()

    wanted = tuple(tag.strip() for tag in answers["tags"].split(";") if tag.strip())
    condition = new("if", _condition(card))
    return Changes(
        deadline=answers["deadline"].strip() or None, title=new("title", asked.title or ""),
        criteria=new("criteria", card.criteria or ""), tags=None if wanted == tuple(asked.tags) else wanted,
        condition="none" if condition == "" else condition, zone=answers["zone"].strip() or None,
    )  # fmt: skip


def _edited(card: Card, answers: Answers) -> Told:
    """The difference, read in a thread; the deadline as it is understood."""
    return partial(_diff, list(_edit_diff(card, changes(card, answers))))


def _edit_diff(card: Card, wanted: Changes) -> Iterator[tuple[str, str]]:
    from ledger.services.editing import difference
    from ledger.services.times import read_time

    asked = card.question
    for name, before, after in (("title", asked.title, wanted.title), ("criteria", card.criteria, wanted.criteria)):
        if after is not None:
            yield from ((line[0], f"{name}: {line[2:]}") for line in difference(before or "", after))
    if wanted.deadline is not None:
        moment = read_time(wanted.deadline, "--deadline", wanted.zone or asked.zone, ahead=True)
        yield "-", f"deadline: {describe(asked.deadline, asked.zone)}"
        yield "+", f"deadline: {describe(moment.instant, moment.zone)}"
    if wanted.tags is not None:
        yield "-", f"tags: {'; '.join(asked.tags) or 'none'}"
        yield "+", f"tags: {'; '.join(wanted.tags) or 'none'}"
    if wanted.condition is not None:
        yield "-", f"only if: {_condition(card) or 'no condition'}"
        yield "+", f"only if: {wanted.condition.replace('none', 'no condition')}"


def _diff(diff: Diff, width: int) -> list[Line]:
    if not diff:
        return [(("nothing changes yet", QUIET),)]
    parts = {"-": GONE, "+": ADDED}
    return [line for sign, text in diff for line in diff_lines(sign, parts.get(sign, QUIET), text, width, indent=0)]


PLACEHOLDERS = {
    Kind.BINARY: "70%, 0.7, 7:3",
    Kind.CHOICE: "Name=60%; Other=40%",
    Kind.ORDERED: "Name=60%; Other=40%",
    Kind.NUMERIC: "0.05=10; 0.5=12; 0.95=20",
}


def correct_dialog(location: Location, card: Card) -> AskDialog[Done]:
    """Put the last statement of a forecaster right."""

    def act(answers: Answers) -> Done:
        from ledger.services.correcting import correct

        who, meant = answers.get("forecaster"), stated(card, answers["value"])
        return correct(location, named(card), meant, answers["reason"], silent, forecaster=who)

    hint = PLACEHOLDERS[Kind(card.question.kind)]
    asks = [*whose(card), Ask("value", "meant", placeholder=hint), WHY]
    intro = "For a slip of the fingers: the last forecast is put right, and both values stay and show."
    made = partial(_corrected, card)
    return AskDialog(titled("Correct", card), asks, act, do="Correct", intro=intro, preview=made)


def stated(card: Card, text: str) -> Stated:
    """What was typed, in the form of the question's kind; raises ``InputError``."""
    from ledger.services.values import Stated

    kind = Kind(card.question.kind)
    if kind is Kind.BINARY:
        return Stated(probability=text.strip())
    pairs = tuple(_pair(part) for part in text.split(";") if part.strip())
    return Stated(quantiles=pairs) if kind is Kind.NUMERIC else Stated(options=pairs)


def _pair(told: str) -> tuple[str, str]:
    name, sign, value = told.rpartition("=")
    if not sign:
        raise InputError(f"{told.strip()!r}: write pairs such as Name=60%, with a semicolon between them")
    return name.strip(), value.strip()


def _last(card: Card, who: str | None) -> StatementView | None:
    said = [one for one in card.statements if who is None or one.forecaster == who]
    return max(said, key=lambda one: (one.made_at, one.entry), default=None)


def _corrected(card: Card, answers: Answers) -> Told:
    from ledger.services.values import read_value

    last = _last(card, answers.get("forecaster"))
    diff: Diff = [] if last is None else [("-", worth_words(last.counted))]
    if answers["value"].strip():
        read = read_value(stated(card, answers["value"]), Kind(card.question.kind), card.options)
        diff.append(("+", read.shown))
    return partial(_diff, diff)
