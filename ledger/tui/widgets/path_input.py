"""A field for a path: names are listed in a thread as it is typed, Tab takes one."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import SuggestionReady
from textual.widgets import Input

from ledger.services.path_completion import Completions, completions
from ledger.tui.actions import bindings
from ledger.tui.widgets.line_input import HARMLESS, LineInput
from ledger.tui.widgets.path_list import PathList
from ledger.tui.work import Working, cancelled


class PathInput(LineInput):
    """The line of a :class:`PathField`."""

    BINDINGS = bindings("path")

    @property
    def field(self) -> PathField:
        """The field around it."""
        field = self.parent
        assert isinstance(field, PathField)
        return field

    def action_take(self) -> None:
        """Take the name that is offered; with none, go on."""
        if not self.field.take():
            raise SkipAction

    def action_next(self) -> None:
        """Go to the next name."""
        self.field.names.move(1)
        self.field.suggest()

    def action_previous(self) -> None:
        """Go to the name before."""
        self.field.names.move(-1)
        self.field.suggest()

    def action_close(self) -> None:
        """Offer nothing more; with nothing offered, the screen hears the key."""
        if not self.field.close():
            raise SkipAction

    def on_blur(self, _: events.Blur) -> None:
        """Names are offered only while one types."""
        self.field.left()


class PathField(Working, Vertical):
    """A path and the names that it may become; ``Named`` once it was entered."""

    DEFAULT_CSS = "PathField { height: auto; width: 1fr; }"

    class Named(Message):
        """A path was entered."""

        def __init__(self, field: PathField, typed: str) -> None:
            """Keep it as it was typed, raw."""
            self.field, self.typed = field, typed
            super().__init__()

        @property
        def control(self) -> PathField:
            """The field."""
            return self.field

    class Changed(Named):
        """Another path stands in the field."""

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id)
        self.line, self.names = PathInput(placeholder=placeholder), PathList()

    def compose(self) -> ComposeResult:
        """The line, and the names under it."""
        yield self.line
        yield self.names

    @property
    def value(self) -> str:
        """What was typed, raw."""
        return self.line.value

    def on_input_changed(self, message: Input.Changed) -> None:
        """List what the path may become."""
        message.stop()
        self.post_message(self.Changed(self, message.value))
        if message.value and self.line.has_focus:
            self.work(partial(completions, message.value, cancelled), self._offer, group="names")
        else:
            self.close()

    def _offer(self, found: Completions) -> None:
        if found.typed != self.value or not self.line.has_focus:
            return
        whole = [one for one in found.candidates if one.path == found.typed]
        self.names.show(Completions("", []) if whole and len(found.candidates) == 1 else found)
        self.suggest()

    def suggest(self) -> None:
        """Show the rest of the name under the cursor behind what was typed."""
        chosen = self.names.chosen
        rest = "" if chosen is None else chosen.path.translate(HARMLESS)
        self.line.post_message(SuggestionReady(self.value, rest))

    def take(self) -> bool:
        """Take the name under the cursor; whether there was one."""
        chosen = self.names.chosen
        if chosen is None:
            return False
        self._take(chosen.path)
        return True

    def _take(self, path: str) -> None:
        self.line.value = path
        self.line.action_end()

    def on_path_list_picked(self, message: PathList.Picked) -> None:
        """Take a name by the mouse."""
        message.stop()
        self.line.focus()
        self._take(message.candidate.path)

    def close(self) -> bool:
        """Offer nothing more; whether anything was offered."""
        self.drop("names")
        self.line.post_message(SuggestionReady(self.value, ""))
        return self.names.hide()

    def left(self) -> None:
        """The line lost the focus; a click on a name comes first."""
        self.set_timer(0.2, self._close_if_left)

    def _close_if_left(self) -> None:
        if not self.line.has_focus:
            self.close()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Hand the path on."""
        message.stop()
        self.close()
        if message.value.strip():
            self.post_message(self.Named(self, message.value))
