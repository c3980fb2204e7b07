"""A reminder's passes: said once through each channel, recorded with it, and told to those who ask what is next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from channels_kept import UNREACHABLE, Deaf, Kept
from desk import BEGIN, BOOK, Desk, day

from ledger.domain.instants import DAY
from ledger.errors import FileInputError, StoreError
from ledger.services import delivering
from ledger.services.live_score import LiveScore
from ledger.services.reminding import next_moment, pending, preview, try_out
from ledger.services.reviewing_week import score_before, week
from ledger.storage import room

AT = int(BEGIN.timestamp()) * 1_000_000


@pytest.fixture
def three(desk: Desk) -> Desk:
    """Two questions due since day 5 and 6, and an open one that is stale from day 30 on."""
    desk.ask("Rain?", day(5), "0.4", key="rain")
    desk.ask("Snow?", day(6), "0.5", key="snow")
    desk.ask("Hail?", day(90), "0.6", key="hail")
    return desk.wait(10)


def announced(desk: Desk) -> list[dict[str, Any]]:
    rows = desk.rows("SELECT facts FROM entry WHERE kind = 'announced' ORDER BY seq")
    return [json.loads(facts) for (facts,) in rows]


def test_each_thing_is_said_once_and_that_is_an_entry(three: Desk) -> None:
    mail = Kept()
    [done] = three.remind(mail)
    assert (done.channel, done.message, done.failure) == ("mail", mail.messages[0], None)
    assert mail.said == [("due", 1, 0), ("due", 2, 0)]
    assert announced(three) == [{"channel": "mail", "said": [["due", 1, day(5)], ["due", 2, day(6)]]}]
    entries = three.entries()
    assert three.remind(mail)[0].message is None
    assert (three.entries(), len(mail.messages), three.heard) == (entries, 1, [])
    assert three.verify() == []


def test_the_message_in_words(three: Desk) -> None:
    mail = Kept()
    three.look_again("hail", day(12))
    three.wait(30).remind(mail)
    [message] = mail.messages
    assert message.title == "3 questions to review: 2 due, 1 to look at again"
    assert message.body == (
        "Due (2)", "  rain: Rain? – due since 6 January 2026", "  snow: Snow? – due since 7 January 2026",
        "To look at again (1)",
        "  hail: Hail? – to look at again since 13 January 2026; not updated since 1 January 2026",
    )  # fmt: skip
    assert message.items[2].as_data() == {
        "why": "look_again", "question": 3, "key": "hail", "title": "Hail?", "at": day(12), "zone": "UTC", "repeat": 0,
        "also": ["stale"],
    }  # fmt: skip
    three.wait(1).remind(mail)
    assert mail.messages[1].title == "2 questions due"
    assert mail.messages[1].body[1] == "  rain: Rain? – due since 6 January 2026 (said 1 time before)"
    assert mail.messages[1].key != message.key


def test_channels_are_told_apart(three: Desk) -> None:
    mail, desktop = Kept(), Kept("desktop")
    three.remind(mail)
    three.remind(mail, desktop)
    assert mail.said == desktop.said
    assert [one["channel"] for one in announced(three)] == ["mail", "desktop"]


def test_a_failed_channel_is_told_once_tried_again_and_hinders_none(three: Desk) -> None:
    mail, desktop = Kept(problem=UNREACHABLE), Kept("desktop")
    found = three.remind(mail, desktop)
    assert [(one.channel, one.failure) for one in found] == [("mail", str(UNREACHABLE)), ("desktop", None)]
    assert three.heard == ["mail: the mail server cannot be reached"]
    assert [one["channel"] for one in announced(three)] == ["desktop"]
    mail.problem = None
    three.wait(2).remind(mail, desktop)
    assert mail.said == [("due", 1, 0), ("due", 2, 0)]
    assert len(desktop.messages) == 2
    assert three.verify() == []


def test_a_retry_has_the_key_of_what_failed(three: Desk) -> None:
    keys: list[str] = []

    class Lost(Kept):
        def deliver(self, message: Any) -> None:
            keys.append(message.key)
            raise UNREACHABLE

    three.remind(Lost())
    three.wait(0.1).remind(Lost())
    assert len(keys) == 2
    assert keys[0] == keys[1]


def test_what_a_library_raises_is_told_by_its_kind_alone(three: Desk) -> None:
    """It may hold an address with a password in it."""
    three.remind(Kept(problem=RuntimeError("smtp://ann:hunter2@example.org")))
    assert three.heard == ["mail: failed (RuntimeError); it is tried again at the next pass"]
    assert announced(three) == []


def test_a_channel_that_does_not_answer_is_given_up(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "TIME_LIMIT", 0.05)
    monkeypatch.setattr(delivering, "PATIENCE", 0.05)
    deaf, mail = Deaf(), Kept()
    three.remind(deaf, mail)
    deaf.over.set()
    assert three.heard == ["deaf: no answer within 0 seconds; it is tried again at the next pass"]
    assert [one["channel"] for one in announced(three)] == ["mail"]


def test_a_message_is_delivered_before_the_commit_and_after_the_journal_took_it(three: Desk) -> None:
    seen: list[tuple[int, bool]] = []

    class Looks(Kept):
        def deliver(self, message: Any) -> None:
            seen.append((three.entries(), three.path.with_name("ledger.db.lock").exists()))
            super().deliver(message)

    before = three.entries()
    three.remind(Looks())
    assert seen == [(before, True)]
    assert three.entries() == before + 1


def test_a_disk_without_room_says_nothing(three: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int, octets: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room, "_fill", full)
    mail = Kept()
    with pytest.raises(StoreError, match="there is no room to record what is said"):
        three.remind(mail)
    assert (mail.messages, announced(three)) == ([], [])
    assert [one.name for one in three.path.parent.iterdir() if "room" in one.name] == []


def test_forty_days_of_sleep_make_one_message(three: Desk) -> None:
    mail = Kept()
    three.remind(mail)
    three.wait(40).remind(mail)
    assert mail.said[2:] == [("due", 1, 1), ("due", 2, 1), ("stale", 3, 0)]
    three.wait(1).remind(mail)
    assert len(mail.messages) == 2


def test_what_is_settled_put_off_or_moved_is_said_no_more(three: Desk) -> None:
    mail = Kept()
    three.remind(mail)
    three.resolve("rain", "yes")
    three.snooze("snow", day(30))
    three.edit("hail", deadline=day(11))
    three.wait(10).remind(mail)
    assert mail.said[2:] == [("due", 3, 0)]
    three.wait(10).remind(mail)
    assert ("due", 2, 0) in mail.said[3:], "what was put off is asked anew"
    three.reopen("rain")
    three.wait(1).remind(mail)
    assert [(one.why, one.question, one.repeat) for one in mail.messages[-1].items] == [("due", 1, 0), ("due", 2, 1)]


def test_a_conditional_question_waits_for_its_condition(desk: Desk) -> None:
    desk.ask("War?", day(20), "0.5", key="war")
    desk.ask("Peace after war?", day(5), "0.5", key="peace", condition="war=yes")
    desk.ask("Ruin after war?", day(90), "0.5", key="ruin", condition="war=yes")
    desk.ask("Nothing?", day(5), "0.5", key="nothing", condition="war=no")
    desk.rule(stale="off")
    mail = Kept()
    desk.wait(10).remind(mail)
    assert mail.messages == []
    desk.resolve("war", "yes", known_at="now")
    desk.remind(mail)
    assert mail.said == [("due", 2, 0), ("condition", 3, 0)]
    assert "ruin: Ruin after war? – its condition settled on 11 January 2026" in mail.messages[0].body[3]


def test_the_weekly_review_is_one_message_with_what_is_announced(three: Desk) -> None:
    three.rule(weekly="mon@09:00", zone="Europe/Berlin", stale="1/3", repeat="off")
    mail = Kept()
    three.remind(mail)
    three.resolve("rain", "yes")
    three.wait(1.5).remind(mail)
    assert mail.messages[1].title == "Weekly review: 1 settled, 1 due"
    assert [(one.why, one.question) for one in mail.messages[1].items] == [("settled", 1), ("due", 2)]
    assert "rain: Rain? – yes since 11 January 2026" in mail.messages[1].body[1]
    assert announced(three)[1] == {"channel": "mail", "weekly": "2026-01-12T08:00:00Z"}
    three.wait(1).remind(mail)
    assert len(mail.messages) == 2
    three.wait(72).remind(mail)
    assert mail.messages[2].title == "Weekly review: 1 due, 1 stale"
    assert mail.messages[3:] == []
    three.wait(1).resolve("snow", "no")
    three.resolve("hail", "no", known_at="now")
    three.wait(6).remind(mail)
    assert mail.messages[3].title == "Weekly review: 2 settled"
    three.wait(7).remind(mail)
    assert (mail.messages[4].title, mail.messages[4].body) == ("Weekly review: nothing to review", ())


def test_many_lines_are_counted(desk: Desk, tmp_path: Path) -> None:
    lines = ["question_id,title,forecaster,probability,forecast_at,deadline,outcome"]
    lines += [f"k{one},{'long ' * 60}?,ann,0.5,2025-12-01T00:00:00Z,2026-01-01T00:00:00Z," for one in range(100)]
    (tmp_path / "in.csv").write_text("\n".join(lines) + "\n")
    desk.take_in(tmp_path / "in.csv")
    mail = Kept()
    desk.wait(1).remind(mail)
    [message] = mail.messages
    assert len(message.items) == 100
    assert len(message.body) == 32
    assert message.body[-1] == "  and 70 more; see: forecast due"
    assert max(map(len, message.body)) < 220
    assert len(announced(desk)[0]["said"]) == 100


def test_hostile_words_reach_a_channel_as_they_are(desk: Desk) -> None:
    """Each channel makes them safe at its own edge; the title of a message has none of them."""
    title = "Rain\r\nBcc: all@example.org \x1b[31m \u202e <b>&{{7*7}}?"
    desk.ask(title, day(5), "0.4", key="rain")
    mail = Kept()
    desk.wait(10).remind(mail)
    [message] = mail.messages
    stored = desk.rows("SELECT title FROM question")[0][0]
    assert message.items[0].title == stored
    assert stored in message.body[1]
    assert message.title == "1 question due"
    assert len(message.body) == 2


def test_what_is_next(three: Desk) -> None:
    def following(*channels: str) -> float | None:
        with three.book() as book:
            found = next_moment(book, channels or ("mail",))
        return None if found is None else (found - AT) / DAY

    assert following() == 5, "what is due is to be said since then"
    three.remind(Kept())
    assert following() == 11, "the next day"
    assert following("mail", "desktop") == 5
    three.rule(repeat="off")
    assert following() == 30, "where the third becomes stale"
    three.rule(stale="off", weekly="thu@12:30")
    assert following() == 14 + 12.5 / 24
    three.rule(weekly="off")
    assert following() == 90
    three.resolve("hail", "yes", known_at="now")
    assert following() is None


def test_a_preview_and_a_test_record_nothing(three: Desk) -> None:
    entries = three.entries()
    with three.book() as book:
        mail, desktop = preview(book, ["mail", "desktop"])
    assert mail.message is not None and mail.message.title == "2 questions due"
    assert desktop.message is not None
    kept, lost = Kept(), Kept("lost", UNREACHABLE)
    found = list(try_out([lost, kept], three.heard.append))
    assert [(one.channel, one.failure) for one in found] == [("lost", str(UNREACHABLE)), ("mail", None)]
    assert kept.messages[0].title == "Forecast Ledger: a test"
    assert three.entries() == entries


def test_as_it_was(three: Desk) -> None:
    entries = three.entries()
    three.remind(Kept())
    with three.book(as_of=str(entries)) as book:
        assert pending(book, "mail").message is None, "on the first day nothing was due"
    with three.book(as_of=day(9)) as book:
        assert len(pending(book, "mail").announcements) == 2
    with three.book(as_of=str(entries + 1)) as book:
        assert pending(book, "mail").message is None


def test_the_week_as_a_guided_pass(three: Desk) -> None:
    three.resolve("rain", "yes", known_at=day(4))
    three.wait(25)
    with three.book() as book:
        found = week(book, AT)
    assert found.as_data() == {
        "settled": [{"number": 1, "key": "rain", "title": "Rain?", "at": day(10), "zone": "UTC", "outcome": "yes"}],
        "due": [{"number": 2, "key": "snow", "title": "Snow?", "at": day(6), "zone": "UTC", "outcome": None}],
        "closing": [],
        "stale": [{"number": 3, "key": "hail", "title": "Hail?", "at": day(0), "zone": "UTC", "outcome": None}],
        "since": day(0), "until": day(42),
    }  # fmt: skip
    with three.clock():
        before = score_before(three.at, AT + 9 * DAY)
    with three.book() as book:
        assert before != LiveScore.read(book, "time-average").figures()


# -- the record ----------------------------------------------------------------------------------------------------


@pytest.fixture
def full(three: Desk) -> Desk:
    """One entry of each kind: seven to begin with, then days, rules and what was announced."""
    three.look_again("hail", day(40), "the storm season", zone="Europe/Berlin")
    three.look_again("hail", day(50))
    three.forget("hail", day(50), "a slip")
    three.rule(weekly="mon@09:00", zone="Europe/Berlin")
    three.remind(Kept())
    return three


def test_the_book_is_told_again_from_the_journal(full: Desk) -> None:
    before = full.dump()
    assert [len(before[table]) for table in ("look_again", "review_rules", "announced")] == [3, 1, 2]
    full.rebuild()
    assert full.dump() == before
    assert full.verify() == []


def test_out_as_json_lines_and_in_again(full: Desk, tmp_path: Path) -> None:
    full.give_out(tmp_path / "out.jsonl", "jsonl")
    copy = Desk(tmp_path / "copy.db")
    copy.now = full.now
    copy.init()
    copy.take_in(tmp_path / "out.jsonl")
    assert copy.dump((*BOOK, "entry", "entry_text")) == full.dump((*BOOK, "entry", "entry_text"))
    mail = Kept()
    copy.remind(mail)
    assert mail.messages == [], "what was said there was said here too"
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    (tmp_path / "cut.jsonl").write_text("\n".join([*lines[:-3], lines[-2]]) + "\n")
    with pytest.raises(FileInputError):
        copy.take_in(tmp_path / "cut.jsonl")


def test_reasons_are_redacted_and_what_was_said_stays(full: Desk) -> None:
    before = full.dump(("announced", "review_rules"))
    full.redact("hail")
    days = full.rows("SELECT question_id, takes_back, reason FROM look_again ORDER BY entry")
    assert days == [(3, None, None), (3, None, None), (3, 9, None)]
    assert "storm season" not in str(full.dump((*BOOK, "entry_text")))
    assert full.dump(("announced", "review_rules")) == before
    mail = Kept()
    full.wait(40).remind(mail)
    assert "(redacted)" in next(one.line for one in mail.messages[0].items if one.question == 3)
    assert full.verify() == []


@pytest.fixture
def meddle(full: Desk) -> Iterator[Any]:
    connection = sqlite3.connect(full.path)
    yield connection.executescript
    connection.close()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE look_again SET at = at + 1 WHERE entry = 8", "book: look_again entry 8: at is"),
        ("DELETE FROM look_again WHERE entry = 10", "book: look_again entry 10: the row is missing"),
        ("UPDATE look_again SET reason = 'x' WHERE entry = 8", "book: look_again entry 8: reason is 'x'"),
        (
            "UPDATE review_rules SET stale = '1/2'",
            "book: review_rules entry 11: stale is '1/2', the journal says '1/3'",
        ),
        ("DELETE FROM announced WHERE place = 1", "book: announced entry 12, place 1: the row is missing"),
        ("UPDATE announced SET channel = 'x' WHERE place = 2", "book: announced entry 12, place 2: channel is 'x'"),
        (
            "INSERT INTO announced VALUES (12, 9, 'mail', 0, 3, 'due', 0)",
            "book: announced entry 12, place 9: no entry of the journal made this row",
        ),
    ],
)
def test_tampering_with_it_is_found(full: Desk, meddle: Any, sql: str, said: str) -> None:
    meddle(sql)
    (finding,) = full.verify()
    assert finding.startswith(said)
