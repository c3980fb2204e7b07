"""What the person who imports says of a file that does not say it, as it was typed."""

from __future__ import annotations

from dataclasses import dataclass

from ledger import clock
from ledger.domain.instants import Instant, format_instant, from_datetime
from ledger.domain.moments import zone_named
from ledger.domain.words import needed_input
from ledger.errors import InputError
from ledger.formats.account import LONGEST_FORECASTER
from ledger.formats.given import Given
from ledger.formats.mapping import Columns
from ledger.formats.told_times import read_time


@dataclass(frozen=True, slots=True)
class Typed:
    """The options of ``import``, raw; None where they were not given."""

    forecaster: str | None = None
    made_at: str | None = None
    deadline: str | None = None
    zone: str | None = None
    mapping: Columns | None = None


def given_of(typed: Typed) -> Given:
    """What the options say; :class:`InputError`, naming the option, for what cannot be read."""
    now, zone = from_datetime(clock.now()), zone_named(typed.zone or "UTC").key
    made_at = _time("--made-at", typed.made_at, zone, end=False)
    if made_at is not None and made_at > now:
        raise InputError(f"--made-at: {format_instant(made_at)} is in the future; it was stated before it is imported")
    forecaster = typed.forecaster
    if forecaster is not None:
        hint = "name who made the forecasts"
        forecaster = needed_input(forecaster, "--forecaster", hint, limit=LONGEST_FORECASTER)
    deadline = _time("--deadline", typed.deadline, zone, end=True)
    return Given(now, forecaster, made_at, deadline, zone, typed.zone is not None, typed.mapping)


def _time(option: str, typed: str | None, zone: str, *, end: bool) -> Instant | None:
    if typed is None:
        return None
    try:
        return read_time(typed, zone, end=end).instant
    except InputError as error:
        raise InputError(f"{option}: {error}") from None
