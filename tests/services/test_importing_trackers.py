"""Files of other trackers through the services: once, all or nothing, later exports, and out again to Fatebook."""

from __future__ import annotations

import csv
import io
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, fresh_desk

from ledger import clock
from ledger.domain.filters import Filters
from ledger.errors import FileInputError, LedgerError, RefusedError
from ledger.formats.cells import escape
from ledger.services.export_as import export_as
from ledger.services.import_given import Typed, given_of
from ledger.services.transfer import Imported, import_file

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"
READABLE = sorted(path.name for path in SAMPLES.iterdir() if path.name != "forecastbench-latest.json")
TYPED = Typed(made_at="2021-12-01", deadline="2026-06-30")
LATER = 243
"""Days after the desk's beginning, so that the samples are of the past."""


@pytest.fixture
def late(desk: Desk) -> Desk:
    return desk.wait(LATER)


def take(desk: Desk, *paths: Path, typed: Typed = TYPED, **more: Any) -> Imported:
    usual = {"origin": None, "dry_run": False, "supersede": False}
    with desk.clock():
        return import_file(
            desk.at, paths[0], more=paths[1:], given=given_of(typed), tell=desk.heard.append, **{**usual, **more}
        )


def sample(name: str) -> list[Path]:
    path = SAMPLES / name
    return sorted(path.iterdir()) if path.is_dir() else [path]


@pytest.mark.parametrize("name", READABLE)
def test_a_sample_comes_in_once_and_claims_stay_claims(late: Desk, name: str) -> None:
    dry = take(late, *sample(name), dry_run=True)
    assert late.entries() == 0
    done = take(late, *sample(name))
    assert {**dry.data, "dry_run": False} == done.data
    assert done.data["questions"]
    before = late.dump(("entry", "entry_text"))
    again = take(late, *sample(name))
    assert late.dump(("entry", "entry_text")) == before
    assert (again.data["questions"], again.data["statements"], again.data["changes"]) == (0, 0, 0)
    assert again.data["already_there"] == done.data["statements"]
    assert {timing for (timing,) in late.rows("SELECT timing FROM forecast")} <= {"imported", "late"}
    assert not late.verify()
    late.score()


@pytest.mark.parametrize("name", READABLE)
def test_what_came_in_goes_out_and_in_unchanged(late: Desk, name: str, empty_ledger: Path) -> None:
    take(late, *sample(name))
    path = late.path.with_name("out.csv")
    late.give_out(path)
    with fresh_desk(empty_ledger) as other:
        other.wait(LATER).take_in(path)
        assert other.rows(_QUESTIONS) == late.rows(_QUESTIONS)
        assert sorted(other.rows(_SAID), key=repr) == sorted(late.rows(_SAID), key=repr)


_QUESTIONS = "SELECT key, title, kind, deadline, opened_at, outcome, known_at FROM question ORDER BY key"
_SAID = """
    SELECT q.key, p.name, f.made_at, f.probability, f.value FROM forecast f
    JOIN question q ON q.id = f.question_id JOIN forecaster p ON p.id = f.forecaster_id"""


def questions_json(*questions: dict[str, Any]) -> str:
    return json.dumps({"items": questions})


def ferry(**more: Any) -> dict[str, Any]:
    return {
        "id": "cq1", "title": "Will the ferry run?", "type": "BINARY", "resolution": None,
        "resolveBy": "2026-03-02T00:00:00Z", "createdAt": "2026-01-10T00:00:00Z",
        "forecasts": [said("0.7", 10)], **more,
    }  # fmt: skip


def said(forecast: object, day: int, name: str = "Ada") -> dict[str, Any]:
    return {"forecast": forecast, "createdAt": f"2026-01-{day:02}T10:00:00Z", "user": {"id": "u1", "name": name}}


