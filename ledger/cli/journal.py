"""``forecast journal``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, json_option
from ledger.cli.narrowing import as_of_option
from ledger.cli.output import Line, Paint, emit, json_text, note, say_json_rows
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.services.browse_journal import JournalView


@command("journal")
@click.option("--after", metavar="ENTRY", type=click.IntRange(min=0), default=0, help="Only entries after this one.")
@click.option("--limit", metavar="COUNT", type=click.IntRange(min=1), help="At most so many entries.")
@as_of_option
@json_option
def command_line(after: int, limit: int | None, as_of: str | None, as_json: bool) -> None:
    """Show the entries of the journal: every fact once, in the order it was recorded.

    \b
    Examples:
      forecast journal --after 41
      forecast journal --limit 10 --json
    """
    from ledger.services.browse import entries
    from ledger.services.browse_journal import head_of

    with current().reading(as_of) as book:
        found = entries(book, after=after, limit=limit)
        head = head_of(book)
        if as_json:
            say_json_rows("entries", (one.as_data() for one in found), {"head": head, "size": book.last_entry})
            return
        for one in found:
            emit(_lines(one))
        note(Paint(f"{book.last_entry} entries, head {head or '–'}", "dim"))


def _lines(entry: JournalView) -> list[Line]:
    from ledger.domain.instants import format_instant
    from ledger.services.browse_views import REDACTED

    time = format_instant(entry.recorded_at)
    lines: list[Line] = [
        [Paint(f"{entry.seq:>6}", "bold"), f"  {time}  ", Paint(f"{entry.kind:<12}", "cyan"), json_text(entry.facts)]
    ]
    if entry.redacted:
        lines.append(Paint(f"        {REDACTED}", "dim"))
    elif entry.text is not None:
        lines.append(Paint(f"        {json_text(entry.text)}", "dim"))
    return lines
