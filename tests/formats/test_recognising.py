"""What a file is, its content says: never its name, and only what is in doubt is asked."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from reading_samples import FORMS, GIVEN, SAMPLES, paths_of, read, read_sample, written

from ledger.domain.text import safe_text
from ledger.errors import FileInputError, InputError, NotFoundError
from ledger.formats.opening import MOST_MEMBERS, opened
from ledger.formats.registry import READERS, recognise
from ledger.formats.sheet import Sheet


def told(sheet: Sheet) -> object:
    """Everything that a sheet says, but for its name and what messages call its parts."""
    return (
        sheet.form, sheet.questions, sheet.forecasters, sheet.question_of, sheet.forecaster_of, sheet.made_at,
        sheet.probability, sheet.line, sheet.extras, sheet.remarks,
    )  # fmt: skip


def test_every_sample_is_used() -> None:
    here = {path.name for path in SAMPLES.iterdir() if path.name != "forecastbench-latest.json"}
    assert here >= set(FORMS)


@pytest.mark.parametrize("sample", FORMS)
def test_a_sample_is_recognised_without_its_name(tmp_path: Path, sample: str) -> None:
    copies = [written(tmp_path, path.read_bytes(), f"{at}.dat") for at, path in enumerate(paths_of(sample))]
    assert recognise(opened(copies)).name == FORMS[sample]


@pytest.mark.parametrize("sample", FORMS)
def test_packed_or_marked_it_says_the_same(tmp_path: Path, sample: str) -> None:
    paths, plain = paths_of(sample), told(read_sample(sample))
    zipped = tmp_path / "a"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in paths:
            archive.write(path, f"folder/{path.name}")
    assert told(read(zipped)) == plain
    if len(paths) == 1:
        content = paths[0].read_bytes()
        assert told(read(written(tmp_path, gzip.compress(content), "b"))) == plain
        assert told(read(written(tmp_path, b"\xef\xbb\xbf" + content, "c"))) == plain


@pytest.mark.parametrize("sample", FORMS)
def test_windows_line_ends_change_nothing(tmp_path: Path, sample: str) -> None:
    paths = []
    for path in paths_of(sample):
        content = path.read_bytes()
        assert b"\r" not in content
        paths.append(written(tmp_path, content.replace(b"\n", b"\r\n"), path.name))
    before, after = read_sample(sample), read(*paths)
    assert [one.key for one in after.questions] == [one.key for one in before.questions]
    assert (after.made_at, after.probability, after.line) == (before.made_at, before.probability, before.line)


@pytest.mark.parametrize(
    "content",
    [b"\x00\x01\x02", b"{}", b"[]", b'{"some": "thing"}', b"just a few words\nand more", b"a" * 70_000, b"[1, 2"],
)
def test_what_is_no_format_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileInputError) as refusal:
        read(written(tmp_path, content))
    said = str(refusal.value)
    if "no format was recognised" in said:
        assert "--from" in said
        assert "fatebook-csv" in said
    assert said.startswith("file, line 1: ")


def test_what_might_be_several_is_asked(tmp_path: Path) -> None:
    both = [paths_of("fatebook-current.csv")[0], paths_of("prt.tsv")[0]]
    with pytest.raises(FileInputError, match=r"this may be .*\(--from prt\): say which"):
        read(*both)
    assert len(read(paths_of("prt.tsv")[0], origin="prt")) == 3


def test_from_overrules_and_knows_its_formats() -> None:
    path = paths_of("prt.tsv")[0]
    with pytest.raises(NotFoundError, match="did you mean 'prt'"):
        read(path, origin="prtt")
    assert read(path, origin="PRT ").form == "prt"
    with pytest.raises(FileInputError):
        read(path, origin="manifold")


@pytest.mark.parametrize("name", [one.name for one in READERS if one.name not in {"csv", "jsonl"}])
@pytest.mark.parametrize("sample", ["prt.tsv", "fatebook-current.csv", "cleodora.json", "metaculus", "predictions.md"])
def test_another_format_forced_on_a_file_is_refused_or_reads_nothing(name: str, sample: str) -> None:
    if FORMS[sample] == name or name == "table":
        return
    try:
        sheet = read(*paths_of(sample), origin=name)
    except InputError as refusal:
        assert "\n" not in safe_text(str(refusal))
    else:
        assert not len(sheet)
        assert not sheet.questions


OWN = "question_id,title,forecaster,probability,forecast_at,deadline,outcome\n"


@pytest.mark.parametrize("origin", ["csv", "xlsx", "parquet", "jsonl"])
def test_files_of_the_ledger_itself_come_alone(tmp_path: Path, origin: str) -> None:
    paths = [written(tmp_path, OWN, name) for name in "ab"]
    with pytest.raises(InputError, match="comes alone"):
        read(*paths, origin=origin)
    with pytest.raises(InputError):
        read(*paths)


@pytest.mark.parametrize("origin", [None, "csv"])
def test_our_own_csv_may_be_in_a_zip_and_a_journal_may_not(tmp_path: Path, origin: str | None) -> None:
    row = "q,Q?,ann,0.5,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,1\n"
    zipped = tmp_path / "own"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("inside", OWN + row)
    assert [one.key for one in read(zipped, origin=origin).questions] == ["q"]
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("inside", '{"command":"","facts":{},"head":"","kind":"forecast","position":0}')
    with pytest.raises(InputError, match="holds a journal in a zip: unpack it" if origin is None else "inside, line 1"):
        read(zipped, origin=origin)


def test_a_zip_of_too_many_or_too_much_is_refused(tmp_path: Path) -> None:
    many = tmp_path / "many"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(f"{number}", b"")
    with pytest.raises(FileInputError, match="1,001 members are too many"):
        read(many)
    large = tmp_path / "large"
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}", bytes(100_000_000))
    with pytest.raises(FileInputError, match="unpack"):
        read(large)


def test_a_broken_zip_and_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileInputError, match="damaged or cut short"):
        read(written(tmp_path, b"PK\x03\x04 nothing"))
    text = paths_of("fatebook-current.csv")[0].read_text(encoding="utf-8")
    with pytest.raises(FileInputError, match="UTF-8"):
        read(written(tmp_path, text.encode("utf-16")), origin="fatebook-csv")
    broken = text.replace("Ada", "Ad\xe1").encode("latin-1", "replace")
    with pytest.raises(FileInputError, match="line 2: this line is not UTF-8"):
        read(written(tmp_path, broken))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"items": [{"title": "x", "resolveBy": ' + "[" * 100_000, "nested deeper than 64 levels"),
        ('{"items": [{"title": "x", "resolveBy": ' + "9" * 5_000 + "}]}", "more than 400 digits"),
        ('{"items": [{"title": "x", "resolveBy": 0.' + "9" * 5_000 + "}]}", "more than 400"),
        ('{"items": [{"title": "x", "resolveBy": NaN}]}', "NaN is no number"),
        ('{"items": [{"title": "x", "resolveBy": "2025"', "not JSON from here on"),
        ('{"items": [{"title": "x",\n "resolveBy": oops}]}', "line 2: not JSON"),
        ('{"items": {"title": "x", "resolveBy": "2025-01-01"}}', "a list of records was expected"),
        ('{"items": [3], "title": "", "resolveBy": 1}', "record 1: an object was expected"),
    ],
)
def test_json_beyond_its_limits_is_refused(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(FileInputError) as refusal:
        read(written(tmp_path, content), origin="fatebook-json")
    assert said in str(refusal.value)


@pytest.mark.parametrize("sample", [name for name in FORMS if name.endswith(".json")])
def test_a_field_of_another_type_is_refused_with_its_record(tmp_path: Path, sample: str) -> None:
    """Each field of a sample in turn is another type: refused with its place, or of no account; never a traceback."""
    whole = json.loads(paths_of(sample)[0].read_text(encoding="utf-8"))
    refused = 0
    for change in _changed(whole):
        try:
            read(written(tmp_path, json.dumps(change)), origin=FORMS[sample], given=GIVEN)
        except FileInputError as refusal:
            assert str(refusal).startswith("file")
            refused += 1
    assert refused > 3


def _changed(whole: object) -> list[object]:
    """The value with each of its fields exchanged for a list of lists, one by one."""
    text = json.dumps(whole)
    found = []

    def walk(value: object, way: tuple[object, ...]) -> None:
        if isinstance(value, dict):
            for key, inside in value.items():
                found.append((*way, key))
                walk(inside, (*way, key))
        elif isinstance(value, list):
            for at, inside in enumerate(value[:2]):
                found.append((*way, at))
                walk(inside, (*way, at))

    walk(whole, ())
    changed = []
    for way in found:
        copy = json.loads(text)
        inside = copy
        for step in way[:-1]:
            inside = inside[step]
        inside[way[-1]] = [[True]]
        changed.append(copy)
    return changed
