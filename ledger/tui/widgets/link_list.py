"""Questions to go to, one a line."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from ledger.tui.actions import bindings


class LinkList(OptionList, inherit_bindings=False):
    """Enter or a click opens the question of a line."""

    BINDINGS = bindings("links")
    DEFAULT_CSS = """
    LinkList { height: auto; max-height: 8; border: none; padding: 0; background: $background; color: $foreground; }
    LinkList:focus { border: none; }
    LinkList > .option-list--option { padding: 0; color: $foreground; }
    LinkList > .option-list--option-highlighted { color: $foreground; background: $background; text-style: none; }
    LinkList:focus > .option-list--option-highlighted {
        background: $cursor; color: $cursor-text; text-style: bold;
    }
    LinkList:focus:nocolor > .option-list--option-highlighted { text-style: bold reverse; }
    """

    class Followed(Message):
        """A question was chosen."""

        def __init__(self, number: int) -> None:
            """Keep which."""
            self.number = number
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin without links."""
        super().__init__(id=id, markup=False, compact=True)
        self._numbers: list[int] = []

    def show(self, links: Sequence[tuple[int, str]]) -> None:
        """Show questions by number and (safe) words; the chosen place is kept."""
        at = self.highlighted
        self._numbers = [number for number, _ in links]
        self.set_options([Option(Content(words)) for _, words in links])
        self.highlighted = None if not links else min(at or 0, len(links) - 1)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Tell which question."""
        message.stop()
        if message.option_index < len(self._numbers):
            self.post_message(self.Followed(self._numbers[message.option_index]))
