"""The review: cards one by one, outcomes by one key, and back again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static
from textual.worker import WorkerCancelled

from ledger import clock
from ledger.errors import StoreError
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens import review_cards
from ledger.tui.screens.review import ReviewScreen
from ledger.tui.themes import DARK, LIGHT
from ledger.tui.widgets.effect_line import EffectLine
from tests.tui.pictures import check_picture
from tests.tui.pictures import settled as waited
from tests.tui.review_ledgers import chain, entries, kinds, somebody_records, states

Opened = Callable[[Location], ForecastApp]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}


async def settled(pilot: Pilot[None]) -> None:
    """Wait for all jobs; one that a later job of its group took the place of is nothing to wait for."""
    for _ in range(20):
        with suppress(WorkerCancelled):
            await waited(pilot)
            return


async def _press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press keys one by one, each when the one before has done its work; what begins with a colon is typed."""
    for key in keys:
        if key.startswith(":"):
            await pilot.press(*("space" if one == " " else one for one in key[1:]))
        else:
            await pilot.press(key)
        await settled(pilot)


async def _begun(pilot: Pilot[None], *keys: str) -> ReviewScreen:
    await settled(pilot)
    await _press(pilot, ["2", *keys])
    return _review(pilot)


def _review(pilot: Pilot[None]) -> ReviewScreen:
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen


def _told(pilot: Pilot[None]) -> str:
    """Everything on the screen."""
    return "\n".join(
        "".join(segment.text for segment in strip) for strip in pilot.app.screen._compositor.render_strips()
    )


