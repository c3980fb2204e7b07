"""Whatever a file holds, it is read or refused in one line; what is refused leaves the ledger as it was."""

from __future__ import annotations

import io
import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from fuzzing import GIVEN, MINE, material, mutated, own_files, samples
from running import Quick

from ledger.errors import LedgerError
from ledger.formats.own_parquet import read_parquet
from ledger.formats.own_xlsx import read_xlsx
from ledger.formats.registry import Reader, reader_named, recognise
from ledger.formats.sheet import Sheet
from ledger.services.transfer import import_file
from ledger.storage.location import locate

SLOWEST = 2.0
FUZZED = int(os.environ.get("FUZZED", "20000"))
"""Damaged files of the slow run; a hundred thousand take two minutes."""


def heard(error: LedgerError) -> None:
    """A refusal is one line that a person can read."""
    assert str(error).isprintable(), repr(str(error))
    assert 10 < len(str(error)) < 1500


def cases() -> list[tuple[Reader, dict[str, bytes]]]:
    """Every text format that comes in, with the files that are damaged."""
    told = [(recognise(material(files)), files) for _, files in samples() if _recognised(files)]
    return [*told, (reader_named("table"), {"mine.csv": MINE})]


def _recognised(files: dict[str, bytes]) -> bool:
    try:
        recognise(material(files))
    except LedgerError:
        return False
    return True


def read(reader: Reader, files: dict[str, bytes], rng: random.Random) -> Sheet | None:
    """What is read of the files, sometimes without saying what they are."""
    try:
        found = material(files)
        if rng.random() < 0.1:
            reader = recognise(found)
        return reader.load().read(found, GIVEN) if reader.name not in {"csv", "jsonl", "xlsx", "parquet"} else None
    except LedgerError as error:
        heard(error)
        return None


@pytest.mark.parametrize(("rounds", "seed"), [(1_500, 1), pytest.param(FUZZED, 2, marks=pytest.mark.slow)])
def test_a_damaged_file_is_read_or_refused_in_one_line(rounds: int, seed: int) -> None:
    rng, known, came_in, slowest = random.Random(seed), cases(), 0, 0.0
    assert len(known) > 20
    for turn in range(rounds):
        reader, files = known[turn % len(known)]
        name = rng.choice(list(files))
        damaged, begun = {**files, name: mutated(files[name], rng)}, time.process_time()
        try:
            came_in += read(reader, damaged, rng) is not None
        except Exception as error:
            error.add_note(f"{reader.name}, turn {turn} of seed {seed}: {name} = {damaged[name]!r}")
            raise
        slowest = max(slowest, time.process_time() - begun)
    assert rounds // 50 < came_in < rounds
    assert slowest < SLOWEST


@pytest.mark.parametrize(
    ("form", "rounds", "seed"),
    [
        ("xlsx", 300, 1),
        ("parquet", 8, 1),
        pytest.param("xlsx", 10_000, 2, marks=pytest.mark.slow),
        pytest.param("parquet", 20, 2, marks=pytest.mark.slow),
    ],
)
def test_a_damaged_workbook_or_parquet_is_read_or_refused(form: str, rounds: int, seed: int) -> None:
    rng, data, came_in = random.Random(seed), own_files()[form], 0
    reader = {"xlsx": read_xlsx, "parquet": read_parquet}[form]
    for turn in range(rounds):
        damaged = mutated(data, rng)
        try:
            reader(io.BytesIO(damaged), name="x")
            came_in += 1
        except LedgerError as error:
            heard(error)
        except Exception as error:
            error.add_note(f"{form}, turn {turn} of seed {seed}: {damaged!r}")
            raise
    assert came_in < rounds


@pytest.mark.parametrize(("rounds", "seed"), [(40, 3), pytest.param(1_000, 4, marks=pytest.mark.slow)])
def test_an_import_is_whole_or_leaves_no_trace(rounds: int, seed: int, empty: Quick, tmp_path: Path) -> None:
    rng, known, location = random.Random(seed), cases(), locate(str(empty.ledger))
    refused = 0
    for turn in range(rounds):
        _, files = known[turn % len(known)]
        name = rng.choice(list(files))
        for one, octets in {**files, name: mutated(files[name], rng)}.items():
            (tmp_path / one).write_bytes(octets)
        first, *more = (tmp_path / one for one in files)
        before = entries(empty.ledger)
        try:
            done = import_file(
                location, first, more=more, given=GIVEN, origin=None, dry_run=False, supersede=False, tell=print
            )
        except LedgerError as error:
            heard(error)
            refused += 1
            assert entries(empty.ledger) == before
        else:
            assert entries(empty.ledger) >= before + int(str(done.data["statements"]))
    assert refused > rounds // 10
    empty("verify")


def entries(ledger: Path) -> int:
    """How many entries the journal has."""
    with closing(sqlite3.connect(ledger)) as connection:
        found: int = connection.execute("SELECT count(*) FROM entry").fetchone()[0]
        return found
