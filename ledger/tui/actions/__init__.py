"""The one registry of actions. Keys, key bar, help and palette all read it; a user's key map names what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import BindingType

from ledger.tui.actions.action import Action
from ledger.tui.actions.calibration import CALIBRATION, CARD, DIAGRAM, EXPLANATION, SLICES, SORTED, TREND
from ledger.tui.actions.everywhere import EVERYWHERE
from ledger.tui.actions.exchange import EXCHANGE, PATH
from ledger.tui.actions.form import CHOOSER, FORM, LEAVING
from ledger.tui.actions.help import HELP
from ledger.tui.actions.journal import JOURNAL
from ledger.tui.actions.question import DIALOG, LINKS, QUESTION, SECTION
from ledger.tui.actions.questions import LEDGER, TABLE
from ledger.tui.actions.review import REVIEW
from ledger.tui.actions.settings import KEYS, SETTINGS
from ledger.tui.actions.week import WEEK
from ledger.tui.actions.welcome import WELCOME

__all__ = ["REGISTRY", "Action", "bindings", "known_names"]

REGISTRY: Mapping[str, tuple[Action, ...]] = {
    "everywhere": EVERYWHERE,
    "table": TABLE,
    "ledger": LEDGER,
    "calibration": CALIBRATION,
    "diagram": DIAGRAM,
    "card": CARD,
    "explanation": EXPLANATION,
    "trend": TREND,
    "sorted": SORTED,
    "slices": SLICES,
    "review": REVIEW,
    "week": WEEK,
    "form": FORM,
    "chooser": CHOOSER,
    "leaving": LEAVING,
    "welcome": WELCOME,
    "help": HELP,
    "settings": SETTINGS,
    "keys": KEYS,
    "journal": JOURNAL,
    "exchange": EXCHANGE,
    "path": PATH,
    "question": QUESTION,
    "section": SECTION,
    "links": LINKS,
    "dialog": DIALOG,
}
"""The actions by topic: a screen's name, a widget's, or ``everywhere``."""


def bindings(topic: str) -> list[BindingType]:
    """The bindings of a screen or widget."""
    return [action.binding() for action in REGISTRY[topic]]


def known_names() -> Iterable[str]:
    """The names that a key map may use."""
    return (action.name for actions in REGISTRY.values() for action in actions)
