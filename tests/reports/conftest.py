"""Ledgers that the tests of reports share; each is made once."""

from __future__ import annotations

import pytest
from report_ledgers import two_forecasters
from running import Quick, Surroundings


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    """The command line on a ledger of two forecasters."""
    folder = tmp_path_factory.mktemp("two")
    quick = Quick(Surroundings(folder, folder / "ledger.db"))
    two_forecasters(quick, folder)
    return quick


@pytest.fixture(scope="session")
def page(two: Quick) -> str:
    """The report on it as a page."""
    return two("report", "--format", "html").text
