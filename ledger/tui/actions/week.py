"""What can be done in the weekly review."""

from __future__ import annotations

from ledger.tui.actions.action import Action


def _part(key: str, name: str, title: str, meaning: str) -> Action:
    return Action(f"week.{name}", key, title, meaning, f"part('{name}')", shown=False)


WEEK = (
    Action("week.on", "n,right,l,right_square_bracket", "Next part", "Go to the next part of the week.", "step(1)"),
    Action("week.before", "p,left,h,b,left_square_bracket", "Part before", "Go a part back.", "step(-1)", shown=False),
    Action("week.open", "enter,o", "Open", "Open the chosen question.", "open"),
    Action("week.record", "r", "Record", "Record what happened: the due ones, the chosen one first.", "record"),
    Action("week.update", "u", "Update", "State a new forecast of the chosen question.", "update"),
    Action("week.snooze", "w", "Put off", "Ask for the chosen question again later.", "snooze"),
    Action("week.again", "a", "Again", "Set a day to look at the chosen question again.", "again"),
    Action("week.compute", "x", "Work out", "Work out the score as it was, which takes its time.", "compute"),
    _part("s", "settled", "Settled", "See what was settled in the week."),
    _part("d", "due", "Due", "See what waits for an outcome."),
    _part("c", "closing", "Closing", "See what closes before the next weekly review."),
    _part("t", "stale", "Stale", "See what was not updated for long."),
    _part("e", "score", "Score", "See what the week did to the score."),
    Action("week.back", "escape,backspace", "Back", "Leave; everything is kept, and it goes on here.", "back"),
)
