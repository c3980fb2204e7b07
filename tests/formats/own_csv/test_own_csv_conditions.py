"""What a question waits for."""

from __future__ import annotations

import pytest
from csv_files import read, row, text
from test_own_csv_bad_input import refusal


@pytest.mark.parametrize(
    ("cell", "condition"), [("q2=yes", "yes"), ("q2=1", "yes"), (" q2 = No ", "no"), ("q2=0", "no")]
)
def test_a_condition_is_a_key_and_an_outcome(cell: str, condition: str) -> None:
    expected = ("q2", condition)
    assert read(row(condition=cell)).questions[0].condition == expected
    assert read(row(condition=cell), row(question_id="q2")).questions[0].condition == expected
    assert read(row(question_id="q2"), row(condition=cell)).questions[1].condition == expected


def test_a_condition_on_a_question_elsewhere_is_left_to_the_ledger() -> None:
    assert read(row(condition="elsewhere=France")).questions[0].condition == ("elsewhere", "France")


def test_keys_and_options_may_have_an_equals_sign() -> None:
    options = [row(question_id="a=b", kind="choice", option=name, probability="0.5") for name in ("1", "x=y")]
    sheet = read(row(condition="a=b=x=y"), row(question_id="q2", condition="a=b=1"), *options)
    assert [question.condition for question in sheet.questions[:2]] == [("a=b", "x=y"), ("a=b", "1")]


def test_a_numeric_question_cannot_be_a_condition() -> None:
    number = row(question_id="q2", kind="numeric", probability="", forecast_at="")
    error = refusal(text(row(), number, row(question_id="q3", condition="q2=yes")))
    assert (error.line, error.column) == (4, "condition")
    assert "is numeric" in error.problem


def test_an_outcome_that_cannot_be_is_refused_with_the_choices() -> None:
    options = [row(question_id="q2", kind="choice", option=name, probability="0.5") for name in ("red", "blue")]
    assert "write 'red' or 'blue'" in refusal(text(row(condition="q2=green"), *options)).problem
    assert "write yes or no" in refusal(text(row(condition="q2=0.5"), row(question_id="q2"))).problem
