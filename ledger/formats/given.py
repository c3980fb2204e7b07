"""What the person who imports says of a file that does not say it itself."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.domain.instants import Instant
from ledger.formats.mapping import Columns


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in where a file is silent; every use of it is told in the report."""

    now: Instant
    """What the ledger's own clock says: nothing is stated or known later."""
    forecaster: str | None = None
    """Who made the statements that name nobody."""
    made_at: Instant | None = None
    """When the statements were made that have no time: a claim, like every imported time."""
    deadline: Instant | None = None
    """The deadline of questions that have none."""
    zone: str = "UTC"
    """The IANA zone of times and days that name none."""
    zone_said: bool = False
    """Whether somebody named ``zone``; else it is an assumption."""
    mapping: Columns | None = None
    """Which columns of a table are what, as far as somebody said it."""
