"""A sheet put together from what a foreign file says, with an account of all that was not simply copied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from ledger.domain.instants import Instant
from ledger.domain.probability import Probability
from ledger.domain.words import clean_input
from ledger.formats.account import Account
from ledger.formats.given import Given
from ledger.formats.own_csv.identical import merge_identical
from ledger.formats.own_csv.parts import append
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

BEATS = 1_000
"""Statements between two moments at which the reading can be called off."""
LONGEST_KEY = 1_000


class SheetBuilder(Account):
    """Takes questions and statements in the order of the file; what no ledger would take is refused with its place."""

    def __init__(
        self, name: str, form: str, given: Given, *, unit: Literal["line", "record"] = "line", source: str | None = None
    ) -> None:
        """``name`` is the file in messages, ``form`` the format's name; ``source`` is the tracker's address."""
        super().__init__(name, form, given, unit=unit)
        self._source = source
        self._people: dict[str, int] = {}
        self._questions: dict[str, int] = {}

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
            self.beat()
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
