"""Histories straight as entries, many in one command as an import writes them: the book follows, and only follows."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from desk import BOOK
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import Oracle, units_of
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ledger.domain.filters import Filters
from ledger.domain.instants import DAY, HOUR, format_instant
from ledger.domain.timing import PARTS
from ledger.journal.entry import Draft
from ledger.storage.book import differences, rebuild, scratch, tell_book
from ledger.storage.driver import Driver
from ledger.storage.journal_rows import stream_entries
from ledger.storage.reading.units import counts
from ledger.storage.writing import Transaction

EXAMPLES = int(os.environ.get("FORECAST_HISTORIES", "25")) * 4
NOW = 20_000 * DAY
SAID = ("0", "0.1", "0.333", "0.5", "1")

numbers = st.integers(0, 7)
hours = st.integers(-40, 40).map(lambda count: count * 6)
"""Six-hour steps, so that equal times, and times at a close, are met often."""
facts = st.one_of(
    st.tuples(st.just("question"), hours, st.none() | hours, st.none() | numbers, st.booleans()),
    *[st.tuples(st.just("forecast"), numbers, numbers, hours, st.sampled_from(SAID), st.booleans())] * 5,
    st.tuples(st.just("withdraw"), numbers, numbers, hours),
    st.tuples(st.just("correct"), numbers, st.sampled_from(SAID)),
    st.tuples(st.just("edit"), numbers, hours),
    st.tuples(st.just("snooze"), numbers, hours),
    st.tuples(st.just("look_again"), numbers, st.none() | hours),
    st.tuples(st.just("announced"), numbers, hours),
    st.tuples(st.just("resolve"), numbers, st.sampled_from(["yes", "no", "0.3"]), st.none() | hours),
    st.tuples(st.just("void"), numbers),
    st.tuples(st.just("reopen"), numbers),
    st.tuples(st.just("redact"), st.integers(0, 60)),
)
commands = st.lists(st.tuples(hours, st.lists(facts, min_size=1, max_size=9)), min_size=1, max_size=6)


@cache
def _schema() -> str:
    engine = create_engine("sqlite://")
    SQLModel.metadata.create_all(engine)
    with engine.connect() as connection:
        script = "\n".join(connection.connection.driver_connection.iterdump())  # type: ignore[union-attr]
    engine.dispose()
    return script


@contextmanager
def store() -> Iterator[Driver]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.executescript(_schema())
    yield Driver(connection)
    connection.close()


class Writer:
    """Turns abstract facts into drafts that refer to what is there."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.clock = NOW
        self.questions = 0
        self.seq = 3
        self.forecasts: list[int] = []
        self.texts: list[int] = []
        Transaction(driver, NOW - 100 * DAY).append(
            [Draft.of("forecaster", {"forecaster": number}) for number in (1, 2, 3)]
        )

    def command(self, later: int, told: list[tuple[Any, ...]]) -> None:
        self.clock += later * HOUR
        work = Transaction(self.driver, self.clock)
        drafts = []
        for name, *rest in told:
            draft = getattr(self, name)(work.recorded_at, *rest)
            if draft is not None:
                drafts.append(draft)
                self.seq += 1
                if draft.text is not None:
                    self.texts.append(self.seq)
        assert work.append(drafts) == list(range(self.seq - len(drafts) + 1, self.seq + 1))

    def _asked(self, number: int) -> int:
        return number % self.questions + 1

    def question(self, now: int, deadline: int, opened: int | None, needs: int | None, yes: bool) -> Draft:
        self.questions += 1
        condition = None
        if needs is not None and self.questions > 1:
            condition = {"question": needs % (self.questions - 1) + 1, "outcome": "yes" if yes else "no"}
        opened_at = None if opened is None else format_instant(now + opened * HOUR)
        facts = {
            "question": self.questions, "key": f"{self.questions:064x}", "kind": "binary", "opened_at": opened_at,
            "deadline": format_instant(now + deadline * HOUR + 20 * DAY), "condition": condition,
        }  # fmt: skip
        return Draft.of("question", facts, {"key": f"q{self.questions}", "title": "Well?"})

    def forecast(self, now: int, question: int, who: int, made: int, p: str, plain: bool) -> Draft | None:
        if not self.questions:
            return None
        made_at = format_instant(min(now, now + made * HOUR))
        facts = {"question": self._asked(question), "forecaster": who % 3 + 1, "made_at": made_at, "p": p}
        self.forecasts.append(self.seq + 1)
        return Draft.of("forecast", facts, None if plain else {"reason": "so"})

    def withdraw(self, now: int, question: int, who: int, at: int) -> Draft | None:
        when = {"at": format_instant(min(now, now + at * HOUR))}
        facts = {"question": question % max(self.questions, 1) + 1, "forecaster": who % 3 + 1} | when
        return Draft.of("withdraw", facts) if self.questions else None

    def correct(self, _: int, forecast: int, p: str) -> Draft | None:
        if not self.forecasts:
            return None
        return Draft.of(
            "correct", {"forecast": self.forecasts[forecast % len(self.forecasts)], "p": p}, {"reason": "x"}
        )

    def edit(self, now: int, question: int, deadline: int) -> Draft | None:
        if not self.questions:
            return None
        ends = format_instant(now + deadline * HOUR + 15 * DAY)
        return Draft.of("edit", {"question": self._asked(question), "changed": ["deadline"], "deadline": ends})

    def snooze(self, now: int, question: int, until: int) -> Draft | None:
        facts = {"question": question % max(self.questions, 1) + 1, "until": format_instant(now + until * HOUR)}
        return Draft.of("snooze", facts, {"reason": "not yet"}) if self.questions else None

    def look_again(self, now: int, question: int, at: int | None) -> Draft | None:
        told = {"takes_back": self.seq} if at is None else {"at": format_instant(now + at * HOUR)}
        facts = {"question": question % max(self.questions, 1) + 1} | told
        return Draft.of("look_again", facts, {"reason": "then we know"}) if self.questions else None

    def announced(self, now: int, question: int, at: int) -> Draft | None:
        said = [["due", question % max(self.questions, 1) + 1, format_instant(now + at * HOUR)]] * 2
        return Draft.of("announced", {"channel": "mail", "said": said}) if self.questions else None

    def resolve(self, now: int, question: int, outcome: str, known: int | None) -> Draft | None:
        if not self.questions:
            return None
        known_at = None if known is None else format_instant(min(now, now + known * HOUR))
        facts = {"question": self._asked(question), "outcome": outcome, "known_at": known_at}
        return Draft.of("resolve", facts, {"note": "seen"})

    def void(self, _: int, question: int) -> Draft | None:
        return Draft.of("void", {"question": self._asked(question)}, {"reason": "a tie"}) if self.questions else None

    def reopen(self, _: int, question: int) -> Draft | None:
        return Draft.of("reopen", {"question": self._asked(question), "supersedes": 1}) if self.questions else None

    def redact(self, _: int, which: int) -> Draft | None:
        there = [seq for seq in self.texts if seq <= self.seq]
        if not there:
            return None
        seq = there[which % len(there)]
        self.texts.remove(seq)
        return Draft.of("redact", {"entries": [seq]}, {"reason": "a name"})


