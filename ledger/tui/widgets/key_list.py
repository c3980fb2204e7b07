"""Every action with its keys; one is chosen to get another key."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ledger.tui.actions import REGISTRY, Action, bindings
from ledger.tui.cells import fit
from ledger.tui.key_map import keys_of
from ledger.tui.screens.help_sections import keys_shown, words_of


class KeyList(OptionList):
    """A line for each action: place, title, keys; what the user changed has a sign."""

    HELP_TEXT = "Enter gives the chosen action another key, delete its own one back. ✎ marks what you changed."
    BINDINGS = bindings("keys")
    DEFAULT_CSS = """
    KeyList {
        height: 1fr; min-height: 4; border: none; background: $background; scrollbar-size-vertical: 1;
        text-wrap: nowrap; text-overflow: ellipsis;
        &.-textual-compact { padding: 0 1; }
        & > .option-list--option-highlighted { background: transparent; color: $foreground; text-style: none; }
        &:focus > .option-list--option-highlighted { background: $cursor; color: $cursor-text; text-style: bold; }
        &:nocolor:focus > .option-list--option-highlighted { text-style: bold reverse; }
    }
    """

    class Asked(Message):
        """Another key is wanted for an action; its own one where ``back``."""

        def __init__(self, action: Action, *, back: bool = False) -> None:
            """Keep which."""
            self.action, self.back = action, back
            super().__init__()

    def __init__(self) -> None:
        """Begin with the actions' own keys."""
        super().__init__(markup=False, compact=True)
        self._actions = [one for actions in REGISTRY.values() for one in actions]

    def show(self, keys: Mapping[str, str]) -> None:
        """Show the keys that are in force; the chosen line stays."""
        at = self.highlighted
        self.clear_options()
        self.add_options(Option(_line(one, keys)) for one in self._actions)
        self.highlighted = at or 0

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Ask for another key."""
        message.stop()
        self.post_message(self.Asked(self._actions[message.option_index]))

    def action_back(self) -> None:
        """Give the chosen action its own key back."""
        if self.highlighted is not None:
            self.post_message(self.Asked(self._actions[self.highlighted], back=True))


def _line(action: Action, keys: Mapping[str, str]) -> Text:
    sign = "✎" if action.name in keys else " "
    told = (words_of(action.topic), 12), (action.title, 15), (sign, 1), (keys_shown(keys_of(action, keys)), 16)
    return Text(" ".join(fit(*one) for one in told) + f" {action.meaning}", no_wrap=True, overflow="ellipsis")
