"""``forecast import``."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.cli.command import command
from ledger.cli.init import seed_option
from ledger.cli.output import note, say_json
from ledger.cli.progress import progress_bar
from ledger.cli.session import current


@command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@seed_option
@click.option("--from", "origin", metavar="FORMAT", help="The file's format: csv or jsonl; else its content decides.")
@click.option("--dry-run", is_flag=True, help="Read and check all of it, say what would come in, and write nothing.")
@click.option("--supersede", is_flag=True, help="Record titles, deadlines and outcomes that differ from the ledger's.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def command_line(
    *, file: Path | None, seed: str | None, origin: str | None, dry_run: bool, supersede: bool, as_json: bool
) -> None:
    """Add forecasts from a file, or a shipped set; the same file again adds nothing.

    Files are the ledger's own CSV, plain or gzipped, and a journal as JSON Lines. All of it comes in, or nothing.

    \b
    Examples:
      forecast import forecasts.csv --dry-run
      forecast import --seed korybko-2024-11-11
    """
    if (file is None) is (seed is None):
        raise click.UsageError("name either a file or, with --seed, a shipped set")
    if seed is not None:
        _add_seed(seed, alone=not (origin or dry_run or supersede or as_json))
        return
    from ledger.services.transfer import import_file

    assert file is not None
    session = current()
    with progress_bar("importing") as progress:
        done = import_file(
            session.location(), file, origin=origin, dry_run=dry_run, supersede=supersede, tell=note, progress=progress
        )
    if as_json:
        session.recorded = not dry_run
        say_json(done.as_data())
        note(*done.notices)
    else:
        session.finish(done)


def _add_seed(seed: str, *, alone: bool) -> None:
    from ledger.services.starting import add_seed

    if not alone:
        raise click.UsageError("--seed takes no other option")
    session = current()
    session.finish(add_seed(session.location(), seed, note))
