"""A sheet put together from what a foreign file says, with an account of all that was not simply copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

from ledger.domain.instants import Instant, format_instant
from ledger.domain.probability import Probability
from ledger.domain.text import LONGEST_TEXT, quoted
from ledger.domain.words import clean_input
from ledger.errors import FileInputError, InputError
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material, Part
from ledger.formats.own_csv.identical import merge_identical
from ledger.formats.own_csv.parts import append
from ledger.formats.sheet import FIRST_FEW, UNKNOWN, Extra, Remark, Sheet, SheetQuestion, Sort

BEATS = 1_000
"""Statements between two moments at which the reading can be called off."""
MOST_REMARKS = 100
"""Different things that are told; what comes after them is counted together."""
LONGEST_FORECASTER = 200
LONGEST_KEY = 1_000


class SheetBuilder:
    """Takes questions and statements in the order of the file; what no ledger would take is refused with its place."""

    def __init__(
        self, name: str, form: str, given: Given, *, unit: Literal["line", "record"] = "line", source: str | None = None
    ) -> None:
        """``name`` is the file in messages, ``form`` the format's name; ``source`` is the tracker's address."""
        self.sheet, self.given, self._source = Sheet(name, form=form, unit=unit), given, source
        self.file = name
        """The part that is being read, for messages."""
        self.plain_days: set[Instant] = set()
        """The instants that were read from days without a time, in the zone that was given."""
        self._beat: Callable[[], None] = _nothing
        self._people: dict[str, int] = {}
        self._questions: dict[str, int] = {}
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
                self._beat = partial(material.progress, done)
            self._beat()
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

    def place(self, key: str) -> int | None:
        """Where the question of this key stands, if it was asked before."""
        return self._questions.get(key)

    def ask(self, line: int, question: SheetQuestion) -> int:
        """Put in a question, its texts raw; its place, also when an earlier record told the same key.

        An opening that is not before the deadline, and a time of an outcome that there is none of, are left out. Of a
        question told twice the outcome and the deadline must be the same.
        """
        known = self._questions.get(question.key)
        if known is not None:
            self._refuse_difference(self.sheet.questions[known], question, line)
            return known
        asked = self._cleaned(question, line)
        asked.line, asked.first_row = line, len(self.sheet)
        if asked.opened_at is not None and asked.opened_at >= asked.deadline:
            self.remark("dropped", "openings that were not before their deadline", line)
            asked.opened_at = None
        if asked.outcome is None and asked.known_at is not None:
            asked.known_at = None
        self._questions[question.key] = len(self.sheet.questions)
        self.sheet.questions.append(asked)
        return len(self.sheet.questions) - 1

    def _refuse_difference(self, known: SheetQuestion, told: SheetQuestion, line: int) -> None:
        for name in ("outcome", "deadline"):
            if getattr(known, name) != getattr(told, name):
                first = f"{self.sheet.unit} {known.line}"
                problem = f"another {name} of this question than in {first}: make them the same"
                raise self.refuse(problem, line, name)

    def _cleaned(self, asked: SheetQuestion, line: int) -> SheetQuestion:
        title = self.text(asked.title, line, "title")
        if not title:
            raise self.refuse("a question without a title", line, "title")
        tags = (clean_input(tag, "a tag") for tag in asked.tags)
        return replace(
            asked,
            key=self.text(asked.key, line, "key", limit=LONGEST_KEY),
            title=title,
            criteria=self.text(asked.criteria or "", line, "criteria") or None,
            source_url=asked.source_url or self._source,
            zone=asked.zone or (self.given.zone if asked.deadline in self.plain_days else None),
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            options=[self.text(name, line, "option") for name in asked.options],
            evidence=self.text(asked.evidence or "", line, "evidence") or None,
            void_reason=self.text(asked.void_reason or "", line, "reason") or None,
        )

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

    def state(
        self, question: int, who: str, made_at: Instant, probability: Probability | None, line: int,
        extra: Extra | None = None,
    ) -> int:  # fmt: skip
        """Put in a statement of ``who`` on the question in that place; its place among the statements."""
        person = self._people.get(who)
        if person is None:
            person = self._people[who] = len(self.sheet.forecasters)
            self.sheet.forecasters.append(who)
        place = append(self.sheet, (question, person, made_at), probability, line)
        if place % BEATS == 0:
            self._beat()
        if extra is not None:
            self.sheet.extras[place] = self._said(extra, line)
        return place

    def _said(self, extra: Extra, line: int) -> Extra:
        extra.comment = self.text(extra.comment or "", line, "comment") or None
        extra.reason = self.text(extra.reason or "", line, "reason") or None
        return extra

    def names(self, options: Iterable[str], line: int) -> list[str]:
        """Options that can be told apart; :class:`FileInputError` for fewer than two, or two of one name."""
        named = [self.text(option, line, "option", limit=LONGEST_KEY) for option in options]
        if len(named) < 2 or not all(named) or len(set(named)) < len(named):
            raise self.refuse("two options at least are needed, each with a name of its own", line, "options")
        return named

    def finish(self) -> Sheet:
        """The sheet; identical statements of a named forecaster are one."""
        if merged := merge_identical(self.sheet):
            self.remark("dropped", "statements identical to an earlier one of the same forecaster", count=merged)
        return self.sheet


def _nothing() -> None:
    """Nobody listens."""
