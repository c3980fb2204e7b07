"""A cell that holds no value, told only where somebody reads it."""

from __future__ import annotations


class Faulty(str):
    """Stands in for the cell; the text says what is wrong with it and what to do."""

    __slots__ = ()
