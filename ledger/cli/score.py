"""``forecast score``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.cli.command import command, json_option
from ledger.cli.narrowing import filter_options
from ledger.cli.output import emit, say_json
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.domain.filters import Filters

POLICIES = ("time-average", "last", "first", "all")
RULES = ("brier", "brier-original")
SLICES = ("tag", "forecaster", "source", "month", "horizon", "class", "term")


@command("score")
@click.option("--by", type=click.Choice(SLICES), help="A card for each value of this.")
@click.option("--policy", type=click.Choice(POLICIES), default="time-average", show_default=True, help="What counts.")
@click.option(
    "--rule", metavar="NAME", default="brier", show_default=True, help="brier, or brier-two-category (0 to 2)."
)
@click.option("--resamples", type=click.IntRange(min=1), default=1000, show_default=True, help="For the intervals.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="For the intervals.")
@filter_options
@json_option
def command_line(
    *, by: str | None, policy: str, rule: str, resamples: int, seed: int, filters: Filters, as_of: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Score the forecasts; lower is better, and beside every score stands what it leaves out.

    A policy says which statements count: time-average integrates the score over the time they stood; last and first
    take one statement of each forecaster and question; all takes each, for comparison only.

    \b
    Examples:
      forecast score --by term
      forecast score --policy last --forecaster "Andrew Korybko" --json
    """
    from ledger.services.damage import unreadable_told
    from ledger.services.score import ScoreRequest, score

    asked = ScoreRequest(policy=policy, rule=rule, by=by, filters=filters, resamples=resamples, seed=seed)
    with unreadable_told():
        data = score(current().location(), asked, as_of).as_data()
    if as_json:
        say_json(data)
        return
    from ledger.cli.score_tables import score_lines

    emit(score_lines(data))
