"""The calibration screen: every part as a picture, and what its keys do."""

from __future__ import annotations

import asyncio
import csv
import random
import shutil
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, Input, Static

from ledger import clock
from ledger.services.adding import Asked, add
from ledger.services.settling import resolve
from ledger.services.starting import initialise
from ledger.services.transfer import import_file
from ledger.services.values import Stated
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.calibration import CalibrationScreen
from ledger.tui.themes import DARK, LIGHT
from ledger.tui.widgets.explanation import Explanation
from ledger.tui.widgets.reliability_diagram import ReliabilityDiagram
from ledger.tui.widgets.score_card import ScoreCard
from ledger.tui.widgets.slices import SlicesTable
from ledger.tui.widgets.sorted_table import SortedTable
from tests.tui.pictures import check_picture, picture, settled

Opened = Callable[[Location], ForecastApp]
Story = Callable[[Pilot[None], CalibrationScreen], Awaitable[None]]
SIZES = {"80x24": (80, 24), "140x40": (140, 40)}
SECTIONS = {
    "diagram": "d", "trend": "t", "record": "r", "slices": "s", "words": "w", "compare": "c", "others": "o",
}  # fmt: skip
OUTCOMES = {1: "no", 2: "yes", 4: "yes", 6: "no", 7: "no", 10: "no", 11: "no", 12: "no", 15: "no", 16: "yes"}
NAMES = (("Ada Byron", 0.08), ("Ben Franklin", 0.2), ("Cassandra of Troy", 0.35))


def _silent(_: str) -> None:
    pass


@pytest.fixture
def settled_article(article: Location) -> Location:
    """The article with some outcomes."""
    for number, outcome in OUTCOMES.items():
        resolve(article, f"#{number}", outcome, _silent, known_at="2025-12-01")
    return article


def _sheet(path: Path) -> None:
    drawn = random.Random(7)
    columns = (
        *("question_id", "title", "forecaster", "probability", "forecast_at", "opened_at", "deadline", "resolved_at"),
        *("outcome", "tags"),
    )
    with path.open("w", newline="", encoding="utf-8") as out:
        write = csv.writer(out)
        write.writerow(columns)
        for question in range(300):
            month = f"{2023 + question % 30 // 12}-{question % 30 % 12 + 1:02}"
            truth = drawn.random()
            outcome = "yes" if drawn.random() < truth else "no"
            for name, noise in NAMES:
                said = min(0.99, max(0.01, truth + drawn.gauss(0, noise)))
                opened, closed = f"{month}-01T00:00:00Z", f"{month}-28T12:00:00Z"
                about = (f"q{question}", f"Will thing {question} happen?", name, f"{said:.2f}", opened, opened, closed)
                write.writerow([*about, closed, outcome, f"tag{question % 5};all"])


@pytest.fixture(scope="session")
def _many_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    _sheet(folder / "many.csv")
    location = Location(folder / "many.db")
    with clock.set_to(datetime(2026, 11, 1, 12, tzinfo=UTC)):
        initialise(location, None, _silent)
        import_file(location, folder / "many.csv", origin=None, dry_run=False, supersede=False, tell=_silent)
    return location.path


@pytest.fixture
def many(_many_made: Path, tmp_path: Path) -> Location:
    """300 settled questions of three forecasters."""
    return Location(Path(shutil.copy(_many_made, tmp_path / "many.db")))


@pytest.fixture
def kinds(empty: Location) -> Location:
    """Settled questions of every other kind."""
    shares = (("low", "20%"), ("middle", "50%"), ("high", "30%"))
    quantiles = (("0.05", "5"), ("0.25", "8"), ("0.5", "10"), ("0.75", "13"), ("0.95", "20"))
    stated = {
        "choice": Stated(options=shares),
        "ordered": Stated(options=shares),
        "numeric": Stated(quantiles=quantiles),
    }
    with clock.set_to(datetime(2026, 1, 1, 12, tzinfo=UTC)):
        for turn in range(2):
            for kind, said in stated.items():
                options = () if kind == "numeric" else ("low", "middle", "high")
                asked = Asked(title=f"{kind} {turn}?", by="2026-06-01", kind=kind, options=options, stated=said)
                add(empty, asked, _silent)
    for number in range(1, 7):
        resolve(empty, f"#{number}", "12" if number % 3 == 0 else ("low", "middle")[number % 2], _silent)
    return empty


