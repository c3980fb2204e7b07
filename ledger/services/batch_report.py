"""What became of a table of outcomes, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.formats.outcomes_file import OutcomeTable, Problem
from ledger.services.settling import late_told
from ledger.services.wording import counted

MOST_TOLD = 20
"""Lines of one sort that are told; what is more is counted."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An outcome that was recorded, or would be."""

    line: int
    number: int
    name: str
    outcome: str
    """As people read it."""
    entry: int

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        about: dict[str, object] = {"line": self.line, "question": self.number, "name": self.name}
        return about | {"outcome": self.outcome, "entry": self.entry}


@dataclass(slots=True)
class OutcomesReport:
    """All of a table. Where it is ``refused`` nothing was written."""

    table: OutcomeTable
    dry_run: bool
    refused: bool = False
    recorded: list[Recorded] = field(default_factory=list)
    """What was, or without its problems or in earnest would be, recorded."""
    already: int = 0
    """Lines whose outcome stands already."""
    repeated: int = 0
    """Lines that say what another line of the table says."""
    other_times: list[int] = field(default_factory=list)
    """Lines whose outcome stands already, known since another time."""
    at_deadline: int = 0
    """Recorded without a time, so that the question closed at its deadline."""
    late: int = 0
    """How many more statements are late than before."""
    consequences: list[str] = field(default_factory=list)

    @property
    def written(self) -> bool:
        """Whether anything was recorded."""
        return bool(self.recorded) and not self.refused and not self.dry_run

    def said(self) -> list[str]:
        """What was recorded, for people."""
        if self.refused and not self.dry_run:
            return []
        verb = "would record" if self.dry_run else "recorded"
        lines = [f"#{one.number} {one.name}: {one.outcome} (line {one.line})" for one in self.recorded[:MOST_TOLD]]
        lines += _more(len(self.recorded))
        return [*lines, f"{self.table.name}: {verb} {counted(len(self.recorded), 'outcome')}{self._beside()}"]

    def _beside(self) -> str:
        parts = [
            f"{self.already:,} recorded before" if self.already else "",
            f"{self.repeated:,} said twice in the file" if self.repeated else "",
            f"{self.table.without:,} without an outcome yet" if self.table.without else "",
        ]
        told = ", ".join(part for part in parts if part)
        return f"; {told}" if told else ""

    def notices(self) -> list[str]:
        """What people should know besides, the problems first."""
        followed = [] if self.refused else [*self.consequences[:MOST_TOLD], *_more(len(self.consequences))]
        return [*self._problems(), *self._ending(), *self.table.notes, *self._about_times(), *followed]

    def _problems(self) -> Iterator[str]:
        for one in self.table.problems[:MOST_TOLD]:
            yield f"{self.table.name}, {_place(one)}: {one.problem}"
        yield from _more(len(self.table.problems))

    def _ending(self) -> Iterator[str]:
        problems = len(self.table.problems)
        if not problems:
            return
        lines, them = counted(problems, "line"), "it" if problems == 1 else "them"
        were = "would be" if self.dry_run else "was" if problems == 1 or self.refused else "were"
        if self.refused:
            yield f"nothing {were} written: mend {lines}, or leave {them} out with --skip-unmatched"
        else:
            yield f"{lines} {were} left out"

    def _about_times(self) -> Iterator[str]:
        for line in self.other_times[:MOST_TOLD]:
            problem = "this outcome stands, known since another time; --supersede records this one"
            yield f"{self.table.name}, line {line}: {problem}"
        yield from _more(len(self.other_times))
        if self.refused:
            return
        if self.at_deadline:
            closed = "that question closed at its" if self.at_deadline == 1 else "those questions closed at their"
            yield f"{counted(self.at_deadline, 'outcome')} came without known_at: {closed} deadline"
        yield from late_told(self.late)

    def as_data(self) -> dict[str, object]:
        """For JSON."""
        problems = [{"line": one.line, "column": one.column, "problem": one.problem} for one in self.table.problems]
        return {
            "file": self.table.name, "dry_run": self.dry_run, "written": self.written,
            "recorded": [one.as_data() for one in ([] if self.refused else self.recorded)],
            "already_there": self.already, "repeated": self.repeated, "without_outcome": self.table.without,
            "problems": problems,
        }  # fmt: skip


def _place(problem: Problem) -> str:
    return f"line {problem.line}" + (f", column {problem.column}" if problem.column else "")


def _more(number: int) -> list[str]:
    return [f"and {number - MOST_TOLD:,} more"] if number > MOST_TOLD else []
