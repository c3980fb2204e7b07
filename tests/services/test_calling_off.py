"""Long work is called off from its progress: often asked, nothing written, no stray file, and the next try works."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, day, fresh_desk

from ledger.domain.filters import Filters
from ledger.errors import Cancelled
from ledger.formats.own_csv import source
from ledger.services import exporting, progressing, replaying
from ledger.services.exporting import export_file
from ledger.services.maintain import rebuild, verify
from ledger.services.transfer import import_file
from ledger.storage import book, cancelling, writing

ROWS = 1000
Progress = Callable[[int, int], None]


class Off:
    """A progress that calls the work off when it is asked for the ``at``-th time."""

    def __init__(self, at: int | None = None, problem: BaseException | None = None) -> None:
        self.at, self.problem, self.asked = at, problem or Cancelled(), 0
        self.heard: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.heard.append((done, total))
        self.asked += 1
        if self.at is not None and self.asked >= self.at:
            raise self.problem


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few thousand rows are many blocks, and SQLite's machine is asked at every turn."""
    for module in (book, writing):
        monkeypatch.setattr(module, "BLOCK", 150)
    monkeypatch.setattr(source, "CHUNK", 5000)
    for module in (exporting, replaying):
        monkeypatch.setattr(module, "TOLD_EVERY", 50)
    monkeypatch.setattr(cancelling, "STEPS", 2000)
    monkeypatch.setattr(progressing, "EVERY", 0.0)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sheet") / "many.csv"
    told = ("yes", "yes", "", "")
    columns = "question_id,title,forecaster,probability,forecast_at,deadline,outcome,tags\n"
    made, due = day(-20), day(-10)
    rows = (
        f"q{at // 2},Will {at // 2} happen?,{'ab'[at % 2]},0.{at % 9 + 1},{made},{due},{told[at % 4]},t\n"
        for at in range(ROWS)
    )
    path.write_text(columns + "".join(rows))
    return path


@pytest.fixture(scope="module")
def full(sheet: Path, empty_ledger: Path) -> Iterator[Desk]:
    """A ledger that holds the sheet; nobody writes to it."""
    with fresh_desk(empty_ledger) as made:
        made.take_in(sheet)
        yield made


@pytest.fixture(scope="module")
def journal(full: Desk) -> Path:
    path = full.path.with_name("many.jsonl")
    full.give_out(path, "jsonl")
    return path


def copied(full: Desk, desk: Desk) -> Desk:
    shutil.copyfile(full.path, desk.path)
    return desk


def importing(name: str, dry_run: bool) -> Callable[[Desk, Any, Progress], object]:
    def run(desk: Desk, files: dict[str, Path], progress: Progress) -> object:
        more = {"origin": None, "supersede": False, "dry_run": dry_run, "tell": desk.heard.append}
        return import_file(desk.at, files[name], progress=progress, **more)  # type: ignore[arg-type]

    return run


def giving_out(form: str, name: str) -> Callable[[Desk, Any, Progress], object]:
    def run(desk: Desk, files: dict[str, Path], progress: Progress) -> object:
        more: dict[str, Any] = {"form": form, "force": True, "as_of": None, "tell": desk.heard.append}
        return export_file(desk.at, desk.path.with_name(name), filters=Filters(), progress=progress, **more)

    return run


WORK: dict[str, tuple[bool, Callable[[Desk, Any, Progress], object]]] = {
    "import csv": (False, importing("csv", False)),
    "import csv dry": (False, importing("csv", True)),
    "import csv again": (True, importing("csv", False)),
    "import csv zipped": (False, importing("csv.gz", False)),
    "import jsonl": (False, importing("jsonl", False)),
    "import jsonl dry": (False, importing("jsonl", True)),
    "import jsonl again": (True, importing("jsonl", True)),
    "export csv": (True, giving_out("csv", "out.csv")),
    "export csv zipped": (True, giving_out("csv", "out.csv.gz")),
    "export jsonl": (True, giving_out("jsonl", "out.jsonl")),
    "verify": (True, lambda desk, _, progress: verify(desk.at, progress=progress)),
    "rebuild": (True, lambda desk, _, progress: rebuild(desk.at, desk.heard.append, progress)),
}


@pytest.fixture(scope="module")
def files(sheet: Path, journal: Path) -> dict[str, Path]:
    zipped = sheet.with_name("many.csv.gz")
    zipped.write_bytes(gzip.compress(sheet.read_bytes()))
    return {"csv": sheet, "csv.gz": zipped, "jsonl": journal}


@pytest.fixture(params=WORK)
def work(request: pytest.FixtureRequest, desk: Desk, full: Desk, files: Any) -> Callable[[Progress | None], object]:
    filled, run = WORK[request.param]
    if filled:
        copied(full, desk)

    def started(progress: Progress | None) -> object:
        with desk.clock():
            return run(desk, files, progress)  # type: ignore[arg-type]

    return started


def stands(desk: Desk) -> tuple[bytes, set[str]]:
    beside = {path.name for path in desk.path.parent.iterdir()} - {desk.path.name + ".lock"}
    return desk.path.read_bytes(), beside


def is_free(desk: Desk) -> bool:
    """Whether anybody may write at once."""
    connection = sqlite3.connect(desk.path, isolation_level=None, timeout=0)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
    return True


def test_it_is_asked_often_and_told_no_nonsense(work: Callable[[Progress | None], object]) -> None:
    counting = Off()
    work(counting)
    assert counting.asked > 5
    assert all(0 <= done <= total for done, total in counting.heard)


@pytest.mark.parametrize("part", [0.0, 0.5, 0.95])
def test_called_off_at_any_moment_it_leaves_everything_as_it_was(
    desk: Desk, work: Callable[[Progress | None], object], part: float
) -> None:
    first, kept = stands(desk), desk.path.read_bytes()
    counting = Off()
    work(counting)
    desk.path.write_bytes(kept)
    for path in desk.path.parent.iterdir():
        if path.name.startswith("out."):
            path.unlink()
    asked = max(1, int(counting.asked * part))
    with pytest.raises(Cancelled) as told:
        work(Off(asked))
    assert stands(desk) == first
    assert is_free(desk)  # though the exception is kept
    assert told.value is not None
    work(None)  # nothing stands in the way of another try
    assert desk.verify() == []


@pytest.mark.parametrize("problem", [RuntimeError("a bug"), ValueError("another"), KeyboardInterrupt()])
def test_whatever_is_raised_comes_through(
    desk: Desk, work: Callable[[Progress | None], object], problem: BaseException
) -> None:
    first = stands(desk)
    for at in (1, 4):
        with pytest.raises(type(problem)) as told:
            work(Off(at, problem))
        assert told.value is problem
        assert is_free(desk)
    assert stands(desk) == first


def test_another_thread_calls_it_off(desk: Desk, work: Callable[[Progress | None], object]) -> None:
    first, off, heard, ended = stands(desk), threading.Event(), threading.Event(), []

    def progress(done: int, total: int) -> None:
        heard.set()
        off.wait(10)
        if off.is_set():
            raise Cancelled

    def run() -> None:
        try:
            work(progress)
        except Cancelled as problem:
            ended.append(problem)

    thread = threading.Thread(target=run)
    thread.start()
    assert heard.wait(10)
    off.set()
    thread.join(10)
    assert len(ended) == 1
    assert stands(desk) == first
