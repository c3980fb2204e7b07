"""What the options before or after a command's name say of the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ledger.services.opening import Book
    from ledger.services.results import Done
    from ledger.storage.location import Location


class Session:
    """One run of the program."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.ledger: str | None = None
        self.recorded = False
        """Whether something was written already, which a later cancelling does not undo."""

    def location(self) -> Location:
        """Where the ledger is: ``--ledger``, ``FORECAST_LEDGER``, or the user's own."""
        from ledger.storage.location import locate

        return locate(self.ledger)

    @contextmanager
    def reading(self, as_of: str | None = None) -> Iterator[Book]:
        """The open book, as it is or as it was; what cannot be read in it is told in one line."""
        from ledger.services.damage import unreadable_told
        from ledger.services.opening import opened

        with unreadable_told(), opened(self.location(), as_of) as book:
            yield book

    def finish(self, done: Done) -> None:
        """Print what a recording command answers."""
        from ledger.cli.output import note, say

        self.recorded = True
        say(*done.said)
        note(*done.notices)


def session_of(context: click.Context) -> Session:
    """The session of a run."""
    return context.ensure_object(Session)


def current() -> Session:
    """The session of the run in progress."""
    return session_of(click.get_current_context())
