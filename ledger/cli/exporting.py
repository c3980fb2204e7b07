"""``forecast export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.cli.command import command
from ledger.cli.narrowing import filter_options
from ledger.cli.output import emit, note
from ledger.cli.progress import progress_bar
from ledger.cli.session import current
from ledger.services.export_forms import EXPORT_FORMS, EXPORT_NAMES, export_form, form_of_file

if TYPE_CHECKING:
    from ledger.domain.filters import Filters


@command("export")
@click.option(
    "--format",
    "form",
    type=click.Choice(EXPORT_NAMES),
    help="; ".join(f"{one.name}: {one.label}" for one in EXPORT_FORMS) + ".",
)
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path), help="The file; else standard output.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@filter_options
def command_line(*, form: str | None, output: Path | None, force: bool, filters: Filters, as_of: str | None) -> None:
    """Write forecasts as CSV, a workbook or Parquet, the whole journal as JSON Lines, or deadlines as a calendar.

    What was imported comes out unchanged. Without --format the name decides: .xlsx is a workbook, .parquet Parquet,
    .jsonl (or .jsonl.gz) the journal, .ics a calendar, all else CSV. A calendar that subscribes to the file sees an
    event move where its deadline does: write it again, with --force, as often as it is to be up to date.

    \b
    Examples:
      forecast export -o forecasts.csv.gz
      forecast export --format jsonl -o ledger.jsonl
      forecast export --format ics -o forecasts.ics --force
    """
    chosen = form or form_of_file("" if output is None else output.name).name
    path = None if output is None or str(output) == "-" else output
    if path is None and sys.stdout is not None and sys.stdout.isatty():
        if (known := export_form(chosen)) and known.binary:
            raise click.UsageError(f"{chosen} is no text for a terminal: name a file with -o")
        _show(chosen, filters, as_of)
    else:
        _export(path, chosen, filters, as_of, force=force)


def _export(path: Path | None, form: str, filters: Filters, as_of: str | None, *, force: bool) -> None:
    from ledger.services.export_as import export_as

    session = current()
    with progress_bar("exporting") as progress:
        done = export_as(
            session.location(), path, form=form, filters=filters, as_of=as_of, force=force, tell=note,
            progress=progress,
        )  # fmt: skip
    session.finish(done)


def _show(form: str, filters: Filters, as_of: str | None) -> None:
    """On a terminal the bytes of an export could act; there it is shown, made harmless like all else."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        copy = Path(folder) / "export"
        _export(copy, form, filters, as_of, force=False)
        with copy.open(encoding="utf-8", newline="\n") as lines:
            emit(line.rstrip("\r\n") for line in lines)
