"""What can be done in the help."""

from __future__ import annotations

from ledger.tui.actions.action import Action

HELP = (
    Action("help.close", "escape,q,f1", "Close", "Go back.", "close"),
    Action("help.find", "slash", "Find", "Show only the lines with these words.", "find"),
    Action("help.down", "down,j", "Down", "Scroll a line down.", "down", shown=False),
    Action("help.up", "up,k", "Up", "Scroll a line up.", "up", shown=False),
    Action("help.page_down", "pagedown,space", "Page down", "Scroll a page down.", "page_down", shown=False),
    Action("help.page_up", "pageup,minus", "Page up", "Scroll a page up.", "page_up", shown=False),
    Action("help.first", "home,g", "First", "Go to the beginning.", "first", shown=False),
    Action("help.last", "end,G", "Last", "Go to the end.", "last", shown=False),
)
