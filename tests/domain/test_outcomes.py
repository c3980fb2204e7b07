"""What happened, read in the terms of a question's kind."""

from __future__ import annotations

import re

import pytest

from ledger.domain.kinds import Kind
from ledger.domain.outcomes import Outcome, parse_outcome, parse_quantity
from ledger.errors import InputError

COLOURS = ("Red", "Green", "Dark green")


@pytest.mark.parametrize("told", ["yes", "Yes", " YES ", "y", "true", "TRUE", "1", "1.0", "100%", "1/1", "1:0"])
def test_yes_in_many_forms(told: str) -> None:
    assert parse_outcome(told, Kind.BINARY) == Outcome("yes", "yes", "yes")


@pytest.mark.parametrize("told", ["no", "No", " n", "false", "0", "0.0", "0%", ".0", "0:1"])
def test_no_in_many_forms(told: str) -> None:
    assert parse_outcome(told, Kind.BINARY) == Outcome("no", "no", "no")


@pytest.mark.parametrize(
    ("told", "decimal"),
    [("0.3", "0.3"), ("30%", "0.3"), ("3/10", "0.3"), ("1e-5", "0.00001"), ("0.5", "0.5"), ("1:3", "0.25")],
)
def test_a_share_is_between(told: str, decimal: str) -> None:
    assert parse_outcome(told, Kind.BINARY) == Outcome(decimal, decimal, f"a share of {decimal}")


@pytest.mark.parametrize("told", ["maybe", "2", "-1", "", "nan", "Red"])
def test_what_is_no_binary_outcome_is_refused(told: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_outcome(told, Kind.BINARY)
    assert str(refusal.value) == (
        f"outcome {told!r} is not one of this question's: say yes, no, or a share such as 0.3"
    )


@pytest.mark.parametrize("told", ["void", "VOID", " annulled", "ambiguous", "n/a", "N/A"])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_void_is_no_outcome_and_says_how_to_annul(told: str, kind: Kind) -> None:
    with pytest.raises(InputError) as refusal:
        parse_outcome(told, kind, COLOURS if kind.has_options else ())
    word = told.strip().lower()
    assert str(refusal.value) == (f"{word!r} is no outcome: a question is annulled with: forecast void ID --reason …")


def test_an_option_may_be_called_void() -> None:
    assert parse_outcome("Ambiguous", Kind.CHOICE, ("clear", "ambiguous")).text == "1"
    assert parse_outcome("N/A", Kind.CHOICE, ("n/a", "other")).text == "0"


@pytest.mark.parametrize(
    ("told", "index"), [("Red", 0), (" Green ", 1), ("red", 0), ("dark GREEN", 2), ("Dark green", 2)]
)
@pytest.mark.parametrize("kind", [Kind.CHOICE, Kind.ORDERED])
def test_an_option_by_its_name(told: str, index: int, kind: Kind) -> None:
    read = parse_outcome(told, kind, COLOURS)
    assert (read.text, read.shown) == (str(index), COLOURS[index])
    assert read.fact == {"option": index}


def test_the_exact_name_goes_before_one_in_other_case() -> None:
    names = ("RED", "red", "Red")
    assert [parse_outcome(name, Kind.CHOICE, names).text for name in names] == ["0", "1", "2"]
    with pytest.raises(InputError, match="is not one of this question's; did you mean"):
        parse_outcome("rED", Kind.CHOICE, names)


def test_a_mistyped_option_answers_with_the_near_ones_and_else_with_all() -> None:
    with pytest.raises(InputError) as refusal:
        parse_outcome("Gren", Kind.CHOICE, COLOURS)
    assert str(refusal.value) == "outcome 'Gren' is not one of this question's; did you mean 'Green'?"
    with pytest.raises(InputError) as refusal:
        parse_outcome("yes", Kind.CHOICE, COLOURS)
    assert str(refusal.value) == (
        "outcome 'yes' is not one of this question's; did you mean 'Red' or 'Green' or 'Dark green'?"
    )


def test_a_number_for_a_numeric_question() -> None:
    assert parse_outcome(" 1e3 ", Kind.NUMERIC) == Outcome("1000", {"value": "1000"}, "1000")
    with pytest.raises(InputError, match=re.escape("'yes' is not a number: write it as 12.5 or 1e6")):
        parse_outcome("yes", Kind.NUMERIC)


@pytest.mark.parametrize(
    ("told", "decimal"),
    [
        ("12.5", "12.5"),
        ("12.50", "12.5"),
        ("12.", "12"),
        ("12.0", "12"),
        ("100", "100"),
        ("1200", "1200"),
        (".5", "0.5"),
        (".5e2", "50"),
        ("-3", "-3"),
        ("-.25", "-0.25"),
        ("+3", "3"),
        ("1 000 000", "1000000"),
        ("1e6", "1000000"),
        ("1.5E-3", "0.0015"),
        ("0.0", "0"),
        ("0", "0"),
        ("007", "7"),
    ],
)
def test_a_quantity_is_plain_decimal_text(told: str, decimal: str) -> None:
    assert parse_quantity(told) == decimal


@pytest.mark.parametrize("told", ["-0", "-0.0", "-0e5"])
def test_zero_has_no_sign(told: str) -> None:
    assert parse_quantity(told) == "0"


@pytest.mark.parametrize(
    "told",
    [*("", "abc", "nan", "inf", "Infinity", "1e999", "1_0", "1,5", "0x1", "--1", "1e", "1e1234", ".", "٣"), "9" * 41],
)
def test_what_is_no_finite_number_is_refused(told: str) -> None:
    with pytest.raises(InputError, match=re.escape("is not a number: write it as 12.5 or 1e6")):
        parse_quantity(told)


def test_five_thousand_digits_are_refused_in_one_short_line() -> None:
    with pytest.raises(InputError) as refusal:
        parse_quantity("9" * 5000)
    assert "(5,000 characters)" in str(refusal.value)
    assert len(str(refusal.value)) < 160