def _stands(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#stands", Static).content)


def _effect(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one(EffectLine).content)


def _story(app: ForecastApp, story: Callable[[Pilot[None]], object], size: tuple[int, int] = (80, 24)) -> None:
    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            told = story(pilot)
            assert asyncio.iscoroutine(told)
            await told

    asyncio.run(run())


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_article_as_a_picture(program: Opened, article: Location, theme: str, size: str) -> None:
    async def story(pilot: Pilot[None]) -> None:
        pilot.app.theme = theme
        await _begun(pilot, "n")
        await check_picture(pilot, f"review-{size}-{theme}")

    _story(program(article), story, SIZES[size])


@pytest.mark.parametrize("name", ["empty", "hostile"])
def test_empty_and_hostile_as_pictures(program: Opened, request: pytest.FixtureRequest, name: str) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _begun(pilot)
        await check_picture(pilot, f"review-{name}")

    location = request.getfixturevalue(name)
    with clock.set_to(datetime(2026, 11, 26, tzinfo=UTC)):
        _story(program(location), story)


PICTURES = {
    "choice": (),
    "numeric": ("s", "s", ":2.4"),
    "void": ("s", "s", "s", "v", ":the vote was called off"),
    "snooze": ("w", ":in 2 weeks"),
    "known": ("k", ":last friday"),
    "end": ("B", "A", "2", ":.4", "enter", "s"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_kinds_fields_and_the_end_as_pictures(program: Opened, tmp_path: Path, name: str) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _begun(pilot, *PICTURES[name])
        await check_picture(pilot, f"review-{name}")

    _story(program(kinds(tmp_path)), story)


def test_the_article_with_an_undo_a_correction_and_a_snooze(program: Opened, article: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot)
        assert screen.turn.current == 13 and "1 of 12" in _told(pilot)
        await _press(pilot, ["n"])
        assert screen.turn.current == 12 and "#14" in _effect(pilot)
        await _press(pilot, ["y", "z"])
        assert screen.turn.current == 12 and "due again" in _effect(pilot)
        await _press(pilot, ["n", "y", "b", "n"])
        assert screen.turn.current == 15 and "yes" in _stands(pilot)
        await _press(pilot, ["u"])
        assert screen.turn.current == 16 and "no" in _effect(pilot)
        await _press(pilot, ["w", ":in 2 weeks", "enter"])
        assert screen.turn.current == 17
        await _press(pilot, ["y", "y"])
        assert screen.turn.current == 18 or screen.turn.current == 2

    _story(program(article), story)
    found = states(article)
    assert [found[number] for number in (12, 13, 14, 15, 16, 17, 1)] == [
        "no",
        "no",
        "void",
        "no",
        "unsettled",
        "yes",
        "yes",
    ]


def test_a_share_an_option_a_number_and_a_void(program: Opened, tmp_path: Path) -> None:
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "C", "down", "down", "enter", "2", ":.4", "enter")
        assert screen.turn.current == 4
        await _press(pilot, ["percent_sign", ":30%", "enter"])
        assert screen.turn.current is None
        assert "4 recorded" in _told(pilot)
        await _press(pilot, ["z", "v", ":never built", "enter"])
        assert "1 void" in _told(pilot)

    _story(program(location), story)
    assert states(location) == {1: "2", 2: "1", 3: "2.4", 4: "void", 5: "unsettled"}


def test_everything_is_taken_back_step_by_step(program: Opened, tmp_path: Path) -> None:
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "A", "b", "B", "u", "w", ":tomorrow", "enter", "v", ":no", "enter")
        assert screen.turn.current == 4 and states(location)[1] == "1"
        await _press(pilot, ["z"])
        assert screen.turn.current == 3 and states(location)[3] == "unsettled"
        await _press(pilot, ["backspace", "z"])
        assert screen.turn.current == 1 and states(location)[1] == "0"
        await _press(pilot, ["z"])
        assert states(location) == dict.fromkeys(range(1, 6), "unsettled")
        await _press(pilot, ["z"])

    _story(program(location), story)


def test_what_hangs_on_an_outcome_falls_or_comes(program: Opened, tmp_path: Path) -> None:
    location = chain(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot)
        assert (screen.turn.total, screen.turn.held) == (1, 3)
        await _press(pilot, ["n"])
        assert "2 questions fell with it: #2, #3" in _effect(pilot) and screen.turn.current == 4
        await _press(pilot, ["z"])
        assert screen.turn.current == 1 and (screen.turn.total, screen.turn.held) == (2, 2)
        await _press(pilot, ["y"])
        assert "#4" in _effect(pilot) and screen.turn.current == 4
        assert "void" in _stands(pilot)
        await _press(pilot, ["s"])
        assert screen.turn.current == 2
        await _press(pilot, ["y", "y"])
        assert screen.turn.current is None

    _story(program(location), story)
    assert states(location) == {1: "yes", 2: "yes", 3: "yes", 4: "void"}


def test_a_condition_that_is_skipped_leaves_what_hangs_on_it(program: Opened, tmp_path: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "s")
        assert screen.turn.current is None
        assert "3 questions wait for a condition" in _told(pilot)
        await _press(pilot, ["b"])
        assert screen.turn.current == 1

    _story(program(chain(tmp_path)), story)


@pytest.mark.parametrize("theirs", ["yes", "no"])
def test_the_second_of_two_is_told_and_may_supersede_or_leave(
    program: Opened, tmp_path: Path, theirs: str
) -> None:  # fmt: skip
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "s", "s", "s")
        somebody_records(location, 4, theirs, note="the ribbon was cut")
        before = entries(location)
        await _press(pilot, ["y"])
        assert screen.turn.current == 4 and entries(location) == before
        assert f"Settled already: {theirs}" in _stands(pilot) and "ribbon" in _stands(pilot)
        assert f"entry {before}" in _stands(pilot)
        if theirs == "no":
            _hear(pilot, {4})  # as the watch will, sooner or later: the picture waits for it
            await settled(pilot)
            await check_picture(pilot, "review-conflict")
        await _press(pilot, ["escape"])
        assert "recorded: " + theirs in _stands(pilot) and entries(location) == before
        await _press(pilot, ["y", "u"])
        assert entries(location) == before + 1 and screen.turn.current is None

    _story(program(location), story)
    assert states(location)[4] == "yes"


def test_another_process_changes_the_queue_under_the_card(program: Opened, tmp_path: Path) -> None:
    location = chain(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "s", "b")
        somebody_records(location, 1, "no")
        _hear(pilot, {1})
        await settled(pilot)
        assert screen.turn.current == 1 and "recorded: no" in _stands(pilot)
        assert (screen.turn.total, screen.turn.held) == (2, 0)
        await _press(pilot, ["s"])
        assert screen.turn.current == 4

    _story(program(location), story)


def _hear(pilot: Pilot[None], numbers: set[int] | None) -> None:
    from ledger.tui.messages import LedgerChanged

    assert isinstance(pilot.app, ForecastApp)
    pilot.app.changes.publish(LedgerChanged(None if numbers is None else frozenset(numbers)))


