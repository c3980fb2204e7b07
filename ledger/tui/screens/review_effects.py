"""What each outcome does to the score, told beside the card as soon as it is known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.timer import Timer

from ledger.tui.screens.review_following import ReviewFollowing
from ledger.tui.screens.review_recording import load
from ledger.tui.screens.review_scoring import Told, interval_words, pass_words, scoring_of

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.live_figures import PointFigures
    from ledger.services.opening import Book

MOST = 0.5
"""Seconds for which the review of one question waits for the score before it closes."""
REST = 10.0
"""Seconds without an outcome after which the interval of a large ledger is drawn up."""


class ReviewEffects(ReviewFollowing):
    """The cards with the score that follows them; a card is usable before the score is there."""

    def __init__(self, only: int | None = None) -> None:
        """Begin without a score."""
        super().__init__(only)
        self._first: PointFigures | None = None
        self._last: PointFigures | None = None
        self._asked = False
        self._rest: Timer | None = None

    @property
    def original(self) -> bool:
        """Whether scores are shown from 0 to 2."""
        return self.program.settings.form == "0-2"

    def shown(self, card: Card) -> None:
        """Read the score once, when the first card is on the screen."""
        super().shown(card)
        if not self._asked:
            self._asked = True
            self.call_after_refresh(self._warm)

    def _warm(self) -> None:
        """Load what the first outcome needs before it comes, then read the score."""
        self.work(load, self._begin, group="warm")

    def _begin(self, _: None) -> None:
        if self._last is None:
            self.follow(None)

    def follow(self, number: int | None) -> None:
        """Bring the score along after an outcome of ``number``."""
        if self._rest is not None:
            self._rest.stop()
        self.drop("interval")
        self.read(self._job(number), partial(self._followed, number), group="score", otherwise=lambda _: None)

    def _followed(self, number: int | None, told: Told) -> None:
        if number is None:
            self._first = self._first or told.figures
        self._last = told.figures
        if number is not None or not self.effect.said:
            self.effect.tell_score(told.words, told.own)
        if self.only is not None and number is not None:
            self.close()
        elif told.is_large:
            self._rest = self.set_timer(REST, self._ask_interval)
        else:
            self._ask_interval()

    def _ask_interval(self) -> None:
        if self._last is not None and self._last.brier is not None:
            self.work(scoring_of(self.program).interval, self._interval, group="interval", otherwise=lambda _: None)

    def _interval(self, interval: tuple[float, float] | None) -> None:
        if interval is not None:
            self.effect.tell_interval(interval_words(interval, original=self.original))

    def close(self) -> None:
        """Tell what was recorded of the one question, and what that did, where the screen was opened from."""
        if self.is_current:
            self.program.say("\n".join([*self.effect.said, *self.effect.score]))
            self.dismiss()

    def score_words(self) -> str | None:
        """What the pass did to the score."""
        written = bool(self.turn.written)
        return pass_words(self._first, self._last, original=self.original) if written else None

    def others_recorded(self) -> None:
        """Take in what others recorded, so that the next effect is that of one's own outcome alone."""
        self.read(self._job(None), lambda _: None, group="score of others", otherwise=lambda _: None)

    def _job(self, number: int | None) -> Callable[[Book], Told]:
        policy = self.program.settings.policy
        return partial(scoring_of(self.program).follow, policy=policy, original=self.original, number=number)
