"""Fixtures that all tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings
from running import Process, Quick, Surroundings
from samples import MIXED, SEED

# A run that decides whether a change lands draws the same examples each time; others draw new ones.
settings.register_profile("landing", derandomize=True)
settings.register_profile("few", derandomize=True, max_examples=15)  # enough to see which lines are run
if os.environ.get("CI"):
    settings.load_profile("landing")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background of a shell, which has all that is started from here ignore ctrl+c.
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
WAITING = ROOT / "tests" / "tui"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the tests of screens, which wait more than they compute, among all others, each file in one piece."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    places: dict[Path, float] = {}
    for waits in (True, False):
        among = [path for path in files if path.is_relative_to(WAITING) is waits]
        whole, before = sum(len(files[path]) for path in among), 0
        for path in among:
            places[path] = (before + len(files[path]) / 2) / whole
            before += len(files[path])
    items[:] = [item for path in sorted(files, key=places.__getitem__) for item in files[path]]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real forecasts with known scores, beside the checkout; tests that need it are skipped without."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is absent")
    return folder


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    """A user of their own, whose ledger is not there yet."""
    home = tmp_path / "home"
    home.mkdir()
    return Surroundings(home, tmp_path / "ledger.db")


@pytest.fixture
def forecast(around: Surroundings) -> Process:
    """The command line in processes of its own."""
    return Process(around)


@pytest.fixture
def quick(around: Surroundings) -> Quick:
    """The command line inside this process, on the same ledger as ``forecast``."""
    return Quick(around)


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Ledgers made once, to be copied: ``empty``, ``article`` with the shipped set, ``mixed`` with every kind."""
    folder = tmp_path_factory.mktemp("templates")
    quick = Quick(Surroundings(folder, folder / "empty.db"))
    quick("init")
    article = quick.on(folder / "article.db")
    article("init", "--seed", SEED)
    mixed = quick.on(folder / "mixed.db")
    mixed.ledger.write_bytes(article.ledger.read_bytes())
    for command in MIXED:
        mixed(*command)
    return {"empty": quick.ledger, "article": article.ledger, "mixed": mixed.ledger}


@pytest.fixture
def empty(quick: Quick, templates: dict[str, Path]) -> Quick:
    """The command line on a new, empty ledger."""
    return _copied(quick, templates["empty"])


@pytest.fixture
def article(quick: Quick, templates: dict[str, Path]) -> Quick:
    """The command line on a ledger with the shipped set, begun at the usual clock."""
    return _copied(quick, templates["article"])


@pytest.fixture
def mixed(quick: Quick, templates: dict[str, Path]) -> Quick:
    """The command line on a ledger that has the shipped set, and questions of every kind."""
    return _copied(quick, templates["mixed"])


def _copied(quick: Quick, template: Path) -> Quick:
    quick.ledger.write_bytes(template.read_bytes())
    quick.ledger.chmod(0o600)
    return quick
