"""An entry as the projection reads it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from ledger.domain.instants import parse_rfc3339
from ledger.journal.entry import Sealed

Facts = dict[str, Any]
_decode = json.JSONDecoder().decode


class Told(NamedTuple):
    """An entry's facts and words, decoded; ``text`` is empty where there is none or it was redacted."""

    seq: int
    recorded_at: int
    facts: Facts
    text: Facts


def told(entry: Sealed) -> Told:
    """Decode ``entry``."""
    return Told(entry.seq, entry.recorded_at, _decode(entry.facts), {} if entry.text is None else _decode(entry.text))


def instant(facts: Facts, name: str) -> int | None:
    """The instant that a fact holds, in µs, if it is there."""
    text = facts.get(name)
    return None if text is None else parse_rfc3339(text)


def number(decimal: str | None) -> float | None:
    """The float64 of a decimal text; made by Python, as SQLite's own cast is off in the last bit for some."""
    return None if decimal is None else float(decimal)


def vector(facts: Facts) -> str | None:
    """An option vector or quantiles as canonical JSON."""
    value = facts.get("vector", facts.get("quantiles"))
    return None if value is None else json.dumps(value, separators=(",", ":"))


def outcome_text(fact: object) -> str | None:
    """An outcome as the book holds it: ``yes``, ``no``, a share, an option's index or a quantity, as text."""
    if isinstance(fact, dict):
        return str(fact["option"] if "option" in fact else fact["value"])
    return None if fact is None else str(fact)
