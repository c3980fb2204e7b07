"""Statements of several rows: one for each option, or one for each quantile."""

from __future__ import annotations

import pytest
from csv_files import read, row, text
from test_own_csv_bad_input import refusal

LATER = "2024-02-01T00:00:00Z"


def option(name: str, probability: str, outcome: str = "", **cells: str) -> str:
    return row(**{"kind": "choice", "option": name, "probability": probability, "outcome": outcome, **cells})


def quantile(level: str, value: str, **cells: str) -> str:
    return row(**{"kind": "numeric", "probability": "", "quantile": level, "value": value, **cells})


def test_one_row_for_each_option_makes_one_statement() -> None:
    sheet = read(option("red", "0.20"), option("green", "50%"), option("blue", "0.3"))
    (question,) = sheet.questions
    assert (question.kind, question.options, question.outcome) == ("choice", ["red", "green", "blue"], None)
    assert (len(sheet), list(sheet.line), sheet.probability) == (1, [2], [None])
    assert sheet.extras[0].vector == ("0.2", "0.5", "0.3")


def test_rows_of_a_statement_may_stand_anywhere() -> None:
    bob = {"forecaster": "bob"}
    sheet = read(
        option("a", "1"), option("a", "0.1", **bob), row(question_id="q2"), option("b", "0"), option("b", "0.9", **bob)
    )
    assert list(sheet.line) == [2, 3, 4]
    assert [sheet.extras[place].vector for place in (0, 1)] == [("1", "0"), ("0.1", "0.9")]


def test_a_repeated_option_begins_the_next_statement() -> None:
    sheet = read(option("a", "0.4"), option("b", "0.6"), option("a", "0.4"), option("b", "0.5"), option("c", "0.1"))
    assert [extra.vector for extra in sheet.extras.values()] == [("0.4", "0.6", "0"), ("0.4", "0.5", "0.1")]


def test_identical_statements_are_one_but_those_of_unknown_stay_apart() -> None:
    rows = [option("a", "0.4"), option("b", "0.6")] * 2
    assert len(read(*rows)) == 1
    assert len(read(*(line.replace("ann", "") for line in rows))) == 2


def test_an_option_that_a_statement_leaves_out_has_probability_zero() -> None:
    rows = (
        option("a", "0.5"),
        option("b", "0.5"),
        option("c", "0.7", forecast_at=LATER),
        option("a", "0.3", forecast_at=LATER),
    )
    assert [extra.vector for extra in read(*rows).extras.values()] == [("0.5", "0.5", "0"), ("0.3", "0", "0.7")]


@pytest.mark.parametrize("kind", ["choice", "ordered"])
def test_the_option_whose_outcome_is_1_is_the_outcome(kind: str) -> None:
    rows = option("a", "0.4", "0", kind=kind), option("b", "0.6", "1", kind=kind)
    known = {"resolved_at": LATER}
    assert read(*rows).questions[0].outcome == "b"
    assert read(option("a", "0", "0", **known), option("b", "1", "1", **known)).questions[0].known_at is not None


def test_void_is_said_in_every_row() -> None:
    rows = [option(name, "0.5", "void", evidence="annulled") for name in "ab"]
    question = read(*rows).questions[0]
    assert (question.outcome, question.void_reason) == ("void", "annulled")


def test_options_without_a_forecast() -> None:
    bare = {"forecast_at": "", "forecaster": ""}
    sheet = read(option("a", "", "0", **bare), option("b", "", "1", **bare))
    assert (len(sheet), sheet.questions[0].options, sheet.questions[0].outcome) == (0, ["a", "b"], "b")


def test_the_rows_of_a_statement_share_their_words() -> None:
    sheet = read(option("a", "0.5", reason="even"), option("b", "0.5"))
    assert sheet.extras[0].reason == "even"
    assert sheet.extras[0].vector == ("0.5", "0.5")


def test_a_withdrawal_of_a_question_with_options_names_none() -> None:
    rows = option("a", "0.5", "0"), option("b", "0.5", "1"), option("", "", forecast_at=LATER, withdrawn="1")
    sheet = read(*rows)
    assert (len(sheet), sheet.extras[1].withdrawn, sheet.questions[0].outcome) == (2, True, "b")


