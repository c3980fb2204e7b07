"""What can be done in the journal."""

from __future__ import annotations

from ledger.tui.actions.action import Action

JOURNAL = (
    Action("journal.verify", "v", "Verify", "Recompute the chain and hold the book against it.", "verify"),
    Action("journal.hold", "h", "Checkpoint", "Hold the journal against a checkpoint line kept earlier.", "hold"),
    Action("journal.copy", "c", "Copy", "Copy the checkpoint line, or else the hash of the entry.", "copy"),
    Action("journal.find", "slash,f", "Find", "Go to an entry; narrow by kind (resolve) or question (#3).", "find"),
    Action(
        "journal.back", "escape", "Back", "Stop verifying, put the verdict away, or show all entries.", "back",
        shown=False,
    ),
    Action("journal.detail", "p", "Detail", "Show or hide the entry beside the table.", "detail", shown=False),
)  # fmt: skip
