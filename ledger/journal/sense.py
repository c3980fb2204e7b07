"""Whether entries agree with each other: the check of a journal that came from elsewhere, after shapes and chain.

A chain can be sealed over anything. What no ledger would have recorded (a statement on a question that is not
there, a second resolution beside the first, a condition that waits for itself) would make a book that cannot be read.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Mapping
from typing import Any

from ledger.domain.instants import Instant, format_instant, parse_rfc3339
from ledger.domain.moments import zone_named
from ledger.errors import InputError
from ledger.journal.kind_values import Asked, check_needed, check_outcome, check_value, read_asked
from ledger.journal.review_sense import ReviewSense, check_rules

Facts = Mapping[str, Any]
LARGEST_NUMBER = 10**9
"""The largest number of a question, forecaster or source: they are counted from 1."""


class Sense:
    """What entries said so far, as much of it as later ones are held against; entries are taken from the first on.

    An entry that is refused is counted, so that one who knows better may go on.
    """

    def __init__(self) -> None:
        """Nothing was said yet."""
        self.at = 0
        """The number of the entry that is judged."""
        self._numbers: dict[str, set[int]] = {"forecaster": set(), "source": set()}
        self._questions: dict[int, Asked] = {}
        self._keys: set[bytes] = set()
        self._stated_on = array("q", [0])  # by entry: the question of a forecast, 0 for other kinds
        self._standing: dict[int, int] = {}
        self._needs: dict[int, int] = {}
        self._unchecked: list[tuple[int, int, Facts]] = []
        self._reviews = ReviewSense(self._asked, self._standing)
        self._takers: dict[str, Callable[[Facts, Facts | None, Instant], None]] = {
            "forecaster": lambda facts, _, __: self._count("forecaster", self._numbers["forecaster"], facts),
            "source": lambda facts, _, __: self._count("source", self._numbers["source"], facts),
            "question": self._question,
            "forecast": self._forecast,
            "withdraw": self._withdraw,
            "correct": self._correct,
            "resolve": self._resolve,
            "void": self._void,
            "reopen": self._reopen,
            "edit": self._edit,
            "snooze": lambda facts, _, at: self._reviews.snooze(facts, at),
            "look_again": lambda facts, _, at: self._reviews.look_again(self.at, facts, at),
            "review_rules": lambda facts, _, __: check_rules(facts),
            "announced": lambda facts, _, at: self._reviews.announced(facts, at),
            "redact": self._redact,
        }

    def take(self, seq: int, kind: str, facts: Facts, text: Facts | None, recorded_at: Instant) -> None:
        """Take the next entry, its shape known to be right; InputError for what contradicts those before it.

        ``text`` is None where there is none or it was redacted. A condition may name a question that the same
        command records later: ``finish_command`` looks.
        """
        self.at = seq
        self._stated_on.append(facts["question"] if kind == "forecast" else 0)
        self._takers[kind](facts, text, recorded_at)

    def take_plain(self, seq: int, question: int, forecaster: int, made_at: Instant, recorded_at: Instant) -> None:
        """``take`` for a forecast of one probability and nothing else: a journal may have a million of them."""
        self.at = seq
        self._stated_on.append(question)
        asked = self._questions.get(question)
        if asked is None or asked.kind != "binary" or forecaster not in self._numbers["forecaster"]:
            check_value(self._asked(question), {"p": "0"})
            self._known("forecaster", forecaster)
        if made_at > recorded_at:
            _refuse_later("made_at", made_at, recorded_at)

    def finish_command(self) -> None:
        """Check the conditions of the command whose entries were taken; InputError, ``at`` being the entry."""
        unchecked, self._unchecked = self._unchecked, []
        clear: set[int] = set()
        for self.at, question, condition in unchecked:
            check_needed(self._asked(condition["question"]), condition["outcome"])
            clear |= self._chain(question, clear)

    def _chain(self, question: int, clear: Container[int]) -> set[int]:
        """The questions from ``question`` down its conditions, to one without or one that is ``clear``."""
        chain: set[int] = set()
        while question in self._needs and question not in clear:
            if question in chain:
                raise InputError(f"the condition loops: question {question} waits for itself")
            chain.add(question)
            question = self._needs[question]
        return chain

    def _count(self, what: str, there: set[int], facts: Facts) -> None:
        number = facts[what]
        if number > LARGEST_NUMBER:
            raise InputError(f"{what} {number}: numbers go up to {LARGEST_NUMBER}")
        if number in there:
            raise InputError(f"{what} {number} is there already")
        there.add(number)

    def _known(self, what: str, number: int) -> None:
        if number not in self._numbers[what]:
            raise InputError(f"there is no {what} {number} before this entry")

    def _asked(self, question: int) -> Asked:
        asked = self._questions.get(question)
        if asked is None:
            raise InputError(f"there is no question {question} before this entry")
        return asked

    def _question(self, facts: Facts, text: Facts | None, _: Instant) -> None:
        number, key = facts["question"], bytes.fromhex(facts["key"])
        self._count("question", set(self._questions.keys() & {number}), facts)
        if key in self._keys:
            raise InputError(f"question {number} has the key of another question")
        self._keys.add(key)
        self._questions[number] = read_asked(facts, text)
        if "condition" in facts:
            self._wait(number, facts["condition"])
        if "source" in facts:
            self._known("source", facts["source"])
        if "zone" in facts:
            zone_named(facts["zone"])
        if "opened_at" in facts and parse_rfc3339(facts["deadline"]) <= parse_rfc3339(facts["opened_at"]):
            raise InputError(f"the deadline, {facts['deadline']}, is not after the opening, {facts['opened_at']}")

    def _wait(self, question: int, condition: Facts) -> None:
        self._needs[question] = condition["question"]
        self._unchecked.append((self.at, question, condition))

    def _forecast(self, facts: Facts, _: Facts | None, recorded_at: Instant) -> None:
        check_value(self._asked(facts["question"]), facts)
        self._known("forecaster", facts["forecaster"])
        _check_time(facts, "made_at", recorded_at)

    def _withdraw(self, facts: Facts, _: Facts | None, recorded_at: Instant) -> None:
        self._asked(facts["question"])
        self._known("forecaster", facts["forecaster"])
        _check_time(facts, "at", recorded_at)

    def _correct(self, facts: Facts, _: Facts | None, __: Instant) -> None:
        corrected = facts["forecast"]
        question = self._stated_on[corrected] if corrected < self.at else 0
        if not question:
            raise InputError(f"entry {corrected}, which this corrects, is no forecast before it")
        check_value(self._asked(question), facts)

    def _resolve(self, facts: Facts, text: Facts | None, recorded_at: Instant) -> None:
        check_outcome(self._asked(facts["question"]), facts["outcome"])
        self._void(facts, text, recorded_at)

    def _void(self, facts: Facts, _: Facts | None, recorded_at: Instant) -> None:
        self._asked(facts["question"])
        self._supersede(facts)
        self._standing[facts["question"]] = self.at
        self._reviews.settle(facts["question"])
        _check_time(facts, "known_at", recorded_at)

    def _reopen(self, facts: Facts, _: Facts | None, __: Instant) -> None:
        self._asked(facts["question"])
        self._supersede(facts)
        del self._standing[facts["question"]]

    def _supersede(self, facts: Facts) -> None:
        question, superseded = facts["question"], facts.get("supersedes")
        standing = self._standing.get(question)
        if superseded == standing:
            return
        stands = "no resolution stands" if standing is None else f"entry {standing} stands"
        said = "nothing" if superseded is None else f"entry {superseded}"
        raise InputError(f"this supersedes {said}, and of question {question} {stands}")

    def _edit(self, facts: Facts, _: Facts | None, __: Instant) -> None:
        question = facts["question"]
        self._asked(question)
        if "condition" in facts:
            self._wait(question, facts["condition"])
        elif "condition" in facts["changed"]:
            self._needs.pop(question, None)
        if "zone" in facts:
            zone_named(facts["zone"])

    def _redact(self, facts: Facts, _: Facts | None, __: Instant) -> None:
        last = max(facts["entries"])
        if last >= self.at:
            raise InputError(f"entry {last}, which this redacts, is not before it")


def _check_time(facts: Facts, name: str, recorded_at: Instant) -> None:
    if name in facts and (instant := parse_rfc3339(facts[name])) > recorded_at:
        _refuse_later(name, instant, recorded_at)


def _refuse_later(name: str, instant: Instant, recorded_at: Instant) -> None:
    said = f"{format_instant(instant)}, is after the entry was recorded, {format_instant(recorded_at)}"
    raise InputError(f"{name!r}, {said}")
