"""Whether entries that say when something is reviewed agree with those before them; a part of ``sense``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ledger.domain.instants import Instant, format_instant, parse_rfc3339
from ledger.domain.moments import zone_named
from ledger.errors import InputError

Facts = Mapping[str, Any]


class ReviewSense:
    """What is put off, and which days to look again stand."""

    def __init__(self, check_question: Callable[[int], object], standing: Mapping[int, int]) -> None:
        """``check_question`` raises for one that is not there; ``standing`` has the resolution of settled ones."""
        self._check_question, self._standing = check_question, standing
        self._put_off: dict[int, Instant] = {}
        self._look_again: dict[int, set[int]] = {}

    def settle(self, question: int) -> None:
        """Forget what was to be reviewed of a question that is settled now."""
        self._put_off.pop(question, None)
        self._look_again.pop(question, None)

    def snooze(self, facts: Facts, recorded_at: Instant) -> None:
        """Check a putting off, or its end."""
        question, until = facts["question"], parse_rfc3339(facts["until"])
        self._refuse_settled(question, "nothing is put off")
        if until < recorded_at:
            raise InputError(f"'until', {facts['until']}, is before the entry was recorded")
        if until == recorded_at and self._put_off.get(question, until) <= until:
            raise InputError(f"question {question} is not put off, so this wakes nothing")
        self._put_off[question] = until
        _check_zone(facts)

    def look_again(self, seq: int, facts: Facts, recorded_at: Instant) -> None:
        """Check a day to look again, or the taking back of one."""
        question = facts["question"]
        self._refuse_settled(question, "there is nothing to look at again")
        days = self._look_again.setdefault(question, set())
        if "takes_back" not in facts:
            if parse_rfc3339(facts["at"]) <= recorded_at:
                raise InputError(f"'at', {facts['at']}, is not after the entry was recorded")
            days.add(seq)
        elif facts["takes_back"] not in days:
            raise InputError(f"entry {facts['takes_back']} sets no day to look at question {question} again")
        else:
            days.remove(facts["takes_back"])
        _check_zone(facts)

    def announced(self, facts: Facts, recorded_at: Instant) -> None:
        """Check that what was announced is there, and was not announced before its time."""
        said = facts.get("said", [])
        if not said and "weekly" not in facts:
            raise InputError("nothing is announced")
        for _, question, at in said:
            self._check_question(question)
            _refuse_later(at, recorded_at)
        if "weekly" in facts:
            _refuse_later(facts["weekly"], recorded_at)

    def _refuse_settled(self, question: int, so: str) -> None:
        self._check_question(question)
        if question in self._standing:
            raise InputError(f"question {question} is settled by entry {self._standing[question]}: {so}")


def check_rules(facts: Facts) -> None:
    """Check rules of review."""
    _check_zone(facts)


def _check_zone(facts: Facts) -> None:
    if "zone" in facts:
        zone_named(facts["zone"])


def _refuse_later(at: str, recorded_at: Instant) -> None:
    if parse_rfc3339(at) > recorded_at:
        raise InputError(f"{at} is announced at {format_instant(recorded_at)}, before its time")
