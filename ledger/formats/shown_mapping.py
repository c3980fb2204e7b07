"""A mapping with the table that it is for, as people are to see it before anything comes in."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.domain.text import quoted
from ledger.errors import FileInputError
from ledger.formats.mapping import Columns


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as it is read."""

    field: str
    column: str
    samples: tuple[tuple[str, str], ...]
    """The first few cells, each as it stands and as it is read."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping with the table that it is for."""

    mapping: Columns
    header: tuple[str, ...]
    """All columns of the table."""
    shown: tuple[Shown, ...] = ()
    """The fields that have a column, with what is read there."""

    @property
    def left_over(self) -> tuple[str, ...]:
        """The columns that nothing is read from."""
        used = set(self.mapping.columns.values())
        return tuple(name for name in self.header if name not in used)

    def lines(self) -> list[str]:
        """The mapping for people, one line a field and one for what is left over."""
        lines = []
        for one in self.shown:
            samples = ", ".join(_sample(raw, told) for raw, told in one.samples)
            lines.append(f"{one.field} ← {quoted(one.column, limit=40)}: {samples or 'empty so far'}")
        if self.left_over:
            left = ", ".join(quoted(name, limit=30) for name in self.left_over[:12])
            lines.append(f"left over: {left}{', …' if len(self.left_over) > 12 else ''}")
        return lines


def _sample(raw: str, told: str) -> str:
    return quoted(raw, limit=40) if raw == told else f"{quoted(raw, limit=30)} → {told}"


class MappingError(FileInputError):
    """A table whose columns do not say all that is needed; ``mapped`` is what could be made of them."""

    def __init__(
        self, problem: str, *, file: str, mapped: Mapped, line: int | None = None, column: str | None = None
    ) -> None:
        """``problem`` says which option helps."""
        super().__init__(problem, file=file, line=line, column=column)
        self.mapped = mapped
