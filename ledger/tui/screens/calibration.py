"""Calibration: the reliability diagram and the card, and behind other keys the trend, the record, slices, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import ContentSwitcher, Input, Static

from ledger.domain.policies import Policy
from ledger.tui.actions import bindings
from ledger.tui.screens.calibration_figures import CalibrationFigures
from ledger.tui.screens.calibration_reading import BINS
from ledger.tui.widgets.comparison import Comparison
from ledger.tui.widgets.credibility import Credibility
from ledger.tui.widgets.explanation import Explanation
from ledger.tui.widgets.form import form_of
from ledger.tui.widgets.other_kinds import OtherKinds
from ledger.tui.widgets.query_input import QueryInput
from ledger.tui.widgets.reliability_diagram import ReliabilityDiagram
from ledger.tui.widgets.score_card import ScoreCard
from ledger.tui.widgets.sections import Section, Sections
from ledger.tui.widgets.slices import SlicesTable
from ledger.tui.widgets.sorted_table import SortedTable
from ledger.tui.widgets.trend import Trend

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

PARTS = (
    Section("diagram", "d", "Diagram"), Section("trend", "t", "Trend"), Section("record", "r", "Record"),
    Section("slices", "s", "Slices"), Section("words", "w", "Words"), Section("compare", "c", "Compare"),
    Section("others", "o", "Other kinds"),
)  # fmt: skip


class CalibrationScreen(CalibrationFigures):
    """The score and what it is made of."""

    PLACE = "calibration"
    HELP_TEXT = (
        "How good the forecasts were. The diagram sets what was said (along the foot) against how often it happened: "
        "on the dotted diagonal said and happened agree, a point below it was said too often. The bar through a point "
        "is its 95 % interval, its sign tells its n, ░ is where chance alone takes calibrated forecasts. With log odds "
        "0 and 100 lie at the ends of the axes. Enter on a figure of the card explains it; tab goes from the diagram "
        "to the card and to the list. Every Brier score says its form, 0–1 or 0–2; lower is better."
    )
    BINDINGS = bindings("calibration")
    CSS_PATH = "calibration.tcss"

    def __init__(self) -> None:
        """Begin as the settings say, with everything."""
        super().__init__()
        self._settings: tuple[str, str] | None = None

    def body(self) -> ComposeResult:
        """The filter, the parts' names, the score in a line, the part in front."""
        yield QueryInput(id="query")
        yield Sections(PARTS, id="sections")
        yield Static("reading …", id="headline", markup=False)
        with ContentSwitcher(initial="diagram", id="parts"):
            with Horizontal(id="diagram"):
                yield ReliabilityDiagram(id="plot")
                with Vertical(id="beside"):
                    yield ScoreCard(id="card")
                    yield SortedTable(id="points", gap=1)
                yield Static(id="nothing", markup=False)
            yield Trend(id="trend")
            with VerticalScroll(id="record"):
                yield Credibility(id="credibility")
            with Vertical(id="slices"):
                yield SlicesTable(id="slices-table")
                yield Static(id="slice-words", markup=False)
            with Vertical(id="words"):
                yield SortedTable(id="terms")
                yield Static(id="term-words", markup=False)
                with VerticalScroll(id="advised", can_focus=False):
                    yield Static(id="advice", markup=False)
            yield Comparison(id="compare")
            with VerticalScroll(id="others"):
                yield OtherKinds(id="kinds")
        yield Static(id="foot", markup=False)

    def on_mount(self) -> None:
        """Put the focus where the keys work."""
        super().on_mount()
        self._focus_part()

    def _focus_part(self) -> None:
        """Give the keys to what is in the part in front."""
        targets = {"diagram": "#plot", "slices": "#slices-table", "words": "#terms", "compare": "#first"}
        self.set_focus(self.query_one(targets.get(self.part, f"#{self.part}")))

    def on_screen_resume(self) -> None:
        """Take up what was changed in the settings meanwhile, then what was recorded."""
        told = self.program.settings
        if (told.policy, told.form) != self._settings:
            self._settings = (told.policy, told.form)
            self.policy, self.form, self.stale = Policy(told.policy), form_of(told.form), True
        super().on_screen_resume()

    def on_reliability_diagram_highlighted(self, message: ReliabilityDiagram.Highlighted) -> None:
        """The list follows the diagram."""
        table, points = self.query_one("#points", SortedTable), self.query_one(ReliabilityDiagram).points
        if message.place < len(points) and points[message.place] in table.rows:
            table.cursor = table.rows.index(points[message.place])

    def point_chosen(self, point: Mapping[str, Any]) -> None:
        """The diagram follows the list."""
        diagram = self.query_one(ReliabilityDiagram)
        if point in diagram.points:
            diagram.cursor = list(diagram.points).index(point)

    def on_score_card_asked(self, message: ScoreCard.Asked) -> None:
        """Explain a figure."""
        self.app.push_screen(Explanation(message.figure))

    def on_sections_chosen(self, message: Sections.Chosen) -> None:
        """Go to the part that was clicked."""
        self.action_section(message.name)

    def on_query_input_narrowed(self, message: QueryInput.Narrowed) -> None:
        """Score only what the line leaves."""
        self.filters = message.filters
        self.reload()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go from the line to the part in front."""
        message.stop()
        self._focus_part()

    def action_section(self, name: str) -> None:
        """Bring a part to the front."""
        self.query_one(ContentSwitcher).current = name
        self.query_one(Sections).here = name
        self._focus_part()
        self.look_at(name)

    def action_step(self, by: int) -> None:
        """The next part, or the one before."""
        names = [part.name for part in PARTS]
        self.action_section(names[(names.index(self.part) + by) % len(names)])

    def action_filter(self) -> None:
        """Go to the line."""
        self.query_one(QueryInput).focus()

    def action_clear(self) -> None:
        """Leave a field; take the filter off."""
        if isinstance(self.focused, Input) and not isinstance(self.focused, QueryInput):
            self.query_one(Comparison).leave_names()
            return
        self.query_one(QueryInput).clear_line()
        if self.part == "compare":
            self.query_one(Comparison).leave_names()
        else:
            self._focus_part()

    def action_policy(self) -> None:
        """Count other statements."""
        order = list(Policy)
        self.policy = order[(order.index(self.policy) + 1) % len(order)]
        self.reload()

    def action_form(self) -> None:
        """Show the other form of the Brier score."""
        self.form = self.form.other
        if self.drawn is not None:
            self.show(self.drawn)
            self.reform_slices()
            self.query_one(Comparison).reform(self.form)

    def action_log_odds(self) -> None:
        """Give the tails room, or take it back."""
        diagram = self.query_one(ReliabilityDiagram)
        diagram.log_odds = not diagram.log_odds

    def action_bins(self) -> None:
        """Bin otherwise."""
        self.bins = BINS[(BINS.index(self.bins) + 1) % len(BINS)]
        self.draw_again()
