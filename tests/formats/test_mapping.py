"""Somebody's own table: its columns guessed, shown, said otherwise, kept and used again."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import Quick

from ledger.domain.instants import format_instant
from ledger.errors import FileInputError, InputError
from ledger.formats.any_table import Table, separator_of
from ledger.formats.guessing import guess_columns
from ledger.formats.mapping import FIELDS, Columns, mapping_text, read_mapping, read_options
from ledger.formats.table_dates import order_of, table_time
from ledger.formats.table_values import Manner, read_outcome, read_stated, unit_of

MINE = """Prediction,My %,Date made,Due,Came true?,Area,Thoughts
Will it rain in Bern?,70%,01/02/2024,31/12/2024,yes,"weather, swiss",likely so
Will it snow?,30,15/02/2024,31/12/2024,no,weather,
Do they win?,5,01/03/2024,30/06/2027,,sport,hm
"""


def table(*rows: str) -> Table:
    header, *below = [row.split("|") for row in rows]
    return Table(header, [(line, cells) for line, cells in enumerate(below, 2)])


def put(folder: Path, text: str, *, name: str = "mine.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "value", "low_high"),
    [
        ("70%", "0.7", None),
        ("70 %", "0.7", None),
        ("70", "0.7", None),
        ("0,5", "0.005", None),
        ("12,5 %", "0.125", None),
        ("1:4", "0.2", None),
        ("1 in 8", "0.125", None),
        ("~60", "0.6", None),
        ("20-40", "0.3", ("0.2", "0.4")),
        ("20–40 %", "0.3", ("0.2", "0.4")),
        ("20% to 40%", "0.3", ("0.2", "0.4")),
    ],
)
def test_a_probability_is_read_as_people_write_it(text: str, value: str, low_high: tuple[str, str] | None) -> None:
    stated, extra = read_stated(text, Manner("percent"))
    assert stated.decimal == value
    limits = extra and extra.low and extra.high and (extra.low.decimal, extra.high.decimal)
    assert (limits or None) == low_high


@pytest.mark.parametrize("text", ["", "170%", "x1", "1e999", "nan", "9" * 5000, "1:0x", "--5", "50-20"])
def test_what_is_no_probability_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_stated(text, Manner("percent"))


@pytest.mark.parametrize(
    ("cells", "named", "unit"),
    [
        (["0.7", "0.1", "1"], False, "fraction"),
        (["70", "1", "0"], False, "percent"),
        (["0.5", "70"], False, "mixed"),
        (["0.5", "70"], True, "percent"),
        (["1", "0"], False, "fraction"),
        (["1", "0"], True, "percent"),
        (["0.3", "0.5"], True, "fraction"),
        (["70%", "0.5"], False, "fraction"),
    ],
)
def test_fractions_and_percent_are_told_apart_or_asked_about(cells: list[str], named: bool, unit: str) -> None:
    assert unit_of(enumerate(cells, 2), percent_named=named)[0] == unit


@pytest.mark.parametrize(
    ("cell", "order", "end", "instant"),
    [
        ("31/12/2024", "dmy", True, "2024-12-31T23:59:59Z"),
        ("12/31/2024", "mdy", False, "2024-12-31T00:00:00Z"),
        ("3.4.2024", None, False, "2024-04-03T00:00:00Z"),
        ("3-4-24", "mdy", False, "2024-03-04T00:00:00Z"),
        ("Jan 3, 2024", None, False, "2024-01-03T00:00:00Z"),
        ("3rd March 2024", None, False, "2024-03-03T00:00:00Z"),
        ("3/4/2024 5:07 PM", "dmy", False, "2024-04-03T17:07:00Z"),
        ("45291", None, False, "2023-12-31T00:00:00Z"),
        ("1704067200", None, False, "2024-01-01T00:00:00Z"),
        ("2024-01-01T00:00:00+02:00", None, False, "2023-12-31T22:00:00Z"),
        ("12/31/2024 12:30 a.m.", "mdy", False, "2024-12-31T00:30:00Z"),
    ],
)
def test_a_day_is_read_as_people_write_it(cell: str, order: str | None, end: bool, instant: str) -> None:
    assert format_instant(table_time(cell, order, "UTC", end=end).instant) == instant


@pytest.mark.parametrize("cell", ["31/02/2024", "x", "13 Foo 2024", "99999999999999", "1/1/2024 13:00 pm", "0" * 500])
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(InputError):
        table_time(cell, "dmy", "UTC")


def test_the_order_of_days_is_decided_by_the_data_or_left_open() -> None:
    assert order_of(["1/2/2024", "31/12/2024"]) == "dmy"
    assert order_of(["1/2/2024", "12/31/2024"]) == "mdy"
    assert order_of(["1.2.2024"]) == "dmy"
    assert order_of(["1/2/2024", "3/4/2024"]) is None
    with pytest.raises(InputError, match="begins with the day and"):
        order_of(["31/12/2024", "12/31/2024"])


@given(st.dates(), st.sampled_from(["dmy", "mdy"]))
def test_any_day_comes_back_from_its_numbers(day: object, order: str) -> None:
    import datetime

    assert isinstance(day, datetime.date)
    first, second = (day.day, day.month) if order == "dmy" else (day.month, day.day)
    told = table_time(f"{first}/{second}/{day.year:04}", order, "UTC")
    assert format_instant(told.instant)[:10] == day.isoformat()


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [("Yes", "yes"), ("0", "no"), ("came true", "yes"), ("", None), ("?", None), ("Void", "void"), ("30%", "0.3")],
)
def test_an_outcome_is_read_as_people_write_it(cell: str, outcome: str | None) -> None:
    assert read_outcome(cell, {}) == outcome


def test_right_is_not_taken_for_happened() -> None:
    with pytest.raises(InputError, match="was the forecaster right, or did it happen"):
        read_outcome("right", {})
    assert read_outcome("Right", {"right": "no"}) == "no"


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (
            ("Question|Probability|Deadline|Outcome", "Will it?|0.7|2024-12-31|yes"),
            {"title": "Question", "probability": "Probability", "deadline": "Deadline", "outcome": "Outcome"},
        ),
        (
            ("Forecast|Confidence (%)|By|Resolved|Resolved on", "Will it be?|70|2024-12-31|yes|2024-11-01"),
            {
                "title": "Forecast",
                "probability": "Confidence (%)",
                "deadline": "By",
                "outcome": "Resolved",
                "resolved_at": "Resolved on",
            },
        ),
        (
            ("Claim|Forecast|Who|By when", "Will it be?|70%|ann|2024-12-31"),
            {"title": "Claim", "probability": "Forecast", "forecaster": "Who", "deadline": "By when"},
        ),
        (
            ("A|B|C", "Will it be dry?|70%|2024-12-31", "Will it be wet?|20%|2024-12-31"),
            {"title": "A", "probability": "B", "deadline": "C"},
        ),
        (
            ("Prediction|By|Chance|Made by", "Will it be dry?|2024-12-31|1:4|bo"),
            {"title": "Prediction", "deadline": "By", "probability": "Chance", "forecaster": "Made by"},
        ),
    ],
)
def test_columns_are_guessed_from_names_and_values(rows: tuple[str, ...], columns: dict[str, str]) -> None:
    assert guess_columns(table(*rows), {}) == columns


def test_what_is_said_is_never_guessed_over() -> None:
    rows = ("Question|Probability|Deadline", "Will it?|0.7|2024-12-31")
    assert guess_columns(table(*rows), {"deadline": "", "title": "Deadline"}) == {
        "title": "Deadline",
        "probability": "Probability",
    }


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_separators_are_told_by_the_first_lines(sign: str) -> None:
    lines = [["Question", "My, chance; of|it", "Due"], ["Will it, or not?", "70%", "x"], ["a; b", "0,5", "y"]]
    text = "\n".join(sign.join(f'"{cell}"' for cell in line) for line in lines)
    assert separator_of(text) == sign


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize(("above", "line"), [("Mine of 2026\n", 2), ("Mine of 2026,,,\n", 2), ("\n Mine\n\nNew\n", 5)])
def test_a_title_above_the_header_is_told_as_one(
    above: str, line: int, sign: str, empty: Quick, tmp_path: Path
) -> None:
    text = above + "Question,Chance,Made,Due\nWill it rain?,70%,2026-01-01,2027-01-01\n"
    refused = empty("import", put(tmp_path, text.replace(",", sign)), "--from", "table", status=1)
    first = 2 if line == 5 else 1
    told = f"line {first}: looks like a title rather than a header, having one cell where line {line} has 4: remove"
    assert told in refused.err


names = st.sampled_from(sorted(FIELDS))
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).map(str.strip).filter(bool)
mappings = st.builds(
    Columns,
    st.dictionaries(names, words),
    st.dictionaries(words.map(str.casefold), st.sampled_from(["yes", "no", "void", "open"])),
    st.sampled_from([None, "percent", "fraction"]),
    st.sampled_from([None, "dmy", "mdy"]),
    st.sampled_from([None, "icd-203"]),
)


@given(mappings)
def test_a_mapping_comes_back_from_its_file(mapping: Columns) -> None:
    again = read_mapping(mapping_text(mapping), file="m.toml")
    assert (dict(again.columns), again.unit, again.order, again.scale) == (
        dict(mapping.columns),
        mapping.unit,
        mapping.order,
        mapping.scale,
    )
    assert dict(again.outcomes) == {word.casefold(): said for word, said in mapping.outcomes.items()}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x", "is not TOML"),
        ("[columns]\ntitel = 'x'", "did you mean 'title'"),
        ("[colours]", "none of"),
        ("[columns]\ntitle = 3", "to be text"),
        ("[values]\ndates = 'ymd'", "dmy or mdy"),
        ("columns = 1", "none of"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(text: str, problem: str) -> None:
    with pytest.raises(FileInputError, match=problem):
        read_mapping(text, file="m.toml")


def test_an_option_that_is_no_mapping_is_refused() -> None:
    for told, problem in (("title", "no '='"), ("titel=x", "did you mean 'title'"), ("outcome.maybe=x", "none of")):
        with pytest.raises(InputError, match=problem):
            read_options([told])


@pytest.mark.parametrize("told", ["=x", " = x", "="])
def test_an_option_without_a_field_shows_how_it_is_written(told: str) -> None:
    with pytest.raises(InputError, match=r"has no field before the '=': write field=column, as title=.*probability"):
        read_options([told])


def test_a_table_is_shown_brought_in_once_and_its_mapping_used_again(empty: Quick, tmp_path: Path) -> None:
    mine, kept = put(tmp_path, MINE), tmp_path / "mine.toml"
    shown = empty("import", mine, "--dry-run", "--save-map", kept)
    assert "title ← 'Prediction': 'Will it rain in Bern?'" in shown.err
    assert "probability ← 'My %': '70%' → 0.7, '30' → 0.3, '5' → 0.05" in shown.err
    assert "deadline ← 'Due': '31/12/2024' → 2024-12-31T23:59:59Z" in shown.err
    assert "left over: 'Thoughts'" in shown.err
    assert empty("list", "--json").json()["questions"] == []
    told = empty("import", mine, "--map-file", kept, "--json").json()
    assert (told["questions"], told["statements"], told["left_over"]) == (3, 3, ["Thoughts"])
    again = empty("import", mine, "--json").json()
    assert (again["questions"], again["statements"], again["already_there"]) == (0, 0, 3)
    refused = empty("import", mine, "--save-map", kept, status=1)
    assert "is there already" in refused.err


def test_a_newer_table_adds_what_is_new(empty: Quick, tmp_path: Path) -> None:
    empty("import", put(tmp_path, MINE))
    newer = put(tmp_path, MINE + "Do they draw?,50,02/03/2024,30/06/2027,,sport,\n")
    told = empty("import", newer, "--json").json()
    assert (told["questions"], told["statements"], told["already_there"]) == (1, 1, 3)


def test_columns_are_said_otherwise(empty: Quick, tmp_path: Path) -> None:
    mine = put(tmp_path, MINE.replace("yes", "right").replace(",no,", ",wrong,"))
    asked = empty("import", mine, "--dry-run", status=1)
    assert "'right' (1×), 'wrong' (1×)" in asked.err
    words = ("--map", "outcome.yes=right", "--map", "outcome.no=wrong")
    told = empty("import", mine, "--dry-run", "--json", *words, "--map", "comment=thoughts", "--map", "tags=").json()
    assert told["columns"]["comment"] == "Thoughts"
    assert told["left_over"] == ["Area"]
    missing = empty("import", mine, "--map", "title=Titel", status=1)
    assert "there is no column 'Titel'" in missing.err
    assert "'Prediction', 'My %'" in missing.err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a,b\n1,2\n", "no column was found for what is asked (title)"),
        ("Question,Chance\nWill it rain?,0.5\n", "--map deadline="),
        ("Question,Chance,Due\nWill it rain?,0.5,2024-12-31\n", "--made-at DAY"),
        ("Question,Chance,Made,Due\nWill it?,0.5,1/2/2024,3/4/2024\n", "--map dates=dmy, or mdy"),
        ("Question,Chance,Made,Due\nWill it?,0.5,31/1/2024,1/31/2024\n", "begins with the day and"),
        (
            "Question,Chance,Made,Due\nWill it?,0.5,2024-01-01,2024-02-01\nOr?,50,2024-01-01,2024-02-01\n",
            "probability.unit",
        ),
        ("Question,Chance,Made,Due\nWill it?,likely,2024-01-01,2024-02-01\n", "probability.scale=efsa or icd-203"),
        (
            "Question,Chance,Made,Due\nWill it?,0.5,2024-01-01,2024-02-01\n,0.5,2024-01-01,2024-02-01\n",
            "may not be empty",
        ),
        ("Question,Chance,Made,Due\nWill it?,0.5,2024-01-01,2024-02-01\nWill it?,,,,\n", "say it with --deadline DAY"),
        (
            "Question,Chance,Made,Due,Came true?\nW?,.5,2024-01-01,2024-02-01,yes\nW?,.6,2024-01-02,2024-02-01,no\n",
            "make them the same",
        ),
    ],
)
def test_what_a_table_leaves_open_is_asked_with_the_option_to_write(
    text: str, problem: str, empty: Quick, tmp_path: Path
) -> None:
    before = empty.ledger.read_bytes()
    refused = empty("import", put(tmp_path, text), "--from", "table", status=1)
    assert problem in refused.err
    assert len(refused.err.splitlines()) == 1
    assert empty.ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("row", "place", "expected"),
    [
        ("Will it rain?,1e400,2027-01-01,2026-01-01", "line 2, column Chance: '1e400' is not a prob", "as 70% or 0.7"),
        ("Will it rain?,no idea 3,2027-01-01,2026-01-01", "line 2, column Chance: 'no idea 3' is", "as 70% or 0.7"),
        ("Will it rain?,170%,0000-00-00,2026-01-01", "line 2, column Chance: '170%' is not a prob", "from 0 to 1"),
        (
            "Will it rain?,70%,0000-00-00,2026-01-01",
            "line 2, column Due: '0000-00-00' is not a day",
            "write it as 2026-12-31",
        ),
        ("Will it rain?,70%,soon,2026-01-01", "line 2, column Due: 'soon' is not a day", "or --deadline DAY"),
        ("Will it rain?,70%,2027-01-01,31/31/2026", "line 2, column Made: '31/31/2026' is not", "or --made-at DAY"),
        ("7,70%,2027-01-01,2026-01-01", "line 2, column Question: '7' is a number or a time", "what is asked"),
        ("Will it rain?,,2027-01-01,2026-01-01", "column Chance: is empty", "how likely it was said to be"),
    ],
)
def test_a_column_that_is_there_is_not_denied_but_its_bad_cell_is_named(
    row: str, place: str, expected: str, empty: Quick, tmp_path: Path
) -> None:
    refused = empty("import", put(tmp_path, f"Question,Chance,Due,Made\n{row}\n"), "--from", "table", status=1)
    assert place in refused.err
    assert expected in refused.err
    assert "no column" not in refused.err


def test_a_column_that_is_not_there_is_asked_for_before_a_bad_cell(empty: Quick, tmp_path: Path) -> None:
    refused = empty("import", put(tmp_path, "Foo,Chance,Due\n5,1e400,0000-00-00\n"), "--from", "table", status=1)
    assert "no column was found for what is asked (title);" in refused.err
    nothing = empty("import", put(tmp_path, "Question,Chance,Due\n"), "--from", "table", status=1)
    assert "there is a header and no row below it" in nothing.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_recognised_and_told(encoding: str, empty: Quick, tmp_path: Path) -> None:
    text = MINE.replace("Bern", "Zürich").replace(",", ";").replace('"weather; swiss"', "weather")
    told = empty("import", put(tmp_path, text, encoding=encoding))
    assert "Will it rain in Zürich?" in [one["title"] for one in empty("list", "--json").json()["questions"]]
    assert ("was read as Windows-1252" in told.err) is (encoding == "cp1252")


def test_a_workbook_and_words_of_a_scale(empty: Quick, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    import datetime

    page.append(["Question", "Chance", "Made", "Due"])
    page.append(["Will it rain?", "likely", datetime.date(2024, 1, 2), datetime.date(2024, 12, 31)])
    page.append(["Will it snow?", 0.25, datetime.date(2024, 1, 2), datetime.date(2024, 12, 31)])
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "mine.xlsx").write_bytes(stream.getvalue())
    empty("import", tmp_path / "mine.xlsx", "--map", "probability.scale=icd-203")
    shown = json.loads(empty("show", "1", "--json").text)
    assert "0.675" in json.dumps(shown)
    assert "icd-203" in json.dumps(shown)


def test_a_question_asked_again_for_another_day_is_another(empty: Quick, tmp_path: Path) -> None:
    days = ("0.5,2024-01-01,2024-02-01", "0.6,2024-02-02,2024-03-01", "0.7,2024-01-09,2024-02-01")
    rows = "Question,Chance,Made,Due\n" + "".join(f"Rain?,{one}\n" for one in days)
    told = empty("import", put(tmp_path, rows), "--json").json()
    assert (told["questions"], told["statements"]) == (2, 3)


def test_a_later_row_of_a_question_may_add_its_outcome(empty: Quick, tmp_path: Path) -> None:
    days = ("0.5,2024-01-01,2024-02-01,", "0.6,2024-01-02,2024-02-01,yes")
    rows = "Question,Chance,Made,Due,Result\n" + "".join(f"Rain?,{one}\n" for one in days)
    told = empty("import", put(tmp_path, rows), "--json").json()
    assert (told["questions"], told["statements"]) == (1, 2)
    assert empty("list", "--json").json()["questions"][0]["outcome"] == "yes"
