"""The rows of a score as arrays, whole or by group."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.domain.policies import HORIZONS, horizon_of, month_of
from ledger.scoring.points import PARTS
from ledger.scoring.tally import Tally
from ledger.storage.driver import Row

Label = str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Statements that count, column by column; ``weight`` is in parts of 2⁻³² of a unit."""

    question: NDArray[np.int64]
    forecaster: NDArray[np.int64]
    probability: NDArray[np.float64]
    value: list[str | None]
    outcome: NDArray[np.float64]
    weight: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    labels: list[object]
    beside: dict[str, list[Any]] = field(default_factory=dict)
    """What else was asked for of each statement, by name."""

    def __len__(self) -> int:
        """How many statements."""
        return len(self.question)

    @property
    def units(self) -> int:
        """How many units they belong to; rows come by question and forecaster."""
        if not len(self):
            return 0
        same = (self.question[1:] == self.question[:-1]) & (self.forecaster[1:] == self.forecaster[:-1])
        return len(self) - int(same.sum())

    @property
    def coverage(self) -> float | None:
        """The mean weight of a unit, in units."""
        units = self.units
        return float(self.weight.sum(dtype=np.float64)) / PARTS / units if units else None

    def only(self, places: NDArray[np.intp]) -> Rows:
        """The rows at ``places``."""
        return Rows(
            self.question[places], self.forecaster[places], self.probability[places],
            [self.value[at] for at in places], self.outcome[places], self.weight[places], self.low[places],
            self.high[places], [],
            {name: [column[at] for at in places] for name, column in self.beside.items()},
        )  # fmt: skip

    def last(self) -> Rows:
        """The last statement of each unit, each of one whole unit's weight; rows come by unit, in order of time."""
        ends = np.ones(len(self), dtype=np.bool_)
        ends[:-1] = (self.question[1:] != self.question[:-1]) | (self.forecaster[1:] != self.forecaster[:-1])
        kept = self.only(np.flatnonzero(ends))
        return replace(kept, weight=np.full(len(kept), PARTS, dtype=np.int64))

    def tally(self) -> Tally:
        """Their tally, keyed by question."""
        return Tally.of_parts(
            forecast=self.probability, outcome=self.outcome, parts=self.weight, question=self.question
        )

    def instants(self, name: str) -> NDArray[np.int64]:
        """A column of instants (µs)."""
        return np.array(self.beside[name], dtype=np.int64)

    def vectors(self) -> list[list[object]]:
        """The option vectors or quantiles, decoded."""
        return [json.loads(value or "[]") for value in self.value]


def gather(rows: Iterable[Row], beside: Sequence[str] = ()) -> Rows:
    """Lay the rows of ``scored_rows`` out in columns; a statement without a range has both its ends at p."""
    columns: list[tuple[object, ...]] = list(zip(*rows, strict=True)) or [()] * (9 + len(beside))
    question, forecaster, probability, value, outcome, weight, low, high, labels, *more = columns
    stated = np.array(probability, dtype=np.float64)
    return Rows(
        np.array(question, dtype=np.int64),
        np.array(forecaster, dtype=np.int64),
        stated,
        list(value),  # type: ignore[arg-type]
        np.array(outcome, dtype=np.float64),
        np.array(weight, dtype=np.int64),
        _or(low, stated),
        _or(high, stated),
        list(labels),
        {name: list(column) for name, column in zip(beside, more, strict=True)},
    )


def _or(column: tuple[object, ...], instead: NDArray[np.float64]) -> NDArray[np.float64]:
    if not any(value is not None for value in column):
        return instead
    values = np.array(column, dtype=np.float64)
    return np.where(np.isnan(values), instead, values)


def grouped(rows: Rows, by: str, tags: dict[int, list[str]]) -> Iterator[tuple[Label, Rows]]:
    """The rows of each group, in the order in which people read its labels; those without a label come last."""
    places: dict[Label, list[int]] = {}
    for at, raw in enumerate(rows.labels):
        for label in _labels(by, raw, tags):
            places.setdefault(label, []).append(at)
    for label in sorted(places, key=lambda one: reading_order(by, one)):
        yield label, rows.only(np.array(places[label], dtype=np.intp))


def _labels(by: str, raw: object, tags: dict[int, list[str]]) -> list[Label]:
    if by == "tag":
        return [*tags.get(_int(raw), [])] or [None]
    if by == "month":
        return [month_of(_int(raw))]
    if by == "horizon":
        return [horizon_of(_int(raw))]
    return [None if raw is None else str(raw)]


def _int(raw: object) -> int:
    assert isinstance(raw, int)
    return raw


def reading_order(by: str, label: Label) -> tuple[bool, int, str]:
    """Sorts the labels of a slice as people read them: in order of time where they tell one, none last."""
    order = {"horizon": list(HORIZONS), "class": ["proven", "recorded", "imported", "late"]}.get(by, [])
    return label is None, order.index(label) if label in order else 0, label or ""
