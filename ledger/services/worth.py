"""What a statement says: a probability, a range, one probability per option, or quantiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.domain.kinds import Kind
from ledger.storage.reading.listed import ListedUnit


class Worth(NamedTuple):
    """The value of a statement: a probability, one per option, or quantiles as (level, value), decimals."""

    probability: float | None
    low: float | None = None
    high: float | None = None
    options: tuple[tuple[str, str], ...] = ()
    quantiles: tuple[tuple[str, str], ...] = ()

    def as_data(self) -> dict[str, object]:
        """For JSON; only what its kind has."""
        if self.options:
            return {"options": [{"option": name, "probability": float(value)} for name, value in self.options]}
        if self.quantiles:
            return {"quantiles": [{"level": float(level), "value": float(value)} for level, value in self.quantiles]}
        return {"probability": self.probability, "low": self.low, "high": self.high}


def worth(
    kind: str, options: Sequence[str], probability: float | None, value: str | None,
    low: float | None = None, high: float | None = None,
) -> Worth:  # fmt: skip
    """Read a statement's columns for a question of ``kind`` with ``options``."""
    if value is None:
        return Worth(probability, low, high)
    import json

    told = json.loads(value)
    if kind == Kind.NUMERIC:
        return Worth(None, quantiles=tuple((level, amount) for level, amount in told))
    return Worth(None, options=tuple(zip(options, told, strict=True)))


def latest_unit(units: Iterable[ListedUnit]) -> ListedUnit | None:
    """The unit whose standing statement is the latest; one that was withdrawn only if all were."""
    return max((unit for unit in units if unit.entry is not None), key=_rank, default=None)


def _rank(unit: ListedUnit) -> tuple[bool, int, int]:
    return not unit.withdrawn, unit.made_at or 0, unit.entry or 0
