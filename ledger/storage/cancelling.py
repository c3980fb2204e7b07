"""Work on a store that somebody may call off while it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from traceback import clear_frames

from ledger.errors import Cancelled
from ledger.storage.driver import Driver

Asked = Callable[[], bool]
"""Whether to stop; asked often, so it must be quick, such as ``threading.Event().is_set``."""
STEPS = 20_000
"""Steps of SQLite's machine between two askings: about a millisecond."""


@contextmanager
def cancellable(driver: Driver, cancelled: Asked | None) -> Iterator[None]:
    """Let ``cancelled`` stop the queries of the block; raises :class:`Cancelled` once it says so."""
    if cancelled is None:
        yield
        return
    if cancelled():
        raise Cancelled
    driver.heed(cancelled, STEPS)
    try:
        yield
    except Exception as problem:
        if not driver.was_interrupted(problem):
            raise
        raise Cancelled from problem
    finally:
        driver.heed(None, STEPS)


@contextmanager
def heeding(driver: Driver, beat: Callable[[], None] | None) -> Iterator[None]:
    """Call ``beat`` again and again while the store works for the block; what it raises ends the block.

    An interrupted write is undone by the store, with all of its transaction.
    """
    if beat is None:
        yield
        return
    raised: list[BaseException] = []

    def heed() -> bool:
        try:
            beat()
        except BaseException as problem:  # the driver would swallow it; it is raised again below
            raised.append(problem)
        return bool(raised)

    driver.heed(heed, STEPS)
    try:
        yield
        _raise_again(raised)
    except BaseException as problem:
        # Whoever keeps the exception would keep half-read queries with its frames, and a lock with those.
        clear_frames(problem.__traceback__)
        if raised and problem is not raised[0]:
            raise raised[0] from None
        raise
    finally:
        raised.clear()
        driver.heed(None, STEPS)


def _raise_again(raised: list[BaseException]) -> None:
    """What the block took for a finding of its own."""
    if raised:
        raise raised[0]
