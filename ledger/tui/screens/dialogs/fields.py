"""The fields of a dialog: a label, something to fill in, and below it what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Select, Static

from ledger.tui.cells import shown
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.widgets.words_area import WordsArea


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing to ask for: a line, a text of several ``lines``, or one of ``choices`` (value, words)."""

    name: str
    """What the answer is called, and what a refusal of it begins with after ``--``."""
    label: str
    value: str = ""
    placeholder: str = ""
    lines: int = 1
    choices: Sequence[tuple[str, str]] = ()


class AskField(Vertical):
    """An ``Ask`` on the screen."""

    DEFAULT_CSS = """
    AskField { height: auto; }
    AskField > Horizontal { height: auto; }
    AskField .ask--label { width: 13; height: 1; color: $quiet; }
    AskField.-here .ask--label { color: $primary; text-style: bold; }
    AskField LineInput { background: $panel; width: 1fr; }
    AskField WordsArea { background: $panel; width: 1fr; }
    AskField LineInput:focus, AskField WordsArea:focus { background: $cursor; color: $cursor-text; }
    AskField Select { width: 1fr; height: auto; }
    AskField > .ask--wrong { margin: 0 0 0 14; height: auto; color: $error; display: none; }
    AskField.-wrong > .ask--wrong { display: block; }
    """

    def __init__(self, ask: Ask) -> None:
        """Show ``ask``."""
        super().__init__(id=f"ask-{ask.name}")
        self.ask = ask
        self.control = _control(ask)

    def compose(self) -> ComposeResult:
        """Label and control on a line, the trouble below."""
        with Horizontal():
            yield Static(self.ask.label, classes="ask--label", markup=False)
            yield self.control
        yield Static(classes="ask--wrong", markup=False)

    def on_descendant_focus(self) -> None:
        """The label tells where one is."""
        self.add_class("-here")

    def on_descendant_blur(self) -> None:
        """And no longer."""
        self.remove_class("-here")

    @property
    def value(self) -> str:
        """What stands in it."""
        if isinstance(self.control, WordsArea):
            return self.control.text
        if isinstance(self.control, LineInput):
            return self.control.value
        assert isinstance(self.control, Select)
        return str(self.control.value)

    def wrong(self, problem: str | None) -> None:
        """Say what is wrong, or that nothing is."""
        self.set_class(problem is not None, "-wrong")
        self.query_one(".ask--wrong", Static).update(f"✗ {shown(problem, absent='')}")


def _control(ask: Ask) -> Widget:
    if ask.choices:
        offered = [(Content(shown(words)), value) for value, words in ask.choices]
        chosen = ask.value or ask.choices[0][0]
        return Select(offered, value=chosen, allow_blank=False, compact=True)
    if ask.lines > 1:
        area = WordsArea(ask.placeholder)
        area.text = ask.value
        area.styles.height = ask.lines
        return area
    return LineInput(ask.value, placeholder=ask.placeholder)
