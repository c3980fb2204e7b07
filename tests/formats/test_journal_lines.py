"""The journal as JSON Lines: out, in and out again byte-equal, and strict about everything else."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from ledger.errors import FileInputError
from ledger.formats import journal_lines
from ledger.formats.journal_lines import parse_lines, read_journal, render_line, write_journal
from ledger.journal.chain import GENESIS, Sealer
from ledger.journal.entry import Draft, Sealed

QUESTION = Draft.of(
    "question",
    {"question": 1, "key": "ab" * 32, "kind": "binary", "deadline": "2025-01-20T17:00:00Z"},
    {"key": "rain", "title": 'Regnet es "morgen"?\n\u2028{"seq":9,"text":{},"v":1}'},
)
FORECAST = Draft.of("forecast", {"question": 1, "forecaster": 1, "made_at": "2024-11-11T00:00:00Z", "p": "0.7"})
REASONED = FORECAST._replace(text='{"reason":"a dream"}')
REDACTION = Draft.of("redact", {"entries": [3]}, {"reason": "a name"})


def journal() -> list[Sealed]:
    sealer = Sealer(GENESIS, 0, "0123456789abcdef" * 2, 1_731_312_550_000_250)
    rows = list(sealer.seal_all([QUESTION, FORECAST, REASONED]))
    rows += Sealer(sealer.head, 3, "f" * 32, 1_731_312_551_000_000).seal_all([REDACTION])
    rows[2] = rows[2]._replace(salt=None, text=None)
    return rows


ROWS = journal()
LINES = [render_line(row) for row in ROWS]


def written(rows: list[Sealed]) -> bytes:
    out = io.StringIO(newline="\n")
    assert write_journal(rows, out) == len(rows)
    return out.getvalue().encode()


def read(data: bytes) -> list[Sealed]:
    return list(read_journal(io.BytesIO(data), "j.jsonl"))


def refused(data: bytes | str) -> str:
    with pytest.raises(FileInputError) as caught:
        read(data.encode() if isinstance(data, str) else data)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_line_has_every_column_once_in_canonical_form() -> None:
    for row, line in zip(ROWS, LINES, strict=True):
        entry = json.loads(line)
        assert line == json.dumps(entry, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert (entry["v"], entry["seq"], entry["command"], entry["position"]) == (
            1,
            row.seq,
            row.command,
            row.position,
        )
        assert entry["facts"] == json.loads(row.facts)
        assert entry["head"] == row.head.hex()
        assert entry.get("text") == (row.text and json.loads(row.text))
        assert entry.get("salt") == (row.salt and row.salt.hex())
        assert entry.get("commitment") == (row.commitment and row.commitment.hex())
    assert LINES[1].startswith('{"command":"0123456789abcdef0123456789abcdef","facts":{"forecaster":1,')
    assert LINES[1].endswith(
        f'"head":"{ROWS[1].head.hex()}","kind":"forecast","position":1,'
        '"recorded_at":"2024-11-11T08:09:10.000250Z","seq":2,"v":1}'
    )


def test_out_in_and_out_again_is_byte_equal() -> None:
    data = written(ROWS)
    assert read(data) == ROWS
    assert written(read(data)) == data
    assert data == "".join(f"{line}\n" for line in LINES).encode()


def test_an_empty_file_is_an_empty_journal() -> None:
    assert read(b"") == []
    assert written([]) == b""


@pytest.mark.parametrize(
    "dressed",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.removesuffix(b"\n"),
    ],
    ids=["byte-order mark", "carriage returns", "no last line feed"],
)
def test_what_an_editor_adds_is_read_over(dressed: Callable[[bytes], bytes]) -> None:
    assert read(dressed(written(ROWS))) == ROWS


FORM = "keys sorted, no white space, nothing escaped without need"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda line: "", "an empty line: each line is one entry"),
        (lambda line: "  ", "an empty line: each line is one entry"),
        (lambda line: line[:-1], "not JSON: Expecting ',' delimiter at character"),
        (lambda line: "\ufeff\ufeff" + line, "not JSON: "),
        (lambda line: line.replace("rain", "ra\0in"), "not JSON: Invalid control character at character"),
        (lambda line: line.replace("rain", "ra\\u0000in"), "a NUL character in the text: take it out"),
        (lambda line: line.replace("rain", "ra\\ud800in"), "a lone surrogate at character 3 of the text: take it out"),
        (lambda line: line.replace('"question":1', '"question":1.5'), "the number 1.5 is a float"),
        (lambda line: line.replace('"question":1', '"question":NaN'), "the number NaN is a float"),
        (lambda line: line.replace('"question":1', '"question":' + 5000 * "1"), "an integer of 5000 digits"),
        (lambda line: line.replace('"question":1', '"question":1,"question":1'), "the key 'question' is given twice"),
        (lambda line: line.replace('"v":1', '"v":1,"v":1'), "the key 'v' is given twice"),
        (lambda line: line.replace('"question":1', '"question":' + 100_000 * "["), "nested more than 16 deep"),
        (lambda line: line.replace('"v":1', '"v":2'), "version 2 of the journal: this program reads version 1"),
        (lambda line: line.replace('"v":1', '"v":"2\\n"'), FORM),
        (lambda line: line.replace(',"v":1', ""), "an entry without 'v'"),
        (lambda line: line.replace('"position":0,', ""), "an entry without 'position'"),
        (lambda line: line.replace('"v":1', '"v":1,"w":1'), "an entry with 'w', which is not known"),
        (lambda line: f"[{line}]", "not an entry: a JSON object is expected"),
        (lambda line: "12", "not an entry: a JSON object is expected"),
        (lambda line: line.replace('"v":1', '"v": 1'), FORM),
        (lambda line: line.replace('"seq":1,', '"seq":"1",'), FORM),
        (lambda line: line.replace('"position":0', '"position":00'), "not JSON: Expecting ',' delimiter"),
        (lambda line: line.replace('"position":0', '"position":-1'), FORM),
        (lambda line: line.replace('"position":0', '"position":true'), FORM),
        (lambda line: line.replace("rain", "r\\u0061in"), FORM),
        (lambda line: line.replace('"facts":{', '"facts":{ '), FORM),
        (lambda line: line.replace('"head":"', '"head":"A'), FORM),
        (lambda line: line.replace('"command":"0', '"command":"'), FORM),
        (
            lambda line: line.replace("10.000250Z", "10.00025Z"),
            "recorded_at '2024-11-11T08:09:10.00025Z' is not in its one form",
        ),
        (lambda line: line.replace("11-11T08", "13-11T08"), "'2024-13-11T08:09:10.000250Z' names a day or a time"),
        (lambda line: line.replace('"question":1', '"question":0'), "facts of kind question: 'question' is not a"),
        (lambda line: line.replace('"key":"rain",', ""), "text of kind question: 'key' is missing"),
        (lambda line: line.replace('"kind":"question"', '"kind":"guess"'), "unknown kind of entry 'guess': one of"),
        (lambda line: line.replace('"rain"', '"rein"'), "the chain is broken: entry 1: text reads"),
        (lambda line: line.replace("2025-01", "2025-02"), "the chain is broken: entry 1: facts reads"),
    ],
)
def test_a_line_that_is_no_entry_is_refused(change: Callable[[str], str], problem: str) -> None:
    changed = change(LINES[0])
    assert changed != LINES[0]
    told = refused("\n".join([changed, *LINES[1:]]))
    assert told.startswith("j.jsonl, line 1: ")
    assert problem in told


def test_the_line_is_named() -> None:
    assert refused("\n".join([*LINES[:3], "{}"])) == "j.jsonl, line 4: an entry without 'command'"
    assert refused(b"\n".join([LINES[0].encode(), b"\xff"])) == "j.jsonl, line 2: not UTF-8 at byte 1"
    assert refused("\n".join([*LINES, ""])[:-1] + "\n\n") == "j.jsonl, line 5: an empty line: each line is one entry"


def test_a_broken_chain_is_refused_with_its_line() -> None:
    assert refused("\n".join([LINES[0], *LINES[2:]])) == "j.jsonl, line 2: the chain is broken: entry 2 is missing"
    assert refused("\n".join([LINES[0], LINES[2], LINES[1], LINES[3]])) == (
        "j.jsonl, line 2: the chain is broken: entry 2 and entry 3 are swapped"
    )


def test_a_missing_text_is_refused_at_the_end() -> None:
    assert refused("\n".join(LINES[:3])) == (
        "j.jsonl, line 3: the chain is broken: entry 3: text is missing, and no redaction names it"
    )


def test_a_line_without_end_is_not_read_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_lines, "LONGEST_LINE", 2000)
    assert read(written(ROWS)) == ROWS
    assert refused(" " * 2001) == "j.jsonl, line 1: a line of more than 2,000 bytes: no entry is so long"
    assert refused(" " * 2000) == "j.jsonl, line 1: an empty line: each line is one entry"


def test_form_can_be_read_apart_from_the_chain() -> None:
    data = "\n".join([LINES[1], LINES[0]]).encode()
    assert list(parse_lines(io.BytesIO(data), "j.jsonl")) == [ROWS[1], ROWS[0]]


def test_entries_come_one_by_one() -> None:
    entries = read_journal(io.BytesIO("\n".join([*LINES[:2], "{}"]).encode()), "j.jsonl")
    assert next(entries) == ROWS[0]
    assert next(entries) == ROWS[1]
    with pytest.raises(FileInputError):
        next(entries)
