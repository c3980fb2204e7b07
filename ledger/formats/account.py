"""The account of a reading: what was left out, derived and assumed, what is wrong and where, how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Literal

from ledger.domain.instants import Instant, format_instant
from ledger.domain.text import LONGEST_TEXT, quoted
from ledger.domain.words import clean_input
from ledger.errors import FileInputError, InputError
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material, Part
from ledger.formats.sheet import FIRST_FEW, UNKNOWN, Remark, Sheet, Sort

MOST_REMARKS = 100
"""Different things that are told; what comes after them is counted together."""
LONGEST_FORECASTER = 200


class Account:
    """Tells of a sheet that is being put together; stands in for a silent file with what was given."""

    def __init__(self, name: str, form: str, given: Given, *, unit: Literal["line", "record"] = "line") -> None:
        """``name`` is the file in messages, ``form`` the format's name."""
        self.sheet, self.given = Sheet(name, form=form, unit=unit), given
        self.file = name
        """The part that is being read, for messages."""
        self.plain_days: set[Instant] = set()
        """The instants that were read from days without a time, in the zone that was given."""
        self.beat: Callable[[], None] = _nothing
        """Tells how far it is; what it raises ends the reading."""
        self._remarks: dict[tuple[Sort, str], Remark] = {}

    def refuse(self, problem: str, line: int | None = None, field: str | None = None) -> FileInputError:
        """The error that says ``problem`` of a place in the file."""
        return FileInputError(problem, file=self.file, line=line, column=field, unit=self.sheet.unit)

    def each(self, material: Material, test: Callable[[Head], bool]) -> Iterator[Part]:
        """The parts whose beginnings pass ``test``, one after the other; how far it is is told meanwhile.

        Where none passes, somebody has said what the format is, and all parts are taken at that word.
        """
        done = 0
        for part in material.parts_like(test) or material.parts:
            self.file = part.name if len(material.parts) > 1 else self.sheet.name
            if material.progress is not None:
                self.beat = partial(material.progress, done)
            self.beat()
            yield part
            done += part.path.stat().st_size if part.member is None else 0
        self.file = self.sheet.name

    def remark(self, sort: Sort, what: str, line: int | None = None, field: str | None = None, count: int = 1) -> None:
        """Count one thing that was not simply copied; see :class:`ledger.formats.sheet.Remark`."""
        said = self._remarks.get((sort, what))
        if said is None and len(self._remarks) >= MOST_REMARKS:
            what = "other things"
            said = self._remarks.get((sort, what))
        if said is None:
            said = self._remarks[sort, what] = Remark(sort, what)
            self.sheet.remarks.append(said)
        said.count += count
        if line is not None and len(said.first) < FIRST_FEW and (line, field) not in said.first:
            said.first.append((line, field))

    def warn(self, sentence: str) -> None:
        """Say something of the whole file, once."""
        if ("warning", sentence) not in self._remarks:
            self.remark("warning", sentence, count=0)

    def text(self, raw: str, line: int, field: str, *, limit: int = LONGEST_TEXT) -> str:
        """``raw`` cleaned; what is too long is cut, and that is told; a NUL or half a surrogate pair is refused."""
        if len(raw) > limit:
            self.remark("dropped", f"ends of texts of more than {limit:,} characters", line, field)
            raw = raw[: limit - 1] + "…"
        try:
            return clean_input(raw, field, limit=limit + 100)[:limit]
        except InputError as error:
            raise self.refuse(str(error), line) from None

    def who(self, name: str | None, line: int) -> str:
        """The forecaster of a statement: ``name``, or whoever the person who imports said, or nobody known."""
        if name and name.strip():
            said = self.text(name, line, "forecaster")
            if len(said) > LONGEST_FORECASTER:
                problem = f"{quoted(said)} is too long a name: {LONGEST_FORECASTER} characters are the most"
                raise self.refuse(problem, line, "forecaster")
            return said
        if self.given.forecaster:
            self.remark("assumed", f"statements that name nobody are of {quoted(self.given.forecaster)}", line)
            return self.given.forecaster
        self.remark("assumed", f"statements that name nobody are of {UNKNOWN!r}: --forecaster says who", line)
        return UNKNOWN

    def made_at(self, told: Instant | None, line: int, field: str) -> Instant:
        """When a statement was made: ``told``, or what the person who imports said; else it is refused."""
        if told is not None:
            return told
        if self.given.made_at is None:
            problem = "the file does not say when this was stated: say it with --made-at DAY, as a claim of yours"
            raise self.refuse(problem, line, field)
        self.remark("assumed", f"statements without a time are of {format_instant(self.given.made_at)}", line)
        return self.given.made_at

    def deadline(self, told: Instant | None, line: int, field: str) -> Instant:
        """The deadline of a question, likewise."""
        if told is not None:
            return told
        if self.given.deadline is None:
            problem = "the file does not say until when: say it with --deadline DAY, for all such questions"
            raise self.refuse(problem, line, field)
        self.remark("assumed", f"questions without a deadline have {format_instant(self.given.deadline)}", line)
        return self.given.deadline


def _nothing() -> None:
    """Nobody listens."""
