"""Helpers for the stories of the form."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import Static

from ledger.services.browse import card
from ledger.services.browse_card import Card
from ledger.services.opening import opened
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens.form import FormScreen
from tests.tui.pictures import settled

Opened = Callable[[Location], ForecastApp]
NAMES = {" ": "space", "%": "percent_sign", "=": "equals_sign", ",": "comma", "?": "question_mark", "#": "number_sign"}


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type ``text``, key by key."""
    await pilot.press(*(NAMES.get(one, one) for one in text))


async def at_form(app: ForecastApp, pilot: Pilot[None], number: int | None = None) -> FormScreen:
    """The form, open."""
    await settled(pilot)
    app.open_form(number)
    await settled(pilot)
    assert isinstance(app.screen, FormScreen)
    return app.screen


def go_to(form: FormScreen, field: str) -> None:
    """Put the focus into a field."""
    form.query_one(f"#{field}").query("LineInput, WordsArea").first().focus()


def echo(form: FormScreen, field: str) -> str:
    """What stands below a field."""
    return str(form.query_one(f"#{field} .field-echo", Static).content)


def recorded(location: Location, number: int) -> Card:
    """A question as the ledger has it."""
    with opened(location) as book:
        return card(book, f"#{number}")
