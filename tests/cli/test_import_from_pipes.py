"""What is no file is not read as one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from running import Quick


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in folders")
def test_a_pipe_is_refused_before_anybody_waits_for_it(quick: Quick, tmp_path: Path) -> None:
    quick("init")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    answer = quick("import", pipe, status=1)
    assert answer.err.startswith(f"forecast: {pipe} is a pipe or a device; save what it holds in a file")
