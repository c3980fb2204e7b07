"""Files as they come: compressed, marked, cut, endless, in any line ends and any pieces."""

from __future__ import annotations

import gzip
import io
import time
import zlib
from pathlib import Path

import pytest
from csv_files import read_bytes, row, text
from hypothesis import given, settings
from hypothesis import strategies as st
from test_own_csv_bad_input import refusal

from ledger.errors import FileInputError
from ledger.formats.own_csv import read_csv, source
from ledger.formats.own_csv.records import open_quote

FILE = text(*(row(question_id=f"q{number}", comment='"a\r\nb"') for number in range(50)))


class Trickle(io.RawIOBase):
    """A pipe that gives a few bytes at a time and cannot be wound back."""

    def __init__(self, data: bytes, piece: int) -> None:
        super().__init__()
        self._rest, self._piece = data, piece

    def read(self, size: int = -1) -> bytes:
        piece = self._rest[: min(size, self._piece)]
        self._rest = self._rest[len(piece) :]
        return piece


def test_a_gzipped_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "plain.csv"
    path.write_bytes(gzip.compress(FILE))
    assert len(read_csv(path)) == 50
    path.write_bytes(gzip.compress(FILE[:500]) + gzip.compress(FILE[500:]))
    assert len(read_csv(str(path))) == 50


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_any_line_end_will_do(end: bytes) -> None:
    sheet = read_bytes(text(row(), row(forecaster="bob")).replace(b"\n", end))
    assert (len(sheet), list(sheet.line)) == (2, [2, 3])


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + FILE, gzip.compress(b"\xef\xbb\xbf" + FILE, mtime=0), FILE[:-1]])
def test_a_byte_order_mark_and_a_missing_last_line_end_are_accepted(data: bytes) -> None:
    assert len(read_bytes(data)) == 50


@given(st.integers(1, 400), st.integers(1, 400))
@settings(max_examples=40)
def test_the_pieces_in_which_a_file_comes_do_not_matter(piece: int, chunk: int) -> None:
    data = text(row(title="näh 雨"), row(question_id="q2", reason='"ä\n雨"')).replace(b"\n", b"\r\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(source, "CHUNK", chunk)
        sheet = read_csv(Trickle(data, piece), name="pipe")
    assert (sheet.questions[0].title, sheet.extras[1].reason, list(sheet.line)) == ("näh 雨", "ä\r\n雨", [2, 3])


@pytest.mark.parametrize("keep", [20, 200, -9, -1])
def test_a_file_that_is_cut_short_is_refused(keep: int) -> None:
    assert "damaged or cut short" in refusal(gzip.compress(FILE)[:keep]).problem


def test_a_changed_byte_in_a_compressed_file_is_noticed() -> None:
    data = bytearray(gzip.compress(FILE))
    data[-6] ^= 1  # of the checksum
    assert "damaged" in refusal(bytes(data)).problem


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path, problem in ((tmp_path, "Is a directory"), (tmp_path / "none.csv", "No such file")):
        with pytest.raises(FileInputError, match=f"cannot be read: {problem}"):
            read_csv(path)


def test_progress_counts_the_bytes_of_the_file() -> None:
    data = gzip.compress(text(*(row(question_id=f"q{number}") for number in range(10_000))))
    seen: list[int] = []
    read_csv(io.BytesIO(data), name="f.csv", progress=seen.append)
    assert seen == sorted(seen)
    assert (len(seen) > 3, seen[-1]) == (True, len(data))


def test_what_progress_raises_ends_the_reading() -> None:
    def stop(_: int) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        read_csv(io.BytesIO(FILE), name="f.csv", progress=stop)


def bomb(unit: bytes, size: int) -> bytes:
    """A gzipped file of the plain columns and then ``size`` bytes of one unit, made without holding it."""
    packer, megabyte = zlib.compressobj(9, wbits=31), unit * ((1 << 20) // len(unit))
    return b"".join([packer.compress(FILE), *(packer.compress(megabyte) for _ in range(size >> 20)), packer.flush()])


@pytest.mark.parametrize(
    ("unit", "problem"),
    [
        (b"x", "longer than 4 MB"),
        (b",", "longer than 4 MB"),
        (b'"\n",', "longer than 4 MB"),
        (b'"\n', "where the first"),
    ],
)
def test_a_record_without_an_end_is_refused_early(unit: bytes, problem: str) -> None:
    data = bomb(unit, 64 << 20)
    begun = time.perf_counter()
    error = refusal(data)
    assert time.perf_counter() - begun < 5
    assert error.line == 102
    assert problem in error.problem


@pytest.mark.parametrize(
    ("record", "below"),
    [
        ('a,"b', 0),
        ('a,"b\nc",d,"e\nf', 1),
        ('"a ""b""\n",c\n"d', 2),
        ('a,"b"c,d', 0),
        ('a"b,c', None),
        ('"a","b"\r\nc\rd,"e', 2),
        ("", None),
    ],
)
def test_where_a_quote_was_left_open(record: str, below: int | None) -> None:
    assert open_quote(record) == below
