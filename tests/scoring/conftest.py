"""What the scoring tests share: the real forecasts that lie beside the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets, or a skip that names it."""
    if not SHARED.is_dir():
        pytest.skip("real data sets: ../shared/data is not beside this checkout")
    return SHARED
