"""Ledgers for the storage's tests."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql_servers import Cluster, running_cluster

from ledger.journal.entry import Draft
from ledger.storage.writing import creation, transaction


@pytest.fixture(scope="session")
def _pattern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pattern") / "ledger.db"
    with creation(path, "init"):
        pass
    return path


@pytest.fixture
def ledger(_pattern: Path, tmp_path: Path) -> Path:
    """An empty ledger."""
    path = tmp_path / "ledger.db"
    shutil.copyfile(_pattern, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def told(ledger: Path) -> Path:
    """A ledger with a question, two statements, a correction, a withdrawal, an edit, a resolution and a redaction."""
    made_at = {"made_at": "2024-11-11T00:00:00Z"}
    unit = {"question": 1, "forecaster": 1}
    asked = {"question": 1, "key": "ab" * 32, "kind": "binary", "deadline": "2025-01-20T17:00:00Z"}
    edited = {"question": 1, "changed": ["deadline"], "deadline": "2025-02-20T17:00:00Z"}
    other = {"question": 2, "key": "cd" * 32, "kind": "choice", "deadline": "2025-01-20T17:00:00Z", "options": 2}
    with transaction(ledger, "test") as work:
        work.append(
            [
                Draft.of("forecaster", {"forecaster": 1}, {"name": "Ada"}),
                Draft.of("source", {"source": 1, "published": "2024-11-11"}, {"title": "News"}),
                Draft.of("question", asked, {"key": "rain", "title": "Rain?", "tags": ["weather", "wet"]}),
                Draft.of("forecast", unit | made_at | {"p": "0.7"}),
                Draft.of("forecast", unit | made_at | {"p": "0.6"}, {"reason": "a dream"}),
                Draft.of("correct", {"forecast": 5, "p": "0.06"}, {"reason": "a slip"}),
                Draft.of("withdraw", unit | {"at": "2024-12-01T00:00:00Z"}),
                Draft.of("edit", edited, {"reason": "later"}),
                Draft.of("resolve", {"question": 1, "outcome": "yes", "known_at": "2025-01-02T00:00:00Z"}),
                Draft.of("question", other, {"key": "colour", "title": "Which?", "options": ["red", "blue"]}),
                Draft.of("redact", {"entries": [5]}, {"reason": "a name"}),
            ]
        )
    return ledger


@pytest.fixture
def raw(told: Path) -> Iterator[sqlite3.Connection]:
    """The told ledger's file, opened by somebody else's program: no setting of ours, each statement its own commit."""
    connection = sqlite3.connect(told, isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for the whole run; skipped by name where there is none."""
    with running_cluster() as found:
        yield found
