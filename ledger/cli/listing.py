"""``forecast list``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ledger.cli.command import command, json_option
from ledger.cli.narrowing import filter_options
from ledger.cli.output import Paint, columns, emit, note, say_json_rows
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.domain.filters import Filters
    from ledger.services.browse import Listing


@command("list")
@filter_options
@json_option
def command_line(filters: Filters, as_of: str | None, as_json: bool) -> None:
    """List questions with their status, deadline and latest forecast.

    \b
    Examples:
      forecast list --status due --tag nato
      forecast list --since 2026-01-01 --until 2026-06-30 --json
    """
    from ledger.services.browse import listing

    with current().reading(as_of) as book:
        found = listing(book, filters)
        if as_json:
            say_json_rows("questions", (one.as_data() for one in found.questions), found.rest())
        else:
            _say_table(found)


def _say_table(found: Listing) -> None:
    from ledger.cli.cells import deadline_cell, forecast_cell, status_cell, title_cell
    from ledger.cli.tables import Column, table

    heading = (
        Column("#", right=True), Column("status"), Column("deadline"), Column("forecast"),
        Column("key", elastic=True, style="cyan"), Column("question", elastic=True),
    )  # fmt: skip
    rows = [
        (
            str(one.number), status_cell(one), deadline_cell(one, found.now), forecast_cell(one.forecast),
            one.key or "", title_cell(one),
        )
        for one in found.questions
    ]  # fmt: skip
    if rows:
        emit(table(heading, rows, columns()))
    note(Paint(counts_line(found), "dim"))


def counts_line(found: Listing) -> str:
    """How many questions and forecasts, of which status, and how many were left out."""
    counts = found.counts
    states = ", ".join(
        f"{counts[name]} {name}" for name in ("due", "open", "waiting", "resolved", "void") if counts[name]
    )
    line = f"{_counted(counts, 'question')}, {_counted(counts, 'forecast')}" + (f": {states}" if states else "")
    return line + (f"; {found.left_out} left out by the filters" if found.left_out else "")


def _counted(counts: Mapping[str, int], name: str) -> str:
    from ledger.services.wording import counted

    return counted(counts[f"{name}s"], name)
