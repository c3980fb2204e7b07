"""The week's change of the score in words: what it was, what it is, and what may be read into that."""

from __future__ import annotations

from typing import NamedTuple

from ledger.services.live_figures import PointFigures
from ledger.services.reviewing_week import ScoreChange
from ledger.services.wording import counted

ABSENT = "–"
FEW = 30
"""Scored units below which one week's change is told to say little."""


class Row(NamedTuple):
    """One figure: what it is called, at the beginning of the week, now, and how to read it."""

    name: str
    before: str
    after: str
    note: str = ""


def headline(change: ScoreChange, *, original: bool) -> str:
    """One sentence: ``Brier score 0.1330 → 0.1133 (0–1, lower is better): better by 0.0197.``."""
    before, after = (_brier(one, original) for one in (change.before, change.after))
    form = f"({_form(original)}, lower is better)"
    if after is None:
        gone = f"; at the beginning of the week it was {before:.4f} {form}" if before is not None else ""
        return f"There is {'no Brier score any more' if gone else 'no Brier score yet'}: {_why(change.after)}{gone}."
    if before is None:
        return f"The Brier score is {after:.4f} {form}; at the beginning of the week there was none."
    by = round(after, 4) - round(before, 4)  # of the figures that are shown
    if not by:
        return f"The Brier score stayed at {after:.4f} {form}."
    verdict = "better" if by < 0 else "worse"
    return f"Brier score {before:.4f} → {after:.4f} {form}: {verdict} by {abs(by):.4f}."


def rows(change: ScoreChange, *, original: bool) -> list[Row]:
    """The figures side by side; one that is not defined is told with a dash."""
    before, after, form = change.before, change.after, _form(original)
    factor = 2 if original else 1
    parts = (
        ("miscalibration", "lower is better"), ("discrimination", "higher is better"),
        ("uncertainty", "how hard the questions were"),
    )  # fmt: skip
    return [
        Row("n scored", f"{before.scored:,}", f"{after.scored:,}", f"of {counted(after.units, 'unit')}"),
        Row(f"Brier ({form})", _told(_brier(before, original)), _told(_brier(after, original)), "lower is better"),
        *(
            Row(f"{name} ({form})", _told(getattr(before, name), factor), _told(getattr(after, name), factor), note)
            for name, note in parts
        ),
        Row("skill", _told(before.skill), _told(after.skill), "higher is better"),
    ]


def caution(change: ScoreChange) -> str:
    """What the change does not say."""
    if change.after.brier is None:
        return "The score is of yes-or-no questions; other kinds have theirs in the calibration."
    few = change.after.scored < FEW
    more = f"With {counted(change.after.scored, 'unit')} scored, one outcome moves it much. " if few else ""
    return f"{more}One week says little about skill: the calibration has the interval, and the trend by month."


def _brier(figures: PointFigures, original: bool) -> float | None:
    return figures.brier_original if original else figures.brier


def _why(figures: PointFigures) -> str:
    return "no yes-or-no question was settled with a forecast in time" if not figures.scored else "nothing stood"


def _told(value: float | None, factor: int = 1) -> str:
    return ABSENT if value is None else f"{factor * value:.4f}"


def _form(original: bool) -> str:
    return "0–2" if original else "0–1"
