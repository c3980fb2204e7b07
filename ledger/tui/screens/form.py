"""The form: asking a question, and stating a new forecast of one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.css.query import NoMatches
from textual.widgets import Button, Static

from ledger.tui.actions import bindings
from ledger.tui.cells import shown_lines
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.form_leaving import LeavingScreen
from ledger.tui.screens.form_problems import FieldsWrongError, Wrong, told_of
from ledger.tui.screens.page import Page
from ledger.tui.widgets.condition_picker import ConditionPicker
from ledger.tui.widgets.labelled import Labelled
from ledger.tui.widgets.options_field import OptionsField
from ledger.tui.widgets.reading_field import ReadingField
from ledger.tui.widgets.words_area import WordsField

if TYPE_CHECKING:
    from ledger.errors import LedgerError
    from ledger.services.results import Done
    from ledger.tui.app import ForecastApp
    from ledger.tui.screens.form_typed import Typed

AnyField = ReadingField | WordsField | OptionsField | ConditionPicker


def open_form(app: ForecastApp, number: int | None = None) -> None:
    """Show the form: a new question, or with its ``number`` a new forecast of one that is there."""
    if number is None:
        from ledger.tui.screens.form_add import AddScreen

        app.push_screen(AddScreen())
    else:
        from ledger.tui.screens.form_update import UpdateScreen

        app.push_screen(UpdateScreen(number))


class FormScreen(Page):
    """Fields one below the other; what is refused is told at its field, and nothing typed is lost."""

    PLACE = "form"
    BINDINGS = bindings("form")
    CSS_PATH = "form.tcss"

    def __init__(self) -> None:
        """Begin with nothing typed."""
        super().__init__()
        self._saving = False
        self._at_first: Typed | None = None

    def body(self) -> ComposeResult:
        """The fields, then the button that saves."""
        with VerticalScroll(id="fields", can_focus=False):
            yield from self.fields()
        with Horizontal(id="foot"):
            yield Button("Save", id="save", compact=True)
            yield Static(id="form-problem", markup=False)

    def fields(self) -> ComposeResult:
        """The fields, in the order of typing."""
        yield from ()

    def typed(self) -> Typed:
        """What the fields hold."""
        raise NotImplementedError

    def record(self, typed: Typed) -> Done:
        """Record it; runs in a thread."""
        raise NotImplementedError

    def begin(self) -> None:
        """Remember what the form held before anything was typed; from here on it can be saved."""
        self._at_first = self.typed()

    def value_of(self, name: str) -> str:
        """The text of a field; empty where the form has none of that name."""
        for found in self.query(f"#{name}"):
            if isinstance(found, ReadingField | WordsField | ConditionPicker):
                return found.value
        return ""

    def reload(self) -> None:
        """What others record does not touch what is being typed."""

    def on_reading_field_left(self, message: ReadingField.Left) -> None:
        """Enter on the last field saves, elsewhere it goes on."""
        message.stop()
        if message.field is self.query(ReadingField).last():
            self.action_save()
        else:
            self.after(message.field)

    def after(self, field: ReadingField) -> None:
        """Go on to the next field to type in, past what stands beside this one."""
        fields = [one for one in self.query(Labelled) if one.display]
        for following in fields[fields.index(field) + 1 :]:
            for inside in following.query("LineInput, WordsArea"):
                inside.focus()
                return

    def action_next(self) -> None:
        """Go to the next field."""
        self.focus_next()

    def action_previous(self) -> None:
        """Go to the field above."""
        self.focus_previous()

    def on_button_pressed(self, _: Button.Pressed) -> None:
        """Save."""
        self.action_save()

    def action_save(self) -> None:
        """Check the fields and record them, in a thread."""
        if self._saving or self._at_first is None:
            return
        self._saving = True
        self._problem("saving …")
        self.work(partial(self.record, self.typed()), self._saved, group="save", otherwise=self._not_saved)

    def _saved(self, done: Done) -> None:
        number = done.question
        self.program.say("\n".join([*done.said, *done.notices]), timeout=8)
        self.program.changes.publish(LedgerChanged(None if number is None else frozenset({number}), ours=True))
        self.dismiss()

    def _not_saved(self, problem: LedgerError) -> None:
        self._saving = False
        wrong = problem.wrong if isinstance(problem, FieldsWrongError) else [told_of(problem)]
        told = [(one, self._field(one)) for one in wrong]
        for one, field in told:
            if field is not None:
                field.wrong(one.words)
        self._problem("\n".join(f"✗ {one.words}" for one, field in told if field is None))
        self._go_to([field for _, field in told if field is not None])

    def _field(self, wrong: Wrong) -> AnyField | None:
        if wrong.field is None:
            return None
        try:
            found = self.query_one(f"#{wrong.field}")
        except NoMatches:
            return None
        return found if isinstance(found, AnyField) and found.display else None

    def _go_to(self, fields: Sequence[AnyField]) -> None:
        for field in fields[:1]:
            for inside in field.query("LineInput, WordsArea"):
                inside.focus()
                return

    def _problem(self, words: str) -> None:
        self.query_one("#form-problem", Static).update(shown_lines(words))

    def action_leave(self) -> None:
        """Go back; ask first where something was typed."""
        if self._at_first is None or self.typed() == self._at_first:
            self.dismiss()
        else:
            self.app.push_screen(LeavingScreen(), self._left)

    def _left(self, leave: bool | None) -> None:
        if leave:
            self.dismiss()
