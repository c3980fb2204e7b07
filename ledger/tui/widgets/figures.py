"""The figures of a card, each with what it means, how it is made and, where there is none, why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ledger.services.wording import counted
from ledger.tui.widgets.figure_words import EXPLAINED
from ledger.tui.widgets.form import ABSENT, Form
from ledger.tui.widgets.point_words import percent_words

Card = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a card."""

    name: str
    told: str
    """The number with its form or unit, or that there is none."""
    meaning: str
    """In words: what it says, and how it is made."""
    why: str | None = None
    """Why it is not defined."""
    note: str | None = None
    """What it was computed on, where that is not what the card is of."""
    main: bool = False

    @property
    def undefined(self) -> bool:
        """Whether there is no such number here."""
        return self.why is not None


def figures(card: Card, form: Form, *, resampled: bool) -> list[Figure]:
    """The figures of a binary card in the order in which they are read."""
    return [
        _of(card, "brier", "Brier", form.told(card["brier"]), main=True),
        _interval(card, form, resampled=resampled),
        _range(card, form),
        _of(card, "skill_score", "skill", _signed(card["skill_score"])),
        *(_of(card, name, name, form.told(card[name])) for name in ("miscalibration", "discrimination", "uncertainty")),
        _log(card),
        _of(card, "coverage", "coverage", _share(card["coverage"])),
        _of(card, "base_rate", "base rate", _share(card["base_rate"])),
        Figure("n", f"{card['n']:,}", EXPLAINED["n"]),
        *_further(card),
    ]


def _further(card: Card) -> list[Figure]:
    plain = {
        "ece": "bin error", "mce": "worst bin", "cox_intercept": "Cox intercept", "cox_slope": "Cox slope",
        "spiegelhalter_p": "Spiegelhalter", "auc": "AUC", "right_side": "right side", "truncated_score": "truncated",
    }  # fmt: skip
    return [
        _of(card, name, title, _plain(name, card.get(name)))
        for name, title in plain.items()
        if name != "truncated_score" or name in card
    ]


def _of(card: Card, name: str, title: str, told: str, *, main: bool = False) -> Figure:
    why = card["reasons"].get(name) if card.get(name) is None else None
    if card.get(name) is None and why is None:
        why = "it is not defined here"
    note = card.get("notes", {}).get(name)
    return Figure(title, told, EXPLAINED[name], why, note, main)


def _interval(card: Card, form: Form, *, resampled: bool) -> Figure:
    ends = card["brier_interval"]
    if ends is None and not resampled:
        return Figure("  95 %", "computing …", EXPLAINED["brier_interval"])
    return _of(card, "brier_interval", "  95 %", form.between(ends))


def _range(card: Card, form: Form) -> Figure:
    low, high = card["brier_low"], card["brier_high"]
    if low is None or high is None:
        return Figure("  hedged range", ABSENT, EXPLAINED["range"], card["reasons"].get("brier") or "nothing is scored")
    if low == high:
        return Figure("  hedged range", "none: no hedges", EXPLAINED["range"])
    return Figure("  hedged range", form.between((low, high)), EXPLAINED["range"])


def _log(card: Card) -> Figure:
    infinite = card.get("log_score_infinite") or 0
    if card["log_score"] is None and infinite:
        why = f"{counted(infinite, 'statement')} gave no chance to what happened, so the mean is infinite"
        return Figure("log score", f"infinite ({infinite:,})", EXPLAINED["log_score"], note=why)
    told = ABSENT if card["log_score"] is None else f"{card['log_score']:.4f} nats"
    return _of(card, "log_score", "log score", told)


def _plain(name: str, value: float | None) -> str:
    if value is None:
        return ABSENT
    return f"{'p ' if name == 'spiegelhalter_p' else ''}{value:.3f}".replace("-", "−")


def _signed(value: float | None) -> str:
    return ABSENT if value is None else f"{value:+.3f}".replace("-", "−")


def _share(value: float | None) -> str:
    return ABSENT if value is None else percent_words(value)