def put(desk: Desk, text: str, name: str = "in") -> Path:
    path = desk.path.with_name(name)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_newer_export_of_the_account_adds_what_is_new(late: Desk) -> None:
    take(late, put(late, questions_json(ferry())))
    newer = ferry(
        forecasts=[said("0.7", 10), said(0.8, 20)], resolution="YES", resolved=True, resolvedAt="2026-02-01T00:00:00Z"
    )
    other = ferry(id="cq2", title="Will the mill open?")
    done = take(late, put(late, questions_json(newer, other)))
    assert (done.data["questions"], done.data["statements"], done.data["already_there"]) == (1, 2, 1)
    assert late.rows("SELECT key, outcome FROM question ORDER BY id") == [
        ("fatebook:cq1", "yes"),
        ("fatebook:cq2", None),
    ]
    assert any("adds outcome: none → yes" in notice for notice in done.notices)


def test_another_title_or_deadline_is_refused_unless_superseded(late: Desk) -> None:
    take(late, put(late, questions_json(ferry())))
    later = put(late, questions_json(ferry(title="Will the big ferry run?")))
    with pytest.raises(RefusedError, match=r"record 1: fatebook:cq1 has another title .*--supersede"):
        take(late, later)
    assert take(late, later, supersede=True).data["changes"] == 1
    assert late.rows("SELECT title FROM question") == [("Will the big ferry run?",)]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"forecasts": [said("0.7", 10), said("1.2", 11)]}, ["record 2", "field forecasts[1].forecast", "0 and 1"]),
        ({"forecasts": [said("seven", 10)]}, ["record 2", "field forecasts[0].forecast", "70%"]),
        ({"resolution": "MAYBE"}, ["record 2", "field resolution", "yes, no, ambiguous"]),
        ({"resolveBy": "soon"}, ["record 2", "field resolveBy", "2026-12-31"]),
        ({"title": ""}, ["record 2", "field title", "may not be empty"]),
        ({"title": "a\0b"}, ["record 2", "NUL"]),
        ({"forecasts": [said("0.5", 10, "x" * 201)]}, ["record 2", "too long a name"]),
        ({"forecasts": [{"forecast": "0.5", "createdAt": "2027-01-01T00:00:00Z"}]}, ["record 2", "in the future"]),
        ({"resolution": "NO", "resolvedAt": "2027-01-01T00:00:00Z"}, ["record 2", "in the future"]),
    ],
)
def test_one_bad_record_and_nothing_comes_in(late: Desk, change: dict[str, Any], words: list[str]) -> None:
    bad = put(late, questions_json(ferry(), ferry(id="cq2", **change)))
    for dry_run in (True, False):
        with pytest.raises(LedgerError) as refusal:
            take(late, bad, dry_run=dry_run, typed=Typed())
        assert all(word in str(refusal.value) for word in words), str(refusal.value)
        assert str(refusal.value).startswith("in, ")
    assert late.entries() == 0


def test_a_deadline_that_cleodora_overwrote_does_not_replace_the_one_that_is_known(late: Desk) -> None:
    (path,) = sample("cleodora.json")
    whole = json.loads(path.read_text(encoding="utf-8"))
    ferry, *_ = whole["data"]["forecasts"]
    before = {**ferry, "resolution": "UNRESOLVED", "resolves": "2026-03-01T00:00:00Z"}
    take(late, put(late, json.dumps({"forecasts": [before]})))
    done = take(late, path)
    assert done.data["changes"] == 1
    assert any("adds outcome: none → yes" in notice for notice in done.notices)
    (deadline,) = late.rows("SELECT deadline, outcome FROM question WHERE key = 'cleodora:1'")
    assert deadline == (1772323200_000000, "yes")


def test_two_records_of_one_question_must_agree(late: Desk) -> None:
    twice = put(late, questions_json(ferry(), ferry(resolveBy="2026-04-01T00:00:00Z")))
    with pytest.raises(
        FileInputError, match="record 2, field deadline: another deadline of this question than in record 1"
    ):
        take(late, twice)


