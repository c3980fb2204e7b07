"""``forecast plot``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, complete_questions
from ledger.cli.narrowing import filter_options
from ledger.cli.progress import progress_bar
from ledger.cli.score_options import policy_option
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.domain.filters import Filters

PICTURES = ("reliability", "trend", "history")


@command("plot")
@click.argument("what", type=click.Choice(PICTURES))
@click.argument("question", required=False, shell_complete=complete_questions)
@click.option(
    "-o", "--output", metavar="PATH", type=click.Path(path_type=Path), required=True, help="A .png, .svg or .pdf file."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@policy_option
@filter_options
def command_line(
    *, what: str, question: str | None, output: Path, force: bool, policy: str, filters: Filters, as_of: str | None
) -> None:
    """Draw one picture: the reliability diagram, the score over time, or the history of a question.

    \b
    Examples:
      forecast plot reliability -o calibration.svg
      forecast plot trend --forecaster me -o trend.png
      forecast plot history russia-maximum-victory -o history.pdf
    """
    if (what == "history") != (question is not None):
        raise click.UsageError("history is of one question, and needs its number or key" if question is None
                               else f"{what} is of many questions: narrow it with filters")  # fmt: skip
    if what == "history" and filters.narrows:
        raise click.UsageError("history is of one question whole: leave the filters out")
    from ledger.services.damage import unreadable_told
    from ledger.services.reporting.plotting import plot_file

    session = current()
    with unreadable_told(), progress_bar("drawing") as progress:
        done = plot_file(
            session.location(), output, what, question=question, policy=policy, filters=filters, force=force,
            as_of=as_of, progress=progress,
        )  # fmt: skip
    session.finish(done)
