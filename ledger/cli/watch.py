"""``forecast watch``."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from ledger.cli.command import command
from ledger.cli.ending import Ended, Ending, leave_at_once
from ledger.cli.output import Paint, note, say
from ledger.cli.session import current
from ledger.cli.timely import printed_within

if TYPE_CHECKING:
    from ledger.services.channels import Channel, Message
    from ledger.services.reminding import Delivery
    from ledger.services.schedules.plan import Plan
    from ledger.services.standing_watch import Watch

FAILED = 1


@command("watch")
@click.option("--at", metavar="TIME", multiple=True, help="Wait for this time of day, such as 09:00; again for more.")
@click.option("--weekly", metavar="DAY", multiple=True, help="Wait for this weekday, such as mon; again for more.")
@click.option("--zone", metavar="ZONE", help="The zone of the times, such as Europe/Berlin; else yours.")
@click.option("--once", is_flag=True, help="End after the first pass, with 1 where it failed.")
def command_line(at: tuple[str, ...], weekly: tuple[str, ...], zone: str | None, once: bool) -> int:
    """Stay in the foreground and say what asks for a review: when it does, or at the times that are named.

    For a container or tmux; elsewhere see schedule. What was missed is said at the start, what others record is
    noticed within a minute, and a channel that fails is tried again at growing intervals. Ends with 0 on ctrl+c and
    SIGTERM, within a second.

    \b
    Examples:
      forecast watch
      forecast watch --at 09:00 --zone Europe/Berlin
      forecast watch --weekly mon --at 08:30
    """
    ending = Ending()
    ending.listen()
    try:
        fine = _watch(ending, _plan(at, weekly, zone), once=once)
    except Ended:
        fine = True
    ending.over()
    if ending.asked is not None:
        _tell(f"stopped ({ending.asked})", "dim")
        leave_at_once()
    return 0 if fine else FAILED


def _watch(ending: Ending, plan: Plan | None, *, once: bool) -> bool:
    from ledger.services.standing_watch import Watch

    def took(one: Delivery) -> None:
        if one.message is not None and one.channel != "terminal":
            _tell(f"{one.channel}: {one.message.title}", "dim")

    def steady() -> int:
        return time.monotonic_ns() // 1000

    where = current().location()
    watch = Watch(where, plan, _channels, took, lambda told: _tell(told, "yellow"), steady, ending.sleep)
    _begin(watch)
    return watch.run(once=once)


def _begin(watch: Watch) -> None:
    """Say that it watches, and when there is something to say next; a ledger that is not there ends it here."""
    from ledger.domain.instants import format_instant

    following, plan = watch.following(), f", {watch.plan}" if watch.plan else ""
    told = "nothing to say as things stand" if following is None else f"next at {format_instant(following)}"
    _tell(f"watching {watch.location}{plan}: {told}", "dim")


def _plan(at: tuple[str, ...], weekly: tuple[str, ...], zone: str | None) -> Plan | None:
    from ledger.errors import InputError
    from ledger.services.dates import default_zone
    from ledger.services.schedules.plan import read_plan

    if not at and not weekly:
        if zone:
            raise InputError("--zone is of the times that --at and --weekly name: name one, or leave it out")
        return None
    return read_plan(at, weekly, zone or default_zone().name)


def _channels() -> Sequence[Channel]:
    from ledger.services.channels import Terminal, configured_channels

    return configured_channels(os.environ, Terminal(_show))


def _show(message: Message) -> None:
    from ledger.services.channels import TIME_LIMIT

    with printed_within(TIME_LIMIT):
        say(Paint(message.title, "bold"), *message.body)


def _tell(told: str, style: str) -> None:
    with suppress(OSError):
        note(Paint(told, style))
