"""Small files that would take more memory or time than there is, made in a moment."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

OWN = "question_id,title,forecaster,probability,forecast_at,deadline,outcome"
ROW = "q1,Will it rain?,ann,0.7,2024-01-01T00:00:00Z,2024-12-31T23:59:59Z,\n"
MEGABYTE = 1 << 20
FATEBOOK = b'{"items":[{"id":"1","title":"x","forecasts":[{"forecast":"0.5","createdAt":"2024-01-01"}],"resolveBy":"x",'
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(path: Path, sheet: Iterator[bytes], strings: Iterator[bytes] | None = None) -> None:
    """A workbook of one sheet whose parts are given in pieces."""
    rels = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATED}/{{}}" Target="{{}}"/></Relationships>'
    )
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><sheets><sheet name="s" r:id="r1"/></sheets></workbook>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", rels.format("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", rels.format("worksheet", "worksheets/sheet1.xml"))
        for name, pieces in (
            ("xl/worksheets/sheet1.xml", sheet),
            ("xl/sharedStrings.xml", strings or iter([f'<sst xmlns="{MAIN}"/>'.encode()])),
        ):
            with archive.open(name, "w") as part:
                for piece in pieces:
                    part.write(piece)


def own_header() -> bytes:
    cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in OWN.split(","))
    return f'<worksheet xmlns="{MAIN}"><sheetData><row>{cells}</row>'.encode()


def sparse(path: Path, start: bytes, size: int) -> None:
    """A file of ``size`` bytes that takes none on disk: ``start``, and then zeros."""
    with path.open("wb") as stream:
        stream.write(start)
        stream.truncate(size)


def gzipped(path: Path, start: bytes, piece: bytes, times: int) -> None:
    """A gzip of ``start`` and ``piece`` repeated; a deflated block is copied, so that it is made at once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    with path.open("wb") as stream:
        stream.write(b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + head + block * times + packer.flush() + b"\0" * 8)


def zip_of(path: Path, member: str, head: bytes, piece: bytes, times: int) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(member, "w") as part,
    ):
        part.write(head)
        for _ in range(times):
            part.write(piece)


def nested_zip(path: Path) -> None:
    """Zips of zips of zips, each level sixteen times the one inside it."""
    data, name = b"\0" * (8 * MEGABYTE), "zeros"
    for level in range(4):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(16 if level else 1):
                archive.writestr(f"{name}{copy}", data)
        data, name = stream.getvalue(), f"level{level}.zip"
    path.write_bytes(data)


def many_members(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(30_000):
            archive.writestr(zipfile.ZipInfo(f"{number:040}"), b"")


def laughs(path: Path) -> None:
    entities = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
    text = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><sst xmlns="{MAIN}"><si><t>&l9;</t></si></sst>'
    workbook(path, iter([own_header(), b"</sheetData></worksheet>"]), iter([text.encode()]))


def outside_entity(path: Path) -> None:
    text = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}">&e;</worksheet>'
    workbook(path, iter([text.encode()]))


def many_rows(path: Path) -> None:
    """600,000 rows in about 3 MB."""
    rows = b"".join(
        b'<row r="%d"><c t="n"><v>%d</v></c><c t="n"><v>1</v></c></row>' % (at, at) for at in range(2, 30_001)
    )
    tail = b"".join(b'<row><c t="n"><v>%d</v></c><c t="n"><v>1</v></c></row>' % at for at in range(30_000)) * 19
    workbook(path, iter([own_header(), rows, tail, b"</sheetData></worksheet>"]))


def many_good_rows(path: Path) -> None:
    """The same of the ledger's own columns, all as they should be."""
    cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in ROW.strip().split(",") if cell)
    workbook(path, iter([own_header(), *[f"<row>{cells}</row>".encode() * 10_000] * 60, b"</sheetData></worksheet>"]))


def lying_size(path: Path) -> None:
    """A member that says it is small."""
    zip_of(path, "x.csv", OWN.encode(), b"\0" * MEGABYTE, 300)
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\1\2")
    struct.pack_into("<L", data, place + 24, 1000)
    path.write_bytes(data)


def tall_parquet(path: Path) -> None:
    table = pa.table(
        {name: pa.nulls(20_000_000, pa.bool_()) for name in ("question_id", "title", "forecast_at", "deadline")}
    )
    pq.write_table(table, path, row_group_size=20_000_000)


def wide_parquet(path: Path) -> None:
    long = "a" * (100 * MEGABYTE)
    names = OWN.split(",")
    pq.write_table(
        pa.table({name: pa.array([long if name == "title" else "x"]) for name in names}), path, compression="zstd"
    )


