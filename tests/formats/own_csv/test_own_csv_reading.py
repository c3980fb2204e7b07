"""What rows say of questions and plain statements."""

from __future__ import annotations

import io

import pytest
from csv_files import ALL, PLAIN, read, read_bytes, row, text
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.instants import DAY, parse_rfc3339
from ledger.formats.own_csv import NEEDED, OPTIONAL, STANDARD, columns_for, read_csv

NEW_YEAR = parse_rfc3339("2024-01-01T00:00:00Z")


def test_a_plain_row_is_a_question_and_a_statement() -> None:
    sheet = read(
        row(opened_at="2023-12-01T00:00:00Z", outcome="1", resolved_at="2024-06-01T00:00:00Z", tags="war; sea")
    )
    (question,) = sheet.questions
    assert (question.key, question.title, question.kind) == ("q1", "Will it rain?", "binary")
    assert question.opened_at == parse_rfc3339("2023-12-01T00:00:00Z")
    assert question.deadline == parse_rfc3339("2024-12-31T23:59:59Z")
    assert (question.outcome, question.known_at) == ("yes", parse_rfc3339("2024-06-01T00:00:00Z"))
    assert (question.tags, question.line, question.first_row) == (("war", "sea"), 2, 0)
    assert (sheet.forecasters, list(sheet.question_of), list(sheet.forecaster_of)) == (["ann"], [0], [0])
    assert (list(sheet.made_at), list(sheet.line)) == ([NEW_YEAR], [2])
    assert [probability.decimal for probability in sheet.probability if probability] == ["0.7"]
    assert (len(sheet), sheet.extras, sheet.notes) == (1, {}, [])


def test_the_seven_needed_columns_will_do_in_any_order_and_case() -> None:
    columns = tuple(reversed(NEEDED))
    cells = ",".join(PLAIN.get(column, "") for column in columns)
    sheet = read_bytes(text(cells, columns=tuple(f" {column.upper()} " for column in columns)))
    assert (len(sheet), sheet.questions[0].opened_at, sheet.questions[0].outcome) == (1, None, None)


@pytest.mark.parametrize(
    ("cell", "outcome"),
    [
        ("1", "yes"),
        ("0", "no"),
        ("", None),
        ("void", "void"),
        ("0.30", "0.3"),
        ("1/4", "0.25"),
        ("Yes", "yes"),
        ("1.0", "yes"),
    ],
)
def test_outcomes_of_binary_questions(cell: str, outcome: str | None) -> None:
    assert read(row(outcome=cell)).questions[0].outcome == outcome


def test_of_a_void_question_the_evidence_is_the_reason() -> None:
    assert read(row(outcome="void", evidence="annulled")).questions[0].void_reason == "annulled"
    assert read(row(outcome="1", evidence="https://x.example")).questions[0].evidence == "https://x.example"


def test_a_probability_keeps_its_last_bit_and_what_was_written() -> None:
    value = 0.1 + 0.2
    sheet = read(row(probability=repr(value)), row(probability="70%"), row(probability="7:3"), row(probability="1e-7"))
    kept = [probability for probability in sheet.probability if probability]
    assert [probability.value for probability in kept] == [value, 0.7, 1e-7]
    assert [(probability.decimal, probability.typed) for probability in kept[1:]] == [
        ("0.7", "70%"),
        ("0.0000001", "1e-7"),
    ]


def test_a_row_with_neither_probability_nor_time_is_a_question_alone() -> None:
    sheet = read(row(question_id="q0"), row(probability="", forecast_at="", comment="later"), row(question_id="q2"))
    assert len(sheet) == 2
    assert [(question.key, question.first_row) for question in sheet.questions] == [("q0", 0), ("q1", 1), ("q2", 1)]
    assert sheet.notes == ["comment was left out in 1 of the rows without a forecast"]
    assert read(row(probability="", forecast_at="", forecaster="bob")).forecasters == []


def test_a_withdrawal_is_a_row_of_its_own() -> None:
    sheet = read(row(), row(probability="", forecast_at="2024-02-01T00:00:00Z", withdrawn="yes", reason="no idea"))
    assert sheet.probability[1] is None
    assert (sheet.extras[1].withdrawn, sheet.extras[1].reason, list(sheet.extras)) == (True, "no idea", [1])
    assert read(row(withdrawn="0")).extras == {}


def test_words_and_ranges_are_kept_beside_the_statement() -> None:
    sheet = read(row(), row(probability="0.6", hedge="may well", term="likely", scale="icd-203", low="55%", high="0.8"))
    extra = sheet.extras[1]
    assert (extra.hedge, extra.term, extra.scale) == ("may well", "likely", "icd-203")
    assert extra.low is not None
    assert extra.high is not None
    assert (extra.low.decimal, extra.high.decimal) == ("0.55", "0.8")