@pytest.mark.parametrize("problem", ["the ledger is read-only", "the disk is full", "the ledger is locked"])
def test_a_fault_of_the_store_is_told_on_the_card_and_nothing_typed_is_lost(
    program: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:  # fmt: skip
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "t", ":seen on the news", "enter")
        with monkeypatch.context() as fault:
            fault.setattr("ledger.services.settling.transaction", _failing(problem))
            await _press(pilot, ["B"])
            assert screen.query_one(EffectLine).has_class("-wrong") and problem in _effect(pilot)
            assert screen.turn.current == 1 and states(location)[1] == "unsettled"
            assert "seen on the n" in _told(pilot)
        await _press(pilot, ["B"])
        assert screen.turn.current == 2 and states(location)[1] == "1"
        await _press(pilot, ["b"])
        assert screen.card is not None and screen.card.resolutions[-1].note == "seen on the news"

    _story(program(location), story)


def _failing(problem: str) -> Callable[..., object]:
    def transaction(*_: object) -> object:
        raise StoreError(f"{problem}; nothing was written")

    return transaction


def test_a_key_pressed_too_early_settles_nothing(
    program: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = chain(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot)
        monkeypatch.setattr(review_cards, "GUARD", 600.0)  # a slow machine presses no key late
        await pilot.press("n", "n", "n")
        await settled(pilot)
        assert screen.turn.current == 4 and states(location)[4] == "unsettled"

    _story(program(location), story)


def test_what_happens_before_the_deadline_needs_its_time(program: Opened, tmp_path: Path) -> None:
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        await settled(pilot)
        assert isinstance(pilot.app, ForecastApp)
        pilot.app.open_review(5)
        await settled(pilot)
        await _press(pilot, ["y"])
        assert "since when is it known" in _told(pilot)
        await _press(pilot, [":next year", "enter"])
        assert states(location)[5] == "unsettled"
        await _press(pilot, ["ctrl+u", ":now", "enter"])
        assert not isinstance(pilot.app.screen, ReviewScreen)

    _story(program(location), story)
    assert states(location)[5] == "yes"


def test_keys_before_the_card_is_there_do_nothing(program: Opened, empty: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, *"ynsbzwvketduo", "enter", "escape", "space", "percent_sign")
        assert screen.turn.current is None and "Nothing is due" in _told(pilot)

    _story(program(empty), story)
    assert entries(empty) == 0


def test_the_score_follows_each_outcome(program: Opened, article: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "n")
        assert "no Brier score, 0 of 19 scored" in _effect(pilot)
        await _press(pilot, ["y"])
        assert "this one 0.391" in _effect(pilot)
        assert "Brier 0.391 (0–1, lower is better), 1 of 19 scored" in _effect(pilot)
        await _press(pilot, ["n", "n"])
        assert "Brier 0.248 → 0.212 (0–1, lower is better), 3 of 19 scored" in _effect(pilot)
        assert "95 %: " in _effect(pilot)
        await check_picture(pilot, "review-effect")
        await _press(pilot, ["z"])
        assert "Brier 0.212 → 0.248" in _effect(pilot) and screen.turn.current == 16

    _story(program(article), story)


def test_scores_are_told_in_the_form_that_is_set(program: Opened, article: Location, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('form = "0-2"\n', encoding="utf-8")

    async def story(pilot: Pilot[None]) -> None:
        await _begun(pilot, "n", "y")
        assert "this one 0.781" in _effect(pilot) and "Brier 0.781 (0–2, lower is better)" in _effect(pilot)

    _story(program(article), story)


def test_one_question_is_reviewed_and_the_screen_closes(program: Opened, article: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, ForecastApp)
        await settled(pilot)
        place = app.screen
        app.open_review(12)
        await settled(pilot)
        await _press(pilot, ["s", "b", "o", "e", ":https://example.org/x", "enter", "n"])
        assert app.screen is place
        told = [str(one.message) for one in app._notifications]
        assert any("cuban-like-crisis: no" in one and "Brier 0.141" in one for one in told)
        app.open_review(12)
        await settled(pilot)
        assert "recorded: no" in _stands(pilot)
        await _press(pilot, ["escape"])
        assert app.screen is place

    _story(program(article), story)


def test_the_mouse_answers_and_picks(program: Opened, tmp_path: Path) -> None:
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot)
        await pilot.click("OptionList", offset=(3, 1))
        await settled(pilot)
        assert states(location)[1] == "1" and screen.turn.current == 2
        await _press(pilot, ["s", "s"])
        await pilot.click("#asked", offset=(17, 0))
        await settled(pilot)
        assert states(location)[4] == "yes"

    _story(program(location), story)


def test_what_is_typed_stays_with_its_card(program: Opened, tmp_path: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "s", "s", "s", "t", ":half a note")
        await _press(pilot, ["escape", "1", "2"])
        assert "half a note" in _told(pilot)
        await _press(pilot, ["b"])
        assert "half a note" not in _told(pilot)
        await _press(pilot, ["s"])
        assert "half a note" in _told(pilot)
        await _press(pilot, ["y", "z"])
        assert "half a note" in _told(pilot) and screen.turn.current == 4

    _story(program(kinds(tmp_path)), story)


def test_the_order_changes_and_the_card_stays(program: Opened, article: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "s", "o")
        assert screen.turn.current == 12 and "by source" in _told(pilot)
        await _press(pilot, ["o", "b"])
        assert screen.turn.current == 13 and "by deadline" in _told(pilot)

    _story(program(article), story)


def test_statements_that_an_outcome_makes_late_are_told(program: Opened, article: Location) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _begun(pilot, "n", "k", ":2024-11-01", "enter", "n")
        assert "1 statement now late, and not scored" in _effect(pilot)

    _story(program(article), story)


def test_a_time_that_cannot_be_read_is_told_and_not_kept(program: Opened, tmp_path: Path) -> None:
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "w", ":yesterday", "enter")
        assert "has passed" in _told(pilot) and screen.field.entry.field is not None
        await _press(pilot, ["ctrl+u", ":sometime", "enter"])
        assert "cannot be read as a time" in _told(pilot)
        await _press(pilot, ["escape"])
        assert screen.field.entry.field is None and screen.turn.current == 1

    before = entries(location)
    _story(program(location), story)
    assert entries(location) == before


