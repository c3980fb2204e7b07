"""The places of the program; each screen is loaded when it is first gone to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen


def _late(module: str, name: str) -> Callable[[], Screen[Any]]:
    def make() -> Screen[Any]:
        made: Screen[Any] = getattr(import_module(f"ledger.tui.screens.{module}"), name)()
        return made

    return make


HOME = "ledger"
MODES: dict[str, str | Callable[[], Screen[Any]]] = {
    "ledger": _late("ledger_screen", "LedgerScreen"),
    "review": _late("review", "ReviewScreen"),
    "calibration": _late("calibration", "CalibrationScreen"),
    "journal": _late("journal", "JournalScreen"),
    "exchange": _late("exchange", "ExchangeScreen"),
    "settings": _late("settings", "SettingsScreen"),
}
