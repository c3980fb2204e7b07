"""No bytes whatever are answered with anything but a sheet or one line."""

from __future__ import annotations

import gzip
import random
import time

import pytest
from csv_files import read_bytes, row, text

from ledger.errors import FileInputError

SETTLED = {"outcome": "1", "resolved_at": "2024-06-01T00:00:00Z", "tags": "a;b"}
OPTIONS = {"question_id": "q2", "kind": "choice"}
NUMBERS = {"question_id": "q3", "kind": "numeric", "probability": ""}
SEED = text(
    row(**SETTLED),
    row(**{**SETTLED, "forecaster": "", "probability": "70%", "hedge": "may", "low": "0.5", "high": "0.8"}),
    row(**{**SETTLED, "probability": "", "forecast_at": "2024-02-01T00:00:00Z", "withdrawn": "1"}),
    row(**{**OPTIONS, "option": "x", "probability": "0.4", "outcome": "1"}),
    row(**{**OPTIONS, "option": "y", "probability": "0.6", "outcome": "0"}),
    row(**{**NUMBERS, "quantile": "0.1", "value": "5"}),
    row(**{**NUMBERS, "quantile": "0.9", "value": "5e1"}),
    row(question_id="q4", probability="", forecast_at="", condition="q1=yes"),
    row(question_id="q5", zone="Europe/Berlin", deadline="2024-12-31", comment='"a, ""b""\nc"'),
)
HOSTILE = (
    *(b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1f\x8b", b"\\", b";", b"'", b""),
    *(
        b"NaN",
        b"1e999",
        b"9" * 5000,
        b"-1",
        b"1_0",
        b"\xd9\xa1",
        b"\xe2\x80\xa8",
        b"x" * 140_000,
        b"=cmd",
        b"0.5",
        b"1",
    ),
    *(
        b"2024-02-30T00:00:00Z",
        b"0001-01-01T00:00:00+14:00",
        b"9999-12-31T23:59:59-14:00",
        b"2026-03-08",
        b"0000-00-00",
    ),
    *(b"void", b"q1=yes", b"q4=1", b"choice", b"ordered", b"numeric", b"binary", b"America/New_York", b"../etc/passwd"),
)


def mutated(rng: random.Random) -> bytes:
    data = SEED
    for _ in range(rng.randint(1, 4)):
        data = rng.choice([changed_byte, removed, inserted, changed_cell, changed_cell, repeated_line])(data, rng)
    return gzip.compress(data, 1)[: rng.randint(1, 900)] if rng.random() < 0.1 else data


def changed_byte(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def removed(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + data[place + rng.randint(1, 20) :] or b"x"


def inserted(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + rng.choice(HOSTILE) + data[place:]


def changed_cell(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    place = rng.randrange(len(lines))
    cells = lines[place].split(b",")
    cells[rng.randrange(len(cells))] = rng.choice(HOSTILE)
    return b"\n".join([*lines[:place], b",".join(cells), *lines[place + 1 :]]) or b"x"


def repeated_line(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return b"\n".join(lines) or b"x"


def test_the_seed_is_read() -> None:
    sheet = read_bytes(SEED)
    assert (len(sheet.questions), len(sheet)) == (5, 6)


@pytest.mark.parametrize(("rounds", "seed"), [(1_500, 1), pytest.param(10_000, 2, marks=pytest.mark.slow)])
def test_mutated_files_are_read_or_refused_in_one_line(rounds: int, seed: int) -> None:
    rng, read, slowest = random.Random(seed), 0, 0.0
    for _ in range(rounds):
        data, begun = mutated(rng), time.perf_counter()
        try:
            read_bytes(data)
            read += 1
        except FileInputError as error:
            assert str(error).isprintable()
            assert len(str(error)) < 700
        slowest = max(slowest, time.perf_counter() - begun)
    assert rounds // 50 < read < rounds // 2
    assert slowest < 2
