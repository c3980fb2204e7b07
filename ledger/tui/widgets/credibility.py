"""What stands behind a score: every unit counted once, and what happened to the statements."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.widgets import Static

from ledger.services.wording import counted
from ledger.tui.widgets.point_words import percent_words
from ledger.tui.widgets.slices import length_bar

PARTS = (
    ("scored", "the outcome is recorded, and was forecast"),
    ("late", "the outcome is recorded, all said too late"),
    ("void", "annulled, or its condition failed"),
    ("open", "the deadline is ahead"),
    ("waiting", "for the outcome of its condition"),
    ("due", "the deadline has passed: press 2"),
)
BESIDE = (("late_statements", "late"), *((name, name) for name in ("withdrawn", "corrected", "redacted")))
CLASSES = {
    "proven": "an outside proof shows it was in time",
    "recorded": "this ledger's own clock saw it in time",
    "imported": "at a claimed time, nobody here saw it",
}
BAR = 12


class Credibility(Static):
    """The counts, a part a line."""

    DEFAULT_CSS = "Credibility { height: auto; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id, markup=False)

    def show(self, counts: Mapping[str, int], classes: Mapping[str, float], left_out: int) -> None:
        """Show what a score rests on."""
        told = Text(f"{counted(counts['units'], 'unit')}", style="bold", no_wrap=True, overflow="ellipsis")
        told.append(" (one forecaster on one question), each counted once\n", style="not bold")
        for name, meaning in PARTS:
            told.append_text(_line(name, counts[name], counts["units"], meaning))
        told.append(f"\n{counted(counts['statements'], 'statement')}", style="bold")
        beside = (f"{counts[name]:,} {word}" for name, word in BESIDE)
        told.append(f": {', '.join(beside)}\n", style="not bold")
        told.append_text(_classes(classes))
        if left_out:
            told.append(f"\n{counted(left_out, 'unit')} left out by the filter: escape takes it off", style="not bold")
        self.update(told)


def _line(name: str, count: int, total: int, meaning: str) -> Text:
    line = Text(style="not bold")
    line.append(f"  {name:<9}{count:>9,}  ")
    line.append(length_bar(count / total if total else 0, BAR), "not bold")
    return line.append(f"  {meaning}\n", "not bold")


def _classes(classes: Mapping[str, float]) -> Text:
    told = Text("\nWho saw the scored ones in time\n", style="bold")
    if not classes:
        return told.append("  nothing is scored yet\n", style="not bold")
    for name, share in classes.items():
        told.append(f"  {name:<9}{percent_words(share):>9}  ", "not bold")
        told.append(f"{length_bar(share, BAR)}  {CLASSES[name]}\n", "not bold")
    return told