def test_what_the_file_does_not_say_is_asked_for(late: Desk) -> None:
    path = put(late, "UNRESOLVED\t2031/12/31\t70\tThe bridge opens\n")
    with pytest.raises(FileInputError, match=r"line 1, column made_at: .*--made-at"):
        take(late, path, typed=Typed())
    claims = sample("adiabatic.yaml")
    with pytest.raises(FileInputError, match=r"line 9, column deadline: .*--deadline"):
        take(late, *claims, typed=Typed(made_at="2021-01-01"))
    done = take(late, path, typed=Typed(forecaster="ann", made_at="2025-05-01", zone="Europe/Berlin"))
    assert late.rows("SELECT name FROM forecaster") == [("ann",)]
    ((made_at, deadline),) = late.rows(
        "SELECT made_at, question.deadline FROM forecast JOIN question ON question.id = question_id"
    )
    assert (made_at, deadline) == (1746050400_000000, 1956524399_000000)
    assert any("'ann'" in notice for notice in done.notices)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (Typed(made_at="2030-01-01"), "--made-at: 2030-01-01T00:00:00Z is in the future"),
        (Typed(made_at="soon"), "--made-at: 'soon' is not a time"),
        (Typed(deadline="2026-02-30"), "--deadline: '2026-02-30' names a day that does not exist"),
        (Typed(zone="Norn"), "'Norn' is not a time zone"),
        (Typed(forecaster=" "), "--forecaster is empty"),
    ],
)
def test_what_the_person_says_is_checked(late: Desk, typed: Typed, said: str) -> None:
    with pytest.raises(LedgerError) as refusal:
        take(late, *sample("prt.tsv"), typed=typed)
    assert str(refusal.value).startswith(said)


def test_the_report_tells_what_is_derived_and_left_out(late: Desk) -> None:
    done = take(late, *sample("manifold"), dry_run=True)
    assert done.said[0] == "bets.json and 1 more: would add 4 questions and 4 statements"
    assert done.said[1] == "new: 'Will the Norn ferry run?' by 2025-02-19T21:20:00Z, 2 statements, outcome 0.75"
    price, places = "probabilities that are the price after a bet, not stated ones", "1 probAfter, 8 probAfter"
    assert f"derived: 3 × {price} (records {places}, 9 probAfter)" in done.notices
    assert "left out: 2 × sales, and orders that nobody has taken (records 4, 6)" in done.notices
    data = json.loads(json.dumps(done.data))
    assert (data["format"], data["questions"], data["statements"]) == ("manifold", 4, 4)
    assert data["derived"][0] == {
        "what": price, "count": 3,
        "first": [{"record": at, "field": "probAfter"} for at in (1, 8, 9)],
    }  # fmt: skip
    assert {one["what"]: one["count"] for one in data["dropped"]}["bets that were cancelled"] == 1
    take(late, *sample("manifold"))
    comments = {comment for (comment,) in late.rows("SELECT comment FROM forecast_text")}
    assert len(comments) == 3
    assert all(comment.startswith("derived: ") for comment in comments)


def test_progress_ends_an_import_and_nothing_is_written(late: Desk) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(late, *sample("fatebook-current.csv"), progress=stop)
    assert late.entries() == 0


def out(desk: Desk, path: Path) -> list[str]:
    with desk.clock():
        return export_as(
            desk.at, path, form="fatebook", filters=Filters(), as_of=None, force=True, tell=desk.heard.append
        ).notices


def test_fatebook_takes_what_it_can_and_gives_it_back(late: Desk, empty_ledger: Path) -> None:
    for name in ("fatebook-current.csv", "fatebook-older.csv", "predictionbook.json"):
        take(late, *sample(name))
    path = late.path.with_name("fatebook.csv")
    notices = out(late, path)
    assert notices[0] == f"14 rows written to {path}"
    assert notices[1].startswith("the file names nobody, and has the forecasts of 5 people")
    with fresh_desk(empty_ledger) as other:
        other.wait(LATER)
        done = take(other, path, typed=Typed())
        assert done.data["statements"] == 14
        assert done.data["format"] == "fatebook-sheet"
        assert other.rows(_TOLD) == late.rows(_TOLD)
        second = path.with_name("again.csv")
        out(other, second)
        assert second.read_bytes() == path.read_bytes()


