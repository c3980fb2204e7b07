"""``forecast add``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ledger.cli.command import command
from ledger.cli.output import note
from ledger.cli.session import current
from ledger.cli.stated import stated_options

if TYPE_CHECKING:
    from ledger.services.values import Stated


@command("add")
@click.argument("title")
@click.argument("probability", required=False)
@click.option("--by", metavar="DATE", required=True, help='The deadline: 2026-12-31, RFC 3339, or "in 3 weeks".')
@click.option("--criteria", metavar="TEXT", help="What settles the question, so that a stranger could.")
@click.option("--kind", metavar="KIND", default="binary", help="binary, choice, ordered or numeric.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be repeated.")
@click.option("--source", metavar="WHERE", help="Where the forecast was published: a URL or a title.")
@click.option("--forecaster", metavar="NAME", help="Who states it; else FORECAST_FORECASTER, else me.")
@click.option("--made-at", metavar="TIME", help="When it was stated, if not now.")
@click.option("--opened-at", metavar="TIME", help="When the question opened, if not now.")
@click.option("--zone", metavar="ZONE", help="The zone that plain dates are in, such as Europe/Berlin.")
@click.option("--if", "condition", metavar="ID=yes", help="The outcome of another question that this one needs.")
@click.option("--key", metavar="KEY", help="The question's key, if not made from its title.")
@click.option("--comment", metavar="TEXT", help="A comment on the forecast.")
@stated_options(words=True, defines=True)
def command_line(
    *, title: str, by: str, criteria: str | None, kind: str, tags: tuple[str, ...], source: str | None,
    forecaster: str | None, made_at: str | None, opened_at: str | None, zone: str | None, condition: str | None,
    key: str | None, comment: str | None, names: tuple[str, ...], stated: Stated,
) -> None:  # fmt: skip
    """Ask a question and, if you like, state a first forecast of it.

    A probability is 70%, 0.7, 7:3 (odds) or 1/8. A question like one that is there is pointed out.

    \b
    Examples:
      forecast add "Will it rain in Bern on 1 May 2027?" 70% --by 2027-05-01 --zone Europe/Zurich
      forecast add "Will the bill pass?" --by "end of next month" --hedge "might well" --term likely --scale icd-203
      forecast add "Who wins?" --kind choice --option "Ann=60%" --option "Bo=40%" --by 2027-11-07
    """
    from ledger.services.adding import Asked, add

    session = current()
    asked = Asked(
        title=title, by=by, kind=kind, options=names, criteria=criteria, tags=tags, source=source,
        condition=condition, key=key, opened_at=opened_at, zone=zone, stated=stated, forecaster=forecaster,
        made_at=made_at, comment=comment,
    )  # fmt: skip
    session.finish(add(session.location(), asked, note))
