"""Whether the rows of a tally may be taken as independent, as some tests and standard deviations need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ledger.scoring.points import PARTS

if TYPE_CHECKING:
    from ledger.scoring.tally import Tally

__all__ = ["find_dependence", "why_dependent"]


def why_dependent(tally: Tally) -> str | None:
    """Say why rows cannot be taken as independent draws of yes and no; ``None`` where nothing speaks against it.

    Each row must weigh one unit, have an outcome of 0 or 1 and, in a tally keyed by question, be its question's only
    one. A tally that is not keyed by question cannot show that rows share a question.
    """
    return tally.why_dependent


def find_dependence(tally: Tally) -> str | None:
    """Look for what ``why_dependent`` says."""
    if not np.array_equal(tally.weight, tally.rows * PARTS):
        return "needs rows of one unit each: this tally's are weighted"
    if not np.all((tally.outcome == 0) | (tally.outcome == 1)):
        return "needs outcomes of 0 or 1: some are shares"
    if tally.question is not None:
        rows, cells = int(tally.rows.sum()), np.unique(tally.question).size
        if rows > cells:
            return f"needs independent rows: there are {rows} on {cells} questions"
    return None
