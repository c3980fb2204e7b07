"""The filter line: what it reads, what it refuses, what it offers, and that it reads what it writes."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from desk import Desk, day
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.domain.filters import Filters
from ledger.domain.instants import EARLIEST, LATEST, parse_rfc3339
from ledger.domain.kinds import Status, TimingClass
from ledger.domain.text import safe_text
from ledger.domain.words import clean_input
from ledger.errors import InputError
from ledger.services.query_line import complete, read_query, write_query
from ledger.services.query_words import FIELDS, words

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def read(line: str, zone: str = "UTC") -> Filters:
    return read_query(line, zone=zone, now=NOW)


READ = {
    "": {},
    "   \t ": {},
    "tag:ukraine status:due": {"tags": ("ukraine",), "status": (Status.DUE,)},
    "STATUS:Due status:due Status:open": {"status": (Status.DUE, Status.OPEN)},
    'forecaster:"Andrew Korybko" war': {"forecasters": ("Andrew Korybko",), "search": "war"},
    "class:late class:proven": {"classes": (TimingClass.LATE, TimingClass.PROVEN)},
    "tag:a tag:b tag:a": {"tags": ("a", "b")},
    'rain "in Bern"   now': {"search": "rain in Bern now"},
    '"tag:x"': {"search": "tag:x"},
    '"a  b': {"search": "a  b"},
    'say "5\\" and \\\\"': {"search": 'say 5" and \\'},
    '5" nails': {"search": '5" nails'},
    "source:https://a.example/?q=1": {"sources": ("https://a.example/?q=1",)},
    "https://a.example/x": {"search": "https://a.example/x"},
    "ratio 3:1 [/b] %_\\": {"search": "ratio 3:1 [/b] %_\\"},
    "re: the war": {"search": "re: the war"},
    'zebra:"two words"': {"search": "zebra:two words"},
    'tag:""': {"tags": ("",)},
    '"a"tag:b': {"search": "a", "tags": ("b",)},
    "cafe\u0301": {"search": "café"},
}


@pytest.mark.parametrize("line", READ, ids=repr)
def test_a_line_is_read(line: str) -> None:
    wanted: dict[str, Any] = READ[line]
    assert read(line) == Filters(**wanted)


@pytest.mark.parametrize(
    ("line", "zone", "since", "until"),
    [
        ("by:2025-02", "UTC", None, "2025-02-28T23:59:59.999999Z"),
        ("until:2024-02", "UTC", None, "2024-02-29T23:59:59.999999Z"),
        ("by:2025", "Europe/Berlin", None, "2025-12-31T22:59:59.999999Z"),
        ("since:2025", "Europe/Berlin", "2024-12-31T23:00:00Z", None),
        ("since:2025-07", "America/New_York", "2025-07-01T04:00:00Z", None),
        ("by:2025-02-03", "UTC", None, "2025-02-03T23:59:59.999999Z"),
        ("since:2025-02-03 by:2025-02-03", "UTC", "2025-02-03T00:00:00Z", "2025-02-03T23:59:59.999999Z"),
        ("since:2025-02-03T10:00:00Z", "UTC", "2025-02-03T10:00:00Z", None),
        ('by:"2025-02-03 10:00"', "Europe/Berlin", None, "2025-02-03T09:00:00Z"),
        ("by:yesterday", "UTC", None, "2026-05-31T23:59:59.999999Z"),
        ('since:"end of last month"', "UTC", "2026-05-31T00:00:00Z", None),
    ],
)
def test_bounds_are_days_months_years_and_words(line: str, zone: str, since: str | None, until: str | None) -> None:
    found = read(line, zone)
    assert (found.since, found.until) == tuple(told and parse_rfc3339(told) for told in (since, until))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rain status:deu", r"status:'deu' \(character 6\) is none of: open, waiting, due.*did you mean 'due'\?"),
        ("class:recorder", r"class:'recorder' \(character 1\).*did you mean 'recorded'"),
        ("stauts:due", r"stauts:'due' \(character 1\) names no filter; did you mean 'status'\?.*quotes"),
        ("a tag:", r"tag:'' \(character 3\) is not finished: behind the colon stands a tag"),
        ("by:2025-13", r"by:'2025-13' \(character 1\) names a month that does not exist"),
        ("by:0000", "names a month that does not exist"),
        ("by:2025-02-30", r"by:'2025-02-30' \(character 1\) names a day"),
        ("by:soonish", r"by:'soonish' \(character 1\) cannot be read as a time: write"),
        ("by:2025 until:2026", r"until:'2026' \(character 9\) comes after another bound"),
        ("tag:a\0b", r"\(character 1\) cannot be read: there is a NUL at character 2"),
        ("x \ud800", r"\(character 3\) cannot be read: character 1 is half of a surrogate"),
        ("x" * 10_001, "10,001 characters are too many"),
        ("since:0001-01-01", "the days begin with the second day of year 1"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(line: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as told:
        read(line, "Asia/Tokyo")
    assert "\n" not in str(told.value)


TEXT = st.text(max_size=30) | st.text(alphabet='ab :"\\ \t%_\n', max_size=12)


def is_kept(text: str) -> bool:
    try:
        return clean_input(text, "it") == text
    except InputError:
        return False


NAMES = st.lists(TEXT.filter(is_kept), max_size=3, unique=True).map(tuple)
BOUND = st.none() | st.integers(EARLIEST, LATEST)
ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "America/Havana"]
)
EVERY = st.builds(
    Filters,
    status=st.lists(st.sampled_from(Status), unique=True).map(tuple),
    tags=NAMES, forecasters=NAMES, sources=NAMES, since=BOUND, until=BOUND,
    classes=st.lists(st.sampled_from(TimingClass), unique=True).map(tuple),
    search=st.none() | TEXT.filter(lambda text: is_kept(text) and bool(text)),
)  # fmt: skip


@given(filters=EVERY, zone=ZONES)
@example(filters=Filters(since=LATEST, until=EARLIEST), zone="Asia/Kathmandu")
@example(filters=Filters(search=" a  b "), zone="UTC")
@example(filters=Filters(search="status:due"), zone="UTC")
def test_what_is_written_is_read_again(filters: Filters, zone: str) -> None:
    assert read(write_query(filters, zone), zone) == filters


@given(line=st.text(max_size=60) | st.text(alphabet='tagby:2" \\-5', max_size=30), zone=ZONES)
def test_any_line_is_read_or_refused_in_one_line(line: str, zone: str) -> None:
    try:
        filters = read(line, zone)
    except InputError as problem:
        assert "(character " in str(problem)
        assert "\n" not in str(problem)
    else:
        assert read(write_query(filters, zone), zone) == filters


@given(line=st.text(alphabet='ta:"\\ x', max_size=30))
def test_words_stand_where_they_say(line: str) -> None:
    found = list(words(line))
    covered = [line[one.start : one.end] for one in found]
    assert "".join("".join(covered).split()) == "".join(line.split())
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_days_are_written_as_days() -> None:
    told = read("since:2025-02-03 by:2025-03", "Europe/Berlin")
    assert write_query(told, "Europe/Berlin") == "since:2025-02-03 by:2025-03-31"
    assert write_query(told, "UTC") == "since:2025-02-02T23:00:00Z by:2025-03-31T21:59:59.999999Z"
    assert write_query(Filters(), "UTC") == ""
    line = 'status:due tag:a tag:"b c" forecaster:d source:"e:f" class:late by:2025-01-01 free text'
    assert write_query(read(line), "UTC") == line


@pytest.fixture
def known(desk: Desk) -> Desk:
    desk.ask("Rain?", tags=("ukraine", "Ukraine war", 'u:\\"', "Über"), p="10%", forecaster="Andrew Korybko")
    desk.ask("Snow?", tags=("ukulele", "[/red]", "evil\x1b[31m"), p="10%", forecaster="zoe", source="https://a.example")
    desk.ask("Hail?", tags=tuple(f"many-{number}" for number in range(30)), source="The Daily News")
    return desk


def lines(desk: Desk, line: str, cursor: int | None = None) -> list[str]:
    with desk.book() as book:
        found = complete(book, line, len(line) if cursor is None else cursor)
    for one in found:
        assert one.meaning
        assert cursor is not None or one.cursor == len(one.line)
    assert len(found) <= 8
    return [one.line for one in found]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("", ["status:", "tag:", "forecaster:", "source:", "class:", "by:", "since:"]),
        ("st", ["status:"]),
        ("unt", ["until:"]),
        ("due", ["status:due"]),
        ("status:", ["status:open", "status:waiting", "status:due", "status:resolved", "status:void"]),
        ("status:RE", ["status:resolved"]),
        ("status:due", []),
        ("class:p", ["class:proven"]),
        ("x by:1 tag:uk", ['x by:1 tag:"Ukraine war"', "x by:1 tag:ukraine", "x by:1 tag:ukulele"]),
        ('tag:"Uk', ['tag:"Ukraine war"', "tag:ukraine", "tag:ukulele"]),
        ("tag:[", ["tag:[/red]"]),
        ("tag:evil", []),
        ("tag:u:", [r'tag:"u:\\\""']),
        ("tag:many", [f"tag:many-{told}" for told in (0, 1, 10, 11, 12, 13, 14, 15)]),
        ("forecaster:kory", ['forecaster:"Andrew Korybko"']),
        ("forecaster:%", []),
        ("source:h", ['source:"https://a.example"']),
        ("source:da", ['source:"The Daily News"']),
        ("by:20", []),
        ("zzz", []),
        ('"uk', []),
        ("tag:\ud800", []),
        ("tag:" + "u" * 9000, []),
    ],
)  # fmt: skip
def test_the_word_at_the_end_is_completed(known: Desk, line: str, offered: list[str]) -> None:
    assert lines(known, line) == offered


def test_a_word_in_the_middle_is_completed_where_it_stands(known: Desk) -> None:
    assert lines(known, "a tag:ukr b", 9) == ['a tag:"Ukraine war" b', "a tag:ukraine b"]
    assert lines(known, "a st b", 4) == ["a status: b"]
    assert lines(known, "a  b", 2)[0] == "a status: b"
    with known.book() as book:
        assert complete(book, "a st b", 4)[0].cursor == len("a status:")


@given(line=st.text(max_size=20), cursor=st.integers(0, 20))
def test_anything_may_be_completed_and_offers_nothing_unsafe(line: str, cursor: int, shared_book: Any) -> None:
    for one in complete(shared_book, line, min(cursor, len(line))):
        new = set(one.line) - set(line)
        assert safe_text("".join(sorted(new))) == "".join(sorted(new))


@pytest.fixture(scope="module")
def shared_book(empty_ledger: Any) -> Any:
    from desk import fresh_desk

    with fresh_desk(empty_ledger) as made:
        made.ask("Rain?", tags=("a", "b c", "evil\x1b"), by=day(50), source="News")
        with made.book() as book:
            yield book


def test_what_is_offered_is_read(known: Desk) -> None:
    for name in FIELDS:
        for line in lines(known, f"{name}:"):
            read(line)
