"""The score by month of the deadline, and up to each month; the arrow keys go from month to month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ledger.tui.actions import bindings
from ledger.tui.cells import fit
from ledger.tui.widgets.along import Along
from ledger.tui.widgets.form import ABSENT, Form
from ledger.tui.widgets.reliability_drawing import Runs
from ledger.tui.widgets.trend_drawing import LEFT, columns_of, draw, window

if TYPE_CHECKING:
    from rich.style import Style

    from ledger.services.trending import Month

PARTS = ("ground", "axis", "sofar", "point", "chosen", "count", "words", "legend")


class Trend(Along, Widget, can_focus=True):
    """One sign a month, sized by its n; the line is the score of all months so far."""

    BINDINGS = bindings("trend")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"trend--{part}" for part in PARTS}
    DEFAULT_CSS = """
    Trend { background: $background; }
    Trend > .trend--ground { color: $foreground; }
    Trend > .trend--axis { color: $quiet; }
    Trend > .trend--sofar { color: $accent; }
    Trend > .trend--point { color: $primary; text-style: bold; }
    Trend > .trend--chosen { color: $cursor-text; background: $cursor; text-style: bold; }
    Trend > .trend--count { color: $primary; }
    Trend > .trend--words { color: $foreground; }
    Trend > .trend--legend { color: $quiet; }
    """

    cursor: reactive[int] = reactive(0)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without months."""
        super().__init__(id=id)
        self.months: Sequence[Month] = ()
        self._form = Form.HALF

    def show(self, months: Sequence[Month], form: Form) -> None:
        """Draw ``months``; the last one is chosen where none was."""
        fresh = not self.months
        self.months, self._form = months, form
        last = max(0, len(months) - 1)
        self.set_reactive(Trend.cursor, last if fresh else min(self.cursor, last))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Give one line."""
        lines = self._lines()
        if y >= len(lines):
            return Strip.blank(self.size.width, self.rich_style)
        segments = [Segment(text, self._style(part)) for text, part in lines[y]]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("ground"))

    def _lines(self) -> list[Runs]:
        width, height = self.size
        if not self.months:
            return [[(fit(" no month has a score yet", width), "legend")]]
        head = f" Brier ({self._form.value}, lower is better) by month of the deadline"
        plot = draw(self.months, self._form, self.cursor, width, height - 4)
        words = [[(fit(f" {line}", width), "words")] for line in self._words()]
        legend = "signs: that month (· n below 5  ○ 5+  ◉ 20+  ● 100+)   dots ⠒: all up to it"
        return [[(fit(head, width), "legend")], *plot, *words, [(fit(f" {legend}", width), "legend")]]

    def _words(self) -> list[str]:
        one = self.months[self.cursor]
        month = ABSENT if one.brier is None else self._form.told(one.brier)
        so_far = ABSENT if one.so_far is None else self._form.told(one.so_far)
        return [f"{one.month}: {month}, n {one.n:,}", f"up to {one.month}: {so_far}, n {one.n_so_far:,}"]

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"trend--{part}")

    @property
    def places(self) -> int:
        """How many months there are."""
        return len(self.months)

    def on_click(self, event: events.Click) -> None:
        """Go to the month nearest to the click."""
        if self.months:
            room = max(1, self.size.width - LEFT - 1)
            columns = columns_of(self.months, room)
            at = event.x - LEFT + window(columns, self.cursor, room)
            self.go_to(min(range(len(columns)), key=lambda one: abs(columns[one] - at)))
