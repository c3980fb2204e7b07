"""What a half-typed forecast or time means, before anything is recorded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.kinds import Kind
from ledger.domain.probability import parse_probability
from ledger.errors import InputError, LedgerError
from ledger.services.reading_ahead import forecast_ahead, options_ahead, quantiles_ahead
from ledger.services.scales import scale_named
from ledger.services.times_ahead import deadline_ahead, made_ahead
from ledger.services.values import Stated, read_value

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ICD = "icd-203"


@pytest.mark.parametrize(
    ("text", "words", "stated"),
    [
        ("70%", "70 %", Stated("70%")),
        (" 0.7 ", "70 %", Stated("0.7")),
        ("1:4", "20 %", Stated("1:4")),
        ("7/10", "70 %", Stated("7/10")),
        ("1e-3", "0.1 %", Stated("1e-3")),
        (".5", "50 %", Stated(".5")),
        ("20-40%", "20–40 %, scored at 30 %", Stated(range="20-40%")),
        ("0.2 to 0.4", "20–40 %, scored at 30 %", Stated(range="0.2 to 0.4")),
        ("20-40% best 35%", "20–40 %, scored at 35 %", Stated("35%", range="20-40%")),
        ("20-40%, 35%", "20–40 %, scored at 35 %", Stated("35%", range="20-40%")),
        ("unlikely", "ICD-203: 20–45 %, scored at 32.5 %", Stated(term="unlikely", scale=ICD)),
        ("Very Likely", "ICD-203: 80–95 %, scored at 87.5 %", Stated(term="Very Likely", scale=ICD)),
        ("unlikely 25%", "ICD-203: 20–45 %, scored at 25 %", Stated("25%", term="unlikely", scale=ICD)),
        ("unlikely, 25%", "ICD-203: 20–45 %, scored at 25 %", Stated("25%", term="unlikely", scale=ICD)),
        ('"unlikely"', "ICD-203: 20–45 %, scored at 32.5 %", Stated(hedge="unlikely", term="unlikely", scale=ICD)),
        ('"might well" likely', "ICD-203: 55–80 %, scored at 67.5 %",
         Stated(hedge="might well", term="likely", scale=ICD)),
        ("“might well” = 60%", "60 %", Stated("60%", hedge="might well")),
        ('"might well" 40-60%', "40–60 %, scored at 50 %", Stated(hedge="might well", range="40-60%")),
    ],
)  # fmt: skip
def test_a_forecast_is_read_as_it_is_typed(text: str, words: str, stated: Stated) -> None:
    read = forecast_ahead(text, ICD)
    assert (read.words, read.stated) == (words, stated)
    assert read_value(read.stated, Kind.BINARY, ()).facts  # the service that records it takes it


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a forecast is missing"),
        ("70", "did you mean 70%?"),
        ("120%", "not between 0 and 1"),
        ("-3%", "not a number that can be read"),
        ("40-20%", "begins with its greater limit"),
        ("20-40% best 50%", "lies outside the range"),
        ("unlikely 70%", "lies outside the range"),
        ("unlikly", "did you mean 'unlikely',"),
        ("more likely than not", "but ipcc-ar5"),
        ('"might well"', '"might well" likely'),
        ("a" + " ," * 5_000 + "b", "too long"),
        ('"might well" 700%', "not between 0 and 1"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(LedgerError) as told:
        forecast_ahead(text, ICD)
    assert said in str(told.value)
    assert "--" not in str(told.value), "a form has no options of a command line"


@given(st.text(max_size=40))
def test_anything_typed_is_read_or_refused_in_words(text: str) -> None:
    try:
        read = forecast_ahead(text, ICD)
    except LedgerError as problem:
        assert str(problem)
    else:
        assert read_value(read.stated, Kind.BINARY, ()).facts["p"]


@given(st.floats(0, 1), st.sampled_from(["{}", " {} ", '"as printed" {}']))
def test_every_probability_survives(value: float, form: str) -> None:
    read = forecast_ahead(form.format(repr(value)), ICD)
    assert parse_probability(read.stated.probability or "").value == value


@pytest.mark.parametrize("scale", ["icd-203", "kent", "ipcc-ar5", "efsa", "new-zealand"])
def test_every_word_of_every_scale_is_read(scale: str) -> None:
    for term in (name for one in scale_named(scale).terms for name in one.names):
        assert forecast_ahead(term, scale).stated == Stated(term=term, scale=scale)


def test_options_are_summed() -> None:
    assert options_ahead([("A", "60%"), ("B", "0.4")]) == ("together 100 % ✓", True)
    assert options_ahead([("A", "60%"), ("B", "")]) == ("together 60 %: 40 % missing", False)
    assert options_ahead([("A", "60%"), ("B", "1:1")]) == ("together 110 %: 10 % too much", False)
    assert options_ahead([("A", ""), ("B", " ")])[1]
    with pytest.raises(InputError, match="'B': probability 'x'"):
        options_ahead([("A", "60%"), ("B", "x")])


def test_quantiles_are_read_and_put_in_order() -> None:
    read = quantiles_ahead("90%=200; 10%=120, 0.5 = 1.5e2")
    assert read.points == ((0.1, 120.0), (0.5, 150.0), (0.9, 200.0))
    assert read.words == "10 %: 120, 50 %: 150, 90 %: 200"
    assert read_value(read.stated, Kind.NUMERIC, ()).facts["quantiles"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10%", "level=value"),
        ("10%=120 x", "'x' cannot be read"),
        ("10%=120, 10%=130", "given twice"),
        ("10%=120, 50%=110", "cross"),
        ("0%=1", "both excluded"),
        ("10%=abc", "not a number"),
        ("", "missing"),
    ],
)
def test_quantiles_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        quantiles_ahead(text)


def test_a_deadline_in_words_is_echoed_with_its_zone() -> None:
    words = deadline_ahead("end of next month", "Europe/Berlin", NOW)
    assert words == "Thursday 31 December 2026, 23:59:59 in Europe/Berlin · in 38 days"
    assert deadline_ahead("2026-11-23T18:00Z", "UTC", NOW) == "Monday 23 November 2026, 18:00:00 in UTC · in 6 hours"
    assert "19 days ago: say below when" in deadline_ahead("2026-11-03", "UTC", NOW)


def test_local_times_that_come_twice_or_never_are_told() -> None:
    with pytest.raises(InputError, match=r"comes twice in Europe/Berlin.*\+02:00 \(the first\)"):
        deadline_ahead("2027-10-31 02:30", "Europe/Berlin", NOW)
    with pytest.raises(InputError, match="does not exist in Europe/Berlin"):
        deadline_ahead("2027-03-28 02:30", "Europe/Berlin", NOW)


def test_when_a_statement_was_made_has_passed() -> None:
    assert made_ahead("yesterday", "UTC", NOW) == "Sunday 22 November 2026, 23:59:59 in UTC · 12 hours ago"
    assert made_ahead("now", "UTC", NOW) == "now"
    with pytest.raises(InputError, match="still to come"):
        made_ahead("2026-11-24", "UTC", NOW)


def test_the_ends_of_time_do_not_fail() -> None:
    assert "9999" in deadline_ahead("9999-12-31T23:59:59Z", "Pacific/Kiritimati", NOW)