def run(app: ForecastApp, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Drive the calibration screen."""

    async def whole() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await pilot.press("3")
            await settled(pilot)
            screen = app.screen
            assert isinstance(screen, CalibrationScreen)
            await story(pilot, screen)

    asyncio.run(whole())


def words(screen: CalibrationScreen, name: str) -> str:
    """What a line of the screen says."""
    return str(screen.query_one(f"#{name}", Static).render())


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("size", SIZES)
def test_the_first_part_of_many_as_a_picture(program: Opened, many: Location, theme: str, size: str) -> None:
    app = program(many)

    async def story(pilot: Pilot[None], _: CalibrationScreen) -> None:
        app.theme = theme
        await check_picture(pilot, f"calibration-{size}-{theme}")

    run(app, story, SIZES[size])


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("part", SECTIONS)
def test_every_part_of_the_article_as_a_picture(
    program: Opened, settled_article: Location, part: str, theme: str
) -> None:
    app = program(settled_article)

    async def story(pilot: Pilot[None], _: CalibrationScreen) -> None:
        app.theme = theme
        await pilot.press(SECTIONS[part])
        await check_picture(pilot, f"calibration-article-{part}-{theme}")

    run(app, story)


@pytest.mark.parametrize("part", ["trend", "slices", "words", "compare"])
def test_parts_of_many_as_pictures(program: Opened, many: Location, part: str) -> None:
    async def story(pilot: Pilot[None], _: CalibrationScreen) -> None:
        await pilot.press(SECTIONS[part])
        await settled(pilot)
        if part == "compare":
            await pilot.press("enter")
        await check_picture(pilot, f"calibration-many-{part}")

    run(program(many), story)


@pytest.mark.parametrize("name", ["article", "empty", "hostile"])
def test_without_a_score_it_says_what_is_missing(program: Opened, request: pytest.FixtureRequest, name: str) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        assert words(screen, "nothing").startswith("No score yet")
        await check_picture(pilot, f"calibration-nothing-{name}")

    run(program(request.getfixturevalue(name)), story)


@pytest.mark.parametrize("name", ["article", "empty", "hostile", "settled_article"])
def test_nothing_undefined_is_shown_as_a_value(program: Opened, request: pytest.FixtureRequest, name: str) -> None:
    async def story(pilot: Pilot[None], _: CalibrationScreen) -> None:
        for key in [*SECTIONS.values(), "escape", "d", "b", "b", "l", "x", "p", "p", "p"]:
            await pilot.press(key)
            await settled(pilot)
            shown = picture(pilot.app)
            assert not any(word in shown for word in ("nan", "None", "inf,", "{", "Traceback")) or name == "hostile"

    run(program(request.getfixturevalue(name)), story, (140, 40))


def test_the_headline_is_the_command_lines_score(program: Opened, settled_article: Location) -> None:
    from ledger.services.score import ScoreRequest, score

    told = score(settled_article, ScoreRequest()).overall

    async def story(_: Pilot[None], screen: CalibrationScreen) -> None:
        low, high = told["brier_interval"]
        assert words(screen, "headline") == (
            f"Brier {told['brier']:.4f} (0–1, lower is better), 95 % {low:.4f}–{high:.4f}, n {told['n']}"
        )

    run(program(settled_article), story)


def test_the_other_form_is_twice_and_says_so(program: Opened, settled_article: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        half = float(words(screen, "headline").split()[1])
        await pilot.press("x")
        await settled(pilot)
        told = words(screen, "headline")
        assert float(told.split()[1]) == pytest.approx(2 * half, abs=1e-4) and "(0–2" in told
        figures = {one.name: one.told for one in screen.query_one(ScoreCard).figures}
        assert all("(0–2)" in figures[name] for name in ("Brier", "miscalibration", "discrimination", "uncertainty"))
        assert not any("(0–1)" in one for one in figures.values())

    run(program(settled_article), story)


def test_every_figure_explains_itself(program: Opened, settled_article: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        card = screen.query_one(ScoreCard)
        card.focus()
        for figure in card.figures:
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, Explanation) and pilot.app.screen.figure == figure
            await pilot.press("escape", "down")
            await pilot.pause()

    run(program(settled_article), story)


def test_diagram_and_list_go_together(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        diagram, points = screen.query_one(ReliabilityDiagram), screen.query_one("#points", SortedTable)
        await pilot.press("right", "j", "right", "left")
        await settled(pilot)
        assert diagram.cursor == points.cursor == 2
        points.focus()
        await pilot.press("end")
        await settled(pilot)
        assert diagram.cursor == points.cursor == len(diagram.points) - 1

    run(program(many), story)


def test_a_click_chooses_a_point_and_a_part(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        diagram = screen.query_one(ReliabilityDiagram)
        await pilot.click(diagram, offset=(diagram.size.width - 3, 5))
        await settled(pilot)
        assert diagram.cursor == len(diagram.points) - 1
        await pilot.click("#sections", offset=(12, 0))
        await settled(pilot)
        assert screen.part == "trend"

    run(program(many), story)


def test_bins_go_round_and_come_back(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        seen = []
        for _ in range(3):
            await pilot.press("b")
            await settled(pilot)
            seen.append(words(screen, "foot").split(" · ")[1])
        assert seen == ["bins mass:10", "bins exact", "bins width:10"]

    run(program(many), story)


def test_slices_go_by_everything_and_are_sorted(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        await pilot.press("s", "b")
        await settled(pilot)
        table = screen.query_one(SlicesTable)
        assert [row.label for row in table.rows] == [name for name, _ in NAMES]
        await pilot.press("z", "z", "z", "z", "Z")
        assert table.headings[table.sorted_by or 0].title.startswith("Brier") and table.descending
        scores = [row.brier for row in table.rows]
        assert scores == sorted(scores, reverse=True)
        assert all(row.interval for row in table.rows)
        for _ in range(6):
            await pilot.press("b")
            await settled(pilot)
            assert table.rows
        assert screen.slices_by == "tag"

    run(program(many), story)


async def _completed(pilot: Pilot[None], field: Input, name: str) -> None:
    """Take the completion that is offered, once it is."""
    for _ in range(100):
        await pilot.press("right")
        if field.value == name:
            return
        await pilot.pause(0.05)
    raise AssertionError(f"{field.value} was not completed to {name}")


def test_two_names_are_completed_and_compared(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        await pilot.press("c")
        await settled(pilot)
        screen.query_one("#second", Input).value = ""
        await pilot.press("delete", "a", "d")
        await _completed(pilot, screen.query_one("#first", Input), "Ada Byron")
        await pilot.press("tab", "c", "a", "s")
        await _completed(pilot, screen.query_one("#second", Input), "Cassandra of Troy")
        await pilot.press("enter")
        await settled(pilot)
        answer = words(screen, "answer")
        assert answer.startswith("Ada Byron against Cassandra of Troy") and "Ada Byron is better" in answer
        await pilot.press("escape", "d")
        assert screen.query_one(ContentSwitcher).current == "diagram"

    run(program(many), story)


def test_a_name_that_is_not_there_is_told_where_it_was_typed(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        await pilot.press("c")
        await settled(pilot)
        screen.query_one("#first", Input).value = "Nobody"
        await pilot.press("enter")
        await settled(pilot)
        assert "Nobody" in words(screen, "answer") and not words(screen, "answer").startswith("--")

    run(program(many), story)


def test_the_filter_narrows_every_part_and_escape_widens_it(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        whole = words(screen, "headline")
        await pilot.press("slash", *"tag:tag1", "enter")
        await settled(pilot)
        assert words(screen, "headline").endswith("n 180")
        await pilot.press("r")
        assert "720 units left out" in words(screen, "credibility")
        await pilot.press("escape")
        await settled(pilot)
        assert words(screen, "headline") == whole

    run(program(many), story)


def test_keys_before_anything_is_read_do_nothing_bad(program: Opened, many: Location) -> None:
    async def whole() -> None:
        app = program(many)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("3", *"btxlpswrdb", "right", "enter", "f5", "z", "Z", "c", "escape", "d")
            await settled(pilot)
            assert isinstance(app.screen, CalibrationScreen)
            assert "n 900" in words(app.screen, "headline")

    asyncio.run(whole())


def test_an_outcome_recorded_meanwhile_is_scored(program: Opened, settled_article: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        before = words(screen, "headline")
        await asyncio.to_thread(resolve, settled_article, "#17", "yes", _silent, known_at="2026-02-01")
        pilot.app.post_message(LedgerChanged(frozenset({17})))
        wanted = f"n {int(before.rpartition('n ')[2]) + 1}"
        for _ in range(200):  # the watch notices it as well, and what is under way then gives way
            await pilot.pause(0.05)
            if words(screen, "headline").endswith(wanted) and "95 %" in words(screen, "headline"):
                return
        raise AssertionError(words(screen, "headline"))

    run(program(settled_article), story)


def test_the_band_of_chance_is_drawn_where_rows_are_independent(program: Opened, settled_article: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        assert "░" not in picture(pilot.app)
        await pilot.press("p")
        await settled(pilot)
        assert "policy last" in words(screen, "foot") and "░ chance" in picture(pilot.app)
        await check_picture(pilot, "calibration-article-band")

    run(program(settled_article), story)


def test_log_odds_and_exact_values_as_a_picture(program: Opened, many: Location) -> None:
    async def story(pilot: Pilot[None], _: CalibrationScreen) -> None:
        await pilot.press("l", "b", "b", "end", "x")
        await check_picture(pilot, "calibration-many-log-odds")

    run(program(many), story)


def test_an_explanation_as_a_picture(program: Opened, settled_article: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        screen.query_one(ScoreCard).focus()
        await pilot.press("down", "down", "down", "enter")
        await check_picture(pilot, "calibration-explanation")

    run(program(settled_article), story)


def test_other_kinds_are_shown_apart_with_their_rules(program: Opened, kinds: Location) -> None:
    async def story(pilot: Pilot[None], screen: CalibrationScreen) -> None:
        assert "o shows their scores" in words(screen, "nothing")
        await pilot.press("o")
        await settled(pilot)
        told = words(screen, "kinds")
        for kind in ("choice, n 2", "ordered, n 2", "numeric, n 2", "ranked probability score (0–1)", "pinball"):
            assert kind in told
        await check_picture(pilot, "calibration-other-kinds")
        await pilot.press("x")
        assert "Brier, over the options (0–2)" in words(screen, "kinds")

    run(program(kinds), story)
