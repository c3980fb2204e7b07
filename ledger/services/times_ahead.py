"""What a half-typed time means, in words, before anything is recorded."""

from __future__ import annotations

from datetime import datetime

from ledger.domain.instants import MONTHS, from_datetime, to_datetime
from ledger.domain.moments import Moment, zone_named
from ledger.errors import InputError
from ledger.services.dates import read_deadline, read_moment
from ledger.services.wording import span

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def deadline_ahead(text: str, zone: str, now: datetime) -> str:
    """The deadline that ``text`` means in ``zone``: its day, time, zone, and how far off; raises ``InputError``."""
    moment = read_deadline(text, zone=zone, clock_now=now)
    away = moment.instant - from_datetime(now)
    far = f"in {span(away)}" if away > 0 else f"{span(away)} ago: say below when the forecast was made"
    return f"{moment_words(moment)} · {far}"


def made_ahead(text: str, zone: str, now: datetime) -> str:
    """The time that a statement is claimed for; raises ``InputError``, also for one that is still to come."""
    if text.strip().lower() == "now":
        return "now"
    moment = read_moment(text, zone=zone, clock_now=now)
    away = from_datetime(now) - moment.instant
    if away < 0:
        raise InputError(f"{moment_words(moment)} is still to come; give a time that has passed")
    return f"{moment_words(moment)} · {span(away)} ago"


def moment_words(moment: Moment) -> str:
    """``Thursday 31 December 2026, 23:59:59 in Europe/Berlin``; in UTC where no zone was named."""
    name, at = moment.zone or "UTC", to_datetime(moment.instant)
    try:
        at = at.astimezone(zone_named(name))
    except OverflowError:  # the first or last hours that can be kept
        name = "UTC"
    day = f"{_DAYS[at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at.year}"
    return f"{day}, {at.time().isoformat('seconds')} in {name}"
