"""What can be done among the settings."""

from __future__ import annotations

from ledger.tui.actions.action import Action

SETTINGS = (
    Action("settings.next", "down", "Next field", "Go to the next setting.", "next", shown=False),
    Action("settings.previous", "up", "Field above", "Go to the setting above.", "previous", shown=False),
    Action("settings.keys", "k", "Keys", "Go to the list of keys.", "keys"),
)

KEYS = (
    Action("keys.change", "enter", "Change key", "Press another key for the chosen action.", "select"),
    Action("keys.back", "delete,backspace", "Own key", "Give the chosen action its own key back.", "back"),
    Action("keys.down", "down,j", "Down", "Go to the next action.", "cursor_down", shown=False),
    Action("keys.up", "up,k", "Up", "Go to the action above.", "cursor_up", shown=False),
)
