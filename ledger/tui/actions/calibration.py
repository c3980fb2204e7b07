"""What can be done on the calibration screen."""

from __future__ import annotations

from ledger.tui.actions.action import Action


def _section(key: str, name: str, title: str, meaning: str) -> Action:
    return Action(f"calibration.{name}", key, title, meaning, f"section('{name}')", shown=False)


CALIBRATION = (
    _section("d", "diagram", "Diagram", "See the reliability diagram and the card."),
    _section("t", "trend", "Trend", "See the score by month of the deadline, and up to each month."),
    _section("r", "record", "Record", "See what stands behind the score: every unit, counted once."),
    _section("s", "slices", "Slices", "See the score by tag, forecaster, source, horizon, class, month or term."),
    _section("w", "words", "Words", "See what words such as “likely” turned out to mean."),
    _section("c", "compare", "Compare", "Set two forecasters against each other."),
    _section("o", "others", "Other kinds", "See the scores of choice, ordered and numeric questions."),
    Action("calibration.next", "right_square_bracket", "Next part", "Go to the next part.", "step(1)", shown=False),
    Action("calibration.back", "left_square_bracket", "Part before", "Go a part back.", "step(-1)", shown=False),
    Action("calibration.filter", "slash,f", "Filter", "Narrow what is scored, as on the ledger.", "filter"),
    Action("calibration.clear", "escape", "Clear", "Take the filter off.", "clear", shown=False),
    Action("calibration.policy", "p", "Policy", "Which statements count: time-average, last, first, all.", "policy"),
    Action("calibration.form", "x", "0–1/0–2", "Show the Brier score from 0 to 1, or in its original form.", "form"),
)

DIAGRAM = (
    Action("diagram.on", "right,down,j", "Next point", "Go to the next point.", "go_on", shown=False),
    Action("diagram.before", "left,up,k", "Point before", "Go to the point before.", "go_back", shown=False),
    Action("diagram.first", "home,g", "First point", "Go to the lowest point.", "first", shown=False),
    Action("diagram.last", "end,G", "Last point", "Go to the highest point.", "last", shown=False),
    Action("diagram.log_odds", "l", "Log odds", "Give the tails room: an axis of log odds.", "screen.log_odds"),
    Action("diagram.bins", "b", "Bins", "Bins of equal width, of equal mass, or every exact value.", "screen.bins"),
)

CARD = (
    Action("card.explain", "enter", "Explain", "What the figure means, its formula, why there is none.", "explain"),
    Action("card.down", "down,j", "Down", "Go to the next figure.", "down", shown=False),
    Action("card.up", "up,k", "Up", "Go to the figure above.", "up", shown=False),
    Action("card.first", "home,g", "First", "Go to the first figure.", "first", shown=False),
    Action("card.last", "end,G", "Last", "Go to the last figure.", "last", shown=False),
)

EXPLANATION = (Action("explanation.close", "escape,enter,q", "Close", "Back to the card.", "close"),)

TREND = (
    Action("trend.on", "right,down,j", "Next month", "Go to the next month.", "go_on", shown=False),
    Action("trend.before", "left,up,k", "Month before", "Go to the month before.", "go_back", shown=False),
    Action("trend.first", "home,g", "First month", "Go to the first month.", "first", shown=False),
    Action("trend.last", "end,G", "Last month", "Go to the last month.", "last", shown=False),
)

SORTED = (
    Action("sorted.down", "down,j", "Down", "Go to the next row.", "down", shown=False),
    Action("sorted.up", "up,k", "Up", "Go to the row above.", "up", shown=False),
    Action("sorted.page_down", "pagedown,space", "Page down", "Go a page down.", "page_down", shown=False),
    Action("sorted.page_up", "pageup,minus", "Page up", "Go a page up.", "page_up", shown=False),
    Action("sorted.first", "home,g", "First", "Go to the first row.", "first", shown=False),
    Action("sorted.last", "end,G", "Last", "Go to the last row.", "last", shown=False),
    Action("sorted.sort", "z", "Sort", "Sort by the next column; click a heading to choose one.", "sort"),
    Action("sorted.reverse", "Z", "Reverse", "Turn the order round.", "reverse", shown=False),
)

SLICES = (
    Action("slices.by", "b", "By", "Slice by tag, forecaster, source, horizon, class, month, term.", "screen.by(1)"),
    Action("slices.by_back", "B", "By, back", "Slice by the one before.", "screen.by(-1)", shown=False),
)
