"""A part of a page under a heading that can be gone to, folded away and opened."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widget import Widget

from ledger.tui.actions import bindings
from ledger.tui.widgets.history_list import HistoryList


class Heading(Widget, can_focus=True):
    """The line at the head of a section."""

    BINDINGS = bindings("section")
    DEFAULT_CSS = """
    Heading { height: 1; width: 1fr; color: $quiet; text-style: bold; background: $surface; }
    Heading:focus { background: $cursor; color: $cursor-text; }
    Heading:focus:nocolor { text-style: bold reverse; }
    """

    words: reactive[str] = reactive("")
    folded: reactive[bool] = reactive(False)

    def render(self) -> RenderResult:
        """The sign of what enter does, and the words."""
        return Text(f"{'▸' if self.folded else '▾'} {self.words}", no_wrap=True, overflow="ellipsis")

    def action_fold(self) -> None:
        """Fold or open what is below."""
        if isinstance(self.parent, Section):
            self.parent.turn()

    def on_click(self, event: events.Click) -> None:
        """A click folds."""
        event.stop()
        self.action_fold()


class Section(Vertical):
    """Lines, or any one widget, under a heading. Hidden while there is nothing in it."""

    DEFAULT_CSS = """
    Section { height: auto; margin: 0 0 1 0; }
    Section.-empty { display: none; }
    Section.-folded > .section--body { display: none; }
    .-compact Section { margin: 0; }
    """
    BODY: ClassVar[str] = "section--body"

    def __init__(self, words: str, body: Widget | None = None, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty, called ``words``."""
        super().__init__(id=id, classes="-empty")
        self.heading = Heading()
        self.heading.words = words
        self.inside = body if body is not None else HistoryList()
        self.inside.add_class(self.BODY)

    def compose(self) -> ComposeResult:
        """Heading and body."""
        yield self.heading
        yield self.inside

    @property
    def lines_list(self) -> HistoryList:
        """The lines; only for a section of lines."""
        assert isinstance(self.inside, HistoryList)
        return self.inside

    @property
    def is_empty(self) -> bool:
        """Whether it is hidden, as there is nothing in it."""
        return self.has_class("-empty")

    def tell(self, words: str, *, empty: bool) -> None:
        """Name what is in it."""
        self.heading.words = words
        self.set_class(empty, "-empty")

    def turn(self) -> None:
        """Open what is folded, show the whole of what is long, fold what is open."""
        inside = self.inside
        if isinstance(inside, HistoryList):
            if not self.heading.folded and inside.leaves_out:
                inside.show_whole(whole=True)
                return
            inside.show_whole(whole=False)
        self.heading.folded = not self.heading.folded
        self.set_class(self.heading.folded, "-folded")
