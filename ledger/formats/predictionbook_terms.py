"""What the forms of PredictionBook share."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from ledger.domain.instants import Instant, format_instant

SOURCE = "https://predictionbook.com"
WITHDRAWN = "withdrawn on PredictionBook"
OUTCOMES: Mapping[str, str] = {"true": "yes", "false": "no", "right": "yes", "wrong": "no"}


def key_of(number: str | None, title: str, asked_at: Instant | None) -> str:
    """What a prediction is known by: its number there, or where that is not told a digest of title and time."""
    if number:
        return f"predictionbook:{number}"
    words = f"{title}\0{'' if asked_at is None else format_instant(asked_at)}"
    return "predictionbook:" + sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:20]
