"""What a question is, line by line: its head, what was agreed on, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ledger.domain.kinds import Status
from ledger.domain.moments import describe
from ledger.services.wording import day_words, deadline_words, percent
from ledger.services.worth_words import condition_words, worth_words
from ledger.tui.cells import fit, shown, shown_lines
from ledger.tui.widgets.columns import SIGNS
from ledger.tui.widgets.spans import BAD, DUE, GOOD, PLAIN, QUIET, STRONG, Line, field, folded, told

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.browse_views import SourceView
    from ledger.services.said_views import StatementView

CRITERIA = 4
"""Lines of criteria that are shown before the whole is asked for."""
TITLE = 4
"""Lines of a title at the head; a longer one has a section of its own."""
NAME = 40
"""Columns of a forecaster's name at the head."""
STANDING = 3
"""Forecasters named at the head."""
INDENT = 7
"""Columns in front of what belongs to an entry."""
REDACTED = "(redacted)"
STATUS_PARTS = {"due": DUE, "resolved": GOOD, "open": STRONG, "waiting": QUIET, "void": QUIET}


def head_lines(card: Card, width: int) -> list[Line]:
    """Title, status with its sign, deadline in words and as a date, and what stands."""
    asked = card.question
    number = f"#{asked.number} "
    lines: list[Line] = []
    title = list(folded(shown(asked.title), width - len(number)))
    for at, line in enumerate(title[:TITLE]):
        lines.append(((number if at == 0 else " " * len(number), QUIET), (line, STRONG)))
    if len(title) > TITLE:
        lines.append(((" " * len(number) + f"… {len(title) - TITLE} more lines: under “the whole title”", QUIET),))
    lines.append(_status(card))
    if asked.void_reason:
        lines.extend(told(f"void: {shown(asked.void_reason)}", width))
    if asked.redacted:
        why = next((one.reason for one in card.redactions if one.redacted == card.entry), None)
        words = f"the words of this question were redacted: {shown(why, absent='no reason is kept')}"
        lines.extend(told(words, width, BAD))
    lines.extend(_put_off(card, width))
    lines.extend(_standing(card, width))
    return lines


def _status(card: Card) -> Line:
    asked = card.question
    when = deadline_words(asked.deadline, asked.zone, asked.status, card.now)
    day = day_and_zone(asked.deadline, asked.zone)
    words, span = asked.status.value, "" if when in day else f" · {when}"
    if asked.status is Status.DUE:
        words, span = when, ""
    elif asked.outcome is not None:
        words = f"{words}: {shown(asked.outcome)}"
    return ((f"{SIGNS[asked.status]} {words}", STATUS_PARTS[asked.status.value]), (f"{span} · deadline {day}", PLAIN))


def day_and_zone(instant: int, zone: str | None) -> str:
    """``20 January 2026, 12:00 America/New_York``."""
    local = describe(instant, zone).partition(" (")[0]
    return local.replace(":00 in ", " ").replace(":59 in ", " ")


def _put_off(card: Card, width: int) -> Iterator[Line]:
    for one in card.snoozes:
        if one.counts:
            yield from told(f"put off until {day_and_zone(one.until, one.zone)}", width, QUIET)
    days = [day_words(one.at, one.zone) for one in card.look_again if one.stands and one.at is not None]
    if days:
        yield from told(f"to look at again on {', '.join(days)}", width, QUIET)


def _standing(card: Card, width: int) -> Iterator[Line]:
    """What each forecaster says now, or said last."""
    last = {one.forecaster: one for one in card.statements if one.until is not None}
    gone = {unit.forecaster for unit in card.units if unit.withdrawn}
    for who, one in list(last.items())[-STANDING:]:
        words = f" – {hedge_words(one)}" if one.hedge or one.term else ""
        left = ", withdrawn" if who in gone else ""
        name = fit(shown(who), NAME).rstrip()
        yield from told(f"{name}: {shown(worth_words(one.counted))}{words}{left}", width)
    if len(last) > STANDING:
        yield ((f"and {len(last) - STANDING} other forecasters", QUIET),)


def hedge_words(one: StatementView) -> str:
    """``“might well”: realistic possibility on icd-203, 40–60 %``."""
    hedge = f"“{shown(one.hedge)}”" if one.hedge else ""
    if not one.term:
        return hedge
    low, high = one.stated.low, one.stated.high
    ranged = "" if low is None or high is None else f", {percent(low).removesuffix(' %')}–{percent(high)}"
    term = f"“{shown(one.term)}” on {shown(one.scale)}{ranged}"
    return f"{hedge} read as {term}" if hedge else term


def long_title(card: Card) -> bool:
    """Whether the title may be too long for the head of a narrow screen."""
    return len(card.question.title or "") > TITLE * 60


def title_lines(card: Card, width: int) -> list[Line]:
    """The whole title."""
    return list(told(shown(card.question.title), width))


def criteria_lines(card: Card, width: int, *, whole: bool) -> list[Line]:
    """What settles the question."""
    text = card.criteria
    if text is None:
        absent = "(redacted)" if card.question.redacted else "no criteria were written; e adds them"
        return [((absent, QUIET),)]
    lines = list(told(shown_lines(text), width))
    if whole or len(lines) <= CRITERIA + 1:
        return lines
    return [*lines[:CRITERIA], ((f"… {len(lines) - CRITERIA} more lines: enter on the heading", QUIET),)]


def fact_lines(card: Card, width: int) -> list[Line]:
    """Kind, times, where it comes from, and its names."""
    asked = card.question
    how = f", {asked.deadline_from}" if asked.deadline_from else ""
    rows: list[tuple[str, str]] = [("deadline", describe(asked.deadline, asked.zone) + how)]
    if asked.opened_at is not None:
        rows.append(("opened", describe(asked.opened_at, asked.zone)))
    if asked.known_at is not None:
        rows.append(("known at", describe(asked.known_at, asked.zone)))
    rows.append(("kind", asked.kind + (f": {shown(', '.join(card.options))}" if card.options else "")))
    if asked.source is not None:
        rows.extend(_source(asked.source, asked.section))
    if asked.tags:
        rows.append(("tags", shown(", ".join(asked.tags))))
    rows.append(("key", shown(asked.key)))
    return [line for name, text in rows for line in field(name, text, width)]


def _source(source: SourceView, section: str | None) -> Iterator[tuple[str, str]]:
    words = [one for one in (source.author, source.title, source.publisher, source.published) if one]
    words += [f"section {section}"] if section else []
    places = [one for one in (source.url, source.archive) if one]
    for at, text in enumerate([", ".join(words), *places] if words else places or ["(redacted)"]):
        yield "" if at else "source", shown(text)


def link_words(card: Card) -> list[tuple[int, str]]:
    """The questions that this one hangs on, up the chain, and those that hang on it, each with its number."""
    chain = [(one.number, f"{'  ' * at}needs {shown(condition_words(one))}") for at, one in enumerate(card.chain)]
    return chain + [
        (one.number, f"needed by #{one.number} {shown(one.name)}, if {shown(one.outcome)} ({one.status})")
        for one in card.dependants
    ]  # fmt: skip
