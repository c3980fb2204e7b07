"""One action, from which its key, its word in the key bar, its line in the help and in the palette are made."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Action(NamedTuple):
    """Something that can be done on a screen.

    ``name`` is its name in a user's key map (``review.yes``). ``keys`` are separated by commas, the first is shown.
    ``run`` is what Textual calls: ``open`` for ``action_open``, ``app.settings`` for the application's.
    """

    name: str
    keys: str
    title: str
    """One or two words, for the key bar and the palette."""
    meaning: str
    """A sentence, for the help."""
    run: str
    shown: bool = True
    """Whether the key bar shows it, where there is room."""
    priority: bool = False
    """Whether the key works although a field has the focus."""

    @property
    def topic(self) -> str:
        """The screen or widget that it belongs to."""
        return self.name.partition(".")[0]

    def binding(self) -> Binding:
        """For Textual; the name is what a key map changes."""
        return Binding(
            self.keys, self.run, self.title, show=self.shown, tooltip=self.meaning, id=self.name, priority=self.priority
        )
