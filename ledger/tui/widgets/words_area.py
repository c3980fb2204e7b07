"""Several lines of text, without a border, whose characters drive nothing."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import TextArea

from ledger.tui.widgets.labelled import Labelled
from ledger.tui.widgets.line_input import HARMLESS


class WordsArea(TextArea):
    """Enter begins a new line, tab goes on."""

    DEFAULT_CSS = """
    WordsArea { border: none; padding: 0 1; height: 2; background: $surface; color: $foreground; }
    WordsArea:focus { border: none; background: $panel; }
    WordsArea .text-area--cursor-line { background: transparent; }
    WordsArea .text-area--placeholder { color: $quiet; }
    .-tall WordsArea { height: 4; }
    """

    def __init__(self, placeholder: str) -> None:
        """Begin empty."""
        super().__init__(compact=True, placeholder=placeholder, tab_behavior="focus", show_line_numbers=False)
        self.cursor_blink = False

    def get_line(self, line_index: int) -> Text:
        """A line with one sign for each character."""
        return Text(self.document.get_line(line_index).translate(HARMLESS), end="", no_wrap=True)


class WordsField(Labelled):
    """A label, lines to write in, and what is wrong with them."""

    def __init__(self, label: str, placeholder: str, *, id: str | None = None) -> None:  # noqa: A002
        """Begin empty."""
        super().__init__(id=id)
        self._label, self.area = label, WordsArea(placeholder)

    def compose(self) -> ComposeResult:
        """Label and lines."""
        with Horizontal(classes="field-line"):
            yield self.label(self._label)
            yield self.area
        yield self.line_below()

    @property
    def value(self) -> str:
        """What was written."""
        return self.area.text.strip()
