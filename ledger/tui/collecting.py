"""The garbage collector rests while the program starts: what is loaded stays, and looking it over wastes time."""

from __future__ import annotations

import gc


def rest() -> None:
    """Stop collecting; to be called before anything large is loaded."""
    gc.disable()


def resume() -> None:
    """Collect again where it was stopped, but never look at what the start has made."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
