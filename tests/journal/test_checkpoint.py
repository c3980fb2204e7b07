"""A checkpoint kept elsewhere shows what the chain alone cannot."""

from __future__ import annotations

from typing import Any

import pytest
from journals import forecast, sample, seal

from ledger.errors import InputError, RefusedError
from ledger.journal.chain import GENESIS, leaf_hash, next_head
from ledger.journal.checkpoint import Checkpoint, Witness, take_checkpoint
from ledger.journal.entry import Entry, Sealed
from ledger.journal.merkle import prove
from ledger.journal.verify import check_chain

ROWS = sample()

# Entries, heads and root of the fixed vectors in test_chain.py; the root is SHA-256(0x01 ‖ leaf 1 ‖ leaf 2).
LINE = (
    "forecast-ledger/1 checkpoint size=2 head=fb40bd2bed181e0e5bfc2ba4957888b5bb1d02f20d41a792629767eaadd67e2e "
    "root=ce6071dfc121835d4f5236aee755fe02be4c933cfb285e737b03998bc9f3038b at=2024-11-11T08:09:10.000250Z"
)


def vectors() -> list[Sealed]:
    import test_chain as fixed

    first: Entry = fixed.FIRST
    heads = (bytes.fromhex(fixed.HEAD_1), bytes.fromhex(fixed.HEAD_2))
    return [Sealed(*first, heads[0], None, None), Sealed(*fixed.SECOND, heads[1], None, None)]


def told(rows: list[Sealed], *checkpoints: Checkpoint) -> list[str]:
    witness = Witness(checkpoints)
    assert list(witness.watch(rows)) == rows
    return [str(finding) for finding in witness.findings()]


def test_the_line_of_a_checkpoint() -> None:
    checkpoint = take_checkpoint(vectors())
    assert str(checkpoint) == LINE
    assert Checkpoint.parse(LINE) == checkpoint
    assert Checkpoint.parse(f"  {LINE}\n") == checkpoint


@pytest.mark.parametrize(
    "line",
    [
        "",
        "forecast-ledger/1 checkpoint",
        LINE.replace("ledger/1", "ledger/2"),
        LINE.replace("size=2", "size=0"),
        LINE.replace("size=2", "size=02"),
        LINE.replace("head=fb", "head=FB"),
        LINE.replace("head=fb", "head="),
        LINE.replace(" root", "  root"),
        LINE.replace(" at=2024-11-11T08:09:10.000250Z", ""),
        LINE + " more=1",
    ],
)
def test_another_line_is_no_checkpoint(line: str) -> None:
    with pytest.raises(InputError, match=r"is not a checkpoint: it begins with forecast-ledger/1 checkpoint size="):
        Checkpoint.parse(line)


def test_a_checkpoint_at_no_time_is_refused() -> None:
    with pytest.raises(InputError, match="does not exist"):
        Checkpoint.parse(LINE.replace("11-11T", "13-11T"))


def test_an_empty_journal_has_no_checkpoint() -> None:
    with pytest.raises(RefusedError, match=r"^an empty journal has no checkpoint: record something first$"):
        take_checkpoint([])


def test_a_journal_agrees_with_its_checkpoints() -> None:
    checkpoints = [take_checkpoint(ROWS[:size]) for size in range(1, len(ROWS) + 1)]
    assert told(ROWS, *reversed(checkpoints)) == []
    assert [checkpoint.size for checkpoint in checkpoints] == [row.seq for row in ROWS]


@pytest.mark.parametrize("column", ["commitment", "recorded_at"])
def test_an_entry_that_can_have_no_leaf_shows_in_the_root(column: str) -> None:
    due = take_checkpoint(ROWS[:2])
    unreadable = ROWS[0]._replace(**{column: "no such thing"})
    with pytest.raises((TypeError, AttributeError)):
        leaf_hash(unreadable)
    (finding,) = told([unreadable, *ROWS[1:]], due)
    assert "root" in finding


def test_a_cut_tail_is_shown() -> None:
    checkpoints = [take_checkpoint(ROWS[:size]) for size in (12, 4, 11)]
    assert check_chain(ROWS[:10]).is_sound
    assert told(ROWS[:10], *checkpoints) == [
        "entry 11 is missing: a checkpoint saw it, and the journal ends at entry 10",
        "entry 12 is missing: a checkpoint saw it, and the journal ends at entry 10",
    ]
    assert told([], checkpoints[1]) == ["entry 4 is missing: a checkpoint saw it, and the journal ends at entry 0"]


def test_a_history_written_anew_is_shown() -> None:
    checkpoint = take_checkpoint(ROWS)
    anew, head = [], GENESIS
    for row in ROWS:
        kept = row._replace(facts=row.facts.replace("0.7", "0.9"))
        head = next_head(head, leaf_hash(kept))
        anew.append(kept._replace(head=head))
    assert check_chain(anew).is_sound
    assert told(anew, checkpoint) == [
        f"entry 12: head is {anew[-1].head.hex()[:16]}…, and a checkpoint saw {checkpoint.head.hex()[:16]}…"
    ]


@pytest.mark.parametrize(("field", "value"), [("root", bytes(32)), ("recorded_at", 0)])
def test_root_and_time_are_compared_too(field: str, value: Any) -> None:
    true = take_checkpoint(ROWS)
    columns = {"size": 12, "head": true.head, "recorded_at": true.recorded_at, "root": true.root} | {field: value}
    (line,) = told(ROWS, Checkpoint(**columns))
    assert line.startswith(f"entry 12: {field} is ")
    assert line.endswith("0000000000000000…" if field == "root" else "1970-01-01T00:00:00Z")


def test_a_checkpoint_at_a_missing_entry_differs() -> None:
    checkpoint = take_checkpoint(ROWS[:5])
    assert told(ROWS[:4] + ROWS[5:], checkpoint)[0].startswith("entry 5: head is ")


def test_one_forecast_is_proved_without_the_others() -> None:
    rows = seal([forecast("0.1"), forecast("0.2", "a secret"), forecast("0.3")])
    checkpoint = take_checkpoint(rows)
    proof = prove(map(leaf_hash, rows), 1, checkpoint.size)
    assert proof.root(leaf_hash(rows[1].entry)) == checkpoint.root
    assert proof.root(leaf_hash(rows[1].entry._replace(facts=rows[1].facts.replace("0.2", "0.9")))) != checkpoint.root
