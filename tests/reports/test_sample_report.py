"""The committed sample is what the program writes, to the byte."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "sample_report.py"


@pytest.fixture(scope="module")
def sample() -> ModuleType:
    if not SCRIPT.is_file():
        pytest.skip("docs/sample_report.py is not beside the tests")
    spec = spec_from_file_location("sample_report", SCRIPT)
    assert spec is not None and spec.loader is not None
    found = module_from_spec(spec)
    sys.modules["sample_report"] = found
    spec.loader.exec_module(found)
    return found


def test_the_sample_is_current_and_says_that_its_outcomes_are_made_up(sample: ModuleType, tmp_path: Path) -> None:
    told = sample.sample_in(tmp_path).read_text(encoding="utf-8")
    assert told == sample.SAMPLE.read_text(encoding="utf-8")
    assert "the outcomes, and the evidence for them, are made up" in told
