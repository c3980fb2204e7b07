from __future__ import annotations

import subprocess
import sys

import pytest

from ledger import scoring
from ledger.scoring import platforms

PROMISED = """brier_score log_score spherical_score ranked_probability_score pinball_score interval_score
weighted_interval_score crps coverage Tally corp murphy bias_corrected yates resample compare watch advise"""


@pytest.mark.parametrize("package", [scoring, platforms])
def test_public_names_are_sorted_and_there(package: object) -> None:
    names = package.__all__  # type: ignore[attr-defined]
    assert sorted(set(names), key=lambda name: (not name.isupper(), not name[0].isupper(), name)) == names
    for name in names:
        module = package is platforms or name == "platforms"
        assert isinstance(getattr(package, name), type(sys)) == module


def test_promised_names_are_there() -> None:
    assert set(PROMISED.split()) <= set(scoring.__all__)


def test_only_numpy_is_loaded() -> None:
    code = "import sys, ledger.scoring; print([m for m in ('scipy', 'pandas', 'sqlalchemy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
