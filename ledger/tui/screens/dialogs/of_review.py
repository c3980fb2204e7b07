"""The dialogs that say when a question is to be reviewed: not before a day, or on a day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.domain.moments import describe
from ledger.errors import InputError
from ledger.services.results import Done
from ledger.services.wording import day_words
from ledger.tui.screens.dialogs.ask import Answers, AskDialog, Told
from ledger.tui.screens.dialogs.fields import Ask
from ledger.tui.screens.dialogs.of_question import WHY, named, silent, titled
from ledger.tui.widgets.spans import told

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.storage.location import Location

OFF = "off"


def snooze_dialog(location: Location, card: Card, zone: str) -> AskDialog[Done]:
    """Put the review off."""

    def act(answers: Answers) -> Done:
        from ledger.services.snoozing import snooze

        until = answers["until"].strip()
        if not until:
            raise InputError("--until is empty: say until when, such as next monday; now ends it")
        return snooze(location, named(card), until, _why(answers), silent, zone=zone)

    asks = [Ask("until", "until", placeholder="next monday, 2027-03-01, in 3 weeks; now ends it"), WHY]
    intro = "It stays due; a review leaves it out until then."
    preview = partial(_reads, "until", zone)
    return AskDialog(titled("Put off", card), asks, act, do="Put off", intro=intro, preview=preview)


def look_again_dialog(location: Location, card: Card, zone: str) -> AskDialog[Done]:
    """Set a day to look at it again, or take the days back."""

    def act(answers: Answers) -> Done:
        from ledger.services.looking_again import forget, look_again

        on = answers["on"].strip()
        if on == OFF:
            return forget(location, named(card), None, _why(answers), silent)
        if not on:
            raise InputError("--on is empty: say on which day, such as next monday")
        return look_again(location, named(card), on, _why(answers), silent, zone=zone)

    there = [day_words(one.at, one.zone) for one in card.look_again if one.stands and one.at is not None]
    intro = "Reminders say so on that day, and nothing else changes."
    if there:
        intro += f" Set already: {', '.join(there[:6])}; {OFF} takes {'it' if len(there) == 1 else 'them'} back."
    asks = [Ask("on", "on", placeholder="next monday, 2027-03-01, in 3 weeks"), WHY]
    preview = partial(_reads, "on", zone)
    return AskDialog(titled("Look again at", card), asks, act, do="Look again", intro=intro, preview=preview)


def _why(answers: Answers) -> str | None:
    return answers["reason"].strip() or None


def _reads(name: str, zone: str, answers: Answers) -> Told:
    from ledger.services.times import read_review

    typed = answers[name].strip()
    if not typed or typed == OFF:
        return lambda width: []
    moment = read_review(typed, f"--{name}", zone)
    words = f"reads as {describe(moment.instant, moment.zone)}"
    return lambda width: list(told(words, width, "quiet"))
