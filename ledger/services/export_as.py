"""An export in any format of the table: whoever offers them calls this one function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ledger.domain.filters import Filters
from ledger.services.progressing import Progress
from ledger.services.results import Done
from ledger.storage.location import Location


def export_as(
    location: Location, path: Path | None, *, form: str, filters: Filters, as_of: str | None, force: bool,
    tell: Callable[[str], None], progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Write the ledger to ``path``, or to standard output; whole under its final name, or not at all.

    ``form`` is a name of ``EXPORT_FORMS``. Raises ``InputError`` for another, and for filters that do not go with it.
    """
    if form == "ics":
        from ledger.services.calendar_export import export_calendar

        return export_calendar(location, path, filters=filters, as_of=as_of, force=force, progress=progress)
    if form == "fatebook":
        from ledger.services.fatebook_export import export_fatebook

        return export_fatebook(location, path, filters=filters, as_of=as_of, force=force, progress=progress)
    from ledger.services.exporting import export_file

    return export_file(
        location, path, form=form, filters=filters, as_of=as_of, force=force, tell=tell, progress=progress
    )  # fmt: skip
