"""Deadlines and reviews as events: which there are, and what a calendar makes of a later export."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from desk import Desk, day, fresh_desk
from icalendar import Calendar

from ledger.domain.filters import Filters
from ledger.domain.kinds import Status
from ledger.domain.text import safe_text
from ledger.errors import Cancelled, RefusedError
from ledger.services.calendar_export import export_calendar

Events = dict[str, Any]


def export(desk: Desk, path: Path, *, filters: Filters | None = None, as_of: str | None = None) -> bytes:
    with desk.clock():
        export_calendar(desk.at, path, filters=filters or Filters(), as_of=as_of, force=True)
    return path.read_bytes()


def events(desk: Desk, **more: Any) -> Events:
    """The events by id, without the part that names the ledger."""
    data = export(desk, desk.path.parent / "out.ics", **more)
    found = {str(one["uid"]).partition("@")[0]: one for one in Calendar.from_ical(data).events}
    assert len(found) == data.count(b"BEGIN:VEVENT")
    return found


def status(found: Events) -> dict[str, str]:
    return {name: str(one["status"]) for name, one in found.items()}


@pytest.fixture
def asked(desk: Desk) -> Desk:
    desk.ask("Will it rain?", p="60%", by="2026-03-29T02:30:00+02:00", key="rain")
    return desk.wait(1)


def test_a_moved_deadline_moves_the_event(asked: Desk) -> None:
    before = events(asked)["question-1-deadline"]
    assert before["dtstart"].dt == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    asked.edit("1", deadline="2026-05-01")
    after = events(asked)["question-1-deadline"]
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstart"].dt.astimezone(UTC) == datetime(2026, 5, 1, 23, 59, 59, tzinfo=UTC)
    assert after["last-modified"].dt == after["dtstamp"].dt == asked.now
    assert before["dtstamp"].dt < after["dtstamp"].dt
    assert before["created"].dt == after["created"].dt


def test_the_zone_that_was_meant_is_the_events(desk: Desk) -> None:
    desk.ask(by="2026-03-29", zone="Pacific/Auckland")
    desk.look_again("1", "2026-02-01", zone="America/New_York")
    found = events(desk)
    assert found["question-1-deadline"]["dtstart"].to_ical() == b"20260329T235959"
    assert found["question-1-deadline"]["dtstart"].params["TZID"] == "Pacific/Auckland"
    (again,) = (one for name, one in found.items() if "again" in name)
    assert again["dtstart"].to_ical() == b"20260201T000000"
    assert again["dtstart"].params["TZID"] == "America/New_York"


def test_what_is_said_later_changes_the_words_and_not_the_number(asked: Desk) -> None:
    asked.say("1", "70%", reason="clouds")
    found = events(asked)["question-1-deadline"]
    assert "ann says 70 %" in found["description"]
    assert found["sequence"] == 0
    assert found["last-modified"].dt == asked.now
    asked.wait(1).withdraw("1")
    found = events(asked)["question-1-deadline"]
    assert "ann says 70 %, and withdrew" in found["description"]
    assert found["last-modified"].dt == asked.now


def test_what_is_settled_void_or_taken_back_is_cancelled_and_comes_back(asked: Desk) -> None:
    asked.look_again("1", day(10))
    asked.look_again("1", day(20))
    asked.forget("1", day(20))
    asked.snooze("1", day(30))
    names = [name for name in events(asked) if "again" in name]
    assert status(events(asked)) == {
        "question-1-deadline": "CONFIRMED", names[0]: "CONFIRMED", names[1]: "CANCELLED",
        "question-1-snoozed": "CONFIRMED",
    }  # fmt: skip
    numbers = {name: one["sequence"] for name, one in events(asked).items()}
    asked.resolve("1", "yes", known_at="now")
    assert set(status(events(asked)).values()) == {"CANCELLED"}
    assert all(one["sequence"] > numbers[name] for name, one in events(asked).items())
    asked.reopen("1")
    assert [name for name, one in status(events(asked)).items() if one == "CONFIRMED"] == ["question-1-deadline"]
    asked.void("1")
    assert set(status(events(asked)).values()) == {"CANCELLED"}
    assert [one["sequence"] for one in events(asked).values()] == [3, 3, 4, 3]


def test_a_putting_off_moves_and_ends(asked: Desk) -> None:
    asked.snooze("1", day(30))
    first = events(asked)["question-1-snoozed"]
    asked.snooze("1", day(40))
    second = events(asked)["question-1-snoozed"]
    asked.wake("1")
    third = events(asked)["question-1-snoozed"]
    assert [one["sequence"] for one in (first, second, third)] == [0, 1, 2]
    assert [str(one["status"]) for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert second["dtstart"].dt > first["dtstart"].dt
    assert first["uid"] == second["uid"] == third["uid"]


def test_what_waits_is_tentative_and_follows_its_condition(asked: Desk) -> None:
    asked.ask("Will it flood?", p="10%", condition="rain=yes", key="flood")
    child = "question-2-deadline"
    assert status(events(asked)) == {"question-1-deadline": "CONFIRMED", child: "TENTATIVE"}
    asked.resolve("rain", "yes", known_at="now")
    assert (status(events(asked))[child], events(asked)[child]["sequence"]) == ("CONFIRMED", 1)
    asked.resolve("rain", "no", known_at="now", supersede=True)
    assert (status(events(asked))[child], events(asked)[child]["sequence"]) == ("CANCELLED", 2)
    asked.edit("flood", condition="none")
    asked.reopen("rain")
    assert (status(events(asked))[child], events(asked)[child]["sequence"]) == ("CONFIRMED", 4)


def test_a_redaction_takes_the_words_and_is_a_change(asked: Desk) -> None:
    asked.redact("rain")
    found = events(asked)["question-1-deadline"]
    assert "rain" not in found.to_ical().decode()
    assert "(redacted)" in found["summary"]
    assert found["sequence"] == 1


def test_the_weekly_review_recurs_until_it_is_off(asked: Desk) -> None:
    asked.rule(weekly="mon@09:00", zone="Europe/Berlin")
    found = events(asked)["weekly-review"]
    assert found["dtstart"].to_ical() == b"20260105T090000"
    assert found["dtstart"].params["TZID"] == "Europe/Berlin"
    assert found["rrule"].to_ical() == b"FREQ=WEEKLY;BYDAY=MO"
    asked.wait(1).rule(weekly="off")
    after = events(asked)["weekly-review"]
    assert (str(found["status"]), str(after["status"])) == ("CONFIRMED", "CANCELLED")
    assert after["sequence"] == found["sequence"] + 1
    assert "weekly-review" not in events(asked, filters=Filters(search="rain"))


def test_the_same_record_gives_the_same_bytes_at_any_time_and_in_a_copy(asked: Desk, tmp_path: Path) -> None:
    asked.ask("Will it flood?", p="10%", condition="rain=yes", by=day(20))
    asked.look_again("1", "2026-02-01", zone="Australia/Lord_Howe")
    asked.rule(weekly="sun@02:30", zone="Europe/Berlin")
    first = export(asked, tmp_path / "first.ics")
    copy = Desk(tmp_path / "copy.db")
    shutil.copyfile(asked.path, copy.path)
    copy.now = asked.now
    asked.wait(400).rebuild()
    assert export(asked, tmp_path / "second.ics") == first
    assert export(copy, tmp_path / "third.ics") == first
    entries = asked.entries()
    asked.edit("1", title="Will it snow?")
    assert export(asked, tmp_path / "fourth.ics", as_of=str(entries)) == first


def test_two_ledgers_have_no_event_in_common(asked: Desk, empty_ledger: Path) -> None:
    with fresh_desk(empty_ledger) as other:
        other.ask("Will it rain?", p="60%", by="2026-03-29T02:30:00+02:00", key="rain")
        ids = [{str(one["uid"]) for one in events(desk).values()} for desk in (asked, other)]
    assert not ids[0] & ids[1]


def test_filters_and_an_empty_ledger(asked: Desk, empty_ledger: Path) -> None:
    asked.ask("Is it over?", p="60%", by=day(50), key="over")
    assert list(events(asked, filters=Filters(search="over"))) == ["question-2-deadline"]
    assert list(events(asked, filters=Filters(status=(Status.VOID,)))) == []
    with fresh_desk(empty_ledger) as other:
        assert events(other) == {}


def test_a_file_is_replaced_by_force_alone_whole_and_keeps_its_mode(asked: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    before = export(asked, path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(RefusedError, match="is there already"):
        export_calendar(asked.at, path, filters=Filters(), as_of=None, force=False)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    asked.edit("1", deadline="2026-05-01")
    with pytest.raises(Cancelled):
        export_calendar(asked.at, path, filters=Filters(), as_of=None, force=True, progress=stop)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".partial"] == []
    assert export(asked, path) != before
    assert path.stat().st_mode & 0o777 == 0o644


PIECES = (
    *("\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n", "\nBEGIN:VALARM", "\rATTACH:http://evil", "\x85URL:x", "\u2028X-A:b"),
    *("\x0b\x0c\x1c\x1d\x1e", ";VALUE=URI:", "\\N\\n\\;\\,", "\u202e\u2066", "\ufeff", "🎲" * 300, "👩\u200d👧" * 9),
    *(
        "é" * 80,
        "x" * 80,
        "\t",
        " ",
        '"',
        ":",
        ",",
        ";",
        "=",
        "'",
        "%0D%0A",
        "^n",
        "\x1b]0;t\x07",
        "UID:a@b",
        "漢字" * 30,
    ),
)
PROPERTIES = {
    *("UID", "SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "STATUS"),
    "TRANSP",
}


def test_five_hundred_hostile_strings_in_every_place_add_nothing(desk: Desk, tmp_path: Path) -> None:
    drawn, titles = random.Random(5545), []
    names = "question_id,title,forecaster,probability,forecast_at,deadline,outcome,criteria,source_url,hedge,zone"
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names.split(","))
        for at in range(500):
            text = "".join(drawn.choices(PIECES, k=drawn.randint(1, 5)))
            titles.append(f"t{text}t")
            row = [f"k{at}{text[:300]}", titles[-1], f"f{text[:150]}", "0.5", day(-9), day(drawn.randrange(1, 900))]
            writer.writerow([*row, "", f"c{text}", f"https://x.org/{text}"[:900], f"h{text}"[:400], "Europe/Berlin"])
    desk.take_in(tmp_path / "in.csv")
    data = export(desk, tmp_path / "out.ics")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert not re.search(rb"[^\r]\n|\r[^\n]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data)
    text = data.decode().replace("\r\n ", "")
    bodies = re.findall(r"(?<=\n)BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", text, re.DOTALL)
    assert len(bodies) == 500 == text.count("\nBEGIN:VEVENT\r\n")
    for body in bodies:
        found = Counter(re.split("[;:]", line, maxsplit=1)[0] for line in body.split("\r\n")[:-1])
        assert found in (dict.fromkeys(PROPERTIES, 1), dict.fromkeys(PROPERTIES | {"URL"}, 1))
    wanted = [f"Closes: {safe_text(title)}" for title in titles]
    assert [str(one["summary"]) for one in Calendar.from_ical(data).events] == wanted
    assert [one.summary.value for one in vobject.readOne(data.decode()).vevent_list] == wanted
