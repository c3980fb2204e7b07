"""What can be done everywhere."""

from __future__ import annotations

from ledger.tui.actions.action import Action


def _place(key: str, name: str, title: str, meaning: str) -> Action:
    return Action(f"everywhere.{name}", key, title, meaning, f"go('{name}')", shown=False)


EVERYWHERE = (
    _place("1", "ledger", "Ledger", "Go to the questions."),
    _place("2", "review", "Review", "Record what happened, one due question at a time."),
    _place("3", "calibration", "Calibration", "See the score and what it is made of."),
    _place("4", "journal", "Journal", "Read the entries as they came, and verify them."),
    _place("5", "exchange", "Exchange", "Import and export."),
    _place("6", "settings", "Settings", "Theme, zone, scale, policy, forecaster."),
    Action("everywhere.week", "W", "Weekly review", "Go through the week: settled, due, closing, stale, the score.",
           "week", shown=False),
    Action("everywhere.help", "f1,question_mark", "Help", "What this screen is for, and its keys.", "help_here"),
    Action("everywhere.palette", "ctrl+p,colon", "Palette", "Find any action by its name.", "command_palette"),
    Action("everywhere.refresh", "f5", "Reload", "Read the ledger again.", "reload", shown=False),
    Action("everywhere.theme", "f2", "Light/dark", "Change between light and dark.", "next_theme", shown=False),
    Action("everywhere.quit", "ctrl+q", "Quit", "Leave; everything is kept.", "quit", priority=True),
)  # fmt: skip
