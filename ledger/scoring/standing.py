"""What stood at a moment: a named forecaster's probability, or the crowd's median or mean, per question and time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring import _check
from ledger.scoring._scores import probabilities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Center", "ReferenceRows", "Standing", "crowd_at", "crowd_over_time"]

Center = Literal["median", "mean"]


@dataclass(frozen=True, eq=False)
class Standing:
    """Statements of binary questions and the half-open spans ``[since, until)`` in which they stood.

    One row is one statement: the numbers of its question and its forecaster, its probability, two instants.
    """

    question: NDArray[np.int64]
    forecaster: NDArray[np.int64]
    forecast: NDArray[np.float64]
    since: NDArray[np.int64]
    until: NDArray[np.int64]

    @classmethod
    def read(
        cls, *, question: ArrayLike, forecaster: ArrayLike, forecast: ArrayLike, since: ArrayLike, until: ArrayLike
    ) -> Standing:
        """Check the columns; raise ``ScoringError`` for one of another length or a span that ends before it begins."""
        values = probabilities("forecast", forecast)
        columns = {"question": question, "forecaster": forecaster, "since": since, "until": until}
        whole = {name: _check.integers(name, column) for name, column in columns.items()}
        for name, column in whole.items():
            _check.same_shape(name, column, "forecast", values.shape)
        _check.first_bad("until", whole["until"], whole["until"] >= whole["since"], "it ends before it begins")
        return cls(forecast=values, **whole)

    def only(self, forecaster: int) -> Standing:
        """Keep the rows of one forecaster, to be a reference by name."""
        return self._take(np.flatnonzero(self.forecaster == forecaster))

    def _take(self, rows: NDArray[np.intp]) -> Standing:
        question, who, since, until = (c[rows] for c in (self.question, self.forecaster, self.since, self.until))
        return Standing(question, who, self.forecast[rows], since, until)

    def by_question(self, questions: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.intp], Standing]]:
        """For each of the distinct ``questions``: where it stands among them, and the statements on it."""
        asked, said = np.argsort(questions), np.argsort(self.question)
        for number in np.unique(questions):
            rows, statements = _stretch(questions, asked, number), _stretch(self.question, said, number)
            yield rows, self._take(statements)


def _stretch(values: NDArray[np.int64], order: NDArray[np.intp], number: np.int64) -> NDArray[np.intp]:
    """Where ``values`` is ``number``, found in its sorted ``order``."""
    low, high = (np.searchsorted(values, number, side=side, sorter=order) for side in ("left", "right"))
    return order[low:high]


@dataclass(frozen=True, eq=False)
class ReferenceRows:
    """The reference where there is one.

    ``row`` is the index of the row that was asked about, ``forecast`` the reference's probability, ``span`` for how
    long (1 for a moment). A row without any standing reference is not among them: it cannot be compared.
    """

    row: NDArray[np.int64]
    forecast: NDArray[np.float64]
    span: NDArray[np.int64]


def _asked(question: ArrayLike, **columns: ArrayLike | None) -> list[NDArray[np.int64]]:
    questions = _check.integers("question", question)
    read = [questions]
    for name, column in columns.items():
        values = np.zeros_like(questions) if column is None else _check.integers(name, column)
        _check.same_shape(name, values, "question", questions.shape)
        read.append(values)
    return read


def crowd_at(
    standing: Standing, *, question: ArrayLike, at: ArrayLike, by: Center = "median", leave_out: ArrayLike | None = None
) -> ReferenceRows:
    """Give the crowd's ``median`` or ``mean`` for each question at each instant, of what stands then.

    ``leave_out`` names for each row a forecaster who is not part of the crowd (the one to be compared with it).
    """
    if by not in ("median", "mean"):
        raise ScoringError(f"the crowd is taken by median or mean, not by {by!r}")
    questions, moments, absent = _asked(question, at=at, leave_out=leave_out)
    center, found = (np.median if by == "median" else np.mean), {}
    for rows, said in standing.by_question(questions):
        for row in rows:
            heard = (said.since <= moments[row]) & (moments[row] < said.until)
            if leave_out is not None:
                heard &= said.forecaster != absent[row]
            if heard.any():
                found[int(row)] = float(center(said.forecast[heard]))
    index = np.array(sorted(found), dtype=np.int64)
    return ReferenceRows(index, np.array([found[row] for row in index.tolist()]), np.ones_like(index))


def crowd_over_time(
    standing: Standing,
    *,
    question: ArrayLike,
    since: ArrayLike,
    until: ArrayLike,
    by: Center = "median",
    leave_out: ArrayLike | None = None,
) -> ReferenceRows:
    """Give the crowd for each question all through ``[since, until)``, cut wherever it changes.

    The spans of a row add up to the time in which there was a crowd, so that scores can be integrated exactly.
    """
    questions, start, end, absent = _asked(question, since=since, until=until, leave_out=leave_out)
    _check.first_bad("until", end, end >= start, "it ends before it begins")
    pieces: list[tuple[int, int, int]] = []
    for rows, said in standing.by_question(questions):
        for row in rows.tolist():
            ends = (int(start[row]), int(end[row]))
            cuts = np.unique(np.clip(np.concatenate((said.since, said.until, ends)), *ends)).tolist()
            pieces += [(row, left, right - left) for left, right in pairwise(cuts)]
    row, at, span = np.array(sorted(pieces), dtype=np.int64).reshape(-1, 3).T
    leave = None if leave_out is None else absent[row]
    crowd = crowd_at(standing, question=questions[row], at=at, by=by, leave_out=leave)
    return ReferenceRows(row[crowd.row], crowd.forecast, span[crowd.row])
