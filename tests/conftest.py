"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Process, Quick, Surroundings

ROOT = Path(__file__).resolve().parent.parent
SEED = "korybko-2024-11-11"

MIXED = (
    ("add", "Will it rain in Bern?", "60%", "--by", "2027-01-01", "--key", "rain"),
    ("add", "Who wins?", "--kind", "choice", "--option", "Ann=60%", "--option", "Bo=40%", "--by", "2027-01-01",
     "--key", "who"),
    ("add", "How well does it go?", "--kind", "ordered", "--option", "badly=10%", "--option", "so so=30%",
     "--option", "well=60%", "--by", "2027-01-01", "--key", "how"),
    ("add", "How many come?", "--kind", "numeric", "--quantile", "0.25=10", "--quantile", "0.5=12", "--quantile",
     "0.75=20.5", "--by", "2027-01-01", "--key", "many"),
    ("add", "Is it over?", "7:3", "--by", "2026-05-01", "--made-at", "2026-04-01", "--key", "over"),
    ("add", "Do they cheer?", "1/8", "--by", "2027-02-01", "--key", "cheer", "--if", "who=Bo", "--tag", "loud"),
    ("resolve", "over", "yes"),
)  # fmt: skip
"""Questions of every kind: open, waiting and resolved."""


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
