"""What would take more time or memory than there is, is refused in a moment and in one line; nothing is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bombs import BOMBS
from running import Quick

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 1.0, 200
_MEASURED = """
import os, re, resource, sys
from pathlib import Path
from ledger.errors import LedgerError
from ledger.services.transfer import import_file
from ledger.storage.location import locate
begun, told = sum(os.times()[:4]), "it came in"
try:
    import_file(locate(sys.argv[1]), Path(sys.argv[2]), origin=None, dry_run=False, supersede=False, tell=print)
except LedgerError as error:
    told = f"refused: {error}"
peak = re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())
most = max(int(peak[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(sum(os.times()[:4]) - begun, most / 1024, told)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the most memory a process had is read from /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_a_second_and_two_hundred_megabytes(name: str, empty: Quick, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb"
    BOMBS[name](bomb)
    before = empty.ledger.read_bytes()
    told = [sys.executable, "-c", _MEASURED, str(empty.ledger), str(bomb)]
    done = subprocess.run(told, capture_output=True, text=True, timeout=60, cwd=ROOT)
    bomb.unlink()
    assert done.returncode == 0, done.stderr[-2000:]
    seconds, megabytes, said = done.stdout.split(" ", 2)
    assert said.startswith("refused: bomb")
    assert (float(seconds) < SECONDS, float(megabytes) < MEGABYTES) == (True, True), done.stdout
    assert len(said) < 1000
    assert empty.ledger.read_bytes() == before


SMALL = {
    "JSON 100,000 deep": "nested deeper than 64 levels",
    "an integer of 5,000 digits": "more than 400 digits",
    "a billion laughs": "document type declaration",
    "an entity from outside": "document type declaration",
    "elements a million deep": "nested deeper than 100 levels",
    "a column beyond the last": "more than 1,000 columns",
    "Parquet with an endless footer": "damaged",
    "gzip of 4 GB of JSON": "more than 100 times its size",
    "one line of 2 GB": "is a quote left open",
}


@pytest.mark.parametrize("name", SMALL)
def test_a_small_bomb_says_what_it_is(name: str, empty: Quick, tmp_path: Path) -> None:
    BOMBS[name](tmp_path / "bomb")
    answer = empty("import", tmp_path / "bomb", status=1)
    assert SMALL[name] in answer.err
    assert len(answer.err.splitlines()) == 1
