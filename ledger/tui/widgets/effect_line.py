"""What the last key did: what was recorded, what it did to the score, what fell with it; or why it was refused."""

from __future__ import annotations

from rich.text import Text
from textual.timer import Timer
from textual.widgets import Static

from ledger.tui.cells import shown

MOMENT = 3.0
"""Seconds for which a hint stands."""


class EffectLine(Static):
    """Two lines, more where they are long; the height of two is kept, so that what is above does not jump."""

    DEFAULT_CSS = """
    EffectLine { height: auto; min-height: 2; max-height: 5; padding: 0 1; background: $surface; color: $foreground; }
    EffectLine.-wrong { color: $error; text-style: bold; }
    EffectLine.-quiet { color: $quiet; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin with nothing."""
        super().__init__(id=id, markup=False)
        self.said: list[str] = []
        self.own: str | None = None
        self.score: list[str] = []
        self._passing: Timer | None = None

    def tell(self, *lines: str) -> None:
        """What was recorded; the score is told when it is known."""
        self.said, self.own, self.score = list(lines), None, []
        self._show()

    def tell_score(self, words: str, own: str | None) -> None:
        """What it did to the score, and what the question itself scored."""
        self.own, self.score = own, [words]
        self._show_unless_told()

    def tell_interval(self, words: str) -> None:
        """The interval of the score, which comes later."""
        if self.score:
            self.score = [self.score[0], words]
            self._show_unless_told()

    def _show_unless_told(self) -> None:
        """A hint or a refusal is left to be read; what came meanwhile is shown after it."""
        if self._passing is None and not self.has_class("-wrong"):
            self._show()

    def hint(self, words: str) -> None:
        """A quiet word, in place of all else for a moment."""
        self._show(words, quiet=True)
        self._passing = self.set_timer(MOMENT, self.settle)

    def refuse(self, words: str) -> None:
        """Why nothing was recorded."""
        self._show(words, wrong=True)

    def settle(self) -> None:
        """Show again what was recorded last, where a hint or a refusal stood."""
        self._show()

    def _show(self, instead: str | None = None, *, quiet: bool = False, wrong: bool = False) -> None:
        if self._passing is not None:
            self._passing.stop()
            self._passing = None
        said = " · ".join([*self.said, *([self.own] if self.own else [])])
        lines = [instead] if instead is not None else [line for line in (said, " · ".join(self.score)) if line]
        self.set_class(quiet or not (instead or self.said), "-quiet")
        self.set_class(wrong, "-wrong")
        self.update(Text("\n".join(map(shown, lines)), overflow="fold"))
