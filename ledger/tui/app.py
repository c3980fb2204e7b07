"""The program: which ledger, which settings, which screen; the screens do the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.command import Provider
from textual.events import Key
from textual.filter import LineFilter
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Input

from ledger import clock
from ledger.domain.text import safe_text
from ledger.errors import LedgerError
from ledger.services.settings import Settings, load, resolved_theme
from ledger.storage.location import Location
from ledger.tui import collecting
from ledger.tui.actions import bindings, known_names
from ledger.tui.failing import told_of_unexpected
from ledger.tui.last_guard import LastGuard
from ledger.tui.messages import CameDue, LedgerChanged, LedgerTroubled
from ledger.tui.modes import HOME, MODES
from ledger.tui.noticing import Noticing
from ledger.tui.palette import ActionsProvider
from ledger.tui.screens.ledger_reading import FirstLook
from ledger.tui.screens.ledger_rows import ROWS
from ledger.tui.screens.ledger_screen import LedgerScreen
from ledger.tui.themes import DARK, LIGHT, THEMES
from ledger.tui.widgets.banner import Banner
from ledger.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel


class ForecastApp(App[None]):
    """Forecast Ledger in the terminal."""

    TITLE = "Forecast Ledger"
    CSS_PATH = ["app.tcss", "screens/ledger_screen.tcss"]  # noqa: RUF012
    MODES = {place: screen for place, screen in MODES.items() if place != HOME}  # noqa: RUF012
    DEFAULT_MODE = HOME
    BINDINGS = bindings("everywhere")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (124, "-wide")]  # noqa: RUF012 - as Textual types it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {ActionsProvider}

    def __init__(self, location: Location, settings_file: Path) -> None:
        """Read the settings; the ledger itself is read by the screens, in threads."""
        super().__init__()
        self._guard = LastGuard()
        self.location, self.settings_file = location, settings_file
        loaded = load(settings_file)
        self.settings: Settings = loaded.settings
        self._problems = list(loaded.problems)
        self.changes: Signal[LedgerChanged] = Signal(self, "changes")
        """What was recorded, by this program or another; screens subscribe."""
        self.first_look: FirstLook | None = None
        """What is read of the ledger before there is a screen to show it."""
        self.trouble: str | None = None
        self.tells_faults, self.faulty = False, False
        self._due: int | None = None
        self._noticing: Noticing | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self._dress(_theme(loaded.settings))
        self.use_settings(loaded.settings)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The last guard goes over every line that is painted."""
        return [*super().get_line_filters(), self._guard]

    def _dress(self, theme: str) -> None:
        """Take the theme up before anything is drawn, so that no style is worked out twice."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode")
        self.set_class(not dark, "-light-mode")
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colours, for themes that do not name them."""
        return dict(THEMES[0].variables)

    def get_default_screen(self) -> Screen[None]:
        """The ledger is the first screen; a mode of its own would be styled twice before it is seen."""
        self.add_mode(HOME, MODES[HOME])
        screen = LedgerScreen()
        for size, breakpoints in zip(self.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True):
            screen.add_class(next(name for least, name in reversed(breakpoints) if size >= least))
        return screen

    @property
    def where(self) -> str:
        """The ledger's short name, safe to show."""
        return safe_text(self.location.name)

    @property
    def location_is_there(self) -> bool:
        """Whether there is a file to read; a server is asked when its ledger is opened."""
        return self.location.may_be_there()

    @property
    def zone(self) -> str:
        """The zone in which plain days are read."""
        from ledger.services.defaults import zone_in_force

        return zone_in_force(self.settings)

    def now(self) -> datetime:
        """The clock."""
        return clock.now()

    @property
    def due(self) -> int | None:
        """How many questions wait for an outcome; ``None`` before that is known."""
        return self._due

    @due.setter
    def due(self, number: int | None) -> None:
        self._due = number
        for bar in self.screen.query(TopBar):
            bar.due = number

    def use_settings(self, settings: Settings) -> None:
        """Take settings up: theme, keys, density."""
        self.settings = settings
        self.theme = _theme(settings)
        self.set_class(settings.compact, "-compact")
        known = set(known_names())
        self._problems += [
            f"{name} in [keys] is no action; help shows their names" for name in settings.keys if name not in known
        ]
        self.set_keymap({name: keys for name, keys in settings.keys.items() if name in known})

    def on_mount(self) -> None:
        """Tell what is wrong with the settings, then watch the ledger for what others record."""
        for problem in self._problems:
            self.say(problem, severity="warning")
        self.call_after_refresh(self._begin)
        self.set_timer(1, collecting.resume)

    def _begin(self) -> None:
        if not self.location_is_there:
            from ledger.tui.screens.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(), self._welcomed)
        else:
            self.watch_ledger()

    def _welcomed(self, made: bool | None) -> None:
        if not made:
            self.exit()
            return
        self.watch_ledger()
        self.changes.publish(LedgerChanged())

    def watch_ledger(self) -> None:
        """Begin to watch the ledger's file."""
        self._noticing = Noticing(self.location, self.post_message)
        self.run_worker(self._noticing.watch, thread=True, group="noticing", exit_on_error=False)

    def on_unmount(self) -> None:
        """Stop watching."""
        if self._noticing is not None:
            self._noticing.stop()

    def on_ledger_changed(self, message: LedgerChanged) -> None:
        """Hand on to every screen, in front or not, that something was recorded."""
        self.changes.publish(message)

    def on_came_due(self, message: CameDue) -> None:
        """Tell what fell due in one toast, and show it everywhere; it does not count as announced."""
        fell = message.fell
        self.due = fell.due
        key = self.settings.keys.get("everywhere.week", "W").partition(",")[0]
        self.say(fell.words() + (f": {key} goes through it" if fell.weekly else ""), timeout=10)
        if fell.questions:
            self.changes.publish(LedgerChanged(frozenset(one.number for one in fell.questions)))

    def on_ledger_troubled(self, message: LedgerTroubled) -> None:
        """Show what is wrong with the ledger on top of every screen."""
        self.trouble = message.problem
        for banner in self.screen.query(Banner):
            banner.tell(message.problem)

    def say(self, words: str, *, severity: SeverityLevel = "information", timeout: float | None = None) -> None:
        """A toast; ``words`` may hold the user's text."""
        self.notify(safe_text(words, newline=True), severity=severity, timeout=timeout, markup=False)

    def refused(self, problem: LedgerError) -> None:
        """Tell a refusal."""
        self.say(str(problem), severity="error", timeout=12)

    def hint(self, words: str | None) -> None:
        """Tell what is wrong with a line being typed, quietly; ``None`` when it is well."""
        for banner in self.screen.query(Banner):
            banner.tell(words if words is not None else self.trouble)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of the program ends it with one line, and its trace in a file; what was recorded is kept.

        Textual has no public way to do so. Tests see the fault itself.
        """
        if not self.tells_faults or self.faulty:
            super()._handle_exception(error)
            return
        self.faulty = True
        self.exit(return_code=1, message=Text(f"forecast: {told_of_unexpected(error)}"))

    def on_key(self, event: Key) -> None:
        """Hand on a letter typed before a field had the focus; one that the field got itself never comes here."""
        field = self.focused
        if isinstance(field, Input) and field.check_consume_key(event.key, event.character):
            event.stop()
            event.prevent_default()
            field.post_message(Key(event.key, event.character))

    def action_go(self, place: str) -> None:
        """Go to a place."""
        if not self.screen.is_modal:
            self.switch_mode(place)

    def action_run_named(self, name: str) -> None:
        """Do what the registry calls ``name``, where the focus is."""
        for active in self.screen.active_bindings.values():
            if active.binding.id == name and active.enabled:
                self.call_later(self.run_action, active.binding.action, active.node)
                return

    def action_next_theme(self) -> None:
        """Dark to light and back."""
        self.theme = LIGHT if self.current_theme.dark else DARK

    def action_help_here(self) -> None:
        """Explain the screen in front and its keys."""
        from ledger.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_reload(self) -> None:
        """Read the ledger again."""
        from ledger.tui.screens.page import Page

        if isinstance(self.screen, Page):
            self.screen.reload()

    def open_question(self, number: int) -> None:
        """Show one question."""
        from ledger.tui.screens.question import QuestionScreen

        self.push_screen(QuestionScreen(number))

    def action_week(self) -> None:
        """Go through the week, over the place in front."""
        from ledger.tui.screens.week import WeekScreen

        if not self.screen.is_modal and not any(isinstance(one, WeekScreen) for one in self.screen_stack):
            self.push_screen(WeekScreen())

    def open_form(self, number: int | None = None) -> None:
        """Ask a question, or state a new forecast of one."""
        from ledger.tui.screens.form import open_form

        open_form(self, number)

    def open_review(self, number: int) -> None:
        """Record what happened to one question."""
        from ledger.tui.screens.review import ReviewScreen

        self.push_screen(ReviewScreen(only=number))


def _theme(settings: Settings) -> str:
    return resolved_theme(settings.theme, os.environ)


def run(location: Location, settings_file: Path) -> int:
    """Open the program; its exit status."""
    program = ForecastApp(location, settings_file)
    program.tells_faults = True
    program.first_look = FirstLook(location, ROWS)
    program.run()
    return program.return_code or 0
