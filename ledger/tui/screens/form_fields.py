"""The fields that both forms have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from ledger.data_files import shipped_scales
from ledger.domain.moments import zone_named
from ledger.services.reading_ahead import forecast_ahead
from ledger.services.times_ahead import deadline_ahead, made_ahead
from ledger.tui.widgets.chooser import Chooser
from ledger.tui.widgets.reading_field import ReadingField
from ledger.tui.widgets.zone_suggester import ZoneSuggester

Told = Callable[[], str]


def forecast_field(chosen_scale: str, scale: Told) -> ReadingField:
    """One line for a forecast, with the scale of its words beside it; ``scale`` tells the chosen one."""
    chooser = Chooser(shipped_scales(), chosen_scale, folded=True, id="scale")

    def reader(text: str) -> Told:
        return partial(_forecast_words, text, scale())

    return ReadingField(
        "Forecast", placeholder="70%  1:4  20-40%  unlikely", reader=reader, beside=(chooser,), id="forecast"
    )


def _forecast_words(text: str, scale: str) -> str:
    return forecast_ahead(text, scale).words


def zone_field(chosen: str) -> ReadingField:
    """The zone that days and local times are in."""
    field = ReadingField("Zone", chosen, reader=lambda text: partial(_zone_words, text), id="zone")
    field.remove_class("-reads")
    field.input.suggester = ZoneSuggester()
    return field


def _zone_words(text: str) -> str:
    zone_named(text)
    return ""


def by_field(zone: Told, now: Callable[[], datetime]) -> ReadingField:
    """The deadline."""

    def reader(text: str) -> Told:
        return partial(deadline_ahead, text, zone(), now())

    hint = "2027-01-31, end of next month, in 3 weeks, tomorrow at 18:00"
    return ReadingField("By", placeholder=hint, reader=reader, id="by")


def made_field(zone: Told, now: Callable[[], datetime]) -> ReadingField:
    """When a statement was made, where that was earlier."""

    def reader(text: str) -> Told:
        return partial(made_ahead, text, zone(), now())

    return ReadingField(
        "Made at", placeholder="now; else when it was said, such as 2026-05-03", reader=reader, id="made_at"
    )


def plain_field(label: str, name: str, value: str = "", *, placeholder: str = "") -> ReadingField:
    """A field whose text means itself."""
    return ReadingField(label, value, placeholder=placeholder, id=name)
