"""Interchange through the services: all or nothing, once, and back out as it came in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desk import Desk, day

from ledger.domain.filters import Filters
from ledger.domain.keys import key_digest
from ledger.errors import FileInputError, LedgerError, RefusedError
from ledger.formats.sheet import Sheet, SheetQuestion
from ledger.journal.entry import Draft
from ledger.services.reconciling import reconcile
from ledger.services.values import Stated
from ledger.storage.writing import transaction

STANDARD = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags"
LONG = f"{STANDARD},kind,option,condition,source_url,withdrawn"
A, B, END = day(-300), day(-200), day(-100)


def line(**cells: str) -> str:
    """A row of the long form: a binary question of last year, said 0.7 by ann."""
    usual = {"question_id": "rain", "title": "Rain?", "deadline": END}
    if cells.get("probability", "0.7"):
        usual |= {"forecaster": "ann", "probability": "0.7", "forecast_at": A}
    return ",".join({**usual, **cells}.get(name, "") for name in LONG.split(","))


def file(desk: Desk, *lines: str, name: str = "in.csv") -> Path:
    path = desk.path.with_name(name)
    path.write_text("\n".join([LONG, *lines]) + "\n", encoding="utf-8")
    return path


def refused(desk: Desk, *lines: str, **more: Any) -> LedgerError:
    """The refusal of a file, with and without writing; the ledger stays as it was."""
    before = desk.dump(("entry",))
    path = file(desk, *lines)
    with pytest.raises(LedgerError) as real:
        desk.take_in(path, **more)
    assert "\n" not in str(real.value)
    assert desk.dump(("entry",)) == before
    return real.value


def test_an_import_says_what_it_brought(desk: Desk) -> None:
    path = file(desk, line(), line(forecaster="bob", probability="0.2", forecast_at=B))
    dry = desk.take_in(path, dry_run=True)
    assert dry.said == ["in.csv: would add 1 question and 2 statements"]
    assert dry.as_data() == {"dry_run": True, "questions": 1, "statements": 2, "already_there": 0, "changes": 0}
    assert desk.entries() == 0
    done = desk.take_in(path)
    assert done.said == ["in.csv: added 1 question and 2 statements"]
    assert done.as_data() == dry.as_data() | {"dry_run": False}
    kinds = ["forecaster", "forecaster", "question", "forecast", "forecast"]
    assert desk.rows("SELECT kind FROM entry ORDER BY seq") == [(kind,) for kind in kinds]
    assert desk.rows("SELECT timing FROM forecast") == [("imported",), ("imported",)]
    assert len(desk.rows("SELECT DISTINCT command, recorded_at FROM entry")) == 1


def test_the_same_file_again_adds_nothing(desk: Desk) -> None:
    left = line(withdrawn="1", probability="", forecaster="ann", forecast_at=B, outcome="1")
    path = file(desk, line(outcome="1"), line(probability="0.6", outcome="1"), left)
    desk.take_in(path)
    before = desk.dump(("entry",))
    again = desk.take_in(path)
    assert desk.dump(("entry",)) == before
    assert again.said[0] == "in.csv: added 0 questions and 0 statements"
    assert again.said[1] == "3 statements were there already"


def test_a_longer_file_adds_only_what_is_new(desk: Desk) -> None:
    rows = [line(), line(probability="0.6", forecast_at=B)]
    desk.take_in(file(desk, rows[0]))
    done = desk.take_in(file(desk, *rows))
    assert (done.data["statements"], done.data["already_there"]) == (1, 1)
    assert desk.rows("SELECT probability FROM forecast ORDER BY entry") == [(0.7,), (0.6,)]


def test_identical_rows_of_unknown_stay_apart_and_those_of_a_name_are_one(desk: Desk) -> None:
    path = file(desk, *[line(forecaster="")] * 3, *[line(forecaster="ann")] * 2)
    desk.take_in(path)
    assert desk.rows(
        "SELECT name, place FROM forecast JOIN forecaster ON id = forecaster_id ORDER BY forecast.entry"
    ) == [
        ("unknown", 0),
        ("unknown", 1),
        ("unknown", 2),
        ("ann", 0),
    ]
    assert desk.take_in(path).data["statements"] == 0
    more = desk.take_in(file(desk, *[line(forecaster="")] * 4))
    assert more.data["statements"] == 1
    assert desk.rows("SELECT MAX(place) FROM forecast") == [(3,)]


def test_a_later_file_that_differs_is_refused_and_said_line_by_line(desk: Desk) -> None:
    desk.take_in(file(desk, line(outcome="1", resolved_at=B)))
    later = [line(title="Much rain?", outcome="0", resolved_at=B, deadline=day(-90))]
    found = refused(desk, *later)
    assert type(found) is RefusedError
    assert str(found) == (
        "in.csv, line 2: rain has another title than the ledger: 'Much rain?' instead of 'Rain?' (and 2 more); "
        "to record the file's say --supersede"
    )
    dry = desk.take_in(file(desk, *later), dry_run=True)
    assert dry.notices == [
        "line 2: rain differs in title: Rain? → Much rain?",
        "line 2: rain differs in deadline: 2025-09-23T00:00:00Z → 2025-10-03T00:00:00Z",
        "line 2: rain differs in outcome: yes → no",
        "without --supersede this import is refused",
    ]
    assert dry.data["changes"] == 3
    done = desk.take_in(file(desk, *later), supersede=True)
    assert done.data["changes"] == 3
    assert desk.rows("SELECT title, outcome FROM question") == [("Much rain?", "no")]
    assert desk.rows("SELECT supersedes FROM resolution ORDER BY entry") == [(None,), (4,)]
    assert desk.rows("SELECT reason FROM edit") == [("import of in.csv",)] * 2
    assert desk.take_in(file(desk, *later)).data["changes"] == 0


def test_one_difference_is_told_without_a_count(desk: Desk) -> None:
    desk.take_in(file(desk, line(outcome="1")))
    assert str(refused(desk, line(outcome="void"))) == (
        "in.csv, line 2: rain has another outcome than the ledger: 'void' instead of 'yes'; "
        "to record the file's say --supersede"
    )


def test_an_outcome_for_an_open_question_is_an_addition(desk: Desk) -> None:
    desk.take_in(file(desk, line()))
    done = desk.take_in(file(desk, line(outcome="0.25")))
    assert done.notices == [
        "line 2: rain adds outcome: none → 0.25",
        "1 outcome came without resolved_at: that question closed at its deadline",
    ]
    assert desk.rows("SELECT outcome, value FROM question") == [("0.25", 0.25)]


def test_a_key_is_of_its_source(desk: Desk) -> None:
    path = file(desk, line(source_url="https://a.example"), line(question_id="rain2", source_url="https://b.example"))
    desk.take_in(path)
    assert desk.rows("SELECT key_digest FROM question ORDER BY id") == [
        (key_digest("https://a.example", "rain"),),
        (key_digest("https://b.example", "rain2"),),
    ]
    done = desk.take_in(file(desk, line(source_url="https://c.example")))
    assert done.data["questions"] == 1
    assert desk.rows("SELECT key FROM question ORDER BY id") == [("rain",), ("rain2",), ("rain",)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"forecast_at": day(1)},
            f"line 2, column forecast_at: {day(1)} is in the future; a forecast is stated before it is imported",
        ),
        (
            {"outcome": "1", "resolved_at": day(1)},
            f"line 2, column resolved_at: {day(1)} is in the future; an outcome is known before it is imported",
        ),
        (
            {"outcome": "1", "deadline": day(1)},
            "line 2, column resolved_at: the deadline is ahead, so say in resolved_at since when the outcome is known",
        ),
        (
            {"condition": "sun=1"},
            "line 2, column condition: its condition 'sun' is neither in the file nor in the ledger",
        ),
    ],
)  # fmt: skip
def test_a_file_that_no_ledger_would_take(desk: Desk, cells: dict[str, str], said: str) -> None:
    found = refused(desk, line(**cells))
    assert isinstance(found, FileInputError)
    assert str(found) == f"in.csv, {said}"


def test_only_the_outcome_of_a_void_needs_no_known_at(desk: Desk) -> None:
    desk.take_in(file(desk, line(outcome="void", deadline=day(1))))
    assert desk.rows("SELECT state, void_reason FROM question") == [("void", "void in in.csv")]


def test_a_loop_in_any_sheet_is_found(desk: Desk) -> None:
    """The reader of our own CSV finds one itself; readers of other formats need not."""
    one, other = (SheetQuestion(key, f"{key}?", 0, condition=(needs, "yes")) for key, needs in ("ab", "ba"))
    with desk.book() as book, pytest.raises(FileInputError) as refusal:
        reconcile(book.driver, Sheet("x.json", [one, other]), book.now)
    assert str(refusal.value) == (
        "x.json, line 0, column condition: the condition would loop: #1 → #2 → #1; "
        "make one of these questions unconditional"
    )


def test_a_condition_on_what_cannot_happen_is_found_in_any_sheet(desk: Desk) -> None:
    desk.ask("Who?", key="who", kind="choice", options=("Ann", "Bo"))
    question = SheetQuestion("a", "a?", 0, condition=("who", "Cy"), line=7)
    with desk.book() as book, pytest.raises(FileInputError) as refusal:
        reconcile(book.driver, Sheet("x.json", [question]), book.now)
    assert str(refusal.value) == (
        "x.json, line 7, column condition: outcome 'Cy' is not one of this question's; did you mean 'Ann' or 'Bo'?"
    )


def test_a_condition_may_be_in_the_ledger_already(desk: Desk) -> None:
    desk.ask(key="first")
    desk.take_in(file(desk, line(condition="first=0")))
    assert desk.rows("SELECT condition_id, condition_outcome FROM question WHERE id = 2") == [(1, "no")]


def test_a_key_that_two_sources_use_needs_its_source(desk: Desk) -> None:
    with transaction(desk.path, "test") as work:
        for number in (1, 2):
            facts = {"question": number, "key": key_digest(str(number), "rain"), "kind": "binary", "deadline": END}
            work.append([Draft.of("question", facts, {"key": "rain", "title": "Rain?"})])
    found = refused(desk, line())
    assert str(found) == (
        "in.csv, line 2, column question_id: the key 'rain' is ambiguous: #1, #2 have it; "
        "name the source in the column source_url"
    )


def test_a_question_that_was_asked_here_is_found_by_its_key(desk: Desk) -> None:
    desk.init("korybko-2024-11-11")
    path = desk.path.with_name("one.csv")
    desk.give_out(path)
    assert desk.take_in(path).data == {
        "dry_run": False, "questions": 0, "statements": 0, "already_there": 19, "changes": 0
    }  # fmt: skip


CHOICE = [
    line(question_id="who", title="Who?", kind="choice", option=name, probability=p, outcome=outcome, resolved_at=B)
    for name, p, outcome in (("Ann", "0.6", "0"), ("Bo", "0.4", "1"))
]


def test_a_choice_comes_in_once_and_goes_out_as_it_came(desk: Desk) -> None:
    desk.take_in(file(desk, *CHOICE))
    assert desk.rows("SELECT value, stated_value FROM forecast") == [('["0.6","0.4"]', '["0.6","0.4"]')]
    assert desk.rows("SELECT outcome FROM question") == [("1",)]
    assert desk.take_in(file(desk, *CHOICE)).data["statements"] == 0
    out = desk.path.with_name("out.csv")
    desk.give_out(out)
    assert desk.take_in(out).data["changes"] == 0


def test_a_journal_with_every_kind_of_entry_comes_in_again(desk: Desk, tmp_path: Path) -> None:
    desk.ask(p="0.5", key="it", tags=("a",), source="News")
    desk.say("it", "0.7", "bob")
    desk.correct("it", "0.6", "bob")
    desk.withdraw("it", "bob")
    desk.take_in(file(desk, *CHOICE))
    desk.ask("And then?", key="then", condition="who=Bo")
    desk.edit("then", condition="none")
    desk.edit("it", deadline=day(50))
    desk.void("it")
    desk.reopen("it")
    desk.resolve("it", "0.3", known_at="now")
    desk.ask("How much?", key="much", kind="numeric")
    desk.resolve("much", "-0", known_at="now")
    desk.redact("then")
    assert len(desk.rows("SELECT DISTINCT kind FROM entry")) == 11
    path = tmp_path / "journal.jsonl"
    desk.give_out(path, "jsonl")
    copy = Desk(tmp_path / "copy.db")
    copy.init()
    done = copy.take_in(path)
    assert done.data == {"dry_run": False, "entries": desk.entries(), "already_there": 0}
    assert copy.dump() == desk.dump()
    assert copy.dump(("entry", "entry_text")) == desk.dump(("entry", "entry_text"))
    assert copy.score() == desk.score()
    assert copy.verify() == []
    assert copy.take_in(path).data["entries"] == 0
    again = tmp_path / "again.jsonl"
    copy.give_out(again, "jsonl")
    assert again.read_bytes() == path.read_bytes()


def test_a_dry_run_of_a_journal_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.ask(p="0.5")
    path = tmp_path / "j.jsonl"
    desk.give_out(path, "jsonl")
    copy = Desk(tmp_path / "copy.db")
    copy.init()
    assert copy.take_in(path, dry_run=True).said == ["j.jsonl: would add 3 of its 3 entries"]
    assert copy.entries() == 0


def test_a_journal_goes_out_up_to_an_entry(desk: Desk, tmp_path: Path) -> None:
    desk.ask(p="0.5")
    path = tmp_path / "j.jsonl"
    done = desk.give_out(path, "jsonl", as_of="2")
    assert done.notices == [f"2 entries written to {path}"]
    assert len(path.read_text().splitlines()) == 2


def test_an_import_into_nothing_is_refused_before_the_file_is_read(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "none.db")
    path = tmp_path / "in.csv"
    path.write_text(f"{LONG}\nnonsense\n")
    with pytest.raises(LedgerError, match="there is no ledger at"):
        desk.take_in(path)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [line(question_id="who", title="Who?", outcome="1")],
            "line 2, column kind: 'who' is choice in the ledger, binary here: make them the same",
        ),
        (
            [line(question_id="who", title="Who?", kind="ordered", option=name, probability="0.5") for name in "AB"],
            "line 2, column kind: 'who' is choice in the ledger, ordered here: make them the same",
        ),
        (
            [
                line(question_id="who", title="Who?", kind="choice", option=name, probability="0.5")
                for name in ("Ann", "Cy")
            ],
            "line 2, column option: 'who' has no option 'Cy' in the ledger",
        ),
    ],
)
def test_a_question_of_the_ledger_keeps_its_kind_and_options(desk: Desk, rows: list[str], said: str) -> None:
    desk.take_in(file(desk, *CHOICE))
    assert str(refused(desk, *rows)) == f"in.csv, {said}"


def test_options_in_another_order_are_laid_out_as_the_ledger_has_them(desk: Desk) -> None:
    desk.ask("Who?", END, key="who", kind="choice", options=("Ann", "Bo", "Cy"), opened_at=day(-400))
    common = {"question_id": "who", "title": "Who?", "kind": "choice", "resolved_at": B}
    later = [
        line(option="Cy", probability="0.75", outcome="1", **common),
        line(option="Ann", probability="0.25", outcome="0", **common),
    ]
    path = file(desk, line(question_id="rain"), *later)
    desk.take_in(path)
    assert desk.rows("SELECT value FROM forecast WHERE value IS NOT NULL") == [('["0.25","0","0.75"]',)]
    assert desk.rows("SELECT outcome FROM question WHERE key = 'who'") == [("2",)]
    assert desk.take_in(path).data["statements"] == 0


def test_a_redacted_choice_is_not_given_more_options(desk: Desk) -> None:
    desk.take_in(file(desk, *CHOICE))
    desk.redact("who")
    cells = {"kind": "choice", "option": "Cy", "probability": "0", "outcome": "0", "resolved_at": B}
    more = line(question_id="who", title="Who?", **cells)
    assert str(refused(desk, *CHOICE, more)) == "in.csv, line 2, column option: 'who' has no option 'Cy' in the ledger"


def test_progress_is_told_from_nothing_to_all(desk: Desk, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        heard.append((done, total))

    desk.take_in(file(desk, line(), line(probability="0.6")), progress=progress)
    size = desk.path.with_name("in.csv").stat().st_size
    assert heard[-1] == (2, 2)
    assert {total for _, total in heard} <= {size, 2}
    out = tmp_path / "out.jsonl"
    for form in ("csv", "jsonl"):
        heard.clear()
        desk.give_out(out, form, progress=progress)
        assert heard == [(0, desk.entries())]
    copy = Desk(tmp_path / "copy.db")
    copy.init()
    heard.clear()
    copy.take_in(out, progress=progress)
    assert heard == [(4, 4)]


def test_an_export_with_a_filter_says_what_it_left_out(desk: Desk, tmp_path: Path) -> None:
    desk.ask(p="0.5", key="rain")
    desk.ask("Will it snow?", p="0.5", key="snow", tags=("cold",))
    done = desk.give_out(tmp_path / "out.csv", filters=Filters(tags=("cold",)))
    assert done.notices == [f"1 row written to {tmp_path / 'out.csv'}", "the filters left out 1 question"]


def test_every_kind_goes_out_and_comes_in_with_the_same_figures(desk: Desk, tmp_path: Path) -> None:
    desk.take_in(file(desk, *CHOICE))
    desk.ask("How much?", day(9), key="much", kind="numeric")
    desk.say("much", Stated(quantiles=(("0.25", "10"), ("0.75", "16.5"))))
    desk.ask("Rain?", day(9), key="rain")
    desk.say("rain", Stated(range="20-40%"), reason="a cloud", made_at=day(-0.5))
    desk.say("rain", Stated(term="realistic possibility", hedge="might"), "bob")
    desk.wait(3).withdraw("rain", "bob", "no idea")
    desk.ask("And then?", day(9), p="0.5", key="then", condition="who=Bo")
    desk.wait(7).resolve("rain", "0.3")
    desk.resolve("much", "12")
    desk.void("then", "a tie")
    out, again = tmp_path / "out.csv", tmp_path / "again.csv"
    desk.give_out(out)
    copy = Desk(tmp_path / "copy.db")
    copy.init()
    copy.now = desk.now
    copy.take_in(out)
    copy.give_out(again)
    assert again.read_bytes() == out.read_bytes()
    for policy in ("last", "first", "all"):
        one, other = copy.score(policy), desk.score(policy)
        assert one["overall"] == other["overall"]
        assert one["kinds"] == other["kinds"]
