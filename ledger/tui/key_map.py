"""The user's key map: which action has which keys, and which keys may be given to it."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.errors import RefusedError
from ledger.services.settings import QUIT, QUIT_KEY
from ledger.tui.actions import REGISTRY, Action

KEPT = {
    "escape": "goes back",
    "tab": "goes to the next field",
    "shift+tab": "goes to the field before",
    "ctrl+c": "copies",
    "ctrl+v": "pastes",
}
"""Keys that mean the same everywhere."""
TAKEN = frozenset(
    {
        "ctrl+b",
        "ctrl+a",
        "ctrl+s",
        "ctrl+z",
        "ctrl+h",
        "ctrl+i",
        "ctrl+m",
        "ctrl+j",
        "ctrl+at",
        "ctrl+left_square_bracket",
    }
)
"""Keys that a terminal, or a program around it, keeps for itself or sends as another one."""


def keys_of(action: Action, keys: Mapping[str, str]) -> str:
    """The keys of an action, separated by commas: the user's, else its own."""
    return keys.get(action.name, action.keys)


def rebound(action: Action, key: str, keys: Mapping[str, str]) -> dict[str, str]:
    """``keys`` with ``key`` for ``action``, in the place of all that it had.

    Raises ``RefusedError`` for a key that is taken, naming by what, and for one that would lock the user in.
    """
    if action.name == QUIT or key == QUIT_KEY:
        raise RefusedError(f"{QUIT_KEY} always quits; no action takes it, and quitting takes no other key")
    if key in KEPT:
        raise RefusedError(f"{key} {KEPT[key]} everywhere; choose another key")
    if key in TAKEN or "alt+" in key:
        raise RefusedError(f"{key} does not come through every terminal; choose another key")
    if action.priority and len(key.rpartition("+")[2]) == 1 and "+" not in key:
        raise RefusedError(f"{key} is typed in fields, where {action.title} works too; choose a function key")
    for other in rivals(action, key, keys):
        raise RefusedError(f"{key} is the key of “{other.topic}: {other.title}”; give that one another key first")
    changed = dict(keys)
    changed.pop(action.name, None)
    return changed if key == action.keys else changed | {action.name: key}


def rivals(action: Action, key: str, keys: Mapping[str, str]) -> list[Action]:
    """Other actions of the same place, or of everywhere, that have ``key``."""
    topics = REGISTRY if action.topic == "everywhere" else {"everywhere": (), action.topic: ()}
    beside = (one for topic in topics for one in REGISTRY[topic] if one.name != action.name)
    return [one for one in beside if key in (told.strip() for told in keys_of(one, keys).split(","))]
