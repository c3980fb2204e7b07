"""``forecast resolve``."""

from __future__ import annotations

import click

from ledger.cli.command import command, identity
from ledger.cli.output import note
from ledger.cli.session import current


@command("resolve")
@identity
@click.argument("outcome")
@click.option("--known-at", metavar="TIME", help="Since when the outcome could be known; needed before the deadline.")
@click.option("--zone", metavar="ZONE", help="The zone that plain dates are in, such as Europe/Berlin.")
@click.option("--evidence", metavar="URL", help="Where the outcome can be read.")
@click.option("--note", "remark", metavar="TEXT", help="A note on the outcome.")
@click.option("--supersede", is_flag=True, help="Put this in the place of the resolution that is there.")
def command_line(
    *, question: str, outcome: str, known_at: str | None, zone: str | None, evidence: str | None,
    remark: str | None, supersede: bool,
) -> None:  # fmt: skip
    """Record what happened: yes, no, a share such as 0.3, an option, or a number.

    \b
    Examples:
      forecast resolve 12 no --evidence https://example.org/report
      forecast resolve front-collapses yes --known-at 2025-01-12 --zone Europe/Kyiv
    """
    from ledger.services.settling import resolve

    session = current()
    done = resolve(
        session.location(), question, outcome, note,
        known_at=known_at, zone=zone, evidence=evidence, note=remark, supersede=supersede,
    )  # fmt: skip
    session.finish(done)
