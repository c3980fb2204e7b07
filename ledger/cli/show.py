"""``forecast show``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ledger.cli.command import command, identity, json_option
from ledger.cli.narrowing import as_of_option
from ledger.cli.output import emit, say_json
from ledger.cli.score_options import policy_option, rule_option
from ledger.cli.session import current

if TYPE_CHECKING:
    from ledger.services.opening import Book


@command("show")
@identity
@click.option("--why", is_flag=True, help="Add the score of a settled question, split by statement.")
@policy_option
@rule_option
@as_of_option
@json_option
def command_line(question: str, why: bool, policy: str, rule: str, as_of: str | None, as_json: bool) -> None:
    """Show everything about one question: what was asked, said, changed and decided, with the entries.

    With --why, what each update won or lost, what standing pat would have scored, and what the base rate would have.

    \b
    Examples:
      forecast show 12
      forecast show russia-maximum-victory --json
      forecast show russia-maximum-victory --why --policy last
    """
    from ledger.services.browse import card

    with current().reading(as_of) as book:
        found = card(book, question)
        data = _explained(book, question, policy, rule) if why else None
    if as_json:
        say_json(found.as_data() | ({} if data is None else {"why": data}))
        return
    from ledger.cli.card import card_lines

    emit(card_lines(found))
    if data is not None:
        from ledger.cli.why_tables import why_lines

        emit(["", *why_lines(data)])


def _explained(book: Book, question: str, policy: str, rule: str) -> dict[str, Any]:
    from ledger.services.score import explanation

    return explanation(book, question, policy, rule)
