"""Conditions and their chains: what a question waits for, and when it falls with its condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ledger.domain.kinds import State
from ledger.errors import RefusedError


@dataclass(frozen=True, slots=True)
class Condition:
    """The question (by number) that must settle with ``outcome`` (``yes``, ``no``, or an option's index as text)."""

    question: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What a question's own resolution and its condition make of it.

    ``outcome`` is the settled outcome as text when resolved. ``reason`` says why it is void, down the chain.
    """

    state: State
    outcome: str | None = None
    reason: str | None = None


def went_otherwise(name: str, outcome: str | None, needed: str) -> str:
    """Why a question is void whose condition, called ``name``, did not settle as ``needed``."""
    return f"its condition {name} settled {outcome}, this needs {needed}"


def fell_with(name: str) -> str:
    """How the reason begins of a question that is void because its condition is; the condition's own follows."""
    return f"its condition {name} is void: "


def settle(
    *,
    outcome: str | None,
    voided: str | None,
    condition: Condition | None,
    parent: Settled | None,
    name_of_parent: str = "",
) -> Settled:
    """Settle one question from its own resolution and its condition's question.

    ``outcome`` is the question's own recorded outcome, kept though it may not count now; ``voided`` the
    reason of its own void. A condition that settled the other way, as a share, or void makes the question void by
    derivation; an unsettled one makes it wait.
    """
    if voided is not None:
        return Settled(State.VOID, reason=voided)
    if condition is not None and parent is not None:
        if parent.state is State.VOID:
            return Settled(State.VOID, reason=f"{fell_with(name_of_parent)}{parent.reason}")
        if parent.state is not State.RESOLVED:
            return Settled(State.WAITING)
        if parent.outcome != condition.outcome:
            return Settled(State.VOID, reason=went_otherwise(name_of_parent, parent.outcome, condition.outcome))
    if outcome is None:
        return Settled(State.UNSETTLED)
    return Settled(State.RESOLVED, outcome=outcome)


def refuse_loop(start: int, conditions: Mapping[int, int], name: Callable[[int], str] = str) -> None:
    """Refuse a chain of conditions (question → the question it needs) that comes back on itself.

    Raises ``RefusedError`` that names the chain from ``start``.
    """
    seen = [start]
    while (needed := conditions.get(seen[-1])) is not None:
        seen.append(needed)
        if needed in seen[:-1]:
            chain = " → ".join(name(number) for number in seen)
            raise RefusedError(f"the condition would loop: {chain}; make one of these questions unconditional")
