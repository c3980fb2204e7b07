"""Small journals for tests, sealed command by command."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from ledger.journal.chain import GENESIS, Sealer
from ledger.journal.entry import Draft, Sealed

SECOND = 1_000_000
BEGIN = 1_731_312_550 * SECOND
"""2024-11-11T08:09:10Z."""


def seal(*commands: Sequence[Draft], begin: int = BEGIN) -> list[Sealed]:
    """A journal of these commands, one a second."""
    rows: list[Sealed] = []
    for number, drafts in enumerate(commands):
        head, seq = (rows[-1].head, rows[-1].seq) if rows else (GENESIS, 0)
        sealer = Sealer(head, seq, f"{Random(number).getrandbits(128):032x}", begin + number * SECOND)
        rows += sealer.seal_all(drafts)
    return rows


def question(number: int = 1, title: str = "Regnet es – morgen?") -> Draft:
    facts = {"question": number, "key": "ab" * 32, "kind": "binary", "deadline": "2025-01-20T17:00:00Z"}
    return Draft.of("question", facts, {"key": f"rain-{number}", "title": title})


def forecast(p: str = "0.7", reason: str | None = None, question: int = 1) -> Draft:
    facts = {"question": question, "forecaster": 1, "made_at": "2024-11-11T00:00:00Z", "p": p}
    return Draft.of("forecast", facts, {"reason": reason})


def redaction(*entries: int) -> Draft:
    return Draft.of("redact", {"entries": list(entries)}, {"reason": "a name"})


def resolution() -> Draft:
    return Draft.of("resolve", {"question": 1, "outcome": "yes", "known_at": "2025-01-02T00:00:00Z"})


def sample() -> list[Sealed]:
    """Twelve entries of five commands; entry 4 is redacted by entry 10."""
    rows = seal(
        [Draft.of("forecaster", {"forecaster": 1}, {"name": "Ada"}), question(1), forecast("0.7")],
        [forecast("0.6", "a dream"), forecast("0.55", "second thoughts")],
        [question(2, "Snow?"), forecast("0.1", question=2), forecast("0.25", question=2)],
        [resolution(), redaction(4)],
        [forecast("0.3", question=2), forecast("0.35", question=2)],
    )
    rows[3] = rows[3]._replace(salt=None, text=None)
    return rows