def thick_dictionary(path: Path) -> None:
    """One text of 60 MB that five thousand rows point to: spelt out it would be 300 GB."""
    import random

    long = random.Random(1).randbytes(30 * MEGABYTE).hex()
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 5000, pa.int32()), pa.array([long]))
    names = [name for name in OWN.split(",") if name != "title"]
    columns = {"title": texts, **{name: pa.array(["x"] * 5000) for name in names}}
    pq.write_table(pa.table(columns), path, compression="none")


def long_footer(path: Path) -> None:
    path.write_bytes(b"PAR1" + b"\0" * MEGABYTE + struct.pack("<I", 0x7FFFFFFF) + b"PAR1")


def own_then(text: bytes, size: int) -> Callable[[Path], None]:
    return lambda path: sparse(path, OWN.encode() + b"\n" + text, size)


BOMBS: dict[str, Callable[[Path], object]] = {
    "gzip of one line of 4 GB": lambda path: gzipped(path, OWN.encode() + b"\n", b"a" * MEGABYTE, 4096),
    "gzip of 40 million rows": lambda path: gzipped(path, OWN.encode() + b"\n", ROW.encode() * 14_000, 3000),
    "gzip of 4 GB of JSON": lambda path: gzipped(path, FATEBOOK, b" " * MEGABYTE, 4096),
    "one line of 2 GB": own_then(b"q1,", 2 << 30),
    "one quoted cell of 2 GB": own_then(b'q1,"', 2 << 30),
    "a table's one line of 2 GB": lambda path: sparse(path, b"Question,Chance,Due\na,1,2024-01-01\n,", 2 << 30),
    "2 GB of nothing": lambda path: sparse(path, b"", 2 << 30),
    "JSON and 2 GB of nothing": lambda path: sparse(path, FATEBOOK, 2 << 30),
    "10 million columns": lambda path: path.write_text("Question," + "a," * 10_000_000 + "\nx,1\n"),
    "10 million columns of ours": lambda path: path.write_text(OWN + ",a" * 10_000_000 + "\n" + ROW),
    "a record of 10 million cells": lambda path: path.write_text("Question,Chance,Due\n" + '"a\nb",' * 4_000_000),
    "JSON 100,000 deep": lambda path: path.write_bytes(FATEBOOK + b'"x":' + b"[" * 100_000),
    "an entry 100,000 deep": lambda path: path.write_text(
        '{"command":1,"facts":{"x":' + "[" * 100_000 + ',"head":1,"seq":1'
    ),
    "30 million lists": lambda path: path.write_bytes(FATEBOOK + b'"x":[' + b"[]," * 20_000_000),
    "60 million numbers": lambda path: path.write_bytes(FATEBOOK + b'"x":[' + b"0," * 30_000_000),
    "an integer of 5,000 digits": lambda path: path.write_bytes(FATEBOOK + b'"x":' + b"9" * 5000 + b"}]}"),
    "an integer of 40 million digits": lambda path: path.write_bytes(FATEBOOK + b'"x":' + b"9" * 40_000_000 + b"}]}"),
    "zip of 300 MB of zeros": lambda path: zip_of(path, "x.csv", OWN.encode(), b"\0" * MEGABYTE, 300),
    "zips in zips in zips": nested_zip,
    "30,000 members": many_members,
    "a member that lies": lying_size,
    "a workbook of 600,000 rows": many_rows,
    "a workbook of 600,000 good rows": many_good_rows,
    "a workbook's strings of 200 MB": lambda path: workbook(
        path,
        iter([own_header()]),
        iter([f'<sst xmlns="{MAIN}">'.encode(), *[b"<si><t>abcdefg</t></si>" * 10_000] * 900]),
    ),
    "a billion laughs": laughs,
    "an entity from outside": outside_entity,
    "a tag of 40 MB": lambda path: workbook(
        path, iter([f'<worksheet xmlns="{MAIN}" a="'.encode(), *[b"a" * MEGABYTE] * 40])
    ),
    "elements a million deep": lambda path: workbook(
        path, iter([f'<worksheet xmlns="{MAIN}">'.encode(), b"<a>" * 1_000_000])
    ),
    "a cell of 40 MB": lambda path: workbook(
        path, iter([own_header(), b'<row><c t="inlineStr"><is><t>', *[bytes(range(97, 123)) * 40_000] * 40])
    ),
    "a column beyond the last": lambda path: workbook(
        path, iter([own_header(), b'<row><c r="ZZZZ2"><v>1</v></c></row>'])
    ),
    "Parquet of 20 million rows": tall_parquet,
    "Parquet with a text of 100 MB": wide_parquet,
    "Parquet with a long text often": thick_dictionary,
    "Parquet with an endless footer": long_footer,
}
"""By what it is, what makes it at a path."""


def unpacked(path: Path) -> bytes:
    """The first bytes of a gzip, to see that it is one."""
    with gzip.open(path) as stream:
        return stream.read(64)
