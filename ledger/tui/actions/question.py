"""What can be done with one question."""

from __future__ import annotations

from ledger.tui.actions.action import Action

QUESTION = (
    Action("question.back", "escape,backspace", "Back", "Go back to where you came from.", "back"),
    Action("question.update", "u", "Update", "State a new forecast.", "update"),
    Action("question.resolve", "r", "Resolve", "Record what happened.", "resolve"),
    Action("question.edit", "e", "Edit", "Change what the question says, with a reason; both stay.", "edit"),
    Action("question.correct", "c", "Correct", "Put a mistyped forecast right; both values stay.", "correct"),
    Action("question.snooze", "s", "Snooze", "Put the review off until a day.", "snooze"),
    Action("question.again", "a", "Again", "Set a day to look at it again: reminders say so then.", "again"),
    Action("question.withdraw", "w", "Withdraw", "Step back from a forecast: it stops standing now.", "withdraw"),
    Action("question.void", "v", "Void", "Annul the question, with a reason; nothing of it is scored.", "void"),
    Action("question.reopen", "o", "Reopen", "Take back the outcome or the void; both stay.", "reopen"),
    Action("question.redact", "D", "Redact", "Drop words for good: of the question, or of one entry.", "redact"),
    Action("question.next", "n,right,l", "Next", "Show the question with the next number.", "next", shown=False),
    Action("question.previous", "p,left,h", "Previous", "Show the one before.", "previous", shown=False),
    Action("question.copy_key", "y", "Copy key", "Copy the question's key.", "copy_key", shown=False),
    Action("question.copy_number", "Y", "Copy number", "Copy its number, as #12.", "copy_number", shown=False),
    Action("question.section", "tab", "Section", "Go to the next section; shift+tab goes back.", "app.focus_next"),
    Action("question.down", "down,j", "Down", "Scroll down.", "scroll_by(1)", shown=False),
    Action("question.up", "up,k", "Up", "Scroll up.", "scroll_by(-1)", shown=False),
    Action("question.page_down", "pagedown,space", "Page down", "Scroll a page down.", "page(1)", shown=False),
    Action("question.page_up", "pageup,minus", "Page up", "Scroll a page up.", "page(-1)", shown=False),
    Action("question.first", "home,g", "Top", "Scroll to the top.", "top", shown=False),
    Action("question.last", "end,G", "End", "Scroll to the end.", "bottom", shown=False),
)  # fmt: skip

SECTION = (Action("section.fold", "enter", "Fold", "Show the whole of the section, or fold it away.", "fold"),)

LINKS = (
    Action("links.open", "enter", "Open", "Open the question.", "select"),
    Action("links.down", "down,j", "Down", "Go to the next one.", "cursor_down", shown=False),
    Action("links.up", "up,k", "Up", "Go to the one above.", "cursor_up", shown=False),
)

DIALOG = (Action("dialog.cancel", "escape", "Cancel", "Close the dialog; nothing is recorded.", "cancel"),)
