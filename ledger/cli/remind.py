"""``forecast remind``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, json_option
from ledger.cli.output import Paint, note, say, say_json
from ledger.cli.session import current
from ledger.cli.timely import printed_within
from ledger.domain.instants import format_instant

if TYPE_CHECKING:
    from ledger.services.channels import Channel, Message
    from ledger.services.reminding import Delivery

FAILED = 1


@command("remind")
@click.option("--quiet", is_flag=True, help="Print nothing where nothing is due.")
@click.option("--dry-run", is_flag=True, help="Show what would be said; say and record nothing.")
@click.option("--test", is_flag=True, help="Send a test message through each channel; record nothing.")
@click.option("--log", "to_log", is_flag=True, help="Print as the channel log: no terminal shows it.")
@click.option("--channel", "only", metavar="NAME", multiple=True, help="Only this channel; may be given again.")
@json_option
def command_line(*, quiet: bool, dry_run: bool, test: bool, to_log: bool, only: tuple[str, ...], as_json: bool) -> int:
    """Say what asks for a review, once through each channel, and record that it was said.

    What was missed meanwhile comes in one message. Due questions are repeated, as rules says, until they are
    settled. Ends with 0 where all was said or there was nothing to say, with 1 where a channel failed: it is tried
    again at the next pass. With --log, as timers run it, what is printed is not taken for seen: the next remind in a
    terminal says it there.

    \b
    Examples:
      forecast remind
      forecast remind --quiet
      forecast remind --dry-run --json
    """
    from ledger.services import reminding
    from ledger.services.channels import LOG, TERMINAL

    told = _Told(LOG if to_log else TERMINAL, as_json=as_json, quiet=quiet)
    channels = _channels(only, told)
    if dry_run:
        with current().reading() as book:
            told.found.extend(reminding.preview(book, [one.name for one in channels]))
            told.following = reminding.next_moment(book, [one.name for one in channels])
        told.rehearsed()
        return 0
    passing = reminding.try_out if test else partial(reminding.remind, current().location())
    for one in passing(channels, told.failed):
        told.take(one)
        current().recorded |= one.message is not None and not test
    told.finish()
    return FAILED if told.failures else 0


def _channels(only: tuple[str, ...], told: _Told) -> Sequence[Channel]:
    from ledger.domain.text import quoted
    from ledger.domain.words import did_you_mean
    from ledger.errors import NotFoundError
    from ledger.services.channels import Terminal, configured_channels

    found = {one.name: one for one in configured_channels(os.environ, Terminal(told.show, told.printed))}
    for name in only:
        if name not in found:
            hint = did_you_mean(name, found) or f"; there are {', '.join(found)}"
            raise NotFoundError(f"--channel {quoted(name)} is not set up{hint}")
    return [one for name, one in found.items() if not only or name in only]


class _Told:
    """What is printed of one pass; the message of the channel ``printed`` as it is delivered, before it is recorded."""

    def __init__(self, printed: str, *, as_json: bool, quiet: bool) -> None:
        self.printed = printed
        self.found: list[Delivery] = []
        self.failures: list[str] = []
        self.following: int | None = None
        self._as_json, self._quiet, self._printed = as_json, quiet, False

    def failed(self, told: str) -> None:
        """Tell of a failure, or of waiting for another writer."""
        note(Paint(told, "yellow"))

    def take(self, one: Delivery) -> None:
        """Tell what became of a channel."""
        self.found.append(one)
        if one.failure is not None:
            self.failures.append(one.failure)
        elif one.message is not None and one.channel != self.printed and not self._quiet:
            note(Paint(f"{one.channel}: {one.message.title}", "dim"))

    def show(self, message: Message) -> None:
        """Print the message of the terminal, or of the log."""
        from ledger.services.channels import TIME_LIMIT

        with printed_within(TIME_LIMIT):
            if self._as_json:
                self._say_json([*(one.as_data() for one in self.found), self._as_data(message)])
            else:
                _say(message)
        self._printed = True

    def finish(self) -> None:
        """Say that there was nothing, where nobody said anything."""
        silent = not any(one.message or one.failure for one in self.found)
        if self._as_json and not self._printed and not (silent and self._quiet):
            self._say_json([one.as_data() for one in self.found])
        elif silent and not self._quiet and not self._as_json:
            say("nothing to say")

    def rehearsed(self) -> None:
        """Print what would be said."""
        if self._as_json:
            self._say_json([one.as_data() for one in self.found])
            return
        for one in self.found:
            if one.message is not None:
                note(Paint(f"through {one.channel}, nothing being recorded:", "dim"))
                _say(one.message)
        if not any(one.message for one in self.found) and not self._quiet:
            following = "" if self.following is None else f"; next at {format_instant(self.following)}"
            say(f"nothing to say{following}")

    def _as_data(self, message: Message) -> dict[str, object]:
        return {"channel": self.printed, "message": message.as_data(), "failure": None}

    def _say_json(self, channels: list[dict[str, object]]) -> None:
        following = None if self.following is None else format_instant(self.following)
        say_json({"channels": channels, "next": following})


def _say(message: Message) -> None:
    say(Paint(message.title, "bold"), *message.body)
