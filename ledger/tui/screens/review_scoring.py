"""The score that stands beside the review: read once for the program, then brought along outcome by outcome."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from ledger.services.live_effect import QuestionScore
    from ledger.services.live_figures import PointFigures
    from ledger.services.live_score import LiveScore
    from ledger.services.opening import Book
    from ledger.tui.app import ForecastApp

AT_ONCE = 20_000
"""Scored units up to which the interval is drawn up at once; beyond, when the keys have rested."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an outcome did to the score, in words of our own, and the figures that it led to."""

    words: str
    own: str | None
    """What the question itself scored."""
    figures: PointFigures

    @property
    def is_large(self) -> bool:
        """Whether an interval takes long."""
        return self.figures.scored > AT_ONCE


class Scoring:
    """Used by threads, one at a time; what it holds is read again where the policy was changed."""

    def __init__(self) -> None:
        """Nothing is read before somebody asks."""
        self._lock = Lock()
        self._live: LiveScore | None = None

    def follow(self, book: Book, policy: str, *, original: bool, number: int | None = None) -> Told:
        """Take in what was recorded; ``number`` is the question that it was recorded of."""
        from ledger.services.live_effect import effect_words, of_question
        from ledger.services.live_score import Effect, LiveScore

        with self._lock:
            effect, live = None, self._live
            if live is None or live.policy != policy:
                live = self._live = LiveScore.read(book, policy)
            else:
                effect = live.follow(book)
            figures = live.figures()
        words = effect_words(effect or Effect(nothing(), figures, []), original=original)
        own = None if number is None else own_words(of_question(book, number, policy), original=original)
        return Told(words, own, figures)

    def interval(self) -> tuple[float, float] | None:
        """The interval (95 %, 0 to 1) of the score as it stands; seconds on a large ledger."""
        live = self._live
        found = None if live is None else live.card().get("brier_interval")
        return None if found is None else (found[0], found[1])


_KEPT: WeakKeyDictionary[ForecastApp, Scoring] = WeakKeyDictionary()


def scoring_of(program: ForecastApp) -> Scoring:
    """The one of a program: every review of it goes on from the same reading."""
    return _KEPT.setdefault(program, Scoring())


def nothing() -> PointFigures:
    """The figures before anything was scored."""
    from ledger.services.live_figures import PointFigures

    return PointFigures(0, 0, 0)


def own_words(score: QuestionScore, *, original: bool) -> str | None:
    """``this one 0.141``; nothing where it has no score."""
    if score.score is None:
        return None
    if score.measure != "brier":
        return f"this one {score.score:.3g} ({score.measure}, lower is better)"
    return f"this one {score.score * (2 if original else 1):.3f}"


def pass_words(first: PointFigures | None, last: PointFigures | None, *, original: bool) -> str | None:
    """What a whole pass did."""
    from ledger.services.live_effect import effect_words
    from ledger.services.live_score import Effect

    return None if last is None else effect_words(Effect(first or nothing(), last, []), original=original)


def interval_words(interval: tuple[float, float], *, original: bool) -> str:
    """``95 %: 0.12–0.22``."""
    low, high = (end * (2 if original else 1) for end in interval)
    return f"95 %: {low:.2f}–{high:.2f}"
