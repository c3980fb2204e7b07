"""The help: what the screen in front is for, and its keys as the user has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from ledger.tui.actions import bindings
from ledger.tui.screens.help_sections import Section, sections
from ledger.tui.widgets.key_bar import KeyBar
from ledger.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.screen import Screen

    from ledger.tui.app import ForecastApp

KEYS = 17
"""The width of the left column."""


class HelpScreen(ModalScreen[None]):
    """Stands over the screen that it explains."""

    BINDINGS = bindings("help")
    CSS_PATH = "help.tcss"
    HELP_TEXT = "The help."

    def __init__(self, about: Screen[Any]) -> None:
        """Explain ``about``, with what has the focus there now."""
        super().__init__()
        self._sections = sections_of(about)

    def compose(self) -> ComposeResult:
        """A line to search, and the text."""
        yield LineInput(placeholder="only lines with these words", id="find")
        with VerticalScroll(id="help"):
            for place, section in enumerate(self._sections):
                yield Static(section.title, id=f"title-{place}", classes="title", markup=False)
                yield Static(id=f"section-{place}", classes="section", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        """Show everything."""
        self._narrow("")
        self._scroll.focus()

    @property
    def _scroll(self) -> VerticalScroll:
        return self.query_one("#help", VerticalScroll)

    def _narrow(self, words: str) -> None:
        for place, section in enumerate(self._sections):
            left, shown = section.narrowed(words), self.query_one(f"#section-{place}", Static)
            shown.display = self.query_one(f"#title-{place}").display = left is not None
            if left is not None:
                shown.update(drawn(left))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show only what fits."""
        self._narrow(message.value)
        self._scroll.scroll_home(animate=False)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Go from the line to the text."""
        message.stop()
        self._scroll.focus()

    def action_find(self) -> None:
        """Go to the line."""
        self.add_class("-finding")
        self.query_one(LineInput).focus()

    def action_close(self) -> None:
        """Go back; from a search first to the whole help."""
        if self.has_class("-finding"):
            self.query_one(LineInput).value = ""
            self.remove_class("-finding")
            self._scroll.focus()
        else:
            self.dismiss()

    def action_down(self) -> None:
        """A line down."""
        self._scroll.scroll_down(animate=False)

    def action_up(self) -> None:
        """A line up."""
        self._scroll.scroll_up(animate=False)

    def action_page_down(self) -> None:
        """A page down."""
        self._scroll.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        """A page up."""
        self._scroll.scroll_page_up(animate=False)

    def action_first(self) -> None:
        """To the beginning."""
        self._scroll.scroll_home(animate=False)

    def action_last(self) -> None:
        """To the end."""
        self._scroll.scroll_end(animate=False)


def sections_of(about: Screen[Any]) -> list[Section]:
    """The help of a screen: what it says of itself and of what has the focus, and the topics of its keys."""
    here = about.focused
    chain = [] if here is None else [*here.ancestors_with_self]
    texts = [getattr(node, "HELP_TEXT", "") for node in [about, *chain]]
    names = [active.binding.id or "" for active in about.active_bindings.values()]
    place = getattr(about, "PLACE", "") or "this screen"
    program = cast("ForecastApp", about.app)
    text = "\n\n".join(dict.fromkeys(text for text in texts if text))
    return sections(place, text, (name.partition(".")[0] for name in names if name), program.settings.keys)


def drawn(section: Section) -> RenderableType:
    """A section as it is shown."""
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=KEYS, style="bold", overflow="fold")
    grid.add_column(ratio=1)
    for left, right in section.rows:
        grid.add_row(Text(left), Text(right))
    whole = Table.grid(expand=True)
    if section.text:
        whole.add_row(Text(section.text))
    if section.rows:
        whole.add_row(grid)
    return whole
