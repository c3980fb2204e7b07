"""Writes the sample report: the shipped article's ledger with outcomes that are made up, and say so.

``python docs/sample_report.py`` writes ``exports/sample-report.html``; with ``--check`` it only compares, byte for
byte. Ids and salts, which are random in a ledger, are drawn from a fixed stream here, so that the head is the same.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from itertools import count
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from ledger import clock
from ledger.services.reporting.asking import ReportRequest
from ledger.services.reporting.writing import report_file
from ledger.services.settling import resolve, void
from ledger.services.starting import initialise
from ledger.storage.location import Location

SAMPLE = Path(__file__).resolve().parent.parent / "exports" / "sample-report.html"
SEED = "korybko-2024-11-11"
WRITTEN = datetime(2024, 11, 12, 12, tzinfo=UTC)
NOW = datetime(2026, 2, 1, 9, tzinfo=UTC)
TITLE = "Sample: forecast accuracy report"
NOTES = (
    (
        "This is a sample. The forecasts are those of the shipped article; the outcomes, and the evidence for them, "
        "are made up to show the report, and say nothing of what happened."
    ),
)
SETTLED = {
    "front-collapses": "no", "cuban-like-crisis": "no", "russia-maximum-victory": "no", "us-joins-mission": "no",
    "west-asia-takes-priority": "yes", "israel-or-iran-strikes": "yes", "no-mission-without-us": "yes",
    "poland-commits-troops": "no", "allies-doubt-article-5": "yes", "scaled-back-mission": "no",
    "trump-threatens-both": "no",
}  # fmt: skip
VOIDED = ("europe-cuts-losses", "Made up for the sample: two sources that the criteria name contradict each other.")


def main() -> int:
    """Write or compare; the exit status."""
    os.environ |= {"FORECAST_ZONE": "UTC", "FORECAST_USER": "sample"}
    with tempfile.TemporaryDirectory() as folder:
        written = sample_in(Path(folder))
        told = written.read_bytes()
    if "--check" not in sys.argv:
        SAMPLE.parent.mkdir(exist_ok=True)
        SAMPLE.write_bytes(told)
        return 0
    same = SAMPLE.is_file() and SAMPLE.read_bytes() == told
    sys.stdout.write("the sample report is current\n" if same else "stale: run python docs/sample_report.py\n")
    return 0 if same else 1


def sample_in(folder: Path) -> Path:
    """The sample report, written into ``folder``."""
    location, path = ledger_in(folder), folder / "sample.html"
    with clock.set_to(NOW):
        report_file(location, path, "html", ReportRequest(title=TITLE, notes=NOTES), force=False)
    return path


def ledger_in(folder: Path) -> Location:
    """The article's ledger with made-up outcomes; the same head each time."""
    location = Location(folder / "sample.db")
    with nothing_random():
        with clock.set_to(WRITTEN):
            initialise(location, SEED, print_nothing)
        for at, (key, outcome) in enumerate(SETTLED.items()):
            with clock.set_to(NOW - timedelta(hours=20 - at)):
                evidence, note = f"https://example.org/made-up/{key}", "Made up for the sample."
                resolve(location, key, outcome, print_nothing, evidence=evidence, note=note)
        with clock.set_to(NOW):
            void(location, *VOIDED, print_nothing)
    return location


@contextmanager
def nothing_random() -> Iterator[None]:
    """Draw the ids of commands and the salts of texts from one fixed stream."""
    drawn = count()

    def some(length: int) -> bytes:
        return shake_256(f"sample {next(drawn)}".encode()).digest(length)

    with (
        patch("ledger.journal.chain.os.urandom", some),
        patch("ledger.storage.writing.uuid4", lambda: UUID(bytes=some(16))),
    ):
        yield


def print_nothing(_: str) -> None:
    """Nobody listens."""


if __name__ == "__main__":
    raise SystemExit(main())
