"""Verbal probabilities: terms of the shipped scales, read into ranges."""

from __future__ import annotations

import os
from functools import cache

from ledger.data_files import load_scale, shipped_scales
from ledger.domain.scale_files import read_scale
from ledger.domain.scales import Reading, Scale, find_term, reading
from ledger.errors import InputError


@cache
def scale_named(name: str) -> Scale:
    """The shipped scale called ``name``; raises ``NotFoundError`` with the near ones."""
    return read_scale(load_scale(name))


def default_scale() -> str | None:
    """The scale of terms that name none: ``FORECAST_SCALE``, if it is set."""
    return os.environ.get("FORECAST_SCALE")


def reading_of(term: str, scale: str | None) -> Reading:
    """What ``term`` means on ``scale``, or on the one shipped scale that has it."""
    if not term:
        raise InputError("--term is empty: name a term of a scale, such as --term likely --scale icd-203")
    if (named := scale or default_scale()) is not None:
        chosen = scale_named(named)
        found = find_term(chosen, term)
        return Reading(found.low, found.high, found.best, chosen.name, found.name)
    return reading(term, [scale_named(name) for name in shipped_scales()])