def test_quantiles_are_put_in_order() -> None:
    sheet = read(
        quantile("0.9", "1e3", outcome="12.50"),
        quantile("5%", "-4.0", outcome="+12.5"),
        quantile(".5", ".5", outcome="12.5"),
    )
    assert sheet.extras[0].quantiles == (("0.05", "-4"), ("0.5", "0.5"), ("0.9", "1000"))
    assert (len(sheet), sheet.questions[0].outcome, sheet.questions[0].kind) == (1, "12.5", "numeric")


def test_a_repeated_level_begins_the_next_statement_and_equal_values_do_not_cross() -> None:
    sheet = read(quantile("0.1", "5"), quantile("0.9", "5"), quantile("0.10", "6"), quantile("0.9", "6"))
    assert [extra.quantiles for extra in sheet.extras.values()] == [(("0.1", str(v)), ("0.9", str(v))) for v in (5, 6)]


def test_a_number_may_be_long_but_not_endless() -> None:
    digits = "1" + "0" * 300 + "." + "0" * 90 + "1"
    assert read(quantile("0.5", digits)).extras[0].quantiles == (("0.5", digits),)


FAULTS = [
    (2, "probability", [option("a", "0.4"), option("b", "1", forecast_at=LATER)], "sum to 0.4, not 1"),
    (2, "probability", [option("a", "0.4"), option("b", "0.5")], "sum to 0.9, not 1"),
    (2, "probability", [option("a", "0.4"), option("b", "0.600002")], "sum to 1.000002, not 1"),
    (2, "option", [option("", "0.4")], "needs its option"),
    (2, "option", [option("", "", forecast_at="")], "has no options"),
    (2, "outcome", [option("a", "0.5", "1"), option("b", "0.5", "1")], "more than one option"),
    (2, "outcome", [option("a", "0.5", "0"), option("b", "0.5", "0")], "no option with outcome 1"),
    (2, "outcome", [option("a", "0.5", "void"), option("b", "0.5", "1")], "say void in all"),
    (4, "outcome", [option("a", "0.5", "0"), option("b", "0.5", "1"), option("a", "0.5", "1")], "earlier row"),
    (2, "outcome", [option("a", "1", "0.5")], "1 or 0 for this option"),
    (2, "outcome", [option("", "", "1", withdrawn="1")], "the row names none"),
    (2, "resolved_at", [option("a", "1", resolved_at=LATER)], "no outcome that could be known"),
    (2, "low", [option("a", "1", low="0.1", high="1")], "only a binary forecast has a range"),
    (3, "reason", [option("a", "0.5", reason="x"), option("b", "0.5", reason="y")], "says something else"),
    (2, "quantile", [option("a", "0.5", quantile="0.5")], "has no quantile"),
    (2, "quantile", [quantile("1", "5")], "not between 0 and 1"),
    (2, "quantile", [quantile("", "5")], "needs its quantile"),
    (2, "value", [quantile("0.5", "")], "needs its value"),
    (2, "value", [quantile("0.5", "1e400")], "beyond what is kept"),
    (2, "value", [quantile("0.5", "9" * 5000)], "not a number"),
    (2, "value", [quantile("0.5", "inf")], "not a number"),
    (2, "value", [quantile("0.5", "1_0")], "not a number"),
    (2, "forecast_at", [quantile("0.5", "1", forecast_at="")], "needs its forecast_at"),
    (2, "probability", [quantile("0.5", "1", probability="0.5")], "has no probability"),
    (2, "outcome", [quantile("0.5", "1", outcome="yes")], "not a number"),
    (3, "value", [quantile("0.1", "5"), quantile("0.9", "6"), quantile("0.5", "6.1")], "less than '6.1' at level 0.5"),
    (3, "value", [quantile("0.1", "5"), quantile("0.9", "4.9")], "quantiles cross: level 0.9 has '4.9', less than '5'"),
]


@pytest.mark.parametrize(("line", "column", "rows", "problem"), FAULTS)
def test_faults_are_named_by_line_and_column(line: int, column: str, rows: list[str], problem: str) -> None:
    error = refusal(text(*rows))
    assert (error.line, error.column) == (line, column)
    assert problem in error.problem


def test_probabilities_need_sum_to_one_only_to_six_decimals() -> None:
    sheet = read(option("a", "0.333333"), option("b", "0.333333"), option("c", "0.333333"))
    assert sheet.extras[0].vector == ("0.333333",) * 3
