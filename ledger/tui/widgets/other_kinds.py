"""The cards of choice, ordered and numeric questions: each kind by its own rule, apart from the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text
from textual.widgets import Static

from ledger.tui.cells import shown
from ledger.tui.widgets.form import ABSENT, Form
from ledger.tui.widgets.point_words import percent_words

Card = Mapping[str, Any]
WIDE = 34


class OtherKinds(Static):
    """A paragraph for each kind with scored questions."""

    DEFAULT_CSS = "OtherKinds { height: auto; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__(id=id, markup=False)

    def show(self, kinds: Mapping[str, Card], form: Form, *, resampled: bool) -> None:
        """Show the cards."""
        told = Text()
        for kind, card in kinds.items():
            told.append(f"{kind}, n {card['n']:,}; lower is better\n", "bold")
            for name, value in _figures(kind, card, form, resampled=resampled):
                told.append(f"  {name:<{WIDE}}{shown(value)}\n")
            told.append("\n")
        if not kinds:
            told.append("No question of another kind (choice, ordered, numeric) is settled. ")
            told.append("The other parts are about questions of yes or no.")
        self.update(told)


def _figures(kind: str, card: Card, form: Form, *, resampled: bool) -> list[tuple[str, str]]:
    if kind == "numeric":
        return _numeric(card, resampled=resampled)
    name = "Brier, over the options" if kind == "choice" else "ranked probability score"
    scale = form if kind == "choice" else Form.HALF
    rows = [
        (f"{name} ({scale.value})", _or_why(card, "brier", scale.told(card["brier"], labelled=False))),
        ("  95 % interval", _interval(card, "brier_interval", scale, resampled=resampled)),
        ("log score, nats", _log(card)),
    ]
    return [*rows, _coverage(card)]


def _numeric(card: Card, *, resampled: bool) -> list[tuple[str, str]]:
    plain = ("weighted_interval_score", "pinball")
    rows = [(name.replace("_", " "), _or_why(card, name, _plain(card.get(name)))) for name in plain]
    ends = card.get("pinball_interval")
    between = ABSENT if ends is None else f"{ends[0]:.4g}–{ends[1]:.4g}"
    if ends is None and resampled:
        between = _or_why(card, "brier_interval", between)
    rows.append(("  95 % interval of pinball", between if resampled or ends else "computing …"))
    for level in ("50", "90"):
        share = card.get(f"interval_coverage_{level}")
        told = "no such intervals were stated" if share is None else f"{percent_words(share)} of outcomes lay within"
        rows.append((f"{level} % intervals", told))
    return [*rows, _coverage(card), ("scores", "in the units of the questions")]


def _or_why(card: Card, name: str, told: str) -> str:
    why = card["reasons"].get(name)
    return f"{ABSENT} {why}" if told == ABSENT and why else told


def _plain(value: float | None) -> str:
    return ABSENT if value is None else f"{value:.4g}"


def _interval(card: Card, name: str, form: Form, *, resampled: bool) -> str:
    if card[name] is None and not resampled:
        return "computing …"
    return _or_why(card, name, form.between(card[name], labelled=False))


def _log(card: Card) -> str:
    if infinite := card.get("log_score_infinite"):
        return f"infinite: {infinite:,} gave no chance to what happened"
    return _or_why(card, "log_score", _plain(card["log_score"]))


def _coverage(card: Card) -> tuple[str, str]:
    value = card["coverage"]
    told = ABSENT if value is None else f"{percent_words(value)} of the questions' scheduled life"
    return "coverage", _or_why(card, "coverage", told)
