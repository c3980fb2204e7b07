"""Ledgers for the services' tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import Desk, fresh_desk


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the user's environment says is nobody's business here."""
    for name in ("FORECAST_FORECASTER", "FORECAST_SCALE", "FORECAST_CLOCK", "FORECAST_LEDGER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FORECAST_ZONE", "UTC")


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger to copy, since making one runs the migrations."""
    desk = Desk(tmp_path_factory.mktemp("pattern") / "ledger.db")
    desk.init()
    return desk.path


@pytest.fixture
def desk(empty_ledger: Path) -> Iterator[Desk]:
    with fresh_desk(empty_ledger) as made:
        yield made
