"""The welcome, where there is no ledger yet: what this is, where the ledger will be, and three ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from ledger.services.wording import percent
from ledger.tui.actions import bindings
from ledger.tui.cells import shown, shown_lines
from ledger.tui.messages import Progressed
from ledger.tui.screens.welcome_beginning import article_words, empty, stopping, ways, with_article, with_file
from ledger.tui.widgets.key_bar import KeyBar
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.widgets.path_suggester import PathSuggester
from ledger.tui.work import Working

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.results import Done

WHAT = (
    "Write down what you expect and how sure you are; record what happened; see how well your numbers "
    "hold. What was recorded is never changed: every entry is chained to the one before it."
)


class WelcomeScreen(Working, ModalScreen[bool]):
    """Answers whether a ledger was made."""

    BINDINGS = bindings("welcome")
    CSS_PATH = "welcome.tcss"
    HELP_TEXT = (
        "There is no ledger yet. Begin with the shipped article, a published set of forecasts that waits to be "
        "reviewed and scored; or empty; or with a file that this program or another wrote. The file of the ledger is "
        "made where the screen says, readable by you alone."
    )

    def __init__(self) -> None:
        """Nothing is under way."""
        super().__init__()
        self._busy, self._stop = False, Event()

    def compose(self) -> ComposeResult:
        """What, where, how."""
        with Vertical(id="welcome"):
            yield Static("Forecast Ledger", id="name", markup=False)
            yield Static(WHAT, id="what", markup=False)
            yield Static(self._where(), id="where", markup=False)
            yield OptionList(*(Option(words) for words in ways("")), id="ways", markup=False, compact=True)
            yield LineInput(placeholder="path of a CSV or JSON Lines file; right takes what is offered", id="path")
            yield Static(id="told", markup=False)
        yield KeyBar()

    def _where(self) -> Text:
        told = Text("Your ledger will be the file\n", style="not bold")
        return told.append(shown(str(self.program.location)), style="bold")

    def on_mount(self) -> None:
        """Say what the shipped set is, once it is read."""
        self.query_one("#path", LineInput).suggester = PathSuggester()
        self.query_one("#ways").focus()
        self.work(article_words, self._name_article, group="seed")

    def _name_article(self, words: str) -> None:
        offered = self.query_one("#ways", OptionList)
        for place, told in enumerate(ways(words)):
            offered.replace_option_prompt_at_index(place, told)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        """Begin in the way that was chosen."""
        message.stop()
        (self._start_article, self.action_empty, self.action_import)[message.option_index]()

    def action_start(self) -> None:
        """Begin with the article, where nothing else is chosen."""
        self._start_article()

    def _start_article(self) -> None:
        self._begin(partial(with_article, self.program.location), "making the ledger …")

    def action_empty(self) -> None:
        """Begin empty."""
        self._begin(partial(empty, self.program.location), "making the ledger …")

    def action_import(self) -> None:
        """Ask for the file."""
        if not self._busy:
            self.add_class("-asking")
            self.query_one("#path").focus()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Begin with the file."""
        told = message.value.strip()
        if told and not self._busy:
            self._stop.clear()
            progress = stopping(self.progress("begin"), self._stop)
            self._begin(partial(with_file, self.program.location, told, progress), "reading the file …")

    def _begin(self, job: Callable[[], Done], words: str) -> None:
        if self._busy:
            return
        self._busy = True
        self._say(words)
        self.work(job, self._begun, group="begin", otherwise=self._refused)

    def _begun(self, done: Done) -> None:
        self.program.say("\n".join([*done.said, *done.notices]))
        self.dismiss(True)

    def _refused(self, problem: LedgerError) -> None:
        self._busy = False
        self._say(f"✗ {problem}", wrong=True)

    def on_progressed(self, message: Progressed) -> None:
        """Say how far an import is."""
        message.stop()
        if self._busy and message.total:
            self._say(f"importing … {percent(message.done * 100 // message.total / 100)}; escape calls it off")

    def action_back(self) -> None:
        """Call off what is under way, or come back from the line for the file."""
        if self._busy:
            self._stop.set()
        elif self.has_class("-asking"):
            self.remove_class("-asking")
            self._say("")
            self.query_one("#ways").focus()

    def action_leave(self) -> None:
        """Leave without a ledger."""
        self.dismiss(False)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        told = self.query_one("#told", Static)
        told.set_class(wrong, "-wrong")
        told.update(shown_lines(words))
