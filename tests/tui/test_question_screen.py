"""The question screen: what it shows, where its keys lead, what it keeps, and what it records."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from ledger.services.adding import Asked, add
from ledger.services.browse import card
from ledger.services.browse_card import Card
from ledger.services.editing import redact
from ledger.services.opening import opened
from ledger.services.stating import update
from ledger.services.values import Stated
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.question import QuestionScreen
from ledger.tui.themes import DARK, LIGHT
from ledger.tui.widgets.history_list import HistoryList
from ledger.tui.widgets.section import Heading, Section
from tests.tui.pictures import check_picture, settled
from tests.tui.question_ledgers import histories, silent

Opened = Callable[[Location], ForecastApp]
Story = Callable[[Pilot[None], QuestionScreen], object]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
SETTLED, CHOICE, ORDERED, NUMBER, UNSAID, CROWD = range(1, 7)


@pytest.fixture(scope="session")
def _histories_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return histories(tmp_path_factory.mktemp("histories") / "histories.db").path


@pytest.fixture
def told(_histories_made: Path, tmp_path: Path) -> Location:
    """A ledger of questions with a history."""
    return Location(Path(shutil.copy(_histories_made, tmp_path / "histories.db")))


def tell(app: ForecastApp, number: int, story: object, size: tuple[int, int] = (80, 24)) -> None:
    """Open a question and let ``story`` happen."""

    async def told_story() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            app.open_question(number)
            await settled(pilot)
            assert isinstance(app.screen, QuestionScreen)
            await story(pilot, app.screen)  # type: ignore[operator]

    asyncio.run(told_story())


def words(screen: QuestionScreen, name: str | None = None) -> str:
    """What a section says, or the head."""
    lines = screen.query_one("#head", HistoryList) if name is None else screen.section(name).lines_list
    return "\n".join("".join(text for text, _ in line) for line in lines.lines_in(lines.content_size.width))


def now(location: Location, number: int) -> Card:
    """The question as the ledger has it."""
    with opened(location) as book:
        return card(book, f"#{number}")


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_a_question_of_the_article_as_a_picture(program: Opened, article: Location, theme: str, size: str) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        pilot.app.theme = theme
        await check_picture(pilot, f"question-{size}-{theme}")

    tell(program(article), 1, story, SIZES[size])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "number"),
    [("settled", SETTLED), ("choice", CHOICE), ("ordered", ORDERED), ("numeric", NUMBER), ("unsaid", UNSAID),
     ("crowd", CROWD)],
)  # fmt: skip
def test_questions_of_every_kind_as_pictures(
    program: Opened, told: Location, name: str, number: int, size: str
) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await check_picture(pilot, f"question-{name}-{size}")

    tell(program(told), number, story, SIZES[size])


@pytest.mark.parametrize("number", range(1, 8))
def test_hostile_text_as_pictures(program: Opened, hostile: Location, number: int) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await check_picture(pilot, f"question-hostile-{number}")
        await pilot.press("G")
        await settled(pilot)
        await pilot.press("e")
        await check_picture(pilot, f"question-hostile-{number}-edit")

    tell(program(hostile), number, story)


def test_without_colour_the_letters_and_signs_still_tell(
    program: Opened, told: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await pilot.press("tab")
        await check_picture(pilot, "question-settled-no-color")

    tell(program(told), SETTLED, story)


def test_the_rest_of_a_settled_question_is_there_below(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await pilot.press("G")
        await check_picture(pilot, "question-settled-end")
        assert "not counted" not in words(screen, "statements")
        assert "corrected 2026-02-16: 8 % → 80 %" in words(screen, "statements")
        assert "withdrew" in words(screen, "statements")
        assert "“roughly even chance” on icd-203, 45–55 %" in " ".join(words(screen, "statements").split())
        assert "Anna scored 0.0372" in words(screen, "why") and "won 0.0401" in words(screen, "why")
        assert "0.0900 had the first statement stood throughout" in words(screen, "why")
        assert "no superseded" in words(screen, "outcomes") and "yes counts" in words(screen, "outcomes")
        assert "- criteria: Yes if no strike across the line is confirmed by two" in words(screen, "edits")
        assert "the words of entry" in words(screen, "redactions")

    tell(program(told), SETTLED, story)


def test_the_original_form_of_the_score_says_so(program: Opened, told: Location, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('form = "0-2"\n', encoding="utf-8")

    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        assert "original form, 0–2, lower is better" in words(screen, "why")
        assert "Anna scored 0.0744" in words(screen, "why")

    tell(program(told), SETTLED, story)


def test_keys_scroll_and_go_from_section_to_section(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        page = screen.page
        await pilot.press("j", "j", "k")
        assert page.scroll_y == 1
        await pilot.press("space")
        assert page.scroll_y == 1 + page.size.height - 2
        await pilot.press("g")
        assert page.scroll_y == 0
        await pilot.press("G")
        assert page.scroll_y == page.max_scroll_y > 0
        await pilot.press("g", "tab")
        assert isinstance(screen.focused, Heading) and screen.focused.words == "criteria"
        await pilot.press("tab", "tab")
        assert isinstance(screen.focused, Heading) and "statements" in screen.focused.words

    tell(program(told), SETTLED, story)


def test_enter_folds_a_section_and_shows_the_whole_of_a_long_one(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        said = screen.section("statements")
        assert "180 earlier" in words(screen, "statements")
        said.heading.focus()
        await pilot.press("enter")
        assert "earlier" not in words(screen, "statements")
        assert words(screen, "statements").count("\n") > 200
        await pilot.press("enter")
        assert said.has_class("-folded") and not said.inside.display
        await pilot.press("enter")
        assert not said.has_class("-folded") and "180 earlier" in words(screen, "statements")

    tell(program(told), CROWD, story)


def test_enter_on_what_it_hangs_on_opens_that_and_escape_comes_back(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        screen.query_one("LinkList").focus()
        await pilot.press("enter")
        await settled(pilot)
        opened_one = pilot.app.screen
        assert isinstance(opened_one, QuestionScreen) and opened_one.number == SETTLED
        await pilot.press("escape")
        assert pilot.app.screen is screen

    tell(program(told), UNSAID, story)


def test_next_and_previous_stop_at_the_ends(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await pilot.press("p")
        await settled(pilot)
        assert screen.number == 1 and len(pilot.app._notifications) == 1
        for number in range(2, 7):
            await pilot.press("n")
            await settled(pilot)
            assert screen.number == number and f"#{number} " in words(screen)
        await pilot.press("n")
        await settled(pilot)
        assert screen.number == 6 and screen.section("why").is_empty

    tell(program(told), 1, story)


def test_a_question_that_is_not_there_says_so_and_its_keys_do_nothing(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        assert "#99 cannot be shown" in words(screen)
        assert all(section.is_empty for section in screen.query(Section))
        await pilot.press("e", "c", "w", "v", "o", "s", "D", "u", "r", "y", "tab", "enter", "j", "G")
        await settled(pilot)
        assert pilot.app.screen is screen

    tell(program(told), 99, story)


def test_a_redacted_question_says_so_with_the_reason(program: Opened, told: Location) -> None:
    redact(told, "#2", "it named a witness", silent)

    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        assert "the words of this question were redacted: it named a witness" in words(screen)
        await check_picture(pilot, "question-redacted")

    tell(program(told), CHOICE, story)


def test_what_somebody_else_records_is_shown_and_the_scroll_kept(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await pilot.press("space")
        at = screen.page.scroll_y
        update(told, "#6", Stated(probability="44%"), silent, forecaster="Voice 1", reason="news")
        pilot.app.changes.publish(LedgerChanged(frozenset({6})))  # type: ignore[attr-defined]
        await settled(pilot)
        assert "201 statements" in screen.section("statements").heading.words
        assert "news" in words(screen, "statements")
        assert screen.page.scroll_y == at > 0

    tell(program(told), CROWD, story)


def test_keys_pressed_before_anything_is_read_do_nothing_bad(program: Opened, told: Location) -> None:
    async def story() -> None:
        app = program(told)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            app.open_question(1)
            await pilot.press("e", "c", "enter", "D", "tab", "n", "j", "G", "y")
            await settled(pilot)
            assert app.is_running

    asyncio.run(story())


def test_copying_tells_what_was_copied(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await pilot.press("y")
        assert pilot.app.clipboard == "ceasefire"
        await pilot.press("Y")
        assert pilot.app.clipboard == "#1"
        assert [one.message for one in pilot.app._notifications] == ["copied ceasefire", "copied #1"]

    tell(program(told), SETTLED, story)


def test_a_question_nobody_spoke_of_has_nothing_to_correct(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        await pilot.press("c", "w", "o")
        await settled(pilot)
        assert pilot.app.screen is screen and len(pilot.app._notifications) == 3

    tell(program(told), UNSAID, story)


def test_why_a_question_without_a_timely_statement_has_no_score(program: Opened, empty: Location) -> None:
    from ledger.services.settling import resolve

    add(empty, Asked("Nobody says?", "2026-12-31", zone="UTC"), silent)
    resolve(empty, "#1", "yes", silent, known_at="now")

    async def story(pilot: Pilot[None], screen: QuestionScreen) -> None:
        assert "nobody has stated a forecast of it" in words(screen, "why")

    tell(program(empty), 1, story)
