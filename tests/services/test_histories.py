"""Whatever people do to a ledger, an oracle that shares no code agrees on every class, weight, status and score."""

from __future__ import annotations

import os
from math import isclose
from pathlib import Path
from typing import Any

import pytest
from desk import BEGIN, BOOK, Desk, fresh_desk
from histories import Player, Step, histories
from hypothesis import HealthCheck, given, settings
from oracle import Oracle, units_of

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status
from ledger.domain.policies import Policy
from ledger.services.browse import due
from ledger.services.review_queue import queue
from ledger.storage.driver import Driver
from ledger.storage.reading.reviewing import put_off

EXAMPLES = int(os.environ.get("FORECAST_HISTORIES", "25"))
"""More of them on request: FORECAST_HISTORIES=10000."""

quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def now_of(desk: Desk) -> int:
    return int((desk.now - BEGIN).total_seconds() * 1_000_000) + int(BEGIN.timestamp()) * 1_000_000


def agree(desk: Desk) -> None:
    """Hold the book and the scores of ``desk`` against the oracle's."""
    oracle = Oracle(desk.rows("SELECT seq, kind, recorded_at, facts FROM entry ORDER BY seq"))
    statements = {
        entry: (deadline, until, weight, timing, p)
        for entry, *_, deadline, until, weight, timing, p in desk.rows(
            "SELECT entry, deadline, until, weight, timing, probability FROM forecast"
        )
    }
    assert statements == {
        one.entry: (one.deadline, one.until, one.weight, one.timing, one.p) for one in oracle.statements
    }
    assert _units(desk) == units_of(oracle)
    for number, state, outcome, known_at, starts_at in desk.rows(
        "SELECT id, state, outcome, known_at, starts_at FROM question"
    ):
        assert (state, outcome) == oracle.state(number)
        assert known_at == oracle.own(number)[2]
        assert starts_at == oracle.questions[number].starts_at
    with desk.book() as book:
        off = {number: until for number, (until, _) in put_off(book.driver, book.now).items()}
        assert off == oracle.put_off(book.now)
        assert not off.keys() & {one.number for one in queue(book)}
        assert len(queue(book, Filters(status=(Status.DUE,)))) == len(due(book).due)
    scores_agree(desk, oracle)


def _units(desk: Desk) -> dict[Any, Any]:
    rows = desk.rows("SELECT question_id, forecaster_id, statements, late, first, last, weight, timing FROM unit")
    return {(question, who): rest for question, who, *rest in rows}


def scores_agree(desk: Desk, oracle: Oracle) -> None:
    for policy in Policy:
        told = desk.score(policy.value)
        counts = told["counts"]
        assert counts == oracle.counts(now_of(desk))
        assert counts["units"] == sum(counts[part] for part in ("scored", "late", "void", "open", "waiting", "due"))
        for kind in ("binary", "choice"):
            n, brier, covered = oracle.brier(policy.value, kind)
            card = told["overall"] if kind == "binary" else told["kinds"].get("choice", {"n": 0})
            assert card["n"] == n
            if n:
                assert same(card["brier"], brier)
                assert same(card["coverage"], covered)
                assert card["brier"] is None or card["brier_low"] <= card["brier"] <= card["brier_high"]


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-12, abs_tol=1e-15)


def tables(driver: Driver) -> dict[str, list[Any]]:
    return {table: driver.all(f'SELECT * FROM "{table}" ORDER BY 1, 2') for table in BOOK}


@quick
@given(history=histories)
def test_the_oracle_agrees_after_any_history(empty_ledger: Path, history: list[Step]) -> None:
    with fresh_desk(empty_ledger) as desk:
        player = Player(desk)
        for step in history:
            player.play(step)
        agree(desk)


@quick
@given(history=histories)
def test_the_book_is_what_the_journal_says_now_and_at_any_entry(empty_ledger: Path, history: list[Step]) -> None:
    with fresh_desk(empty_ledger) as desk:
        player = Player(desk)
        then = {}
        for step in history:
            player.play(step)
            then[desk.entries()] = (desk.dump(), desk.score(), desk.now)
        assert desk.verify() == []
        before = desk.dump()
        desk.rebuild()
        assert desk.dump() == before
        for entry in sorted(then)[:: max(1, len(then) // 3)]:
            dump = then[entry][0]
            with desk.book(as_of=str(entry)) as book:
                assert tables(book.driver) == dump
                assert book.last_entry == entry


def test_the_players_steps_are_mostly_carried_out(empty_ledger: Path) -> None:
    """The histories above would prove nothing if every step of them were refused."""
    played = []

    @settings(max_examples=8, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(history=histories)
    def run(history: list[Step]) -> None:
        with fresh_desk(empty_ledger) as desk:
            player = Player(desk)
            for step in history:
                player.play(step)
            played.append((len(history), player.refused, desk.entries()))

    run()
    steps, refused = sum(one[0] for one in played), sum(one[1] for one in played)
    assert refused < steps / 2


@pytest.mark.parametrize("seed", ["korybko-2024-11-11"])
def test_the_oracle_agrees_on_the_shipped_article(desk: Desk, seed: str) -> None:
    desk.init(seed)
    agree(desk)
    for number in range(1, 21):
        try:
            desk.resolve(f"#{number}", "no", known_at="now")
        except Exception as problem:
            assert "waits for its condition" in str(problem) or "already" in str(problem)
    agree(desk)
