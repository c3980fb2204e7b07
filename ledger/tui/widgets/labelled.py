"""A field with its label at the left, and below it a line that says what it means or what is wrong with it."""

from __future__ import annotations

from textual import events
from textual.containers import Vertical
from textual.widgets import Static

from ledger.tui.cells import shown


class Labelled(Vertical):
    """The label stands out while something inside has the focus."""

    DEFAULT_CSS = """
    Labelled { height: auto; }
    Labelled > .field-line { height: auto; }
    Labelled .field-label { width: 13; height: 1; color: $quiet; padding: 0 1; }
    Labelled.-here .field-label { color: $primary; text-style: bold; }
    Labelled > .field-echo { height: auto; max-height: 3; margin: 0 1 0 14; color: $quiet; display: none; }
    Labelled.-told > .field-echo, Labelled.-reads > .field-echo { display: block; }
    Labelled.-reads > .field-echo { min-height: 1; }
    Labelled.-wrong > .field-echo { color: $error; }
    """

    def label(self, words: str) -> Static:
        """The label."""
        return Static(words, classes="field-label", markup=False)

    def line_below(self) -> Static:
        """The line that :meth:`echo` and :meth:`wrong` write to."""
        return Static(classes="field-echo", markup=False)

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Something inside has the focus."""
        self.add_class("-here")

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """Nothing inside has the focus, until the next one gets it."""
        self.remove_class("-here")

    def echo(self, words: str) -> None:
        """Say what the text means; the empty text says nothing."""
        self._tell(words, wrong=False)

    def wrong(self, words: str) -> None:
        """Say what is wrong with it."""
        self._tell(f"✗ {words}", wrong=True)

    def _tell(self, words: str, *, wrong: bool) -> None:
        self.set_class(wrong, "-wrong")
        self.set_class(bool(words), "-told")
        self.query_one(".field-echo", Static).update(shown(words))
