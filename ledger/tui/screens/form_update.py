"""The form that states a new forecast of a question that is there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from ledger.domain.kinds import Kind, Status
from ledger.services.defaults import forecaster_in_force, scale_in_force
from ledger.services.wording import deadline_words, minute_words
from ledger.services.worth_words import worth_words
from ledger.tui.cells import shown
from ledger.tui.screens.form import FormScreen
from ledger.tui.screens.form_fields import forecast_field, made_field, plain_field, zone_field
from ledger.tui.screens.form_typed import Typed, update_typed, value_field
from ledger.tui.widgets.chooser import Chooser
from ledger.tui.widgets.options_field import OptionsField
from ledger.tui.widgets.quantile_field import QuantileField
from ledger.tui.widgets.reading_field import ReadingField

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.browse_card import Card
    from ledger.services.opening import Book
    from ledger.services.results import Done
    from ledger.services.said_views import StatementView

LAST = 4
"""So many of the statements that stand are shown."""


class UpdateScreen(FormScreen):
    """What stands, and what is said now; the old statement stays in the record."""

    HELP_TEXT = (
        "State a new forecast. What was said before stays in the record and counts for the time it stood. A statement "
        "of an earlier day takes its day in Made at. Enter goes on to the next field, f10 saves."
    )

    def __init__(self, number: int) -> None:
        """Begin with the question's number; the rest is read."""
        super().__init__()
        self.number = number
        self._kind = Kind.BINARY.value

    def fields(self) -> ComposeResult:
        """What stands; the fields come with it."""
        yield Static("reading …", id="standing", markup=False)
        yield Vertical(id="saying")

    def on_mount(self) -> None:
        """Read the question."""
        super().on_mount()
        self.query_one("#save").display = False
        self.read(partial(_card, number=self.number), self._known, group="card", otherwise=self._unread)

    def _known(self, card: Card) -> None:
        self.call_later(self._show, card)

    def _unread(self, problem: LedgerError) -> None:
        self.query_one("#standing", Static).update(shown(str(problem)))

    async def _show(self, card: Card) -> None:
        self._kind = card.question.kind
        self.query_one("#standing", Static).update(standing(card))
        await self.query_one("#saying").mount_all(self._saying(card))
        self.query_one("#save").display = True
        self.query_one(f"#{value_field(self._kind)}").query(Input).first().focus()
        self.begin()

    def _saying(self, card: Card) -> ComposeResult:
        settings, program = self.program.settings, self.program
        if Kind(self._kind).has_options:
            yield OptionsField(card.options, id="options")
        elif self._kind == Kind.NUMERIC:
            yield QuantileField(id="quantiles")
        else:
            yield forecast_field(scale_in_force(settings), self._scale)
        yield plain_field("Reason", "reason", placeholder="why it changed")
        yield plain_field("Forecaster", "forecaster", forecaster_in_force(settings))
        yield zone_field(program.zone)
        yield made_field(lambda: self.value_of("zone"), program.now)

    def typed(self) -> Typed:
        """What the fields hold."""
        names = ("forecast", "quantiles", "zone", "forecaster", "made_at", "reason")
        told = {name: self.value_of(name) for name in names}
        options = next((one.pairs for one in self.query(OptionsField)), ())
        return Typed(kind=self._kind, scale=self._scale(), options=options, **told)

    def record(self, typed: Typed) -> Done:
        """State it."""
        return update_typed(self.program.location, self.number, typed, self.program.now())

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """Read the forecast again on another scale."""
        message.stop()
        self.query_one("#forecast", ReadingField).read_now()

    def _scale(self) -> str:
        return next((one.value for one in self.query("#scale").results(Chooser)), self.program.settings.scale)


def _card(book: Book, *, number: int) -> Card:
    from ledger.services.browse import card

    return card(book, f"#{number}")


def standing(card: Card) -> Text:
    """The question, its deadline, and each forecaster's last word."""
    asked = card.question
    told = Text(f"#{asked.number} {shown(asked.title)}\n", style="bold")
    when = deadline_words(asked.deadline, asked.zone, asked.status, card.now)
    told.append(when if asked.status is Status.DUE else f"{asked.status} · {when}", style="not bold")
    for one in _last_words(card)[-LAST:]:
        told.append(f"\n{said(one)}", style="not bold")
    if not card.statements:
        told.append("\nnobody has stated a forecast yet", style="not bold")
    return told


def _last_words(card: Card) -> list[StatementView]:
    last = {one.forecaster: one for one in card.statements}
    return list(last.values())


def said(one: StatementView) -> str:
    """A statement in a line."""
    hedge = f" “{shown(one.hedge)}”" if one.hedge else ""
    value = shown(worth_words(one.counted))
    return f"{shown(one.forecaster)} said {value}{hedge} on {minute_words(one.made_at)[:10]}"
