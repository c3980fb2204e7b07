"""Exclusive options with a probability each, and what they come to together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from ledger.services.reading_ahead import options_ahead
from ledger.tui.cells import shown
from ledger.tui.widgets.labelled import Labelled
from ledger.tui.widgets.line_input import LineInput
from ledger.tui.work import Working

if TYPE_CHECKING:
    from ledger.errors import LedgerError

Pair = tuple[str, str]
"""An option and its probability, both as typed."""


class OptionRow(Horizontal):
    """One option; its name is fixed where the question was asked before."""

    DEFAULT_CSS = """
    OptionRow { height: 1; }
    OptionRow > .option-name { width: 1fr; }
    OptionRow > Static.option-name { padding: 0 1; height: 1; }
    OptionRow > .option-value { width: 14; }
    """

    def __init__(self, label: str, name: str | None) -> None:
        """Begin with a name that stays, or with an empty line for one."""
        super().__init__()
        self._label, self._fixed = label, name

    def compose(self) -> ComposeResult:
        """Name and probability."""
        yield Static(self._label, classes="field-label", markup=False)
        if self._fixed is None:
            yield LineInput(placeholder="option", id="name").add_class("option-name")
        else:
            yield Static(shown(self._fixed), classes="option-name", markup=False)
        yield LineInput(placeholder="60%", id="value").add_class("option-value")

    @property
    def pair(self) -> Pair:
        """What was typed."""
        typed = {one.id: one.value.strip() for one in self.query(LineInput)}
        named = self._fixed if self._fixed is not None else typed.get("name", "")
        return named, typed.get("value", "")


class OptionsField(Working, Labelled):
    """As many rows as options, and an empty one after them; below, the sum."""

    DEFAULT_CSS = """
    OptionsField > #rows { height: auto; max-height: 8; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def __init__(self, names: Sequence[str] | None = None, *, id: str | None = None) -> None:  # noqa: A002
        """Ask for options, or only for the probabilities of those that are there."""
        super().__init__(id=id)
        self._names = names

    def compose(self) -> ComposeResult:
        """The rows and the sum."""
        with Vertical(id="rows"):
            if self._names is None:
                yield OptionRow("Options", None)
                yield OptionRow("", None)
            else:
                yield from (OptionRow("" if at else "Options", name) for at, name in enumerate(self._names))
        yield self.line_below()

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The options that have a name or a probability."""
        return tuple(pair for row in self.query(OptionRow) if any(pair := row.pair))

    def on_input_changed(self, message: Input.Changed) -> None:
        """Add up, and keep an empty row at the end."""
        message.stop()
        if self._names is None and self.query(OptionRow).last().pair != ("", ""):
            self.query_one("#rows").mount(OptionRow("", None))
        self.work(partial(options_ahead, self.pairs), self._summed, group="sum", otherwise=self._refused)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter goes on to the next line."""
        message.stop()
        self.screen.focus_next()

    def _summed(self, told: tuple[str, bool]) -> None:
        words, right = told
        (self.echo if right else self.wrong)(words)

    def _refused(self, problem: LedgerError) -> None:
        self.echo(f"… {problem}")
