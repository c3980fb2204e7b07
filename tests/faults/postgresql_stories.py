"""What the stories on a server begin with, and how what came of them is read."""

from __future__ import annotations

import json
import time

from ledger.domain.instants import parse_rfc3339, to_datetime
from ledger.services.adding import Asked, add
from ledger.services.review_ruling import Changes, set_rules
from ledger.storage.access import reading
from ledger.storage.location import Location, locate

DAY = "2026-12-31T00:00:00Z"
"""The clock of these stories."""


def silent(_: str) -> None:
    """Tell nobody."""


def said(location: Location) -> list[str]:
    """The reasons of all statements, in the order of the journal."""
    with reading(location.place) as driver:
        return [reason for (reason,) in driver.all("SELECT reason FROM forecast_text ORDER BY entry")]


def asked(url: str, days: int) -> Location:
    """Three questions for each day, due at six in the morning, all asked at once."""
    location = locate(url)
    for day in range(days):
        for one in range(3):
            at = to_datetime(parse_rfc3339("2027-01-01T06:00:00Z")).timestamp() + 86400 * day
            due = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
            add(location, Asked(f"Is it {day}, {one}?", due, key=f"d{day}n{one}"), silent)
    set_rules(location, Changes(stale="off", repeat="3,9", zone="UTC"), silent)
    return location


def recorded(location: Location, channel: str) -> list[list[tuple[str, int]]]:
    """What the journal says was announced through a channel, message by message."""
    with reading(location.place) as driver:
        rows = driver.all("SELECT facts FROM entry WHERE kind = 'announced' ORDER BY seq")
    facts = [json.loads(told) for (told,) in rows]
    return [[(why, number) for why, number, _ in one["said"]] for one in facts if one["channel"] == channel]
