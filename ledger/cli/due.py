"""``forecast due``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, json_option
from ledger.cli.narrowing import filter_options
from ledger.cli.output import Paint, columns, emit, note, say, say_json
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.domain.filters import Filters
    from ledger.services.browse import Due, Snoozed
    from ledger.services.browse_views import QuestionView
    from ledger.services.look_again_views import ToLookAt


@command("due")
@click.option("--within", metavar="SPAN", help="Also what closes within a span, such as 7d, 2w or 12h.")
@filter_options
@json_option
def command_line(within: str | None, filters: Filters, as_of: str | None, as_json: bool) -> None:
    """Show what waits to be settled: questions past their deadline, and those whose condition is unsettled.

    Those that are put off with snooze are listed apart, and those to be looked at again after them.

    \b
    Examples:
      forecast due
      forecast due --within 7d --tag nato
    """
    from ledger.services.browse import due

    span = None if within is None else span_told(within)
    with current().reading(as_of) as book:
        found = due(book, filters, span)
        if as_json:
            say_json(found.as_data())
        else:
            _say_tables(found)


_UNITS = {"h": 1, "d": 24, "w": 7 * 24}


def span_told(told: str) -> int:
    """A span such as ``7d`` in µs: hours, days or weeks. Raises ``InputError``."""
    from ledger.domain.instants import HOUR
    from ledger.domain.text import quoted
    from ledger.errors import InputError

    match = re.fullmatch(r"([0-9]{1,5}) ?([hdw])", told.strip().lower())
    if match is None:
        raise InputError(f"--within {quoted(told)}: write a number and h, d or w, such as 7d")
    return int(match[1]) * _UNITS[match[2]] * HOUR


def _say_tables(found: Due) -> None:
    for heading, questions in (("Due", found.due), ("Closing", found.closing or ()), ("Waiting", found.waiting)):
        if questions:
            say(Paint(f"{heading} ({len(questions)})", "bold"))
            _say_table(questions, found.now)
            say()
    if found.snoozed:
        say(Paint(f"Put off ({len(found.snoozed)})", "bold"))
        _say_snoozed(found.snoozed)
        say()
    if found.look_again:
        say(Paint(f"To look at again ({len(found.look_again)})", "bold"))
        _say_days(found.look_again)
        say()
    if not (found.due or found.snoozed or found.closing or found.waiting or found.look_again):
        say("nothing is due, and nothing waits")
    if found.left_out:
        note(Paint(f"{found.left_out} left out by the filters", "dim"))


def _say_table(questions: Sequence[QuestionView], now: int) -> None:
    from ledger.cli.cells import deadline_cell, forecast_cell, title_cell
    from ledger.cli.tables import Column, table
    from ledger.services.worth_words import condition_words

    waits = any(one.status == "waiting" for one in questions)
    heading = [
        Column("#", right=True), Column("deadline"), Column("forecast"), Column("key", elastic=True, style="cyan"),
        Column("waits for" if waits else "question", elastic=True),
    ]  # fmt: skip
    rows = []
    for one in questions:
        last = condition_words(one.condition) if waits and one.condition is not None else title_cell(one)
        cells = (str(one.number), deadline_cell(one, now), forecast_cell(one.forecast), one.key or "", last)
        rows.append(cells)
    emit(table(heading, rows, columns()))


def _say_snoozed(snoozed: Sequence[Snoozed]) -> None:
    from ledger.cli.cells import title_cell
    from ledger.cli.tables import Column, table
    from ledger.services.wording import day_words

    heading = [
        Column("#", right=True), Column("put off until"), Column("key", elastic=True, style="cyan"),
        Column("question", elastic=True),
    ]  # fmt: skip
    rows = [
        (str(one.question.number), day_words(one.until, one.zone), one.question.key or "", title_cell(one.question))
        for one in snoozed
    ]
    emit(table(heading, rows, columns()))


def _say_days(days: Sequence[ToLookAt]) -> None:
    from ledger.cli.tables import Column, table
    from ledger.services.browse_views import REDACTED
    from ledger.services.wording import day_words

    heading = [
        Column("#", right=True), Column("since or on"), Column("key", elastic=True, style="cyan"),
        Column("question", elastic=True),
    ]  # fmt: skip
    rows = [(str(one.number), day_words(one.at, one.zone), one.key or "", one.title or REDACTED) for one in days]
    emit(table(heading, rows, columns()))
