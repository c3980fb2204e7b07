"""Putting a review off: an entry like others, that leaves the question due and keeps a review from asking."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest
from desk import BEGIN, BOOK, Desk, day

from ledger.errors import FileInputError, InputError, RefusedError
from ledger.services.browse import card, due
from ledger.services.review_queue import queue
from ledger.storage.schema import HEAD, SINCE

AT = int(BEGIN.timestamp()) * 1_000_000
DAY = 86_400_000_000


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two questions due since day 5 and 6, and an open one."""
    desk.ask("Rain?", day(5), "0.4", key="rain")
    desk.ask("Snow?", day(6), "0.5", key="snow")
    desk.ask("Hail?", day(90), "0.6", key="hail")
    return desk.wait(10)


def lists(desk: Desk) -> tuple[list[int], dict[int, int], list[int]]:
    """What is due, what is put off until when, and the queue; the two lists agree."""
    with desk.book() as book:
        found, waiting = due(book), [one.number for one in queue(book)]
    return [one.number for one in found.due], {one.question.number: one.until for one in found.snoozed}, waiting


def refusal(desk: Desk, *told: Any, error: type[Exception] = RefusedError, **more: Any) -> str:
    entries = desk.entries()
    with pytest.raises(error) as problem:
        desk.snooze(*told, **more)
    assert desk.entries() == entries
    return str(problem.value)


def test_until_then_a_review_leaves_it_out_and_it_stays_due(two: Desk) -> None:
    scores = two.score()
    done = two.snooze("rain", day(20), "the count is not out")
    assert done.said == [f"rain: put off until 21 January 2026, 00:00:00 in UTC ({day(20)}) (entry {done.entries[0]})"]
    assert lists(two) == ([2], {1: AT + 20 * DAY}, [2])
    assert two.score() == scores
    assert scores["counts"]["due"] == 2
    facts = two.rows("SELECT kind, facts FROM entry ORDER BY seq DESC LIMIT 1")
    assert facts == [("snooze", f'{{"question":1,"until":"{day(20)}","zone":"UTC"}}')]
    two.wait(9.999)
    assert lists(two)[2] == [2]
    two.wait(0.001)
    assert lists(two) == ([1, 2], {}, [1, 2])
    assert two.verify() == []


def test_what_is_open_may_be_put_off_past_its_deadline(two: Desk) -> None:
    two.snooze("hail", day(120))
    two.wait(90)
    assert lists(two) == ([1, 2], {3: AT + 120 * DAY}, [1, 2])


@pytest.mark.parametrize(
    ("told", "zone", "instant"),
    [
        ("2026-03-01", "Europe/Berlin", "2026-02-28T23:00:00Z"),
        ("next monday", "Europe/Berlin", "2026-01-11T23:00:00Z"),
        ("in 3 days", "UTC", "2026-01-14T00:00:00Z"),
        ("tomorrow at 18:00", "UTC", "2026-01-12T18:00:00Z"),
        ("2026-03-01T23:59:59", "UTC", "2026-03-01T23:59:59Z"),
        ("2026-03-01T23:59:59+01:00", None, "2026-03-01T22:59:59Z"),
        ("in 2 hours", "UTC", "2026-01-11T02:00:00Z"),
        ("2026-09-06", "America/Santiago", "2026-09-06T04:00:00Z"),
    ],
)
def test_a_day_means_its_beginning_and_a_time_itself(two: Desk, told: str, zone: str | None, instant: str) -> None:
    """In Santiago that day begins an hour late, as the clocks go forward at midnight."""
    two.snooze("rain", told, zone=zone)
    facts = two.rows("SELECT facts FROM entry ORDER BY seq DESC LIMIT 1")[0][0]
    assert f'"until":"{instant}"' in facts
    assert f'"zone":"{zone or "UTC"}"' in facts


def test_waking_ends_it_in_the_record(two: Desk) -> None:
    two.snooze("rain", day(20), "early")
    two.snooze("rain", day(30))
    done = two.wait(1).wake("rain")
    assert done.said == [f"rain: no longer put off (entry {done.entries[0]})"]
    assert lists(two) == ([1, 2], {}, [1, 2])
    with two.book() as book:
        told = card(book, "rain").snoozes
    assert [(one.until, one.wakes, one.counts, one.reason) for one in told] == [
        (AT + 20 * DAY, False, False, "early"), (AT + 30 * DAY, False, False, None), (AT + 11 * DAY, True, False, None),
    ]  # fmt: skip
    with pytest.raises(RefusedError, match=r"^rain is not put off, so there is nothing to end$"):
        two.wake("rain")
    two.snooze("rain", day(20))
    two.snooze("rain", "now", "changed my mind")
    assert lists(two)[1] == {}


def test_what_is_settled_is_not_put_off_any_more(two: Desk) -> None:
    two.snooze("rain", day(60))
    two.resolve("rain", "yes")
    assert refusal(two, "rain", day(60)) == "rain is resolved already: there is nothing to put off"
    with pytest.raises(RefusedError, match="not put off"):
        two.wake("rain")
    two.reopen("rain")
    assert lists(two) == ([1, 2], {}, [1, 2])
    two.void("rain")
    assert refusal(two, "rain", day(60)) == "rain is void already: there is nothing to put off"


def test_what_waits_and_what_has_its_outcome(two: Desk) -> None:
    two.edit("snow", condition="rain=yes")
    two.resolve("rain", "yes")
    two.resolve("snow", "no")
    two.reopen("rain")
    entry = two.rows("SELECT MAX(entry) FROM resolution WHERE question_id = 2")[0][0]
    assert refusal(two, "snow", day(60)) == f"snow has its outcome already (entry {entry}): there is nothing to put off"
    two.reopen("snow")
    two.snooze("snow", day(60))
    assert lists(two)[2] == [1]
    two.snooze("rain", day(60))
    two.wake("snow")
    assert lists(two)[2] == []


