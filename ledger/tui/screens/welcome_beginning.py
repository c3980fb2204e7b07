"""The ways to begin a ledger: their words, and the jobs that do it in a thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from rich.text import Text

from ledger.errors import Cancelled, InputError, RefusedError
from ledger.tui.cells import shown

if TYPE_CHECKING:
    from ledger.services.results import Done
    from ledger.storage.location import Location

Progress = Callable[[int, int], None]


def ways(article: str) -> list[Text]:
    """The three ways to begin; ``article`` says what the shipped set is."""
    told = [
        ("enter", "start with the shipped article", article),
        ("e", "start empty", ""),
        ("i", "import a file: the ledger's own CSV, or a journal as JSON Lines", ""),
    ]
    return [_way(*one) for one in told]


def _way(key: str, words: str, more: str) -> Text:
    way = Text(f"{key:<6}", style="bold", overflow="fold")
    way.append(words, style="not bold")
    if more:
        way.append("".join(f"\n      {line}" for line in more.splitlines()), style="not bold")
    return way


def article_words() -> str:
    """What the shipped set is, in two lines."""
    from ledger.services.beginning import first_seed, seed_words

    return "\n".join(map(shown, seed_words(first_seed())))


def with_article(location: Location) -> Done:
    """Make a ledger with the shipped set."""
    from ledger.services.beginning import first_seed
    from ledger.services.starting import initialise

    return initialise(location, first_seed(), lambda _: None)


def empty(location: Location) -> Done:
    """Make an empty ledger."""
    from ledger.services.starting import initialise

    return initialise(location, None, lambda _: None)


def with_file(location: Location, told: str, progress: Progress) -> Done:
    """Make a ledger from a file; raises ``RefusedError`` where it was called off."""
    from ledger.services.beginning import begin_with_file

    try:
        return begin_with_file(location, _path(told), lambda _: None, progress)
    except Cancelled as problem:
        raise RefusedError("called off; no ledger was made") from problem


def stopping(progress: Progress, stop: Event) -> Progress:
    """``progress`` that raises ``Cancelled`` once ``stop`` is set."""

    def told(done: int, total: int) -> None:
        if stop.is_set():
            raise Cancelled
        progress(done, total)

    return told


def _path(told: str) -> Path:
    if "\0" in told:
        raise InputError("a path holds no NUL character")
    try:
        return Path(told).expanduser()
    except RuntimeError as problem:
        raise InputError("the path begins with an unknown home; write it in full") from problem
