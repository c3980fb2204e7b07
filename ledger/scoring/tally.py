"""The tally: distinct probability and outcome, and the weight of each. All a score needs, and it adds.

After Murphy and Winkler 1987 (Monthly Weather Review 115:1330): what does not depend on the order of the
forecasts is in their joint distribution with the outcomes. Weights are whole numbers of parts, so that
merging, taking out and merging again are exact to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, Unpack

import numpy as np

from ledger.errors import ScoringError
from ledger.scoring._cells import Cells, condense, pick
from ledger.scoring._frames import blame, read_columns
from ledger.scoring._grid import plain_columns
from ledger.scoring._plain import count_plain
from ledger.scoring._rows import MOST, keyed_alike, rows_to_cells, weight_in_parts
from ledger.scoring.card import make_card
from ledger.scoring.independence import find_dependence
from ledger.scoring.points import PARTS, Points, pool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import ArrayLike, NDArray

    from ledger.scoring._frames import Frame
    from ledger.scoring.card import Card, CardOptions

__all__ = ["PARTS", "Points", "Tally"]


@dataclass(frozen=True, eq=False)
class Tally:
    """Distinct cells of (group, question, forecast, outcome), sorted by these, with weight and rows.

    ``forecast`` is the exact probability and ``outcome`` 0, 1 or a share; ``weight`` is in parts of 2**-32 of a unit;
    ``rows`` counts statements. ``question`` and ``group`` are ``None`` unless the tally is keyed by them. Made by
    ``count``, ``of_parts`` and ``merge``: equal data, in any order and any split, gives equal arrays. A cell without
    weight keeps its rows and counts in no score.
    """

    forecast: NDArray[np.float64]
    outcome: NDArray[np.float64]
    weight: NDArray[np.int64]
    rows: NDArray[np.int64]
    question: NDArray[np.int64] | None = None
    group: NDArray[Any] | None = None

    @classmethod
    def count(
        cls,
        *,
        forecast: ArrayLike,
        outcome: ArrayLike,
        weight: ArrayLike | None = None,
        question: ArrayLike | None = None,
        group: ArrayLike | None = None,
    ) -> Self:
        """Count rows: probabilities and outcomes between 0 and 1, in one dimension and of one length.

        ``weight`` is in units (1 each unless given; never negative) and is rounded once a row to parts. ``question``
        is whole numbers, ``group`` whole numbers or text. Raises ``ScoringError`` naming the element at fault.
        """
        if weight is None and question is None and group is None:
            columns = plain_columns(forecast, outcome)
            counted = count_plain(*columns) if columns else None
            if counted:
                tally = cls._of(counted[0])
                tally.__dict__.update(counted[1])
                return tally
        if weight is None:
            return cls.of_parts(forecast=forecast, outcome=outcome, parts=None, question=question, group=group)
        parts = weight_in_parts(weight)
        return cls.of_parts(forecast=forecast, outcome=outcome, parts=parts, question=question, group=group)

    @classmethod
    def of_frame(
        cls,
        frame: Frame,
        *,
        forecast: str = "forecast",
        outcome: str = "outcome",
        weight: str | None = None,
        question: str | None = None,
        group: str | None = None,
    ) -> Self:
        """Count the rows of a data frame, a mapping or a structured array, whose columns are given by name.

        As ``count``; missing values are refused. Raises ``ScoringError`` naming the column and the row.
        """
        return cls.of_chunks([frame], forecast=forecast, outcome=outcome, weight=weight, question=question, group=group)

    @classmethod
    def of_chunks(
        cls,
        chunks: Iterable[Frame],
        *,
        forecast: str = "forecast",
        outcome: str = "outcome",
        weight: str | None = None,
        question: str | None = None,
        group: str | None = None,
    ) -> Self:
        """Count frames one after the other, such as ``pandas.read_csv(..., chunksize=...)`` gives, never all at once.

        The same as of one frame that holds them all, to the last bit. Raises ``ScoringError`` as ``of_frame`` does.
        """
        names = {"forecast": forecast, "outcome": outcome, "weight": weight, "question": question, "group": group}
        parts: list[Self] = []  # each more than twice as large as the next, so that no cell is merged many times
        for chunk in chunks:
            columns = read_columns(chunk, names)
            try:
                parts.append(cls.count(**columns))  # type: ignore[arg-type]
            except ScoringError as error:
                raise ScoringError(blame(chunk, names, columns) or str(error)) from None
            while len(parts) > 1 and len(parts[-2]) <= 2 * len(parts[-1]):
                parts[-2:] = [cls.merge(*parts[-2:])]
        return parts[0] if len(parts) == 1 else cls.merge(*parts)

    @classmethod
    def of_parts(
        cls,
        *,
        forecast: ArrayLike,
        outcome: ArrayLike,
        parts: ArrayLike | None,
        rows: ArrayLike | None = None,
        question: ArrayLike | None = None,
        group: ArrayLike | None = None,
    ) -> Self:
        """Count rows, or cells already added up (by SQL ``GROUP BY``), whose weights are whole numbers of parts.

        So from ``SELECT forecast, outcome, SUM(parts), COUNT(*) ... GROUP BY forecast, outcome``, in whatever order.
        ``parts`` of ``None`` is one unit a row; ``rows`` is how many statements each entry stands for, 1 unless given.
        Raises ``ScoringError`` naming the element at fault, or when the weights together pass 2**31 units.
        """
        return cls._made(rows_to_cells(forecast, outcome, parts, rows, question, group))

    @classmethod
    def _made(cls, cells: Cells) -> Self:
        """Build from checked columns in any order."""
        if float(cells.parts.sum(dtype=np.float64)) >= MOST * PARTS:
            raise ScoringError("the weights together pass 2**31 units: more than a tally holds")
        return cls._of(condense(cells))

    @classmethod
    def _of(cls, cells: Cells) -> Self:
        """Build from distinct cells in order, which then stay as they are."""
        for column in cells:
            if column is not None:
                column.flags.writeable = False
        return cls(cells.forecast, cells.outcome, cells.parts, cells.rows, cells.question, cells.group)

    @classmethod
    def merge(cls, *tallies: Tally) -> Self:
        """Add tallies that are keyed alike; none gives the empty tally."""
        if not tallies:
            return cls.count(forecast=[], outcome=[])
        return cls._made(keyed_alike([one.cells() for one in tallies]))

    def __add__(self, other: Tally) -> Tally:
        """Add another tally that is keyed alike."""
        return type(self).merge(self, other)

    def __sub__(self, other: Tally) -> Tally:
        """Take out a tally that was put in; ``ScoringError`` where it was not."""
        minus = replace(other, weight=-other.weight, rows=-other.rows)
        rest = Tally._made(keyed_alike([self.cells(), minus.cells()]))
        wrong = (rest.weight < 0) | (rest.rows < 0) | ((rest.rows == 0) & (rest.weight != 0))
        if wrong.any():
            first = int(np.argmax(wrong))
            cell = f"forecast {rest.forecast[first]}, outcome {rest.outcome[first]}"
            raise ScoringError(f"cannot take out what is not there: {cell}")
        return rest.only(rest.rows > 0)

    def __eq__(self, other: object) -> bool:
        """Whether every array is the same."""
        if not isinstance(other, Tally):
            return NotImplemented
        pairs = ((getattr(self, field.name), getattr(other, field.name)) for field in fields(self))
        return all(a is b if a is None or b is None else np.array_equal(a, b) for a, b in pairs)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        """How many cells."""
        return self.forecast.size

    def cells(self) -> Cells:
        """Give the columns in the order in which they are sorted."""
        return Cells(self.group, self.question, self.forecast, self.outcome, self.weight, self.rows)

    def only(self, mask: NDArray[np.bool_]) -> Tally:
        """Keep the cells where ``mask`` is true; a part of what is sorted is sorted."""
        return self if mask.all() else Tally._of(pick(self.cells(), mask))

    def pooled(self) -> Tally:
        """Forget questions and groups."""
        return self._pooled

    @cached_property
    def _pooled(self) -> Tally:
        if self.question is None and self.group is None:
            return self
        return Tally._made(self.cells()._replace(question=None, group=None))

    def ungrouped(self) -> Tally:
        """Forget groups, keeping questions."""
        return self if self.group is None else Tally._made(self.cells()._replace(group=None))

    def groups(self) -> Iterator[tuple[Any, Tally]]:
        """Give each group's label with its tally, no longer keyed by group, in the order of the labels."""
        if self.group is None:
            raise ScoringError("this tally is not keyed by group")
        for label in np.unique(self.group):
            part = self.only(self.group == label)
            yield label.item(), Tally._made(part.cells()._replace(group=None))

    def points(self) -> Points:
        """Pool into distinct probabilities."""
        return self._points if self._pooled is self else self._pooled.points()

    @cached_property
    def why_dependent(self) -> str | None:
        """Why rows cannot be taken as independent, as ``scoring.why_dependent`` says."""
        return find_dependence(self)

    @cached_property
    def _points(self) -> Points:
        return pool(self.forecast, self.outcome, self.weight, self.rows)

    def card(self, **options: Unpack[CardOptions]) -> Card:
        """Draw up the card: every figure, and the Brier score's interval from resamples; see ``CardOptions``."""
        return make_card(self, **options)
