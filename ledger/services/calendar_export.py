"""``export --format ics``: deadlines and reviews as a calendar that another program subscribes to.

Each question has an event at its deadline, one for each day that was set to look at it again, and one at the end of the
time for which its review was put off. The weekly review is one event that recurs. What asks by itself, a forecast grown
stale or a reminder repeated, is no date that anybody set, and has none.

An event keeps its id in every export of a ledger and of its copies; a change of it gives it a higher number. What is
settled, taken back or no longer put off is cancelled, so that a calendar that has it drops it. The same record gives
the same bytes.
"""

from __future__ import annotations

import stat
from pathlib import Path

from ledger.domain.filters import Filters
from ledger.formats.atomic import atomic_output
from ledger.formats.calendar_file import write_calendar
from ledger.services.calendar_events import calendar_events
from ledger.services.damage import unreadable_told
from ledger.services.opening import opened
from ledger.services.progressing import Pace, Progress
from ledger.services.results import Done
from ledger.services.wording import counted
from ledger.storage.cancelling import heeding
from ledger.storage.location import Location


def export_calendar(
    location: Location, path: Path | None, *, filters: Filters, as_of: str | None, force: bool,
    progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Write the calendar to ``path``, or to standard output; whole under its final name, or not at all.

    A file that is replaced keeps its mode. ``progress`` hears of the events written; what it raises ends the export,
    and leaves the file as it was.
    """
    pace = Pace(progress)
    with (
        unreadable_told(),
        opened(location, as_of) as book,
        heeding(book.driver, pace.beat),
        atomic_output(path, force=force, mode=_mode(path)) as stream,
    ):
        events = list(calendar_events(book, filters))
        pace.begin(len(events))
        write_calendar(events, stream, pace.reach)
    said = counted(len(events), "event")
    return Done([], [f"{said} written to {path}" if path else f"{said} written"])


def _mode(path: Path | None) -> int:
    """Whoever lets others read a file that a calendar subscribes to need not do so after each export."""
    try:
        found = 0 if path is None else path.lstat().st_mode
    except OSError:
        found = 0
    return stat.S_IMODE(found) if stat.S_ISREG(found) else 0o600