def test_an_empty_forecaster_is_unknown_and_its_identical_rows_stay_apart() -> None:
    sheet = read(row(forecaster=""), row(forecaster=""), row(forecaster="unknown"))
    assert (len(sheet), sheet.forecasters, sheet.notes) == (3, ["unknown"], [])


def test_identical_rows_of_a_named_forecaster_are_one() -> None:
    again = row(question_id="q2", forecaster="bob")
    sheet = read(row(), row(probability="0.3"), row(), row(probability="0.70"), again, again)
    assert [probability.decimal for probability in sheet.probability if probability] == ["0.7", "0.3", "0.7"]
    assert [(question.key, question.first_row) for question in sheet.questions] == [("q1", 0), ("q2", 2)]
    assert (list(sheet.line), list(sheet.question_of), list(sheet.forecaster_of)) == ([2, 3, 6], [0, 0, 1], [0, 0, 1])
    assert sheet.notes == ["3 statements are identical to an earlier one of the same forecaster and were left out"]


def test_statements_that_differ_in_a_word_are_two() -> None:
    sheet = read(row(), row(), row(reason="rain"), row(reason="rain"), row(comment="rain"))
    assert [extra.reason for extra in sheet.extras.values()] == ["rain", None]
    assert (len(sheet), list(sheet.extras)) == (3, [1, 2])


def test_a_plain_date_means_the_end_of_the_day_in_the_zone() -> None:
    sheet = read(
        row(zone="Asia/Tokyo", deadline="2024-12-31", forecast_at="2024-03-01", opened_at="2024-01-01T00:00:00Z")
    )
    question = sheet.questions[0]
    assert question.deadline == parse_rfc3339("2024-12-31T23:59:59+09:00")
    assert (sheet.made_at[0], question.zone) == (parse_rfc3339("2024-03-01T23:59:59+09:00"), "Asia/Tokyo")


def test_the_same_said_otherwise_is_no_contradiction() -> None:
    sheet = read(row(outcome="1", tags="a;b"), row(outcome="yes", tags="a; b;", deadline="2025-01-01T00:59:59+01:00"))
    assert (len(sheet.questions), len(sheet)) == (1, 1)


def test_lines_count_from_one_and_a_record_stands_where_it_begins() -> None:
    sheet = read("", row(comment='"two\r\nlines, ""quoted"""'), "", row(forecaster="bob"))
    assert list(sheet.line) == [3, 6]
    assert sheet.extras[0].comment == 'two\r\nlines, "quoted"'


def test_escaped_text_comes_back() -> None:
    assert read(row(title="'=1+1", tags="'@a")).questions[0].title == "=1+1"
    assert read(row(title="'=1+1", tags="'@a")).questions[0].tags == ("@a",)


def test_other_columns_are_left_out_and_told() -> None:
    data = text(row() + ",x,y", columns=(*ALL, "platform", "coment"))
    assert read_bytes(data).notes == [
        "the column 'platform' is not one of the ledger's and was left out",
        "the column 'coment' is not one of the ledger's and was left out; did you mean 'comment' or 'outcome'?",
    ]


def test_a_header_alone_says_nothing() -> None:
    assert (len(read()), read().questions) == (0, [])


def test_columns_are_written_in_one_order() -> None:
    assert columns_for(set()) == list(STANDARD)
    assert columns_for({"zone", "kind", "title"}) == [*STANDARD, "kind", "zone"]
    assert columns_for(set(OPTIONAL)) == list(ALL)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 3), st.sampled_from(["0.1", "0.5"])), max_size=30))
def test_exactly_the_later_ones_of_identical_statements_go(said: list[tuple[str, int, str]]) -> None:
    times = ["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z", "2024-01-04T00:00:00Z"]
    sheet = read(*(row(forecaster=who, forecast_at=times[day], probability=stated) for who, day, stated in said))
    numbers = zip(sheet.forecaster_of, sheet.made_at, sheet.probability, strict=True)
    kept = [(sheet.forecasters[who], (at - NEW_YEAR) // DAY, stated.decimal) for who, at, stated in numbers if stated]
    assert kept == list(dict.fromkeys(said))


def test_the_name_in_messages_is_the_path(tmp_path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(text(row()))
    assert read_csv(path).name == str(path)
    assert read_csv(io.BytesIO(text(row())), name="a\nb").name == "a␊b"
