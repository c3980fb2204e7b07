"""How the calibration screen comes by its figures: read in a thread, shown, and their intervals drawn after them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from ledger.domain.filters import Filters
from ledger.errors import LedgerError
from ledger.tui.cells import shown
from ledger.tui.screens.calibration_parts import CalibrationParts
from ledger.tui.screens.calibration_reading import BINS, Drawn, Opened, drawn, opened, resampled
from ledger.tui.screens.calibration_words import foot_words, headline, nothing_words
from ledger.tui.widgets.credibility import Credibility
from ledger.tui.widgets.figures import figures
from ledger.tui.widgets.other_kinds import OtherKinds
from ledger.tui.widgets.points_list import headings_of
from ledger.tui.widgets.reliability_diagram import ReliabilityDiagram
from ledger.tui.widgets.score_card import ScoreCard
from ledger.tui.widgets.sorted_table import SortedTable
from ledger.tui.widgets.trend import Trend

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from textual.timer import Timer

    from ledger.domain.policies import Policy

PAUSE = 0.1
"""Seconds without a key before intervals are drawn, which on a large ledger takes long."""


class CalibrationFigures(CalibrationParts):
    """Reads what is scored, and shows its card, diagram, trend and record."""

    def __init__(self) -> None:
        """Begin with everything, nothing read."""
        super().__init__()
        self.filters, self.bins = Filters(), BINS[0]
        self.drawn: Drawn | None = None
        self._read_already: Opened | None = None
        self._reading: tuple[Policy, Filters] | None = None
        self._again = False
        self._soon: Timer | None = None
        self._kinds: Mapping[str, Mapping[str, Any]] = {}

    def reload(self) -> None:
        """Read what is scored, or what changed in it; the part in front follows.

        What is being read is read to its end, so that somebody who records all the time does not keep the figures away.
        """
        wanted = (self.policy, self.filters)
        if self._reading == wanted:
            self._again = True
            return
        self._reading, self._again = wanted, False
        self.forget()
        self.query_one("#foot", Static).update("reading …")
        job = partial(opened, policy=self.policy, filters=self.filters, bins=self.bins, old=self.study)
        self.read(job, self._was_opened, group="study", otherwise=self._refused)

    def _refused(self, problem: LedgerError) -> None:
        self._reading = None
        self.query_one("#foot", Static).update(shown(str(problem)))

    def _was_opened(self, found: Opened) -> None:
        self._reading = None
        self._read_already, self.study, self._kinds = found, found.study, found.kinds
        self.drop("intervals")
        self.show(found.drawn)
        counts = found.study.counts._asdict()
        self.query_one(Credibility).show(counts, found.study.classes, found.study.left_out)
        self.query_one("#nothing", Static).update(nothing_words(found.study))
        if self._again:
            self.reload()
        else:
            self.look_at(self.part)
        if found.drawn.asked != self.bins:
            self.draw_again()
        else:
            self._resample()

    def draw_again(self) -> None:
        """Draw in other bins what was read."""
        if self.study is not None:
            self.drop("intervals")
            self.work(partial(drawn, self.study, self.bins, 0), self._was_drawn, group="bins")

    def _was_drawn(self, found: Drawn) -> None:
        self.show(found)
        self._resample()

    def _resample(self) -> None:
        """Draw the intervals, after a pause in the keys."""
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(PAUSE, self._resample_now)

    def _resample_now(self) -> None:
        if self.study is not None:
            self.work(partial(resampled, self.study, self.bins), self._was_resampled, group="intervals")

    def _was_resampled(self, found: tuple[Drawn, Mapping[str, Mapping[str, Any]]]) -> None:
        self._kinds = found[1]
        self.show(found[0])

    def show(self, found: Drawn) -> None:
        """Show the card and its diagram, and all else that tells scores in a form."""
        self.drawn = found
        card, sure = found.card, found.resampled
        self.set_class(card["brier"] is None, "-nothing")
        self.query_one("#headline", Static).update(headline(card, self.form, resampled=sure))
        self.query_one("#foot", Static).update(foot_words(found, self.policy, wide=self.has_class("-wide")))
        self.query_one(ScoreCard).show(figures(card, self.form, resampled=sure))
        points = card["reliability"] or ()
        self.query_one(ReliabilityDiagram).show(points, found.consistency, resampled=sure)
        self.query_one("#points", SortedTable).show(headings_of(points), points, keep=True)
        self.query_one(Trend).show(self._read_already.months if self._read_already else (), self.form)
        self.query_one(OtherKinds).show(self._kinds, self.form, resampled=sure)