def test_words_of_the_command_line_do_not_reach_the_card(program: Opened, tmp_path: Path) -> None:
    async def story(pilot: Pilot[None]) -> None:
        await _begun(pilot, "slash", ":void", "enter")
        assert "v annuls the question" in _effect(pilot)
        await _press(pilot, ["ctrl+u", ":Center", "enter"])
        assert "did you mean" in _effect(pilot) and "--" not in _effect(pilot)

    _story(program(kinds(tmp_path)), story)


def test_a_void_is_not_voided_twice_and_an_outcome_only_after_asking(program: Opened, tmp_path: Path) -> None:
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "A", "b", "v", ":a farce", "enter")
        assert "Settled already: Green" in _stands(pilot) and states(location)[1] == "0"
        await _press(pilot, ["u"])
        assert states(location)[1] == "void" and screen.turn.current == 2
        before = entries(location)
        await _press(pilot, ["b", "v", ":still", "enter", "u"])
        assert "Settled already: void" in _stands(pilot) and entries(location) == before

    _story(program(location), story)


def test_a_day_to_look_again_keeps_the_card_and_is_undone(program: Opened, tmp_path: Path) -> None:
    location = kinds(tmp_path)

    async def story(pilot: Pilot[None]) -> None:
        screen = await _begun(pilot, "a", ":yesterday", "enter")
        before = entries(location)
        assert screen.field.entry.is_wrong and "has passed" in _told(pilot)
        await _press(pilot, ["escape", "a", "ctrl+u", ":next monday"])
        assert "a day to look at it again: Monday 30 November 2026 in UTC" in _told(pilot)
        await _press(pilot, ["enter"])
        assert screen.turn.current == 1 and screen.field.entry.field is None
        assert "to look at again from 30 November 2026" in _effect(pilot)
        assert "To look at again on 30 November 2026" in _told(pilot) and "1 to look at again" in _told(pilot)
        assert states(location)[1] == "unsettled" and entries(location) == before + 1
        await _press(pilot, ["s", "z"])
        assert screen.turn.current == 1 and not screen.turn.written
        assert "1 day to look again taken back" in _effect(pilot)
        assert "To look at again" not in _told(pilot)
        assert entries(location) == before + 2

    _story(program(location), story)
