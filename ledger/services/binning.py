"""``--bins`` as typed: exact values, equal widths or equal masses."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.errors import InputError
from ledger.scoring.bins import BinnedBy

_TOLD = re.compile(r"(?:(width|mass):)?([0-9]{1,4})")


class Binning(NamedTuple):
    """How forecasts are binned; ``bins`` is not read for exact values."""

    bins: int
    by: BinnedBy

    def __str__(self) -> str:
        """Say it as it is typed."""
        return "exact" if self.by == "value" else f"{self.by}:{self.bins}"


def read_bins(told: str | None) -> Binning:
    """Read ``exact``, ``10``, ``width:10`` or ``mass:10``; ten of equal width unless told. Raises ``InputError``."""
    if told is None:
        return Binning(10, "width")
    cleaned = told.strip().casefold()
    if cleaned == "exact":
        return Binning(10, "value")
    match = _TOLD.fullmatch(cleaned)
    if match is None or int(match[2]) < 1:
        raise InputError(f"--bins {told!r} is none of: exact, width:10, mass:10, or a number of bins from 1 to 9999")
    return Binning(int(match[2]), "mass" if match[1] == "mass" else "width")
