"""Timers that run on the computer's clocks and can ask nothing before they start: launchd and Windows."""

from __future__ import annotations

from datetime import tzinfo

from ledger.domain.instants import Instant
from ledger.services.schedules.plan import Plan
from ledger.services.schedules.zones import differences, now_ahead, on_local_clocks


def local_times(
    plan: Plan, clocks: tzinfo | None, now: Instant, who: str
) -> tuple[list[tuple[int, int, int | None]], tuple[str, ...]]:
    """Hour, minute and weekday (0 is Monday; ``None`` is every day) of each run, and what is to be known of them."""
    ahead = differences(plan.zone, clocks, now)
    times = on_local_clocks(plan, now_ahead(plan.zone, clocks, now))
    found = [(at.hour, at.minute, day) for at, days in times for day in (days or (None,))]
    return found, () if ahead == (0,) else (_warning(plan, who, changes=len(ahead) > 1),)


def _warning(plan: Plan, who: str, *, changes: bool) -> str:
    told = f"{who} knows only this computer's clocks: the times in {plan.zone} are translated as they are today"
    return f"{told}; install again when the clocks change" if changes else told
