"""``forecast report``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, complete_questions
from ledger.cli.narrowing import filter_options
from ledger.cli.output import emit
from ledger.cli.progress import progress_bar
from ledger.cli.score_options import policy_option
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.domain.filters import Filters
    from ledger.services.reporting.asking import ReportRequest

FORMS = ("html", "md", "csv", "xlsx", "json", "parquet")


@command("report")
@click.option("--format", "form", type=click.Choice(FORMS), help="Else what PATH ends in, else html.")
@click.option("-o", "--output", metavar="PATH", type=click.Path(path_type=Path), help="The file; - is standard output.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--compare", nargs=2, metavar="A B", help="Two forecasters against each other.")
@click.option(
    "--question", metavar="ID", shell_complete=complete_questions, help="One question with its whole history."
)
@policy_option
@filter_options
def command_line(
    *, form: str | None, output: Path | None, force: bool, compare: tuple[str, str] | None, question: str | None,
    policy: str, filters: Filters, as_of: str | None,
) -> None:  # fmt: skip
    """Write an accuracy report that a sceptic can read and check: one page that needs nothing else.

    The same as Markdown, and its figures as CSV, XLSX, JSON and Parquet: CSV and Parquet are one table, a row for each
    forecaster and question. Without -o a terminal gets a file in this folder, anything else standard output. The same
    ledger, --as-of and filters give the same bytes.

    \b
    Examples:
      forecast report -o report.html
      forecast report --tag europe --since 2025-01-01 -o europe.xlsx
      forecast report --compare "Andrew Korybko" me
      forecast report --question russia-maximum-victory -o one.md
    """
    from ledger.services.reporting.asking import ReportRequest
    from ledger.services.reporting.writing import form_of

    request = ReportRequest(policy=policy, filters=filters, compare=compare, question=question)
    request.check()
    streamed = output is not None and str(output) == "-"
    chosen = form_of(None if streamed else output, form)
    terminal = sys.stdout is not None and sys.stdout.isatty()
    if streamed and terminal:
        _show(chosen, request, as_of)
        return
    path = None if streamed else output or (_named(chosen, request) if terminal else None)
    _write(path, chosen, request, as_of, force=force)


def _named(form: str, request: ReportRequest) -> Path:
    """A file in this folder; nothing that anybody wrote is part of its name."""
    what = "-question" if request.question is not None else "-compare" if request.compare is not None else ""
    return Path(f"forecast-report{what}.{form}")


def _write(path: Path | None, form: str, request: ReportRequest, as_of: str | None, *, force: bool) -> None:
    from ledger.services.damage import unreadable_told
    from ledger.services.reporting.writing import report_file

    session = current()
    with unreadable_told(), progress_bar("reporting") as progress:
        done = report_file(session.location(), path, form, request, force=force, as_of=as_of, progress=progress)
    session.finish(done)


def _show(form: str, request: ReportRequest, as_of: str | None) -> None:
    """On a terminal the bytes of a report could act; there it is shown, made harmless like all else."""
    from tempfile import TemporaryDirectory

    from ledger.services.reporting.writing import BINARY

    if form in BINARY:
        raise click.UsageError(f"{form} is not for a terminal: name a file with -o")
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "report"
        _write(copy, form, request, as_of, force=False)
        with copy.open(encoding="utf-8", newline="\n") as lines:
            emit(line.rstrip("\r\n") for line in lines)
