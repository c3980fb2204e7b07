"""The reliability diagram in the terminal; its points are gone through with the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from ledger.tui.actions import bindings
from ledger.tui.cells import fit
from ledger.tui.widgets.along import Along
from ledger.tui.widgets.point_words import point_words
from ledger.tui.widgets.reliability_drawing import LEFT, LEGEND, Runs, axis_for, draw

if TYPE_CHECKING:
    from rich.style import Style

Point = Mapping[str, Any]
PARTS = ("ground", "axis", "diagonal", "chance", "bar", "point", "here", "chosen", "words", "legend")


class ReliabilityDiagram(Along, Widget, can_focus=True):
    """Points with their bars of 95 %; ``cursor`` is the one told in words."""

    BINDINGS = bindings("diagram")
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"diagram--{part}" for part in PARTS}
    DEFAULT_CSS = """
    ReliabilityDiagram { background: $background; }
    ReliabilityDiagram > .diagram--ground { color: $foreground; }
    ReliabilityDiagram > .diagram--axis { color: $quiet; }
    ReliabilityDiagram > .diagram--diagonal { color: $quiet; }
    ReliabilityDiagram > .diagram--chance { color: $track; }
    ReliabilityDiagram > .diagram--bar { color: $primary; }
    ReliabilityDiagram > .diagram--point { color: $primary; text-style: bold; }
    ReliabilityDiagram > .diagram--here { color: $accent; text-style: bold; }
    ReliabilityDiagram > .diagram--chosen { color: $accent; text-style: bold; }
    ReliabilityDiagram:focus > .diagram--chosen { color: $cursor-text; background: $cursor; text-style: bold; }
    ReliabilityDiagram > .diagram--words { color: $foreground; }
    ReliabilityDiagram > .diagram--legend { color: $quiet; }
    """

    cursor: reactive[int] = reactive(0)
    log_odds: reactive[bool] = reactive(default=False)

    class Highlighted(Message):
        """The cursor came to a point."""

        def __init__(self, place: int) -> None:
            """Keep which."""
            self.place = place
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without points."""
        super().__init__(id=id)
        self.points: Sequence[Point] = ()
        self._bars: Mapping[float, tuple[float, float]] = {}
        self._resampled = False
        self._drawn: list[Strip] | None = None

    def show(self, points: Sequence[Point], bars: Mapping[float, tuple[float, float]], *, resampled: bool) -> None:
        """Draw ``points``; ``bars`` are where chance takes calibrated forecasts, by a point's low end."""
        self.points, self._bars, self._resampled = points, bars, resampled
        self.set_reactive(ReliabilityDiagram.cursor, max(0, min(self.cursor, len(points) - 1)))
        self._again()

    def watch_cursor(self, place: int) -> None:
        """Draw again, and tell."""
        self._again()
        self.post_message(self.Highlighted(place))

    def watch_log_odds(self) -> None:
        """Draw again."""
        self._again()

    def _again(self) -> None:
        self._drawn = None
        self.refresh()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._again()

    def notify_style_update(self) -> None:
        """Draw in the new colours."""
        super().notify_style_update()
        self._again()

    def render_line(self, y: int) -> Strip:
        """Give one line of the drawing, which is made once for each state."""
        if self._drawn is None:
            self._drawn = [self._strip(runs) for runs in self._lines()]
        return self._drawn[y] if y < len(self._drawn) else Strip.blank(self.size.width, self.rich_style)

    def _lines(self) -> list[Runs]:
        width, height = self.size
        axis = axis_for(self.points, log_odds=self.log_odds)
        chance = "  ░ chance" if self._bars else ""
        head = f" ↑ happened, %   → said, %{'   (log odds)' if self.log_odds else ''}"
        words = self._words(width - 1)
        plot = draw(self.points, self._bars, axis, self.cursor, width, max(4, height - 2 - len(words)))
        below: list[Runs] = [[(line, "words")] for line in words]
        foot = fit(f" {LEGEND}{chance}", width)
        return [[(fit(head, width), "legend")], *plot, *below, [(foot, "legend")]]

    def _words(self, width: int) -> list[str]:
        if not self.points:
            return ["", ""]
        told = point_words(self.points[self.cursor], resampled=self._resampled)
        first, _, rest = told.partition(": ")
        return [fit(f" {first}:", width), fit(f" {rest}", width)]

    def _strip(self, runs: Runs) -> Strip:
        segments = [Segment(text, self._style(part)) for text, part in runs]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("ground"))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"diagram--{part}")

    @property
    def places(self) -> int:
        """How many points there are."""
        return len(self.points)

    def on_click(self, event: events.Click) -> None:
        """Go to the point nearest to the click."""
        if not self.points:
            return
        axis, wide = axis_for(self.points, log_odds=self.log_odds), max(1, self.size.width - LEFT - 2)
        at = (event.x - LEFT) / wide
        places = range(len(self.points))
        self.go_to(min(places, key=lambda one: abs(axis.place(self.points[one]["mean_forecast"]) - at)))
