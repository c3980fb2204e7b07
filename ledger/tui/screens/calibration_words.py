"""The lines of words on the calibration screen: the score, what it is of, and what is missing where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ledger.services.wording import counted
from ledger.tui.widgets.form import Form

if TYPE_CHECKING:
    from ledger.domain.policies import Policy
    from ledger.services.studying import Study
    from ledger.tui.screens.calibration_reading import Drawn

Card = Mapping[str, Any]


def headline(card: Card, form: Form, *, resampled: bool) -> str:
    """The score in one line: its form, its interval, its n."""
    if card["brier"] is None:
        return "no score yet of questions of yes or no"
    ends = card["brier_interval"]
    if ends is not None:
        sure = f", 95 % {form.between(ends, labelled=False)}"
    else:
        sure = "" if resampled else ", interval: computing …"
    return f"Brier {form.told(card['brier'], labelled=False)} ({form.value}, lower is better){sure}, n {card['n']:,}"


def foot_words(found: Drawn, policy: Policy, *, wide: bool) -> str:
    """Under which policy, in which bins, what the points count, and where there is room why there is no band."""
    if found.card["brier"] is None:
        return f"policy {policy.value} · bins {found.bins}"
    what = "questions, resampled" if found.counts_questions else "forecasts, by Wilson"
    told = f"policy {policy.value} · bins {found.bins} · n and 95 % of {what}"
    if not (wide and found.resampled and found.no_consistency):
        return told
    return f"{told} · no ░ for chance: {found.no_consistency}"


def nothing_words(found: Study) -> str:
    """What is missing for a score, and how to get there."""
    counts = found.counts
    if found.filters.narrows:
        return (
            "Nothing that the filter leaves has a score.\n\nescape takes the filter off. "
            f"{counted(found.left_out, 'unit')} {'is' if found.left_out == 1 else 'are'} left out by it."
        )
    if not counts.units:
        return (
            "No score yet: there are no forecasts.\n\n"
            "1 goes to the ledger, where a asks a question; 5 imports a file. When a deadline has passed and the "
            "outcome is recorded, the score stands here."
        )
    lines = ["No score yet: no forecast of yes or no has an outcome and was made in time."]
    if counts.due:
        waits = "waits" if counts.due == 1 else "wait"
        lines.append(f"{counted(counts.due, 'forecast')} {waits} for an outcome: 2 records what happened.")
    if counts.open:
        lines.append(f"{counts.open:,} still open, until their deadlines.")
    if counts.late:
        lines.append(f"{counts.late:,} settled, but said only after the close: those are never scored.")
    if found.others:
        lines.append("Questions of other kinds are settled: o shows their scores.")
    return "\n\n".join(lines)
