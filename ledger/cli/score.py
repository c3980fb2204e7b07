"""``forecast score``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.cli.command import command, json_option
from ledger.cli.narrowing import filter_options
from ledger.cli.output import emit, say_json
from ledger.cli.score_options import measure_options, policy_option
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.domain.filters import Filters

SLICES = ("tag", "forecaster", "source", "month", "horizon", "class", "term")


@command("score")
@click.option("--by", type=click.Choice(SLICES), help="A card for each value of this.")
@policy_option
@measure_options
@click.option("--compare", nargs=2, metavar="A B", help="Two forecasters, on the questions that both have.")
@click.option("--words", is_flag=True, help="What each term turned out to mean, and what the record advises.")
@click.option("--why", metavar="ID", help="The score of one question, split by statement.")
@click.option("--resamples", type=click.IntRange(min=1), default=1000, show_default=True, help="For the intervals.")
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="For the intervals.")
@filter_options
@json_option
def command_line(*, filters: Filters, as_of: str | None, as_json: bool, why: str | None, **asked: Any) -> None:
    """Score the forecasts; lower is better, and beside every score stands what it leaves out.

    A policy says which statements count: time-average integrates the score over the time they stood; last and first
    take one statement of each forecaster and question; all takes each, for comparison only.

    \b
    Examples:
      forecast score --by term
      forecast score --rule log --reference crowd-median
      forecast score --decomposition bins --bins mass:10
      forecast score --compare "Andrew Korybko" me --policy last --json
      forecast score --words
      forecast score --why russia-maximum-victory
    """
    if why is not None:
        _explain(why, asked["policy"], asked["rule"], filters, as_of, as_json=as_json)
        return
    from ledger.services.damage import unreadable_told
    from ledger.services.score import ScoreRequest, score

    request = ScoreRequest(filters=filters, group_extras=as_json, **asked)
    with unreadable_told():
        data = score(current().location(), request, as_of).as_data()
    if as_json:
        say_json(data)
        return
    from ledger.cli.score_tables import score_lines

    emit(score_lines(data, bins=request.bins is not None))


def _explain(told: str, policy: str, rule: str, filters: Filters, as_of: str | None, *, as_json: bool) -> None:
    from ledger.services.score import explanation

    with current().reading(as_of) as book:
        data = explanation(book, told, policy, rule, filters.forecasters)
    if as_json:
        say_json(data)
        return
    from ledger.cli.why_tables import why_lines

    emit(why_lines(data))