_TOLD = """
    SELECT q.title, q.criteria, q.deadline, q.outcome, q.known_at, f.made_at, f.probability FROM forecast f
    JOIN question q ON q.id = f.question_id ORDER BY 1, 6, 7"""


def test_what_fatebook_has_no_place_for_is_counted(late: Desk) -> None:
    take(late, *sample("cleodora.json"))
    late.ask("Rain?", "2027-01-01", p="0.5", tags=("a,b", "c"))
    late.ask("Snow?", "2027-01-01")
    late.withdraw("rain")
    late.take_in(put(late, _SHARE))
    path = late.path.with_name("fatebook.csv")
    notices = out(late, path)
    assert set(notices[1:5]) == {
        "left out: 1 forecast of options or numbers", "left out: 1 withdrawal",
        "left out: 1 question without a forecast", "left out: 1 tag with a comma in it",
    } | {"left out: 1 outcome that is neither yes nor no"} - set(notices[5:6])  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert {row["questionTitle"]: (row["resolution"], row["tags"]) for row in rows} == {
        "Will Ada & Bo's ferry run?": ("YES", ""), "Moot?": ("AMBIGUOUS", ""), "Rain?": ("", "c"), "Share?": ("", ""),
    }  # fmt: skip
    assert "takes rows with an empty resolution as resolved" in notices[-1]


_SHARE = (
    "question_id,title,forecaster,probability,forecast_at,deadline,outcome\n"
    "s,Share?,ann,0.25,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,0.3\n"
)


@pytest.mark.parametrize("title", ["=1+1", "@x", "-2", "'=x", "＝y", '"; DROP', "a\nb", "\u202eright", "+49 170"])
def test_hostile_titles_go_out_as_text_and_come_back(late: Desk, title: str, empty_ledger: Path) -> None:
    late.ask(title, "2027-01-01", p="0.123456789012345")
    path = late.path.with_name("fatebook.csv")
    out(late, path)
    (_, cells) = csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    assert cells[0] == escape(title)
    assert cells[1] == "12.3456789012345%"
    with fresh_desk(empty_ledger) as other:
        take(other.wait(LATER), path, typed=Typed())
        assert other.rows("SELECT title, probability FROM question JOIN forecast ON question_id = question.id") == [
            (title, 0.123456789012345)
        ]


def fatebook_rows(count: int) -> Iterator[list[str]]:
    random_ = random.Random(5)
    yield next(csv.reader([(SAMPLES / "fatebook-current.csv").read_text(encoding="utf-8").splitlines()[0]]))
    for number in range(count):
        asked = number // 5
        created = f"2024-{asked % 12 + 1:02}-{asked % 28 + 1:02} {asked % 24:02}:{asked % 60:02}:{asked % 60}"
        resolved = "YES" if asked % 3 else ""
        yield [
            f"Will thing {asked} happen?", "", f"Person {number % 5}", str(random_.randrange(101) / 100),
            f"2025-01-{number % 28 + 1:02} {number % 24:02}:{number % 60:02}:{number % 60}", "Person 0", created,
            "2026-05-01 00:00:0", resolved, "2025-12-01 00:00:0" if resolved else "", "", "", "Notes, with a comma", "",
            "false", "", "a; b",
        ]  # fmt: skip


def test_ten_thousand_rows_come_in_in_sensible_time(late: Desk) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(fatebook_rows(10_000))
    path = put(late, text.getvalue())
    started = time.perf_counter()
    done = take(late, path)
    took = time.perf_counter() - started
    assert (done.data["questions"], done.data["statements"]) == (2_000, 10_000)
    assert took < 30, f"{took:.1f} s"
    assert take(late, path).data["statements"] == 0


def test_the_clock_is_the_ledgers_own(late: Desk) -> None:
    """A file cannot say when it was recorded, whatever its times claim."""
    take(late, *sample("fatebook-current.csv"))
    with late.clock():
        now = int(clock.now().timestamp() * 1_000_000)
    assert {at for (at,) in late.rows("SELECT recorded_at FROM entry")} == {now}
    assert all(made_at < now for (made_at,) in late.rows("SELECT made_at FROM forecast"))
