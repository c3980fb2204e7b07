"""A score brought along entry by entry is the score read anew: bit for bit in the tally, after any history."""

from __future__ import annotations

import os
from math import isclose
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from desk import Desk, day, fresh_desk
from histories import Player, Step, histories
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status, TimingClass
from ledger.domain.policies import Policy
from ledger.errors import InputError, ScoringError
from ledger.scoring.tally import Tally
from ledger.services import live_changes
from ledger.services.live_figures import PointFigures
from ledger.services.live_score import Effect, LiveScore
from ledger.services.live_tally import exchanged

EXAMPLES = int(os.environ.get("FORECAST_HISTORIES", "25"))
quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
OF_CARD = {name: name for name in ("brier", "brier_original", "base_rate", "miscalibration", "discrimination")}
OF_CARD |= {"uncertainty": "uncertainty", "log_score": "log_score", "coverage": "coverage", "skill": "skill_score"}
FILTERS = [
    Filters(),
    Filters(forecasters=("ann",)),
    Filters(status=(Status.RESOLVED, Status.DUE)),
    Filters(classes=(TimingClass.RECORDED,)),
    Filters(search="Question 1"),
]


def agree(desk: Desk, live: LiveScore) -> None:
    """What was followed, what is read anew and what ``score`` says are one."""
    with desk.book() as book:
        anew = LiveScore.read(book, live.policy.value, live.filters)
    assert live.tally == anew.tally
    assert live.figures() == anew.figures()
    told = desk.score(live.policy.value, filters=live.filters, resamples=5)
    card, figures = told["overall"], live.figures()
    assert figures.n == card["n"]
    for name, of in OF_CARD.items():
        assert same(getattr(figures, name), card[of]), name
        assert (name in figures.reasons) == (getattr(figures, name) is None)
    assert live.card(resamples=5) == anew.card(resamples=5) == {**card}


def same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=1e-12, abs_tol=1e-15)


def followed(desk: Desk, live: LiveScore) -> Effect | None:
    with desk.book() as book:
        return live.follow(book)


@quick
@given(
    history=histories,
    policy=st.sampled_from([one.value for one in Policy]),
    filters=st.sampled_from(FILTERS),
    every=st.integers(1, 4),
)
def test_following_is_reading_anew(
    empty_ledger: Path, history: list[Step], policy: str, filters: Filters, every: int
) -> None:
    with fresh_desk(empty_ledger) as desk:
        player = Player(desk)
        with desk.book() as book:
            live = LiveScore.read(book, policy, filters)
        for place, step in enumerate(history):
            before, entries = live.figures(), desk.entries()
            player.play(step)
            if place % every == 0:
                effect = followed(desk, live)
                assert effect is None or effect.before == before
                assert effect is not None or every > 1 or filters.status or desk.entries() == entries
        followed(desk, live)
        agree(desk, live)
        assert followed(desk, live) is None


@pytest.fixture
def chain(desk: Desk) -> Desk:
    """Four due questions, 2 and 3 down the conditions of 1; and a choice, which is none of the score's."""
    desk.ask("One?", day(5), "0.4", tags=("a",))
    desk.ask("Two?", day(5), "0.7", condition="#1=yes")
    desk.ask("Three?", day(5), "0.9", condition="#2=no")
    desk.ask("Four?", day(5), "0.2", forecaster="bob")
    desk.ask("Who?", day(5), kind="choice", options=("A", "B"))
    return desk.wait(10)


def live_of(desk: Desk, **how: Any) -> LiveScore:
    with desk.book() as book:
        return LiveScore.read(book, **how)


def test_an_outcome_is_followed_down_its_conditions(chain: Desk) -> None:
    live = live_of(chain)
    assert live.figures() == PointFigures(0, 0, 4, reasons=live.figures().reasons)
    assert set(live.figures().reasons.values()) == {"there are no scored forecasts"}
    chain.resolve("#1", "yes")
    chain.resolve("#2", "no")
    chain.resolve("#3", "yes")
    effect = followed(chain, live)
    assert effect is not None
    assert effect.questions == [1, 2, 3]
    assert (effect.before.n, effect.after.n, effect.after.units) == (0, 3, 4)
    assert effect.after.brier == pytest.approx((0.36 + 0.49 + 0.01) / 3)
    chain.resolve("#1", "no", supersede=True)
    effect = followed(chain, live)
    assert effect is not None
    assert (effect.questions, effect.after.n) == ([1, 2, 3], 1)
    assert effect.after.brier == pytest.approx(0.16)
    agree(chain, live)


def test_what_is_not_scored_has_no_effect_but_is_taken_in(chain: Desk) -> None:
    live = live_of(chain)
    chain.resolve("#5", "A")
    chain.snooze("#4", day(20))
    effect = followed(chain, live)
    assert effect == Effect(live.figures(), live.figures(), [])
    assert live.seen == chain.entries()


