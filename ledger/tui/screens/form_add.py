"""The form that asks a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Input, Static

from ledger.domain.kinds import Kind
from ledger.services.defaults import forecaster_in_force, scale_in_force
from ledger.tui.screens.form import FormScreen
from ledger.tui.screens.form_fields import by_field, forecast_field, made_field, plain_field, zone_field
from ledger.tui.screens.form_typed import Typed, add_typed, value_field
from ledger.tui.widgets.chooser import ChoiceField, Chooser
from ledger.tui.widgets.condition_picker import ConditionPicker
from ledger.tui.widgets.options_field import OptionsField
from ledger.tui.widgets.quantile_field import QuantileField
from ledger.tui.widgets.reading_field import ReadingField
from ledger.tui.widgets.title_field import TitleField
from ledger.tui.widgets.words_area import WordsField

if TYPE_CHECKING:
    from ledger.services.results import Done


class AddScreen(FormScreen):
    """A question, and with it a first forecast."""

    HELP_TEXT = (
        "Ask a question in a form that settles. What you type is read at once: a forecast is 70%, 0.7, 1:4 (odds), "
        "20-40% (a range), a word of the scale beside it, or the printed words in quotes and what they are read as: "
        '"might well" likely. A deadline is a date or words such as end of next month, in the zone below it. '
        "Enter goes on to the next field, f10 saves."
    )

    def fields(self) -> ComposeResult:
        """The fields, in the order of typing."""
        settings, program = self.program.settings, self.program
        yield Static("Ask a question", id="heading", markup=False)
        yield TitleField(id="title")
        yield forecast_field(scale_in_force(settings), self._scale)
        yield OptionsField(id="options")
        yield QuantileField(id="quantiles")
        yield by_field(self._zone, program.now)
        yield zone_field(program.zone)
        yield ChoiceField("Kind", Chooser([kind.value for kind in Kind], id="kind"))
        yield WordsField("Criteria", "what decides it, so that a stranger could settle it", id="criteria")
        yield plain_field("Tags", "tags", placeholder="ukraine, nato")
        yield plain_field("Source", "source", placeholder="where it was published: a URL or a title")
        yield plain_field("Forecaster", "forecaster", forecaster_in_force(settings))
        yield ConditionPicker(id="condition")
        yield made_field(self._zone, program.now)

    def on_mount(self) -> None:
        """Begin with the title."""
        super().on_mount()
        self._show_kind()
        self.query_one("#title", ReadingField).input.focus()
        self.begin()

    def typed(self) -> Typed:
        """What the fields hold."""
        names = ("title", "forecast", "quantiles", "by", "zone", "criteria", "tags", "source", "forecaster",
                 "condition", "made_at")  # fmt: skip
        told = {name: self.value_of(name) for name in names}
        return Typed(kind=self._kind(), scale=self._scale(), options=self.query_one(OptionsField).pairs, **told)

    def record(self, typed: Typed) -> Done:
        """Ask the question."""
        return add_typed(self.program.location, typed, self.program.now())

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """Show the fields of the chosen kind; read the forecast again on another scale."""
        message.stop()
        if message.chooser.id == "kind":
            self._show_kind()
        elif message.chooser.id == "scale":
            self.query_one("#forecast", ReadingField).read_now()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Another zone gives the days another meaning."""
        if self.query_one("#zone", ReadingField).input is message.input:
            for name in ("by", "made_at"):
                self.query_one(f"#{name}", ReadingField).read_now()

    def _show_kind(self) -> None:
        shown = value_field(self._kind())
        for name in ("forecast", "options", "quantiles"):
            self.query_one(f"#{name}").display = name == shown

    def _kind(self) -> str:
        return self.query_one("#kind", Chooser).value

    def _scale(self) -> str:
        return self.query_one("#scale", Chooser).value

    def _zone(self) -> str:
        return self.value_of("zone")
