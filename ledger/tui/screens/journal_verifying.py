"""Verifying from the journal screen: in a thread, with progress, to be called off at any moment."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ledger.errors import LedgerError
from ledger.tui.screens.page import Page
from ledger.tui.widgets.entry_detail import EntryDetail
from ledger.tui.widgets.entry_table import EntryTable
from ledger.tui.widgets.verdict import VerdictPanel

if TYPE_CHECKING:
    from ledger.services.maintain import Verdict
    from ledger.tui.messages import Progressed

GROUP = "verify"


class Verifying(Page):
    """A page with a ``VerdictPanel`` in the place of its detail; goes before ``Page`` among the bases."""

    verifying = False

    @property
    def panel(self) -> VerdictPanel:
        """Where the verdict stands."""
        return self.query_one(VerdictPanel)

    def action_verify(self) -> None:
        """Verify the whole record."""
        self._verify(None)

    def action_hold(self) -> None:
        """Ask for a checkpoint line to hold the journal against."""
        self.add_class("-verdict")
        self.panel.ask()

    def on_verdict_panel_held(self, message: VerdictPanel.Held) -> None:
        """Verify against the line."""
        self._verify(message.line)

    def _verify(self, line: str | None) -> None:
        from ledger.services.maintain import verify

        self.verifying = True
        self.add_class("-verdict")
        self.panel.begin()
        job = partial(verify, self.program.location, checkpoint=line, progress=self.progress(GROUP))
        self.work(job, partial(self._verified, line is not None), group=GROUP, otherwise=self._unverified)

    def on_progressed(self, message: Progressed) -> None:
        """Show how far it is."""
        message.stop()
        if self.verifying and self.is_wanted(message.turn):
            self.panel.told(message.done, message.total)

    def _verified(self, held: bool, verdict: Verdict) -> None:
        self.verifying = False
        self.panel.show(verdict, held=held)
        if self.panel.query("CheckpointInput:focus"):
            self.query_one(EntryTable).focus()

    def _unverified(self, problem: LedgerError) -> None:
        self.verifying = False
        self.panel.refused(str(problem))

    def leave_verdict(self) -> bool:
        """Stop what is under way, or put the verdict away; whether there was anything to leave."""
        if self.verifying:
            self.verifying = False
            self.drop(GROUP)
            self.panel.called_off()
            return True
        if not self.has_class("-verdict"):
            return False
        self.remove_class("-verdict")
        self.panel.put_away()
        self.query_one(EntryDetail).look_at(self.query_one(EntryTable).chosen)
        return True

    def action_copy(self) -> None:
        """Copy the checkpoint line where one is shown, or else the entry's hash."""
        card = self.query_one(EntryDetail).card
        if self.has_class("-verdict"):
            self._copy("the checkpoint line", self.panel.checkpoint)
        else:
            self._copy("the entry's hash", None if card is None else card.head)

    def _copy(self, what: str, text: str | None) -> None:
        if text is not None:
            self.app.copy_to_clipboard(text)
            self.program.say(f"copied {what}, where the terminal lets programs copy")
