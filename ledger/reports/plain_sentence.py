"""What the headline means, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.reports.model import Data
from ledger.reports.words import count, percent, score

CHANCE, FEW = 0.25, 30
"""The score of always saying 50 %, and how many units are few."""


def plain_sentences(card: Data, policy: str) -> str:
    """What the score says, beside what guessing would have scored, and how sure that is."""
    if card.get("brier") is None:
        return "Nothing is scored yet: no binary question with a forecast made in time has an outcome."
    return " ".join(_sentences(card, policy))


def _sentences(card: Data, policy: str) -> Iterator[str]:
    value, base, rate = card["brier"], card["uncertainty"], card["base_rate"]
    things = count(card["n"], "forecast" if policy == "all" else "unit")
    yield f"Over {things} scored, the Brier score is {score(value)} (0 is perfect, 1 is always wrong)."
    side = "better than" if value < CHANCE else "worse than" if value > CHANCE else "the same as"
    even = f"That is {side} always saying 50 %, which scores {score(CHANCE)}"
    if card["skill_score"] is None:
        yield f"{even}; against the base rate there is no skill to tell, as everything came out the same way."
        return
    yield (
        f"{even}, and {_against(value, base)} always saying {percent(rate)}, the rate at which these very questions "
        f"came out yes, which scores {score(base)}. That rate is known only in hindsight, so it is a hard rival."
    )
    yield from _sureness(card, base)


def _against(value: float, base: float) -> str:
    share = f"{100 * abs(1 - value / base):.3g} %"
    return f"{share} better than" if value < base else f"{share} worse than" if value > base else "no better than"


def _sureness(card: Data, base: float) -> Iterator[str]:
    ends = card["brier_interval"]
    if ends is None:
        yield f"There is no interval: {card['reasons'].get('brier_interval', 'it is not defined here')}."
        return
    place = "lies within" if ends[0] <= base <= ends[1] else "lies outside"
    verdict = "so the difference may be chance" if place == "lies within" else "so chance alone seldom does this"
    yield f"The base rate's score {place} the 95 % interval, {verdict}."
    if card["n"] < FEW:
        yield "The record is short: read every figure here with that in mind."
