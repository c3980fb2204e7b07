"""The dialogs of a question: what each records, what it refuses in its place, and what it shows before."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Select, Static

from ledger.errors import InputError, RefusedError
from ledger.services.browse import card
from ledger.services.browse_card import Card
from ledger.services.opening import opened
from ledger.services.stating import update
from ledger.services.values import Stated
from ledger.storage.location import Location
from ledger.tui.app import ForecastApp
from ledger.tui.screens.dialogs.ask import Answers, AskDialog
from ledger.tui.screens.dialogs.fields import Ask, AskField
from ledger.tui.themes import LIGHT
from ledger.tui.widgets.history_list import HistoryList
from ledger.tui.widgets.line_input import LineInput
from tests.tui.pictures import check_picture, picture, settled
from tests.tui.question_ledgers import histories, silent

Opened = Callable[[Location], ForecastApp]


@pytest.fixture(scope="session")
def _dialogs_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return histories(tmp_path_factory.mktemp("dialogs") / "histories.db", crowd=2).path


@pytest.fixture
def told(_dialogs_made: Path, tmp_path: Path) -> Location:
    """A ledger of questions with a history."""
    return Location(Path(shutil.copy(_dialogs_made, tmp_path / "histories.db")))


def now(location: Location, number: int) -> Card:
    """The question as the ledger has it."""
    with opened(location) as book:
        return card(book, f"#{number}")


def tell(app: ForecastApp, number: int, key: str, story: object, size: tuple[int, int] = (80, 24)) -> None:
    """Open a dialog of a question by its key, and let ``story`` happen."""

    async def told_story() -> None:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            app.open_question(number)
            await settled(pilot)
            await pilot.press(key)
            await settled(pilot)
            assert isinstance(app.screen, AskDialog)
            await story(pilot, app.screen)  # type: ignore[operator]

    asyncio.run(told_story())


async def fill(pilot: Pilot[None], **answers: str) -> None:
    """Type answers into the fields of the dialog in front."""
    for name, words in answers.items():
        field = pilot.app.screen.query_one(f"#ask-{name.rstrip('_')}", AskField)
        field.control.focus()
        await pilot.pause()
        await pilot.press(*words)
    await settled(pilot)


def wrong(dialog: AskDialog[object], name: str) -> str | None:
    """What is said below a field."""
    field = dialog.query_one(f"#ask-{name}", AskField)
    return str(field.query_one(".ask--wrong", Static).content) if field.has_class("-wrong") else None


def preview(dialog: AskDialog[object]) -> list[str]:
    """What the dialog says would change."""
    return ["".join(text for text, _ in line) for line in dialog.query_one("#preview", HistoryList).lines_in(70)]


def test_an_edit_shows_its_difference_needs_a_reason_and_is_recorded(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        assert preview(dialog) == ["nothing changes yet"]
        await fill(pilot, title="!", deadline="2027-01-31")
        assert preview(dialog) == [
            "- title: Who wins the runoff?", "+ title: Who wins the runoff?!",
            "- deadline: 13 December 2026, 23:59:59 in UTC (2026-12-13T23:59:59Z)",
            "+ deadline: 31 January 2027, 23:59:59 in UTC (2027-01-31T23:59:59Z)",
        ]  # fmt: skip
        await check_picture(pilot, "question-dialog-edit")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is dialog and "say why" in (wrong(dialog, "reason") or "")
        assert now(told, 2).edits == []
        await fill(pilot, reason="put off")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is not dialog
        (edit,) = now(told, 2).edits
        assert edit.reason == "put off" and set(edit.changes) >= {"title", "deadline"}

    tell(program(told), 2, "e", story)


def test_an_edit_on_a_wide_light_screen(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        pilot.app.theme = LIGHT
        await fill(pilot, tags="; spring")
        await check_picture(pilot, "question-dialog-edit-140x40-light")

    tell(program(told), 1, "e", story, (140, 40))


def test_an_edit_of_tags_criteria_and_condition(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await fill(pilot, criteria="By count.", tags="vote; city", if_="6=yes", reason="clearer")
        await pilot.press("enter")
        await settled(pilot)
        card_now = now(told, 2)
        assert card_now.criteria == "By count." and list(card_now.question.tags) == ["vote", "city"]
        assert card_now.question.condition is not None and card_now.question.condition.number == 6

    tell(program(told), 2, "e", story)


def test_a_deadline_that_cannot_be_read_is_told_below_its_field(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await fill(pilot, deadline="someday")
        assert "cannot be read as a time" in (wrong(dialog, "deadline") or "")
        await check_picture(pilot, "question-dialog-refused")

    tell(program(told), 2, "e", story)


def test_an_edit_of_nothing_is_refused_and_the_dialog_stays(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await fill(pilot, reason="none")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is dialog
        assert "nothing to change" in str(dialog.query_one("#refusal", Static).content)

    tell(program(told), 2, "e", story)


@pytest.mark.parametrize(
    ("number", "typed", "worth"),
    [
        (6, "7%", 0.07),
        (2, "Bauer=10%;Cohen=80%;Diaz=10%", ("Cohen", 0.8)),
        (4, "0.1=610;0.5=710;0.9=810", ("0.5", 710)),
    ],
)
def test_a_correction_of_every_kind(program: Opened, told: Location, number: int, typed: str, worth: object) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await fill(pilot, value=typed, reason="a slip")
        assert [line[0] for line in preview(dialog)] == ["-", "+"]
        await check_picture(pilot, f"question-dialog-correct-{number}")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is not dialog
        (change,) = [change for one in now(told, number).statements for change in one.corrections]
        pairs = [(name, float(value)) for name, value in change.worth.options or change.worth.quantiles]
        assert change.worth.probability == worth or worth in pairs

    tell(program(told), number, "c", story)


def test_a_withdrawal_of_the_forecaster_who_is_chosen(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        chosen = dialog.query_one(Select)
        assert chosen.value == "Anna", "who spoke last stands first"
        chosen.value = "Ben"
        await fill(pilot, reason="gone")
        await pilot.press("enter")
        await settled(pilot)
        (left,) = now(told, 4).withdrawals
        assert (left.forecaster, left.reason) == ("Ben", "gone")

    tell(program(told), 4, "w", story)


def test_void_and_then_reopen(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await pilot.press("enter")
        await settled(pilot)
        assert "say why" in (wrong(dialog, "reason") or "")
        await fill(pilot, reason="called off")
        await pilot.press("enter")
        await settled(pilot)
        assert now(told, 2).question.status == "void"
        await pilot.press("o")
        await settled(pilot)
        await fill(pilot, reason="on again")
        await pilot.press("enter")
        await settled(pilot)
        assert now(told, 2).question.status == "open"

    tell(program(told), 2, "v", story)


def test_a_review_put_off_reads_the_day_before_it_records(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await pilot.press("enter")
        await settled(pilot)
        assert "say until when" in (wrong(dialog, "until") or "")
        await fill(pilot, until="2027-03-01")
        assert "reads as 1 March 2027" in preview(dialog)[0]
        await pilot.press("enter")
        await settled(pilot)
        assert len(now(told, 6).snoozes) == 1 and now(told, 6).snoozes[0].counts

    tell(program(told), 6, "s", story)


def test_words_go_only_when_the_number_is_typed(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await fill(pilot, reason="a name")
        await check_picture(pilot, "question-dialog-redact")
        await pilot.press("enter")
        await settled(pilot)
        assert "type 2" in (wrong(dialog, "confirm") or "")
        assert now(told, 2).question.title is not None
        await fill(pilot, confirm="2")
        await pilot.press("enter")
        await settled(pilot)
        assert now(told, 2).question.title is None and len(now(told, 2).redactions) == 1

    tell(program(told), 2, "D", story)


def test_the_words_of_one_entry_can_go_alone(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        said = next(one for one in now(told, 1).statements if one.reason)
        offered = {value for _, value in dialog.query_one(Select)._options}
        assert f"entry:{now(told, 1).statements[0].entry}" not in offered, "it has no words"
        dialog.query_one(Select).value = f"entry:{said.entry}"
        await fill(pilot, reason="a name", confirm="1")
        await pilot.press("enter")
        await settled(pilot)
        assert now(told, 1).question.title is not None
        assert said.entry in [one.redacted for one in now(told, 1).redactions]

    tell(program(told), 1, "D", story)


@pytest.mark.parametrize("key", ["e", "c", "w", "v", "s", "D"])
def test_escape_records_nothing(program: Opened, told: Location, key: str) -> None:
    before = now(told, 2).entries

    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await pilot.press("x", "escape")
        await settled(pilot)
        assert pilot.app.screen is not dialog and now(told, 2).entries == before

    tell(program(told), 2, key, story)


def test_enter_twice_records_once(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await fill(pilot, reason="off")
        dialog.submit()
        dialog.submit()
        await settled(pilot)
        assert len(now(told, 2).resolutions) == 1

    tell(program(told), 2, "v", story)


def test_what_somebody_did_meanwhile_is_refused_in_the_dialog(program: Opened, told: Location) -> None:
    from ledger.services.settling import void

    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        void(told, "#2", "somebody else", silent)
        await fill(pilot, reason="me too")
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is dialog
        assert "is already void" in str(dialog.query_one("#refusal", Static).content)

    tell(program(told), 2, "v", story)


def test_a_dialog_gives_what_its_act_gave(program: Opened, empty: Location) -> None:
    """Any screen can ask: the result is typed, a refusal stands at the field that it names."""
    given: list[int | None] = []

    def act(answers: Answers) -> int:
        if answers["size"] == "":
            raise InputError("--size is empty: give a number")
        if answers["size"] == "13":
            raise RefusedError("[bold]13[/] \x1b[31mis taken")
        return int(answers["size"])

    async def story() -> None:
        app = program(empty)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            dialog = AskDialog(
                "How [b]many[/]?", [Ask("size", "size [/]"), Ask("kind", "kind", choices=[("a", "[/x]")])], act
            )
            app.push_screen(dialog, given.append)
            await settled(pilot)
            await pilot.press("enter")
            await settled(pilot)
            assert wrong(dialog, "size") == "✗ is empty: give a number"
            await fill(pilot, size="13")
            await pilot.press("enter")
            await settled(pilot)
            assert str(dialog.query_one("#refusal", Static).content) == "[bold]13[/] ␛[31mis taken"
            await pilot.press("backspace", "2", "enter")
            await settled(pilot)
            assert given == [12]

    asyncio.run(story())


def test_a_late_correction_says_that_it_is_not_scored(program: Opened, told: Location) -> None:
    update(told, "#6", Stated(probability="30%"), silent, forecaster="Anna")

    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        dialog.query_one(Select).value = "Anna"
        await fill(pilot, value="98%", reason="typed late")
        await pilot.press("enter")
        await settled(pilot)
        assert any("kept and shown" in one.message for one in pilot.app._notifications)

    tell(program(told), 1, "c", story)


def test_a_day_to_look_again_is_set_shown_and_taken_back(program: Opened, told: Location) -> None:
    async def story(pilot: Pilot[None], dialog: AskDialog[object]) -> None:
        await fill(pilot, on="some fine day")
        await pilot.press("enter")
        await settled(pilot)
        assert "some fine day" in (wrong(dialog, "on") or "")
        dialog.query_one(LineInput).value = ""
        await fill(pilot, on="2027-03-01")
        assert "reads as 1 March 2027, 00:00:00" in preview(dialog)[0]
        await pilot.press("enter")
        await settled(pilot)
        assert [one.stands for one in now(told, 6).look_again] == [True]
        assert "to look at again on 1 March 2027" in picture(pilot.app)
        await pilot.press("a")
        await settled(pilot)
        await fill(pilot, on="off")
        await pilot.press("enter")
        await settled(pilot)
        assert [one.stands for one in now(told, 6).look_again] == [False, False]

    tell(program(told), 6, "a", story)
