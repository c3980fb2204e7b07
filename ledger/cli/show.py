"""``forecast show``."""

from __future__ import annotations

from ledger.cli.command import command, identity, json_option
from ledger.cli.narrowing import as_of_option
from ledger.cli.output import emit, say_json
from ledger.cli.session import current


@command("show")
@identity
@as_of_option
@json_option
def command_line(question: str, as_of: str | None, as_json: bool) -> None:
    """Show everything about one question: what was asked, said, changed and decided, with the entries.

    \b
    Examples:
      forecast show 12
      forecast show front-collapses --json
    """
    from ledger.services.browse import card

    with current().reading(as_of) as book:
        found = card(book, question)
        if as_json:
            say_json(found.as_data())
            return
        from ledger.cli.card import card_lines

        emit(card_lines(found))
