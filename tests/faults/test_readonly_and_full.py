"""A ledger that may not be written, or a disk with no room: one clear line, nothing half-written, still readable."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from running import COMMAND, Process, Quick
from test_kill import work

root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root, to be another user")
NOBODY = 65534
READING = (["list"], ["show", "1"], ["due"], ["score", "--json"], ["journal"], ["verify"], ["export"])
WRITING = (
    *(["add", "Will it?", "50%", "--by", "2027-01-01"], ["update", "1", "50%"], ["resolve", "1", "yes"]),
    *(["void", "1", "--reason", "x"], ["rebuild"], ["init"], ["import", "--seed", "korybko-2024-11-11"]),
)


def check_refusal(err: str, *words: str) -> None:
    """One line that says what is the matter, where, and that nothing was written."""
    (line,) = err.splitlines()
    assert line.startswith("forecast: ")
    for word in words:
        assert word in line


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can look into; those of the test run are this user's own."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@root
@pytest.mark.parametrize("beside", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["alone", "queue file"])
def test_another_user_reads_and_is_refused_in_one_line(article: Quick, folder: Path, beside: bool) -> None:
    """The user may look into the folder and the file, and change neither."""
    quick = article.on(folder / "ledger.db")
    shutil.copy(article.ledger, quick.ledger)
    quick.ledger.chmod(0o644)
    if beside:
        (folder / "ledger.db.lock").touch(0o600)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    answers = work("as-user", quick, NOBODY, json.dumps([*READING, *WRITING]))
    for command, (status, out, err) in zip([*READING, *WRITING], answers, strict=True):
        if command in READING:
            assert (status, bool(out)) == (0, True), (command, err)
        else:
            assert status == 1, command
            check_refusal(err, str(quick.ledger), "read-only", "nothing was written")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@root
def test_a_ledger_that_another_user_may_not_see_is_refused_in_one_line(article: Quick, folder: Path) -> None:
    hidden = folder / "hidden"
    hidden.mkdir(mode=0o700)
    paths = (folder / "ledger.db", hidden / "ledger.db")
    for path in paths:
        shutil.copy(article.ledger, path)
        path.chmod(0o600)
    commands = [["--ledger", str(path), *command] for path in paths for command in (*READING, *WRITING)]
    answers = work("as-user", article, NOBODY, json.dumps(commands))
    for (_, where, *_), (status, out, err) in zip(commands, answers, strict=True):
        assert (status, out) == (1, "")
        check_refusal(err, where)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one mebibyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", folder], capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path, left: int) -> None:
    """Leave only ``left`` bytes of room."""
    (folder / "filler").write_bytes(b"")
    disk = os.statvfs(folder)
    (folder / "filler").write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - left)))


@root
@pytest.mark.parametrize("left", [0, 4096, 16384, 65536])
def test_a_full_disk_is_told_in_one_line_and_loses_nothing(article: Quick, small_disk: Path, left: int) -> None:
    quick = article.on(small_disk / "ledger.db")
    shutil.copy(article.ledger, quick.ledger)
    acknowledged = 41
    fill(small_disk, left)
    refused = 0
    for number in range(12):
        command = ["add", f"Is it {number} {'x' * 3000}?", "50%", "--by", "2027-01-01"]
        answer = quick(*command, status=None)
        size = quick("journal", "--limit", 1, "--json").json()["size"]
        if answer.status:
            check_refusal(answer.err, str(quick.ledger), "the disk is full", "nothing was written")
            refused += 1
            assert size == acknowledged
        acknowledged = size
    assert refused or left > 50_000
    for reading in READING:
        quick(*reading)
    fill(small_disk, 0)
    answer = quick("export", "-o", small_disk / "out.jsonl", status=None)
    assert answer.status == 1
    check_refusal(answer.err, "out.jsonl", "No space left on device")
    assert {path.name for path in small_disk.iterdir()} <= {"ledger.db", "ledger.db.lock", "filler"}
    (small_disk / "filler").unlink()
    quick("add", "Is there room again?", "50%", "--by", "2027-01-01")
    quick("verify")


@root
def test_a_read_only_disk_is_told_in_one_line(article: Quick, small_disk: Path) -> None:
    quick = article.on(small_disk / "ledger.db")
    shutil.copy(article.ledger, quick.ledger)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    for command in READING:
        quick(*command)
    for command in WRITING:
        check_refusal(quick(*command, status=1).err, str(quick.ledger), "read-only", "nothing was written")


@root
def test_a_new_ledger_on_a_full_disk_leaves_no_file(quick: Quick, small_disk: Path) -> None:
    new = quick.on(small_disk / "ledger.db")
    fill(small_disk, 20_000)
    check_refusal(new("init", "--seed", "korybko-2024-11-11", status=1).err, "the disk is full", "nothing was written")
    assert {path.name for path in small_disk.iterdir()} <= {"filler", "ledger.db.lock"}


def test_a_file_that_may_grow_no_further_is_told_in_one_line(article: Quick, forecast: Process) -> None:
    """A limit of the process stands for a full disk where nothing can be mounted."""
    before = article.ledger.read_bytes()
    limit = len(before) + 1000

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [*COMMAND, "add", f"Is it {'x' * 9000}?", "50%", "--by", "2027-01-01"]
    done = subprocess.run(command, env=forecast.environment(), capture_output=True, preexec_fn=limited)
    assert (done.returncode, done.stdout) == (1, b"")
    check_refusal(done.stderr.decode(), str(article.ledger), "nothing was written")
    article("verify")
    assert article.ledger.read_bytes() == before
