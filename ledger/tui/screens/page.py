"""What every screen has: the places at the head, a banner for trouble, the keys at the foot."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from ledger.tui.compositor import LineCompositor
from ledger.tui.messages import LedgerChanged
from ledger.tui.widgets.banner import Banner
from ledger.tui.widgets.key_bar import KeyBar
from ledger.tui.widgets.top_bar import TopBar
from ledger.tui.work import Working


class Page(Working, Screen[None]):
    """A place of the program. ``PLACE`` is its topic in the registry of actions."""

    PLACE: ClassVar[str] = ""
    HELP_TEXT: ClassVar[str] = ""
    """What the screen is for, in a few sentences, for the help."""

    stale = True
    """Whether the ledger has changed since this screen was last read."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self._compositor = LineCompositor()

    def compose(self) -> ComposeResult:
        """Head, trouble, what the screen itself shows, keys."""
        yield TopBar(self.PLACE, self.program.where)
        yield Banner()
        with Vertical(id="body"):
            yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """What the screen shows."""
        yield from ()

    def on_mount(self) -> None:
        """Tell what is known of the ledger already, and follow what is recorded."""
        self.program.changes.subscribe(self, self.ledger_changed)
        self.query_one(TopBar).due = self.program.due
        self.query_one(Banner).tell(self.program.trouble)

    def on_screen_resume(self) -> None:
        """Read again what changed while another screen was in front."""
        self.query_one(TopBar).due = self.program.due
        self.query_one(Banner).tell(self.program.trouble)
        if self.stale and self.program.location_is_there:
            self.stale = False
            self.reload()

    def ledger_changed(self, change: LedgerChanged) -> None:
        """Read again what somebody recorded, now or when this screen comes to the front."""
        if self.is_current:
            self.reload()
        else:
            self.stale = True

    def reload(self) -> None:
        """Read what this screen shows again, keeping the place; screens override it."""

    def action_reload(self) -> None:
        """Read again because the user says so."""
        self.reload()
