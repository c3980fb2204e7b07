"""A probability is the float64 nearest to what was typed, in whichever form it was typed."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.probability import Probability, from_float, parse_probability, parse_range, shortest_decimal
from ledger.errors import InputError

chances = st.floats(0.0, 1.0, allow_subnormal=True)
wholes = st.integers(0, 10**30)


@pytest.mark.parametrize(
    ("typed", "decimal"),
    [
        ("70%", "0.7"),
        ("70 %", "0.7"),
        ("0.7", "0.7"),
        (".7", "0.7"),
        ("0.70", "0.7"),
        ("00.7", "0.7"),
        ("7:3", "0.7"),
        ("7 : 3", "0.7"),
        ("3.5:1.5", "0.7"),
        ("7/10", "0.7"),
        ("1/8", "0.125"),
        ("1/3", "0.3333333333333333"),
        ("1e-3", "0.001"),
        ("1E-5", "0.00001"),
        ("0.00001", "0.00001"),
        ("0.001%", "0.00001"),
        ("1", "1"),
        ("1.0", "1"),
        ("1.", "1"),
        ("100%", "1"),
        ("0", "0"),
        ("0:1", "0"),
        ("1:0", "1"),
        ("0%", "0"),
        (" 0.25 ", "0.25"),
        ("1e-999", "0"),
        ("0.1000000000000000055511151231257827", "0.1"),
    ],
)
def test_the_forms_that_people_write(typed, decimal):
    kept = None if typed.strip() == decimal else typed.strip()
    assert parse_probability(typed) == Probability(float(decimal), decimal, kept)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "%", ".", "nan", "NaN", "inf", "-inf", "Infinity", "1_0", "0_1", "0x1p-1", "1e9999", "1,5", "0,7"),
        *("-0.1", "-0", "+0.5", "−0.5", "٠.٥", "０.５", "½", "70％", "1/0", "0:0", "1:2:3", "1/2/3", "50%%", "7 to 3"),
        *("0.5\n0.6", "0.5\0", "likely", "0.5 0.6", "1/2%", "--", "1e", "e-3"),
    ],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(InputError, match=r"is not a number that can be read: write it as 70%") as refusal:
        parse_probability(typed)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("typed", ["101%", "1.0001/1", "3/2", "100.000001%", "150", "2e2"])
def test_what_lies_outside_is_refused(typed):
    with pytest.raises(InputError, match="not between 0 and 1") as refusal:
        parse_probability(typed)
    assert "did you mean" not in str(refusal.value)


@pytest.mark.parametrize("typed", ["70", "1.5", "100", "2"])
def test_a_bare_percentage_is_answered_with_the_sign_it_lacks(typed):
    with pytest.raises(InputError, match=f"'{typed}' is not between 0 and 1; did you mean {typed}%"):
        parse_probability(typed)


@pytest.mark.parametrize("typed", ["101", "1000", "3/2"])
def test_what_is_no_percentage_either_is_answered_without_a_guess(typed):
    with pytest.raises(InputError, match=f"^probability '{typed}' is not between 0 and 1$"):
        parse_probability(typed)


@pytest.mark.parametrize("typed", ["9" * 5000, "0." + "9" * 5000, "1/" + "9" * 5000, "9" * 401, "0." + "3" * 399])
def test_a_number_of_thousands_of_digits_is_refused_shortly(typed):
    with pytest.raises(InputError, match="too long: 400 characters are the most") as refusal:
        parse_probability(typed)
    assert len(str(refusal.value)) < 200


def test_the_longest_number_is_still_read():
    assert parse_probability("0." + "3" * 398).value == 1 / 3
    assert parse_probability("5e-324").decimal == "0." + "0" * 323 + "5"


@given(chances)
def test_every_float64_goes_out_and_comes_in_to_the_last_bit(value):
    decimal = shortest_decimal(value)
    assert "e" not in decimal
    assert parse_probability(decimal) == Probability(value, decimal)
    assert from_float(value) == Probability(value, decimal)


@given(wholes, wholes)
def test_odds_and_fractions_are_the_nearest_float64(left, right):
    whole = left + right
    if whole == 0:
        return
    nearest = float(Fraction(left, whole))
    assert parse_probability(f"{left}:{right}").value == nearest
    assert parse_probability(f"{left}/{whole}").value == nearest


@given(st.decimals(0, 1, places=25))
def test_a_percentage_is_the_same_number_as_its_decimal(number):
    plain, percent = format(number, "f"), format(number * 100, "f") + "%"
    assert parse_probability(plain).value == parse_probability(percent).value == float(Fraction(number))


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        kept = parse_probability(text)
    except InputError as refusal:
        assert "\n" not in str(refusal)
    else:
        assert 0.0 <= kept.value <= 1.0


@pytest.mark.parametrize(
    ("value", "decimal"),
    [(0.7, "0.7"), (1.0, "1"), (0.0, "0"), (-0.0, "0"), (1e-5, "0.00001"), (1e22, "1" + "0" * 22), (-2.5, "-2.5")],
)
def test_the_shortest_decimal_has_no_exponent(value, decimal):
    assert shortest_decimal(value) == decimal


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_shortest_decimal_of_any_float64_reads_back(value):
    decimal = shortest_decimal(value)
    assert float(decimal) == value
    assert len(Decimal(decimal).normalize().as_tuple().digits) <= 17


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_has_no_decimal(value):
    with pytest.raises(InputError, match="not a finite number"):
        shortest_decimal(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, 1.0000000000000002, -5e-324])
def test_a_float_that_is_no_probability_is_refused(value):
    with pytest.raises(InputError, match="not between 0 and 1"):
        from_float(value)


def test_a_negative_zero_becomes_zero():
    assert math.copysign(1.0, from_float(-0.0).value) == 1.0


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("20-40%", "0.2", "0.4"),
        ("20%-40%", "0.2", "0.4"),
        ("20 – 40 %", "0.2", "0.4"),
        ("20% to 40%", "0.2", "0.4"),
        ("0.2-0.4", "0.2", "0.4"),
        (".2 to .4", "0.2", "0.4"),
        ("1e-3-2e-3", "0.001", "0.002"),
        ("0-1", "0", "1"),
        ("0.5-0.5", "0.5", "0.5"),
    ],
)
def test_a_range_is_read(typed, low, high):
    assert [each.decimal for each in parse_range(typed)] == [low, high]


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("20%-0.4", "range '20%-0.4' cannot be read"),
        ("0.2", "cannot be read"),
        ("0.2-0.4-0.6", "cannot be read"),
        ("", "cannot be read"),
        ("0." + "2" * 5000 + "-0.4", "cannot be read"),
        ("40-20%", "begins with its greater limit: write 0.2-0.4"),
        ("20-40", "did you mean 20%"),
        ("50-150%", "not between 0 and 1"),
    ],
)
def test_a_range_that_cannot_be_meant_is_refused(typed, problem):
    with pytest.raises(InputError, match=problem):
        parse_range(typed)
