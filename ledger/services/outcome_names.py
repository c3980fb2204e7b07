"""Outcomes by the names that people gave them."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.domain.kinds import Kind


def outcome_name(kind: str, outcome: str | None, options: Sequence[str]) -> str | None:
    """An outcome as people name it: an option by its name, all others as they are kept."""
    if outcome is None or not Kind(kind).has_options:
        return outcome
    return options[int(outcome)] if outcome.isdigit() and int(outcome) < len(options) else outcome
