"""What an import or export is doing, would do, did, or stumbled over."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from ledger.errors import FileInputError, LedgerError
from ledger.tui.cells import shown, shown_lines
from ledger.tui.widgets.progress_line import ProgressLine


class TransferReport(Vertical):
    """A line of progress, and under it words that scroll."""

    DEFAULT_CSS = """
    TransferReport { height: 1fr; padding: 0 1; }
    TransferReport > VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
    TransferReport > VerticalScroll:focus { background: $surface; }
    TransferReport Static { height: auto; }
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self._progress, self._words = ProgressLine(), Static(markup=False)

    def compose(self) -> ComposeResult:
        """Progress and words."""
        yield self._progress
        with VerticalScroll():
            yield self._words

    def begin(self, words: str) -> None:
        """Something begins."""
        self._progress.begin(words)
        self._words.update("")

    def rename(self, words: str) -> None:
        """What is under way goes on to something else."""
        self._progress.words = words

    def tell(self, done: int, total: int) -> None:
        """It has come so far."""
        self._progress.tell(done, total)

    def remark(self, words: str) -> None:
        """Something worth knowing while it goes on."""
        self._words.update(Text(shown(words)))

    def show(self, head: str, said: Sequence[str] = (), notices: Sequence[str] = (), last: str = "") -> None:
        """It has ended: a line in bold, what was done, what is worth knowing, what to do next."""
        text = Text(f"{shown(head)}\n", style="bold")
        for line in said:
            text.append(f"{shown_lines(line)}\n", style="not bold")
        for line in notices:
            text.append(f"· {shown_lines(line)}\n", style="not bold")
        text.append(shown(last), style="not bold italic")
        self._end(text)

    def refuse(self, problem: LedgerError, head: str) -> None:
        """It could not be done: the file, line and column, and what is wrong there."""
        text = Text(f"✗ {shown(head)}\n", style="bold")
        if isinstance(problem, FileInputError):
            line = "" if problem.line is None else f", line {problem.line:,}"
            column = "" if problem.column is None else f", column {shown(problem.column)}"
            text.append(f"{shown(problem.file)}{line}{column}\n", style="bold")
            text.append(shown_lines(problem.problem), style="not bold")
        else:
            text.append(shown_lines(str(problem)), style="not bold")
        self._end(text)

    def clear(self) -> None:
        """Say nothing."""
        self._end(Text(""))

    def _end(self, text: Text) -> None:
        self._progress.end()
        self._words.update(text)
        if self.is_mounted:
            self.query_one(VerticalScroll).scroll_home(animate=False)