def test_a_certainty_that_failed_is_infinite_and_says_so(chain: Desk) -> None:
    chain.ask("Sure?", day(12), "1")
    live = live_of(chain)
    chain.wait(10).resolve("#6", "no")
    followed(chain, live)
    assert live.figures().log_score is None
    assert live.figures().reasons["log_score"] == "infinite: 1 row gave no chance to what happened"


@pytest.mark.parametrize(
    "how", [{"forecasters": ("bob",)}, {"sources": ("News",)}, {"search": "Four"}, {"tags": ("a",)}]
)
def test_a_redaction_of_what_is_filtered_by(chain: Desk, how: dict[str, Any]) -> None:
    chain.ask("Five?", day(15), "0.3", source="News")
    for number in (1, 4):
        chain.resolve(f"#{number}", "yes")
    live = live_of(chain, filters=Filters(**how))
    with_words = chain.rows("SELECT seq, kind FROM entry JOIN entry_text USING (seq) ORDER BY seq")
    for seq, kind in with_words:
        if kind in {"forecaster", "source", "question"}:
            chain.redact(f"entry:{seq}")
            followed(chain, live)
            agree(chain, live)
    assert live.figures().units == 0
    (entry,) = chain.edit("#4", title="Four again?").entries
    followed(chain, live)
    agree(chain, live)
    chain.redact(f"entry:{entry}")
    followed(chain, live)
    agree(chain, live)


def test_what_became_due_meanwhile_is_counted_where_the_filter_asks_for_it(chain: Desk) -> None:
    chain.ask("Later?", day(15), "0.3")
    live = live_of(chain, filters=Filters(status=(Status.DUE,)))
    assert live.figures().units == 2
    chain.wait(10).ask("Another?", day(90), "0.3")
    followed(chain, live)
    assert live.figures().units == 3
    agree(chain, live)


def test_much_at_once_and_another_ledger_are_read_anew(chain: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    live = live_of(chain)
    then = chain.entries()
    monkeypatch.setattr(live_changes, "MOST", 1)
    chain.resolve("#1", "yes")
    chain.resolve("#4", "no")
    effect = followed(chain, live)
    assert effect is not None
    assert effect.questions == [1, 4]
    agree(chain, live)
    with chain.book(as_of=str(then)) as book:
        effect = live.follow(book)
    assert effect is not None
    assert (effect.questions, effect.after.n) == ([1, 4], 0)
    chain.path.unlink()
    chain.init()
    effect = followed(chain, live)
    assert effect is not None
    assert (effect.after.units, live.seen) == (0, 0)
    agree(chain, live)


def test_a_history_rewritten_to_the_same_length_is_seen(chain: Desk, empty_ledger: Path) -> None:
    live = live_of(chain)
    chain.path.write_bytes(empty_ledger.read_bytes())
    chain.ask("One?", day(15), "0.4")
    chain.wait(10).resolve("#1", "yes")
    while chain.entries() < live.seen:
        chain.say("#1", "0.9")
    assert chain.entries() == live.seen
    assert followed(chain, live) is not None
    agree(chain, live)


def test_reading_tells_how_far_it_is_and_can_be_called_off(chain: Desk) -> None:
    chain.resolve("#1", "yes")
    heard: list[tuple[int, int]] = []
    live_of(chain, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 4)]

    def stop(done: int, total: int) -> None:
        raise InputError("enough")

    with pytest.raises(InputError, match="enough"):
        live_of(chain, progress=stop)
    with pytest.raises(InputError, match="--policy 'best' is none of"):
        live_of(chain, policy="best")


cells = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.1 + 2**-55, 0.5, 1.0]), st.sampled_from([0.0, 0.25, 1.0]), st.integers(0, 9)
    ),
    max_size=12,
)


def tally(rows: list[tuple[float, float, int]]) -> Tally:
    forecast, outcome, parts = zip(*rows, strict=True) if rows else ((), (), ())
    return Tally.of_parts(
        forecast=np.array(forecast, dtype=float), outcome=np.array(outcome, dtype=float),
        parts=np.array(parts, dtype=np.int64),
    )  # fmt: skip


@given(kept=cells, gone=cells, come=cells)
def test_an_exchange_is_a_count_of_what_is_left(kept: Any, gone: Any, come: Any) -> None:
    made = exchanged(tally([*kept, *gone]), tally(gone), tally(come))
    assert made == tally([*kept, *come])
    assert not any(column.flags.writeable for column in (made.forecast, made.outcome, made.weight, made.rows))


@given(kept=cells)
def test_what_is_not_there_is_not_taken_out(kept: Any) -> None:
    with pytest.raises(ScoringError):
        exchanged(tally(kept), tally([(0.77, 1.0, 3)]), tally([]))
