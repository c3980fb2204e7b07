"""What can be done in the table of questions."""

from __future__ import annotations

from ledger.tui.actions.action import Action

TABLE = (
    Action("table.open", "enter,o", "Open", "Open the question: criteria, statements, outcomes, score.", "open"),
    Action("table.down", "down,j", "Down", "Go to the next question.", "down", shown=False),
    Action("table.up", "up,k", "Up", "Go to the question above.", "up", shown=False),
    Action("table.page_down", "pagedown,space", "Page down", "Go a page down.", "page_down", shown=False),
    Action("table.page_up", "pageup,minus", "Page up", "Go a page up.", "page_up", shown=False),
    Action("table.first", "home,g", "First", "Go to the first question.", "first", shown=False),
    Action("table.last", "end,G", "Last", "Go to the last question.", "last", shown=False),
)

LEDGER = (
    Action("ledger.filter", "slash,f", "Filter", 'Narrow the list: tag:x status:due by:2025-02 "free text".', "filter"),
    Action("ledger.clear", "escape", "Clear", "Take the filter off.", "clear", shown=False),
    Action("ledger.add", "a,n", "Add", "Ask a new question.", "add"),
    Action("ledger.update", "u", "Update", "State a new forecast of the chosen question.", "update"),
    Action("ledger.resolve", "r", "Resolve", "Record the outcome of the chosen question.", "resolve"),
    Action("ledger.sort", "s", "Sort", "Sort by the next column; click a heading to choose one.", "sort"),
    Action("ledger.reverse", "S", "Reverse", "Turn the order round.", "reverse", shown=False),
    Action("ledger.preview", "p", "Preview", "Show or hide the preview.", "preview", shown=False),
)  # fmt: skip
