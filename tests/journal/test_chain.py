"""The bytes of leaves, commitments and heads are fixed: computed once by hand with nothing but SHA-256."""

from __future__ import annotations

from hashlib import sha256

import pytest

from ledger.domain.instants import EARLIEST, LATEST
from ledger.journal import chain
from ledger.journal.chain import (
    GENESIS,
    Sealer,
    commit_text,
    leaf_bytes,
    leaf_hash,
    next_head,
    next_recorded_at,
)
from ledger.journal.entry import Draft, Entry, Sealed

COMMAND = "0123456789abcdef0123456789abcdef"
RECORDED = 1_731_312_550_000_000
SALT = bytes(range(32))
TEXT = '{"key":"rain","title":"Regnet es – morgen?"}'
KEY = "319b44c570a417ff3444896cd4aa77f052b6781773fc2f9aa1f1180ac745005c"
QUESTION = f'{{"deadline":"2025-01-20T17:00:00Z","key":"{KEY}","kind":"binary","question":1}}'
FORECAST = '{"forecaster":1,"made_at":"2024-11-11T00:00:00Z","p":"0.7","question":1}'

# Each was written down as a string of bytes and hashed apart from the code under test.
GENESIS_HEX = "387675b6e6a9480a4d1a5ae5827fbaebcc9e8cde1a39af7d08fc15f6123cd084"
COMMITMENT_HEX = "4c1990e198433acce39a773b437c97996cc76623e927b386ab52995c4e777c1d"
LEAF_1 = "4cd34517d6aca0044b7aa05cf987659c0bffc7c053073013e629f8367afda85c"
LEAF_2 = "f000adc44ce87d01369505a10f5ebafde94d0b0235a52dce5d44bd700c11f2b0"
HEAD_1 = "b62081066afe7867af510291e34d692eb49de8c2f162aa702aa3318309091232"
HEAD_2 = "fb40bd2bed181e0e5bfc2ba4957888b5bb1d02f20d41a792629767eaadd67e2e"

FIRST = Entry(1, COMMAND, 0, "question", RECORDED, QUESTION, bytes.fromhex(COMMITMENT_HEX))
SECOND = Entry(2, COMMAND, 1, "forecast", RECORDED + 250, FORECAST, None)


def test_the_genesis_head() -> None:
    assert GENESIS.hex() == GENESIS_HEX == sha256(b"forecast-ledger/1 genesis").hexdigest()


def test_the_bytes_of_a_leaf() -> None:
    assert leaf_bytes(FIRST) == (
        b'\x00forecast-ledger/1\n{"command":"0123456789abcdef0123456789abcdef","commitment":"'
        b"4c1990e198433acce39a773b437c97996cc76623e927b386ab52995c4e777c1d"
        b'","facts":{"deadline":"2025-01-20T17:00:00Z","key":"'
        b"319b44c570a417ff3444896cd4aa77f052b6781773fc2f9aa1f1180ac745005c"
        b'","kind":"binary","question":1},"kind":"question","position":0'
        b',"recorded_at":"2024-11-11T08:09:10Z","seq":1}'
    )
    assert leaf_bytes(SECOND) == (
        b'\x00forecast-ledger/1\n{"command":"0123456789abcdef0123456789abcdef","commitment":null,"facts":'
        b'{"forecaster":1,"made_at":"2024-11-11T00:00:00Z","p":"0.7","question":1},"kind":"forecast","position":1'
        b',"recorded_at":"2024-11-11T08:09:10.000250Z","seq":2}'
    )


def test_leaf_head_and_commitment_vectors() -> None:
    assert commit_text(SALT, TEXT).hex() == COMMITMENT_HEX
    assert leaf_hash(FIRST).hex() == LEAF_1
    assert leaf_hash(SECOND).hex() == LEAF_2
    head = next_head(GENESIS, leaf_hash(FIRST))
    assert head.hex() == HEAD_1
    assert next_head(head, leaf_hash(SECOND)).hex() == HEAD_2


def test_sealing_gives_the_same_heads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain.os, "urandom", lambda count: SALT * (count // 32))
    sealer = Sealer(GENESIS, 0, COMMAND, RECORDED)
    first = sealer.seal(Draft("question", QUESTION, TEXT))
    assert first == Sealed(*FIRST, bytes.fromhex(HEAD_1), SALT, TEXT)
    assert (sealer.head.hex(), sealer.seq) == (HEAD_1, 1)
    later = Sealer(first.head, 1, COMMAND, RECORDED + 250)
    assert later.seal(Draft("forecast", FORECAST)).head == next_head(first.head, leaf_hash(SECOND._replace(position=0)))


def test_entries_of_a_command_are_numbered_and_chained() -> None:
    drafts = [Draft("forecast", FORECAST), Draft("question", QUESTION, TEXT), Draft("forecast", FORECAST)]
    sealer = Sealer(b"\x07" * 32, 41, COMMAND, RECORDED)
    rows = list(sealer.seal_all(drafts))
    assert [(row.seq, row.position) for row in rows] == [(42, 0), (43, 1), (44, 2)]
    head = b"\x07" * 32
    for row, draft in zip(rows, drafts, strict=True):
        head = next_head(head, leaf_hash(row))
        assert (row.head, row.kind, row.facts, row.text) == (head, *draft)
        assert (row.command, row.recorded_at) == (COMMAND, RECORDED)
        assert leaf_bytes(row) == leaf_bytes(row.entry)
    assert sealer.head == head
    assert rows[1].salt is not None
    assert rows[1].commitment == commit_text(rows[1].salt, TEXT)
    assert (rows[0].commitment, rows[0].salt, rows[0].text) == (None, None, None)


def test_each_text_has_a_salt_of_its_own() -> None:
    sealer = Sealer(GENESIS, 0, COMMAND, RECORDED)
    salts = {sealer.seal(Draft("question", QUESTION, TEXT)).salt for _ in range(3000)}
    assert len(salts) == 3000
    assert {len(salt or b"") for salt in salts} == {32}


def test_salts_are_drawn_by_growing_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []

    def urandom(count: int) -> bytes:
        drawn.append(count)
        return bytes(count)

    monkeypatch.setattr(chain.os, "urandom", urandom)
    sealer = Sealer(GENESIS, 0, COMMAND, RECORDED)
    sealer.seal(Draft("forecast", FORECAST))
    assert drawn == []
    for _ in range(8 + 16 + 1):
        sealer.seal(Draft("question", QUESTION, TEXT))
    assert drawn == [8 * 32, 16 * 32, 32 * 32]
    for _ in range(20_000):
        sealer.seal(Draft("question", QUESTION, TEXT))
    assert max(drawn) == 4096 * 32


@pytest.mark.parametrize("at", [EARLIEST, -1, 0, LATEST])
def test_every_time_of_the_calendar_can_be_sealed(at: int) -> None:
    row = Sealer(GENESIS, 0, COMMAND, at).seal(Draft("forecast", FORECAST))
    assert row.head == next_head(GENESIS, leaf_hash(row))


@pytest.mark.parametrize(
    ("clock", "last", "recorded"),
    [(5, None, (5, False)), (5, 4, (5, False)), (5, 5, (5, False)), (5, 6, (6, True)), (-3, None, (-3, False))],
)
def test_time_never_runs_backwards(clock: int, last: int | None, recorded: tuple[int, bool]) -> None:
    assert next_recorded_at(clock, last) == recorded
