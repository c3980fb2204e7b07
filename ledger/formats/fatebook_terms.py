"""What the three forms of Fatebook share: how it settles a question, and what a question is known by."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from ledger.domain.instants import DAY, Instant, format_instant
from ledger.formats.building import SheetBuilder

SOURCE = "https://fatebook.io"
RESOLUTIONS: Mapping[str, str] = {"yes": "yes", "no": "no", "ambiguous": "void"}
AMBIGUOUS = "ambiguous on Fatebook"
OPTIONS = "options of multiple choice, each a yes-or-no question of its own"


def digest_key(*words: str | Instant | None) -> str:
    """The key of a question that has no id: a digest of its title and of what else sets it apart.

    SHA-256 over the words, instants as RFC 3339 to the second, joined by NUL; 20 hexadecimal digits of it.
    """
    told = (format_instant(word // 1_000_000 * 1_000_000) if isinstance(word, int) else word or "" for word in words)
    return "fatebook:" + sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def titled(title: str, option: str | None) -> str:
    """The title of a question, or of one of its options."""
    return f"{title} — {option}" if option else title


def void_reason(outcome: str | None) -> str | None:
    """Why a question is void, where it is."""
    return AMBIGUOUS if outcome == "void" else None


def tell_midnight(builder: SheetBuilder, deadline: Instant, line: int) -> None:
    """Count a deadline that was probably a plain day: Fatebook keeps its first moment in UTC, not its last."""
    if deadline % DAY == 0:
        what = "deadlines at 00:00 UTC, as Fatebook keeps plain days: west of Greenwich the evening before"
        builder.remark("assumed", what, line)
