"""Fatebook in its three forms: its headers, its seconds, its scales, its options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading_samples import SAMPLES, question, read, read_sample, stated, told, written

from ledger.domain.instants import format_instant
from ledger.errors import FileInputError

FERRY = "fatebook:5cb3849a8aae8495399d"


@pytest.mark.parametrize("sample", ["fatebook-current.csv", "fatebook-between.csv"])
def test_the_headers_are_told_apart_by_their_names(sample: str) -> None:
    sheet = read_sample(sample)
    ferry = question(sheet, FERRY)
    assert ferry.title == "Will the ferry to Norn run on 1 March?"
    assert (ferry.outcome, format_instant(ferry.known_at)) == ("yes", "2025-03-01T18:05:09Z")
    assert ferry.source_url == "https://fatebook.io"
    assert stated(sheet, FERRY) == [("Ada Brink", "0.7", 2), ("Ada Brink", "0.85", 3), ("Bo Lund", "0", 4)]


def test_the_older_header_has_other_names_in_another_order() -> None:
    (bakery,) = read_sample("fatebook-older.csv").questions
    assert (bakery.outcome, format_instant(bakery.known_at)) == ("no", "2023-03-30T10:00:00Z")


def test_columns_in_any_order_say_the_same(tmp_path: Path) -> None:
    lines = (SAMPLES / "fatebook-older.csv").read_text(encoding="utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    assert all(len(row) == 11 for row in cells)
    turned = "\n".join(",".join(reversed(row)) for row in cells)
    before, after = read_sample("fatebook-older.csv"), read(written(tmp_path, turned))
    assert [(one.key, one.outcome) for one in after.questions] == [(one.key, one.outcome) for one in before.questions]
    assert after.probability == before.probability


def test_options_and_ambiguity() -> None:
    sheet = read_sample("fatebook-current.csv")
    kestrel, heron, mill = sheet.questions[1:4]
    assert kestrel.title == 'Who wins the "Grey Cup" of chess? — Kestrel club'
    assert (kestrel.outcome, heron.outcome, mill.outcome) == ("no", "yes", "void")
    assert mill.void_reason == "ambiguous on Fatebook"
    assert told(sheet, "assumed")["options of multiple choice, each a yes-or-no question of its own"] == 2


def test_what_stays_behind_is_named() -> None:
    (warning,) = told(read_sample("fatebook-current.csv"), "warning")
    for column in ("Your Brier score for this question", "Question comments", "Question shared with"):
        assert repr(column) in warning


def test_a_title_and_time_are_what_a_question_is_known_by(tmp_path: Path) -> None:
    text = (SAMPLES / "fatebook-older.csv").read_text(encoding="utf-8")
    moved = text.replace('"Ada Brink","2023-02-01 08:00:5",NO', '"Ada Brink","2023-02-01 08:00:6",NO')
    before, after = (read(written(tmp_path, one)).questions[0].key for one in (text, moved))
    assert before != after


def test_a_row_without_a_forecast_brings_its_question(tmp_path: Path) -> None:
    text = (SAMPLES / "fatebook-older.csv").read_text(encoding="utf-8").replace('"Ada Brink",0.25,', '"Ada Brink",,')
    sheet = read(written(tmp_path, text))
    assert (len(sheet.questions), len(sheet)) == (1, 1)
    assert told(sheet, "dropped") == {"rows without a forecast, beyond their question": 1}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("0.25", "1.25", "line 2, column Forecast (scale = 0-1): probability '1.25' is not between 0 and 1"),
        (",NO,", ",MAYBE,", "line 2, column Question resolution: 'MAYBE' is none of: yes, no, ambiguous"),
        ("08:00:5", "25:00:5", "line 2, column Question created at: '2023-02-01 25:00:5' names a day or a time"),
        ('"Will the bakery on Quay Street open?"', '""', "line 2, column Question title: this may not be empty"),
        ('customers."', 'customers.",x', "line 2: 12 cells under 11 columns"),
        ('customers."', "customers.", "a quote is not closed"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_column(tmp_path: Path, before: str, after: str, said: str) -> None:
    text = (SAMPLES / "fatebook-older.csv").read_text(encoding="utf-8")
    with pytest.raises(FileInputError) as refusal:
        read(written(tmp_path, text.replace(before, after, 2 if "created" in said else 1)))
    assert said in str(refusal.value)


def test_the_api() -> None:
    sheet = read_sample("fatebook-questions.json")
    assert [one.key for one in sheet.questions] == ["fatebook:cq1", "fatebook:cq2:o1", "fatebook:cq2:o2"]
    assert stated(sheet, "fatebook:cq1") == [
        ("Ada Brink", "0.7", 1), ("Ada Brink", "0.85", 1), ("Fatebook user u2", "0", 1),
    ]  # fmt: skip
    assert sheet.extras[1].comment == "calmer now"
    assert told(sheet, "dropped") == {"comments on questions": 1, "questions of type 'QUANTITY'": 1}


def test_a_list_of_questions_and_a_single_one() -> None:
    whole = json.loads((SAMPLES / "fatebook-questions.json").read_text(encoding="utf-8"))
    assert len(whole["items"]) == 3
    (single,) = read_sample("fatebook-question.json").questions
    assert single.key.startswith("fatebook:")
    assert single.key != "fatebook:None"


def test_the_options_of_a_single_question_are_named_by_its_forecasts(tmp_path: Path) -> None:
    text = json.dumps({
        "title": "Who?", "type": "MULTIPLE_CHOICE", "resolution": "Heron", "resolveBy": "2026-01-01T00:00:00Z",
        "resolvedAt": "2025-12-01T00:00:00Z", "createdAt": "2025-01-01T00:00:00Z", "forecasts": [
            {"forecast": 0.3, "createdAt": "2025-01-02T00:00:00Z", "user": {"name": "Ada"},
             "option": {"id": "o1", "text": "Heron"}},
            {"forecast": "0.6", "createdAt": "2025-01-02T00:00:00Z", "user": {"name": "Ada"},
             "option": {"id": "o2", "text": "Kestrel"}}],
    })  # fmt: skip
    sheet = read(written(tmp_path, text))
    assert [(one.title, one.outcome) for one in sheet.questions] == [("Who? — Heron", "yes"), ("Who? — Kestrel", "no")]
    assert [one.decimal for one in sheet.probability if one] == ["0.3", "0.6"]


def test_the_spreadsheet_is_in_percent_and_the_export_is_not() -> None:
    sheet = read_sample("fatebook-import.csv")
    assert [one.decimal for one in sheet.probability if one] == ["0.7", "0.85", "0", "1"]
    pond, choir, well = sheet.questions
    assert (pond.outcome, choir.outcome, well.outcome) == ("yes", None, "void")
    assert pond.tags == ("weather", "norn")
    assert pond.criteria == "Thick enough to stand on.\n\nAsked by the school."
    assert (format_instant(pond.deadline), pond.zone) == ("2025-02-01T23:59:59Z", "UTC")
    assert [format_instant(at) for at in sheet.made_at][:2] == ["2024-12-01T00:00:00Z", "2024-12-20T00:00:00Z"]
