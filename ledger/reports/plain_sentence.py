"""What the headline means, in plain sentences."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.reports.model import Data
from ledger.reports.words import NO_BINARY, count, percent, score

CHANCE, EVEN, FEW = 0.25, percent(0.5), 30
"""The score of always saying 50 %, how that is written, and how many units are few."""


def plain_sentences(card: Data, policy: str) -> str:
    """What the score says, beside what guessing would have scored, and how sure that is."""
    if card.get("brier") is None:
        return f"{NO_BINARY}: none with a forecast made in time has an outcome."
    return " ".join(_sentences(card, policy))


def _sentences(card: Data, policy: str) -> Iterator[str]:
    value = card["brier"]
    things, unit = count(card["n"], "scored unit"), " (a unit is one forecaster on one question)"
    if policy == "all":
        things, unit = count(card["n"], "scored forecast"), ""
    yield f"Over {things}{unit}, the Brier score is {score(value)} (0 is perfect, 1 is always wrong)."
    side = "better than" if value < CHANCE else "worse than" if value > CHANCE else "the same as"
    even = f"That is {side} always saying {EVEN}, which scores {score(CHANCE)}"
    if card["skill_score"] is None:
        yield f"{even}; against the base rate there is no skill to tell, as everything came out the same way."
    else:
        yield from _beside_the_base_rate(card, even)
    if card["n"] < FEW:
        yield "The record is short: read every figure here with that in mind."


def _beside_the_base_rate(card: Data, even: str) -> Iterator[str]:
    value, base, rate = card["brier"], card["uncertainty"], percent(card["base_rate"])
    if rate == EVEN:
        yield (
            f"That is {_against(value, base)} always saying {EVEN}, which scores {score(base)}; it is also the rate "
            "at which these very questions came out yes."
        )
    else:
        yield _both(value, base, rate, even)
    yield from _sureness(card, base)


def _both(value: float, base: float, rate: str, even: str) -> str:
    return (
        f"{even}, and {_against(value, base)} always saying {rate}, the rate at which these very questions "
        f"came out yes, which scores {score(base)}. That rate is known only in hindsight, so it is a hard rival."
    )


def _against(value: float, base: float) -> str:
    share = f"{100 * abs(1 - value / base):.3g} %"
    return f"{share} better than" if value < base else f"{share} worse than" if value > base else "no better than"


def _sureness(card: Data, base: float) -> Iterator[str]:
    ends = card["brier_interval"]
    if ends is None:
        yield f"There is no interval: {card['reasons'].get('brier_interval', 'it is not defined here')}."
        return
    if ends[0] <= base <= ends[1]:
        yield "The base rate's score lies within the 95 % interval, so the difference may be chance."
    elif card["n"] < FEW:  # an interval drawn from a handful is too narrow to rule chance out
        yield "The base rate's score lies outside the 95 % interval, but of so few that does not rule chance out."
    else:
        yield "The base rate's score lies outside the 95 % interval, so chance alone seldom does this."
