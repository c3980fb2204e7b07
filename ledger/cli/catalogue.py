"""The commands: where each one lives and what it is for. Help is written from here, so that it loads none of them."""

from __future__ import annotations

SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Begin": {
        "init": ("init", "Make a new ledger, empty or with a shipped set of forecasts."),
    },
    "Record": {
        "add": ("add", "Ask a question and, if you like, state a first forecast of it."),
        "update": ("update", "State a new forecast; the last one stays in the record."),
        "withdraw": ("withdraw", "Step back from a question; what was said stays."),
        "correct": ("correct", "Put a mistyped forecast right; both values stay."),
        "resolve": ("resolve", "Record what happened."),
        "void": ("void", "Annul a question, with a reason."),
        "reopen": ("reopen", "Take back a resolution or a void."),
        "snooze": ("snooze", "Put the review of a due question off; it stays due."),
        "again": ("again", "Set a day to look at a question again."),
        "edit": ("edit", "Change a question in the open, with a reason."),
        "redact": ("redact", "Drop words that must go; times, scores and counts stay."),
    },
    "Read": {
        "list": ("listing", "List questions."),
        "show": ("show", "Show everything about one question."),
        "due": ("due", "Show what waits to be settled."),
        "score": ("score", "Score the forecasts."),
        "journal": ("journal", "Show the entries of the journal."),
        "report": ("report", "Write an accuracy report: a page to show, or its figures as tables."),
        "plot": ("plot", "Draw one picture: reliability, trend or history."),
    },
    "Remind": {
        "remind": ("remind", "Say what asks for a review, once, and record that it was said."),
        "rules": ("rules", "Show or change the rules of review."),
        "schedule": ("schedule", "Let this computer's own timer run the reminder."),
        "watch": ("watch", "Stay and say what asks for a review, when it does."),
    },
    "Exchange": {
        "import": ("importing", "Add forecasts from a file, or a shipped set."),
        "export": ("exporting", "Write forecasts as CSV, or the journal as JSON Lines."),
    },
    "Maintain": {
        "verify": ("verify", "Check the journal's chain, and the book against it."),
        "rebuild": ("rebuild", "Tell the book anew from the journal."),
        "doctor": ("doctor", "Look over the ledger, its file and its settings."),
        "completion": ("completion", "Print or install completion for your shell."),
    },
}

COMMANDS: dict[str, tuple[str, str]] = {
    name: entry for commands in SECTIONS.values() for name, entry in commands.items()
}
