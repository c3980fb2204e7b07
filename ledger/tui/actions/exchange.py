"""What can be done where ledgers are brought in and put out, and in a field for a path."""

from __future__ import annotations

from ledger.tui.actions.action import Action

EXCHANGE = (
    Action("exchange.import", "i", "Import", "Bring a file in.", "turn('import')"),
    Action("exchange.export", "e", "Export", "Put the ledger out into a file.", "turn('export')"),
    Action("exchange.back", "escape", "Back", "Call off what is under way, or leave the field.", "back", shown=False),
)

PATH = (
    Action("path.take", "tab", "Complete", "Take the name that is offered; with none, go to the next field.", "take"),
    Action("path.next", "down", "Next name", "Go to the next name that is offered.", "next", shown=False),
    Action("path.previous", "up", "Name before", "Go to the name before.", "previous", shown=False),
    Action("path.close", "escape", "Close", "Offer no names any more.", "close", shown=False),
)