def test_a_time_that_has_passed_or_is_none_is_refused(two: Desk) -> None:
    assert refusal(two, "rain", day(9)) == (
        f"--until '{day(9)}' has passed: it reads as 10 January 2026, 00:00:00 in UTC ({day(9)}); give a time ahead"
    )
    assert refusal(two, "rain", day(10)).startswith(f"--until '{day(10)}' has passed")
    assert refusal(two, "rain", "soonish", error=InputError).startswith("--until: 'soonish' cannot be read as a time")
    assert refusal(two, "rain", "2027-01-01", zone="Mars/Base", error=InputError).startswith("--until: 'Mars/Base' is")


def test_the_reason_can_be_redacted_and_the_rest_stays(two: Desk) -> None:
    (entry,) = two.snooze("rain", day(60), "Xanadu is ill").entries
    two.redact(f"entry:{entry}")
    assert "Xanadu" not in str(two.dump((*BOOK, "entry_text")))
    with two.book() as book:
        (told,) = card(book, "rain").snoozes
    assert (told.reason, told.redacted, told.counts, told.until) == (None, True, True, AT + 60 * DAY)
    two.snooze("snow", day(60), "Xanadu too")
    two.redact("snow")
    assert "Xanadu" not in str(two.dump((*BOOK, "entry_text")))
    assert lists(two)[1] == {1: AT + 60 * DAY, 2: AT + 60 * DAY}
    assert two.verify() == []


def test_the_book_is_told_again_and_as_it_was(two: Desk) -> None:
    two.snooze("rain", day(60))
    entry = two.entries()
    two.wake("rain")
    before = two.dump()
    two.rebuild()
    assert two.dump() == before
    with two.book(as_of=str(entry)) as book:
        assert [one.question.number for one in due(book).snoozed] == [1]
    with two.book(as_of=str(entry - 1)) as book:
        assert due(book).snoozed == []


def test_out_as_json_lines_and_in_again(two: Desk, tmp_path: Any) -> None:
    two.snooze("rain", day(60), "early", zone="Europe/Berlin")
    two.wake("rain")
    two.snooze("rain", day(70))
    two.give_out(tmp_path / "out.jsonl", "jsonl")
    copy = Desk(tmp_path / "copy.db")
    copy.now = two.now
    copy.init()
    copy.take_in(tmp_path / "out.jsonl")
    assert copy.dump((*BOOK, "entry", "entry_text")) == two.dump((*BOOK, "entry", "entry_text"))
    assert copy.verify() == []
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    (tmp_path / "cut.jsonl").write_text("\n".join([*lines[:-3], lines[-2]]) + "\n")
    with pytest.raises(FileInputError):
        copy.take_in(tmp_path / "cut.jsonl")


def meddle(desk: Desk, sql: str) -> None:
    connection = sqlite3.connect(desk.path)
    connection.executescript(sql)
    connection.close()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE snooze SET until = until + 1", "book: snooze entry 8: until is"),
        ("UPDATE snooze SET reason = 'x'", "book: snooze entry 8: reason is 'x', the journal says 'early'"),
        ("DELETE FROM snooze", "book: snooze entry 8: the row is missing; the journal has it"),
        (
            "INSERT INTO snooze VALUES (99, 2, 0, 0, NULL, NULL)",
            "book: snooze entry 99: no entry of the journal made this row",
        ),
        (
            "DROP TABLE snooze; UPDATE alembic_version SET version_num = '0001'",
            "book: the table snooze is missing; the journal has rows for it",
        ),
        (
            "UPDATE alembic_version SET version_num = '0001'",
            "book: the table snooze is missing; the journal has rows for it",
        ),
    ],
)
def test_tampering_with_it_is_found(two: Desk, sql: str, said: str) -> None:
    assert two.snooze("rain", day(60), "early").entries == [8]
    meddle(two, sql)
    (finding,) = two.verify()
    assert finding.startswith(said)


def older(desk: Desk) -> None:
    """Make the ledger one of the schema's first version, which has no tables of reviews."""
    drops = "".join(f"DROP TABLE {table}; " for table in SINCE)
    meddle(desk, drops + "UPDATE alembic_version SET version_num = '0001'")


def test_a_ledger_of_the_first_schema_is_read_as_it_is_and_upgraded_by_the_next_write(two: Desk) -> None:
    two.resolve("snow", "yes")
    before = two.dump()
    older(two)
    file = two.path.read_bytes()
    assert lists(two) == ([1], {}, [1])
    with two.book() as book:
        assert card(book, "rain").snoozes == []
    with two.book(as_of="5") as book:
        assert due(book).snoozed == []
    assert two.score()["counts"]["scored"] == 1
    assert two.verify() == []
    assert two.path.read_bytes() == file
    assert two.rows("SELECT version_num FROM alembic_version") == [("0001",)]
    two.snooze("rain", day(60))
    assert two.rows("SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert two.dump() == before | {"snooze": two.rows("SELECT * FROM snooze")}
    assert lists(two) == ([], {1: AT + 60 * DAY}, [])
    assert two.verify() == []


@pytest.mark.parametrize("write", ["say", "rebuild", "redact", "undo"])
def test_any_write_upgrades_a_ledger_of_the_first_schema(two: Desk, write: str) -> None:
    from ledger.services.undoing import undo

    two.resolve("snow", "yes")
    older(two)
    if write == "say":
        two.say("hail", "0.7")
    elif write == "rebuild":
        two.rebuild()
    elif write == "redact":
        two.redact("rain")
    else:
        undo(two.at, "snow", print)
    assert two.rows("SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert two.verify() == []
