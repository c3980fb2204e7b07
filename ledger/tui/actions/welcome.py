"""What can be done where there is no ledger yet."""

from __future__ import annotations

from ledger.tui.actions.action import Action

WELCOME = (
    Action("welcome.start", "enter", "Start", "Do what is chosen; at first: begin with the shipped article.", "start"),
    Action("welcome.empty", "e", "Empty", "Begin with an empty ledger.", "empty"),
    Action("welcome.import", "i", "Import", "Begin with a file: the ledger's own CSV, or a journal.", "import"),
    Action(
        "welcome.back", "escape", "Back", "Call off what is under way, or come back from the file.", "back", shown=False
    ),
    Action("welcome.leave", "q", "Leave", "Leave; nothing is made.", "leave"),
    Action("welcome.help", "f1,question_mark", "Help", "What this is, and its keys.", "app.help_here"),
    Action("welcome.theme", "f2", "Light/dark", "Change between light and dark.", "app.next_theme", shown=False),
)