def dump(driver: Driver) -> dict[str, list[Any]]:
    return {table: driver.all(f'SELECT * FROM "{table}" ORDER BY 1, 2') for table in BOOK}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=commands)
def test_the_book_follows_from_the_journal_and_the_oracle_agrees(history: list[tuple[int, list[Any]]]) -> None:
    with store() as driver:
        writer = Writer(driver)
        writer.command(0, [("question", 0, None, None, True)])
        for later, told in history:
            writer.command(later, told)
        oracle = Oracle(driver.all("SELECT seq, kind, recorded_at, facts FROM entry ORDER BY seq"))
        rows = driver.all("SELECT entry, deadline, until, weight, timing, probability FROM forecast ORDER BY entry")
        assert rows == [
            (one.entry, one.deadline, one.until, one.weight, one.timing, one.p) for one in oracle.statements
        ]
        units = driver.all("SELECT question_id, forecaster_id, statements, late, first, last, weight, timing FROM unit")
        assert {(row[0], row[1]): list(row[2:]) for row in units} == units_of(oracle)
        assert all(row[6] <= PARTS for row in units)
        for number, state, outcome, known_at in driver.all("SELECT id, state, outcome, known_at FROM question"):
            assert ((state, outcome), known_at) == (oracle.state(number), oracle.own(number)[2])
        for now in (writer.clock, writer.clock + 100 * DAY):
            assert counts(driver, Filters(), now)._asdict() == oracle.counts(now)
        told_anew = scratch()
        tell_book(stream_entries(driver), told_anew, driver)
        assert list(differences(driver, told_anew)) == []
        told_anew.connection.close()
        before = dump(driver)
        rebuild(driver)
        assert dump(driver) == before


def test_what_depends_on_a_reopened_question_follows_though_it_was_redacted_in_the_same_breath() -> None:
    with store() as driver:
        writer = Writer(driver)
        writer.command(0, [("question", 0, None, None, True), ("question", 0, None, 0, True), ("void", 0)])
        assert driver.all("SELECT state FROM question") == [("void",), ("void",)]
        writer.command(1, [("reopen", 0), ("redact", 0)])
        assert driver.all("SELECT state, redacted FROM question") == [("unsettled", 1), ("waiting", 0)]


@pytest.mark.parametrize("block", [1, 2, 3, 1000])
def test_however_the_entries_are_cut_into_blocks_the_book_is_the_same(
    monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    told = [
        ("question", 0, None, None, True),
        ("forecast", 0, 0, -60, "0.1", True),
        ("forecast", 0, 0, -30, "0.5", True),
        ("forecast", 0, 1, -30, "0.5", False),
        ("question", 1, None, 0, True),
        ("forecast", 1, 0, -12, "1", True),
        ("withdraw", 0, 0, -6),
        ("correct", 0, "0.333"),
        ("forecast", 0, 0, 0, "0.5", True),
        ("edit", 0, 40),
        ("resolve", 0, "yes", -18),
        ("redact", 2),
        ("forecast", 1, 2, 0, "0", True),
    ]
    with store() as whole, store() as cut:
        Writer(whole).command(0, told)
        monkeypatch.setattr("ledger.storage.writing.BLOCK", block)
        Writer(cut).command(0, told)
        assert dump(whole) == dump(cut)
        assert len(whole.all("SELECT 1 FROM forecast")) == 6


def test_entries_that_name_what_is_not_there_make_no_unit_and_break_nothing() -> None:
    """A journal from elsewhere is checked in its form and its chain; what it says may still be about nothing."""
    unit = {"question": 9, "forecaster": 1}
    with store() as driver:
        Transaction(driver, NOW).append(
            [
                Draft.of("forecast", unit | {"made_at": format_instant(0), "p": "0.5"}),
                Draft.of("correct", {"forecast": 77, "p": "0.5"}, {"reason": "x"}),
                Draft.of("resolve", {"question": 9, "outcome": "yes"}),
            ]
        )
        assert driver.all("SELECT COUNT(*) FROM unit") == [(0,)]
        before = dump(driver)
        rebuild(driver)
        assert dump(driver) == before
