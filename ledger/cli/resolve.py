"""``forecast resolve``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, complete_questions, json_option
from ledger.cli.output import note, say, say_json
from ledger.cli.progress import progress_bar
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.services.batch_outcomes import Manner

REFUSED = 1


@command("resolve")
@click.argument("question", metavar="ID", required=False, shell_complete=complete_questions)
@click.argument("outcome", required=False)
@click.option("--known-at", metavar="TIME", help="Since when the outcome could be known; needed before the deadline.")
@click.option("--zone", metavar="ZONE", help="The zone that plain dates are in, such as Europe/Berlin.")
@click.option("--evidence", metavar="URL", help="Where the outcome can be read.")
@click.option("--note", "remark", metavar="TEXT", help="A note on the outcome.")
@click.option("--supersede", is_flag=True, help="Put this in the place of the resolution that is there.")
@click.option(
    "--from", "table", metavar="FILE", type=click.Path(path_type=Path),
    help="Record many: a CSV file with id or question, outcome, known_at, evidence, note.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="With --from: say what would be recorded, and write nothing.")
@click.option("--skip-unmatched", is_flag=True, help="With --from: record what can be, and leave out other lines.")
@json_option
def command_line(
    *, question: str | None, outcome: str | None, known_at: str | None, zone: str | None, evidence: str | None,
    remark: str | None, supersede: bool, table: Path | None, dry_run: bool, skip_unmatched: bool, as_json: bool,
) -> int:  # fmt: skip
    """Record what happened: yes, no, a share such as 0.3, an option, or a number.

    With --from all outcomes of a file are recorded, or where a line cannot be, none; every such line is told, and the
    same file again records nothing. Conditions are settled first, whatever the order of the lines.

    \b
    Examples:
      forecast resolve 12 no --evidence https://example.org/report
      forecast resolve front-collapses yes --known-at 2025-01-12 --zone Europe/Kyiv
      forecast resolve --from outcomes.csv --dry-run
    """
    if table is not None:
        if any(one is not None for one in (question, outcome, known_at, evidence, remark)):
            raise click.UsageError("--from takes questions, outcomes, times, evidence and notes from the file alone")
        from ledger.services.batch_outcomes import Manner

        return _from(table, Manner(zone, dry_run, supersede, skip_unmatched), as_json=as_json)
    if dry_run or skip_unmatched or as_json:
        raise click.UsageError("--dry-run, --skip-unmatched and --json go with --from")
    if question is None or outcome is None:
        raise click.UsageError(f"Missing argument '{'ID' if question is None else 'OUTCOME'}', or a file with --from.")
    from ledger.services.settling import resolve

    session = current()
    done = resolve(
        session.location(), question, outcome, note,
        known_at=known_at, zone=zone, evidence=evidence, note=remark, supersede=supersede,
    )  # fmt: skip
    session.finish(done)
    return 0


def _from(table: Path, manner: Manner, *, as_json: bool) -> int:
    from ledger.services.batch_outcomes import resolve_from

    session = current()
    with progress_bar("recording") as progress:
        report = resolve_from(session.location(), table, manner, note, progress=progress)
    session.recorded = report.written
    if as_json:
        say_json(report.as_data())
    else:
        say(*report.said())
    note(*report.notices())
    return REFUSED if report.refused else 0
