"""The settings: each is checked, applied and written as soon as it is changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from ledger.errors import LedgerError
from ledger.tui.actions import bindings
from ledger.tui.cells import shown
from ledger.tui.messages import LedgerChanged
from ledger.tui.screens.page import Page
from ledger.tui.screens.settings_fields import FIELDS, field_of, setting
from ledger.tui.screens.settings_key import KeyScreen
from ledger.tui.widgets.chooser import ChoiceField, Chooser
from ledger.tui.widgets.key_list import KeyList
from ledger.tui.widgets.labelled import Labelled
from ledger.tui.widgets.reading_field import ReadingField

if TYPE_CHECKING:
    from ledger.services.settings import Settings
    from ledger.tui.actions import Action


class SettingsScreen(Page):
    """What the user has chosen, and every key."""

    PLACE = "settings"
    HELP_TEXT = (
        "Changes hold at once and are kept in the settings' file, which may be edited too: comments in it stay. Left "
        "and right choose, enter takes what was typed. Below, every action has its keys: enter gives the chosen one "
        "another key, delete its own one back; in the file they stand under [keys], by name."
    )
    BINDINGS = bindings("settings")
    CSS_PATH = "settings.tcss"

    def body(self) -> ComposeResult:
        """The settings, where they are kept, the keys."""
        with Vertical(id="settings"):
            yield from (field_of(name, self.program.settings) for name in FIELDS)
        yield Static(id="files", markup=False)
        yield Static("Keys", id="keys-title", markup=False)
        yield KeyList()

    def on_mount(self) -> None:
        """Show the files and the keys."""
        super().on_mount()
        self.query_one("#files", Static).update(self._files())
        self.query_one(KeyList).show(self.program.settings.keys)
        self.query_one(Chooser).focus()

    def _files(self) -> Text:
        told = Text(no_wrap=True, overflow="ellipsis")
        for label, path in (("Ledger", self.program.location), ("Settings", self.program.settings_file)):
            told.append(f" {label:<13}")
            told.append(f"{shown(str(path))}\n")
        told.right_crop(1)
        return told

    def on_chooser_chosen(self, message: Chooser.Chosen) -> None:
        """Take a choice up."""
        message.stop()
        field = next(one for one in message.chooser.ancestors if isinstance(one, ChoiceField))
        self._change(field, str(field.id), message.value)

    def on_reading_field_left(self, message: ReadingField.Left) -> None:
        """Take what was typed up, and go on."""
        message.stop()
        self._take(message.field)
        self.focus_next()

    def on_reading_field_blurred(self, message: ReadingField.Blurred) -> None:
        """Take what was typed up."""
        message.stop()
        self._take(message.field)

    def _take(self, field: ReadingField) -> None:
        self._change(field, str(field.id), field.value)

    def _change(self, field: Labelled, name: str, told: str) -> None:
        try:
            value = setting(name, told)
        except LedgerError as problem:
            field.wrong(str(problem))
            return
        field.echo("")
        if getattr(self.program.settings, name) != value:
            changes: dict[str, Any] = {name: value}
            self._keep(replace(self.program.settings, **changes), field)

    def _keep(self, settings: Settings, field: Labelled | None) -> None:
        self.program.use_settings(settings)
        self.query_one(KeyList).show(settings.keys)
        self.program.changes.publish(LedgerChanged())
        self.work(
            partial(_save, self.program.settings_file, settings), lambda _: None, group="save",
            otherwise=self.program.refused if field is None else lambda problem: field.wrong(f"not kept: {problem}"),
        )  # fmt: skip

    def on_key_list_asked(self, message: KeyList.Asked) -> None:
        """Ask for a key, or give the action its own one back."""
        message.stop()
        keys = dict(self.program.settings.keys)
        if not message.back:
            self.app.push_screen(KeyScreen(message.action), partial(self._rebind, message.action))
        elif keys.pop(message.action.name, None) is not None:
            self._keep(replace(self.program.settings, keys=keys), None)

    def _rebind(self, action: Action, key: str | None) -> None:
        from ledger.tui.key_map import rebound

        if key is None:
            return
        try:
            keys = rebound(action, key, self.program.settings.keys)
        except LedgerError as problem:
            self.program.refused(problem)
            return
        self._keep(replace(self.program.settings, keys=keys), None)

    def action_keys(self) -> None:
        """Go to the list of keys."""
        self.query_one(KeyList).focus()

    def action_next(self) -> None:
        """Go to the next setting."""
        self.focus_next()

    def action_previous(self) -> None:
        """Go to the setting above."""
        self.focus_previous()


def _save(path: Any, settings: Settings) -> None:
    from ledger.services.settings import save

    save(path, settings)
