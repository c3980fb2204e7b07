"""Two verifiers that share no code agree on what is sound and on where it is not."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from independent_verifier import verify
from journals import sample

from ledger.errors import FileInputError
from ledger.formats.journal_lines import read_journal, render_line
from ledger.journal.checkpoint import Witness, take_checkpoint

ROWS = sample()
LINES = [render_line(row).encode() for row in ROWS]
SIZE = len(LINES)


def first_refused(lines: list[bytes]) -> int | None:
    """The line at which our reader stops."""
    try:
        list(read_journal(io.BytesIO(b"\n".join(lines)), "j.jsonl"))
    except FileInputError as error:
        return error.line
    return None


def test_both_find_a_sound_journal_sound() -> None:
    assert verify(LINES) == []
    assert first_refused(LINES) is None
    assert verify(LINES, str(take_checkpoint(ROWS))) == []


@settings(deadline=None, max_examples=200)
@given(st.integers(0, SIZE - 1), st.integers(0, 10**6), st.integers(1, 255))
def test_one_byte_changed_is_found_by_both(line: int, place: int, by: int) -> None:
    lines = list(LINES)
    octets = bytearray(lines[line])
    octets[place % len(octets)] ^= by
    if 10 in octets:
        octets[octets.index(10)] = 11  # a line feed would make two lines of one
    lines[line] = bytes(octets)
    if lines == LINES:
        return
    assert first_refused(lines) == line + 1
    assert line + 1 in {number for number, _ in verify(lines)}


@pytest.mark.parametrize("line", range(SIZE - 1))
def test_a_deleted_line_is_found_by_both(line: int) -> None:
    lines = LINES[:line] + LINES[line + 1 :]
    assert first_refused(lines) == line + 1
    assert verify(lines)[0][0] == line + 1


@pytest.mark.parametrize(("one", "other"), [(0, 1), (3, 4), (2, 9), (10, 11), (0, 11)])
def test_two_swapped_lines_are_found_by_both(one: int, other: int) -> None:
    lines = list(LINES)
    lines[one], lines[other] = lines[other], lines[one]
    assert first_refused(lines) == one + 1
    assert verify(lines)[0][0] == one + 1


def test_a_cut_tail_is_found_by_neither_without_a_checkpoint_and_by_both_with_one() -> None:
    checkpoint, cut = take_checkpoint(ROWS), LINES[:-1]
    assert verify(cut) == []
    assert first_refused(cut) is None
    assert verify(cut, str(checkpoint)) == [(SIZE, "is missing, and a checkpoint saw it")]
    witness = Witness([checkpoint])
    list(witness.watch(ROWS[:-1]))
    assert [finding.seq for finding in witness.findings()] == [SIZE]


def test_another_root_is_found_by_both() -> None:
    told = str(take_checkpoint(ROWS)).replace("root=", "root=00").replace("00 at=", " at=")
    told = " ".join(part[:69] if part.startswith("root=") else part for part in told.split())
    assert verify(LINES, told) == [(SIZE, "differs from the checkpoint")]


def test_a_missing_text_is_found_by_both() -> None:
    rows = [*ROWS[:4], ROWS[4]._replace(salt=None, text=None), *ROWS[5:]]
    lines = [render_line(row).encode() for row in rows]
    assert verify(lines) == [(5, "the text is missing")]
    assert first_refused(lines) == SIZE  # told once the end is reached


def test_the_second_verifier_stands_alone(tmp_path: Path) -> None:
    journal, checkpoint = tmp_path / "journal.jsonl", tmp_path / "checkpoint.txt"
    journal.write_bytes(b"".join(line + b"\n" for line in LINES))
    checkpoint.write_text(f"{take_checkpoint(ROWS)}\n")
    program = Path(__file__).with_name("independent_verifier.py")
    command = [sys.executable, "-I", str(program), str(journal), str(checkpoint)]
    sound = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (sound.returncode, sound.stdout, sound.stderr) == (0, "", "")
    journal.write_bytes(journal.read_bytes().replace(b'"p":"0.55"', b'"p":"0.56"'))
    damaged = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (damaged.returncode, damaged.stdout) == (
        3,
        "line 5: the head does not follow\nline 12: differs from the checkpoint\n",
    )
    assert "import ledger" not in program.read_text()
    assert "from ledger" not in program.read_text()
