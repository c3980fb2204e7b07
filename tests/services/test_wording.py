"""Times and probabilities in words."""

from __future__ import annotations

import pytest

from ledger.domain.instants import DAY, HOUR, MINUTE, SECOND, parse_rfc3339
from ledger.domain.kinds import Status
from ledger.services.wording import day_words, deadline_words, minute_words, percent, probability_words, span

NOW = parse_rfc3339("2026-11-23T12:00:00Z")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "less than a minute"), (59 * SECOND, "less than a minute"), (MINUTE, "1 minute"),
        (2 * HOUR - 1, "119 minutes"),
        (2 * HOUR, "2 hours"), (2 * DAY - 1, "47 hours"), (2 * DAY, "2 days"), (60 * DAY - 1, "59 days"),
        (-3 * DAY, "3 days"), (61 * DAY, "2 months"), (307 * DAY, "10 months"), (730 * DAY, "23 months"),
        (731 * DAY, "2 years"), (3000 * 366 * DAY, "3006 years"),
    ],
)  # fmt: skip
def test_a_span_has_one_unit(length: int, words: str) -> None:
    assert span(length) == words


@pytest.mark.parametrize(
    ("status", "deadline", "words"),
    [
        (Status.OPEN, "2026-11-26T12:00:00Z", "in 3 days"),
        (Status.OPEN, "2027-11-26T12:00:00Z", "26 November 2027"),
        (Status.DUE, "2026-01-20T17:00:00Z", "due 10 months"),
        (Status.DUE, "2026-11-23T12:00:00Z", "due less than a minute"),
        (Status.WAITING, "2026-01-20T17:00:00Z", "20 January 2026"),
        (Status.RESOLVED, "2026-11-26T12:00:00Z", "26 November 2026"),
    ],
)
def test_a_deadline_in_words(status: Status, deadline: str, words: str) -> None:
    assert deadline_words(parse_rfc3339(deadline), "Europe/Berlin", status, NOW) == words


def test_the_day_is_that_of_the_zone() -> None:
    late = parse_rfc3339("2026-12-31T23:30:00Z")
    assert day_words(late, "Europe/Berlin") == "1 January 2027"
    assert day_words(late, None) == "31 December 2026"
    assert day_words(late, "No/Such_Zone") == "31 December 2026"
    assert day_words(parse_rfc3339("9999-12-31T23:30:00Z"), "Asia/Tokyo") == "31 December 9999"


def test_an_instant_to_the_minute() -> None:
    assert minute_words(parse_rfc3339("2026-01-20T17:00:59.999999Z")) == "2026-01-20 17:00Z"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.07, "7 %"), (0.375, "37.5 %"), (0.0, "0 %"), (1.0, "100 %"), (1 / 3, "33.3333 %"), (0.00001, "0.001 %")],
)
def test_a_probability_in_words(value: float, words: str) -> None:
    assert percent(value) == probability_words(value) == words


def test_a_range_stands_beside() -> None:
    assert probability_words(0.375, 0.25, 0.5) == "37.5 % (25–50)"
    assert probability_words(0.375, None, 0.5) == "37.5 %"
