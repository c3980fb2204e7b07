"""Outcomes from a table: all or none, conditions first, once."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk import JOURNAL, Desk, day, fresh_desk
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger.errors import Cancelled, FileInputError, InputError, LedgerError, NotFoundError
from ledger.services.batch_outcomes import Manner, resolve_from
from ledger.services.batch_report import OutcomesReport

Resolve = Callable[..., OutcomesReport]
HEADER = "id,question,outcome,known_at,evidence,note\n"


def take_in(desk: Desk, content: str | bytes, progress: Any = None, **manner: Any) -> OutcomesReport:
    path = desk.path.parent / "outcomes.csv"
    path.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)
    with desk.clock():
        return resolve_from(desk.at, path, Manner(**manner), desk.heard.append, progress=progress)


def prepare(desk: Desk) -> Desk:
    """Four questions past their deadline, one ahead, one that waits for the first, one of options."""
    for number in range(1, 5):
        desk.ask(f"Question {number}?", p="60%", by=day(10), key=f"q{number}")
    desk.ask("Ahead?", p="60%", by=day(300), key="ahead")
    desk.ask("Child?", p="60%", by=day(12), key="child", condition="q1=yes")
    desk.ask("Who?", by=day(10), key="who", kind="choice", options=("Ann", "Bo; or Cy"))
    return desk.wait(20)


@pytest.fixture
def ready(desk: Desk) -> Desk:
    return prepare(desk)


def outcomes(desk: Desk) -> dict[str, Any]:
    return dict(desk.rows("SELECT key, outcome FROM question WHERE state = 'resolved' ORDER BY id"))


def told(report: OutcomesReport) -> list[tuple[int, str | None, str]]:
    return [(one.line, one.column, one.problem) for one in report.table.problems]


def test_a_table_is_recorded_with_all_it_says(ready: Desk) -> None:
    report = take_in(
        ready,
        HEADER + f'1,,yes,{day(9)},https://example.org,"two\nlines"\n#2,,NO,,,\nq3,,0.3,,,\n,Question 4?,1,,,\n'
        "who,Who?,bo; or cy,,,\n",
    )
    assert outcomes(ready) == {"q1": "yes", "q2": "no", "q3": "0.3", "q4": "yes", "who": "1"}
    rows = ready.rows("SELECT known_at IS NULL, evidence, note FROM resolution WHERE question_id = 1")
    assert rows == [(0, "https://example.org", "two\nlines")]
    assert len(set(ready.rows("SELECT command FROM entry WHERE kind = 'resolve'"))) == 1
    assert [one.line for one in report.recorded] == [2, 4, 5, 6, 7]
    assert report.said()[-1] == "outcomes.csv: recorded 5 outcomes"
    assert "4 outcomes came without known_at: those questions closed at their deadline" in report.notices()
    assert "child (#6) is now due" in report.notices()
    assert ready.verify() == []


def test_the_same_table_again_records_nothing_and_says_so(ready: Desk) -> None:
    table = HEADER + f"1,,yes,{day(9)},,\n2,,no,,,\nchild,,no,,,\n"
    take_in(ready, table)
    before = ready.dump(JOURNAL)
    for manner in ({}, {"supersede": True}, {"dry_run": True}):
        report = take_in(ready.wait(1), table, **manner)
        assert (report.recorded, report.already, report.refused) == ([], 3, False)
        assert report.said()[-1].endswith("record 0 outcomes; 3 recorded before" if manner.get("dry_run") else
                                          "recorded 0 outcomes; 3 recorded before")  # fmt: skip
    assert ready.dump(JOURNAL) == before


@pytest.mark.parametrize("order", [("child", "q1"), ("q1", "child")])
def test_conditions_are_settled_first_whatever_the_order_of_the_lines(ready: Desk, order: tuple[str, str]) -> None:
    report = take_in(ready, "id,outcome\n" + "".join(f"{key},yes\n" for key in order))
    assert not report.refused
    assert outcomes(ready) == {"q1": "yes", "child": "yes"}
    kept = take_in(ready, "id,outcome\nq1,no\n", supersede=True)
    assert outcomes(ready) == {"q1": "no"}
    assert "child (#6) is now void" in kept.notices()


def test_an_outcome_for_a_question_that_its_condition_voids_is_kept_and_told(ready: Desk) -> None:
    report = take_in(ready, "id,outcome\nchild,yes\nq1,no\n")
    assert outcomes(ready) == {"q1": "no"}
    assert any(one.startswith("line 2: kept, but not counted: child is void") for one in report.notices())


def test_a_chain_of_conditions_goes_from_its_beginning(desk: Desk) -> None:
    for number in range(6):
        desk.ask(
            f"Link {number}?", p="50%", by=day(5), key=f"c{number}", condition=f"c{number - 1}=yes" if number else None
        )
    take_in(desk.wait(9), "id,outcome\n" + "".join(f"c{number},yes\n" for number in (5, 3, 4, 0, 2, 1)))
    assert len(outcomes(desk)) == 6
    assert desk.verify() == []


PROBLEMS = HEADER + (
    "chil,,yes,,,\n"  # line 2
    ",Question 1,yes,,,\n"
    "q1,Question 2?,yes,,,\n"
    "ahead,,yes,,,\n"
    "child,,yes,,,\n"
    "q2,,maybe,,,\n"
    "q3,,yes,2031-01-01,,\n"
    "q4,,yes,no time,,\n"
    ",,yes,,,\n"
    "who,,Dora,,,\n"
    f"q1,,yes,,,{'x' * 10_001}\n"
    "q2,,yes,,,,extra\n"
    "q3,,no\n"  # line 14: a spreadsheet leaves empty cells at the end away
)


def test_every_problem_is_told_with_its_line_and_nothing_is_written(ready: Desk) -> None:
    before = ready.dump(JOURNAL)
    report = take_in(ready, PROBLEMS)
    assert (report.refused, report.written) == (True, False)
    assert ready.dump(JOURNAL) == before
    expected = [
        (2, "id", "there is no question 'chil'; did you mean child?"), (3, "question", "did you mean #1 'Question 1?'"),
        (4, None, "does not ask 'Question 2?'"), (5, None, "deadline ahead"), (6, None, "waits for its condition, #1"),
        (7, "outcome", "'maybe'"), (9, "known_at", "'no time'"), (10, None, "no question is named"),
        (11, "outcome", "did you mean"), (12, "note", "10,001 characters"), (13, None, "7 cells where"),
        (14, None, "line 8 says something else of the same question, #3"),
    ]  # fmt: skip
    found = told(report)
    assert [(line, column) for line, column, _ in found if line != 4] == [one[:2] for one in expected if one[0] != 4]
    for (_, _, words), (_, _, problem) in zip(expected, found, strict=True):
        assert words in problem
    ending = "nothing was written: mend 12 lines, or leave them out with --skip-unmatched"
    assert ending in report.notices()
    assert report.said() == []


def test_a_rehearsal_tells_the_same_and_writes_nothing(ready: Desk) -> None:
    before = ready.path.read_bytes()
    rehearsed = take_in(ready, PROBLEMS + "q4,,yes,,,\n", dry_run=True)
    assert rehearsed.refused
    assert told(rehearsed) == told(take_in(ready, PROBLEMS + "q4,,yes,,,\n"))
    good = take_in(ready, "id,outcome\nq1,yes\nchild,no\n", dry_run=True)
    assert [one.name for one in good.recorded] == ["q1", "child"]
    assert (good.refused, good.written) == (False, False)
    assert good.said()[-1] == "outcomes.csv: would record 2 outcomes"
    assert ready.path.read_bytes() == before


def test_what_can_be_is_recorded_where_that_is_asked_for(ready: Desk) -> None:
    report = take_in(ready, PROBLEMS, skip_unmatched=True)
    assert (report.refused, report.written, outcomes(ready)) == (False, False, {})
    report = take_in(ready, PROBLEMS + "who,,Ann,,,\nq4,,void,,,\n", skip_unmatched=True)
    assert outcomes(ready) == {}
    report = take_in(ready, "id,outcome\nq9,no\nq4,yes\n", skip_unmatched=True)
    assert (report.written, outcomes(ready)) == (True, {"q4": "yes"})
    assert "1 line was left out" in report.notices()


def test_another_outcome_needs_to_be_told_to_supersede(ready: Desk) -> None:
    take_in(ready, f"id,outcome,known_at\nq1,yes,{day(9)}\n")
    ready.void("q2")
    report = take_in(ready, "id,outcome\nq1,no\nq2,yes\n")
    assert told(report) == [
        (2, None, "q1 is already resolved (entry 15); to record another outcome say --supersede; yes stands"),
        (3, None, "q2 is already void (entry 16); to record another outcome say --supersede; void stands"),
    ]
    take_in(ready, "id,outcome\nq1,no\nq2,yes\n", supersede=True)
    assert outcomes(ready) == {"q1": "no", "q2": "yes"}
    assert ready.rows("SELECT COUNT(DISTINCT known_at) FROM resolution WHERE question_id = 1") == [(1,)]


def test_another_time_of_the_same_outcome_is_told_and_recorded_by_supersede_alone(ready: Desk) -> None:
    take_in(ready, f"id,outcome,known_at\nq1,yes,{day(9)}\n")
    table = f"id,outcome,known_at\nq1,yes,{day(8)}\n"
    report = take_in(ready, table)
    assert (report.already, report.refused, report.recorded) == (1, False, [])
    assert "line 2: this outcome stands, known since another time" in report.notices()[0]
    assert len(take_in(ready, table, supersede=True).recorded) == 1
    assert take_in(ready, table, supersede=True).recorded == []


def test_lines_may_repeat_each_other_and_not_contradict(ready: Desk) -> None:
    report = take_in(ready, "id,question,outcome\n1,,yes\nq1,,yes\n,Question 1?,yes\n,,\n2,,\n")
    assert (len(report.recorded), report.repeated, report.table.without) == (1, 2, 1)
    report = take_in(ready, "id,outcome\n3,yes\nq3,no\n", skip_unmatched=True)
    assert (outcomes(ready), len(told(report))) == ({"q1": "yes"}, 1)


def test_plain_days_are_days_in_the_zone_that_is_named(ready: Desk) -> None:
    take_in(ready, "id,outcome,known_at\nq1,yes,2026-01-05\n", zone="Asia/Tokyo")
    assert ready.rows("SELECT known_at FROM resolution") == [(1767625199000000,)]
    with pytest.raises(InputError, match="Europe/Berlin"):
        take_in(ready, "id,outcome\nq1,yes\n", zone="Europe/Berlim")


def test_two_questions_with_one_title_are_told_apart_by_number(ready: Desk) -> None:
    ready.ask("Question 1?", p="1%", by=day(30), key="again")
    assert told(take_in(ready, "question,outcome\nQuestion 1?,yes\n")) == [
        (2, "question", "#1, #8 ask 'Question 1?': name one of them in the column id")
    ]
    assert not take_in(ready, "id,question,outcome\n1,Question 1?,yes\n").refused


PLAIN = "id,outcome,note\nq1,yes,'=1+1\nq2,no,\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(), gzip.compress(PLAIN.encode(), mtime=0), b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace(",", ";").encode(), PLAIN.replace(",", "\t").encode(), PLAIN.replace("\n", "\r\n").encode(),
        b"sep=;\r\n" + PLAIN.replace(",", ";").encode(), PLAIN.replace("\n", "\r").encode(),
        b'ID , Outcome ,"NOTE"\n' + PLAIN.encode().partition(b"\n")[2],
        PLAIN.replace("\n", "\n\n,,\n").encode(),
    ],
)  # fmt: skip
def test_tables_as_spreadsheets_write_them(ready: Desk, content: bytes) -> None:
    assert take_in(ready, content).refused is False
    assert outcomes(ready) == {"q1": "yes", "q2": "no"}
    assert ready.rows("SELECT note FROM resolution ORDER BY entry") == [("=1+1",), (None,)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"), (b"\n\n", "the file is empty"), (b"\xef\xbb\xbf", "the file is empty"),
        (b"id,outcom\n", "line 1: there is no column outcome; did you mean 'outcom'?"),
        (b"key,outcome\n", "line 1: there is no column id or question; the first line names 'key', 'outcome'"),
        (b"id,outcome,know at\n", "'know_at' is not known; did you mean 'known_at'?"),
        (b"id,Outcome,OUTCOME\n", "line 1, column outcome: this column is there twice"),
        (b"\xff\xfei\0d\0", "this is UTF-16"), (b"\0\0\0", "there is no column outcome"),
        (b'id,outcome\nq1,"yes\nq2,no\n', "line 2: a quote is not closed"),
        (b"id,outcome\nq1," + b"x" * 10_000_000, "line 2: what begins here is longer than 4 MB"),
        (b"id,outcome\nq2,no\nq1," + b"x" * 200_000 + b"\n", "line 3: a cell is longer than 131,072 characters"),
        (b"\x1f\x8b\x08garbage", "damaged or cut short"),
        (gzip.compress(b"id,outcome\n" * 99, mtime=0)[:-9], "damaged"),
        (b'{"id": 1}\n', "there is no column outcome"), (b"SQLite format 3\0", "there is no column outcome"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_line(ready: Desk, content: bytes, words: str) -> None:
    before = ready.dump(JOURNAL)
    with pytest.raises(FileInputError) as caught:
        take_in(ready, content)
    said = str(caught.value)
    assert said.startswith("outcomes.csv")
    assert words in said
    assert "\n" not in said
    assert ready.dump(JOURNAL) == before


@pytest.mark.parametrize(
    ("cell", "words"),
    [("\0", "NUL at character 1"), ("\udcff", "character 1 is not UTF-8"), ("x" * 2000, "2,000 characters")],
)
def test_a_cell_that_no_text_may_hold_is_told_by_line_and_column(ready: Desk, cell: str, words: str) -> None:
    ((line, column, problem),) = told(take_in(ready, f"id,outcome\n{cell},yes\n"))
    assert (line, column) == (2, "id")
    assert words in problem


def test_a_folder_and_a_missing_file(ready: Desk) -> None:
    with pytest.raises(InputError, match="is a folder"):
        resolve_from(ready.at, ready.path.parent, Manner(), ready.heard.append)
    with pytest.raises(NotFoundError, match="there is no file"):
        resolve_from(ready.at, ready.path.parent / "none.csv", Manner(), ready.heard.append)


def test_columns_that_are_not_known_are_left_out_and_told(ready: Desk) -> None:
    report = take_in(ready, "id,outcome,colour\nq1,yes,red\n")
    assert "'colour' is not one of id, question, outcome" in report.notices()[0]


def test_problems_beyond_twenty_are_counted_and_hints_are_not_looked_for_forever(ready: Desk) -> None:
    report = take_in(ready, "id,outcome\n" + "".join(f"q-{number},yes\n" for number in range(500)))
    assert len(told(report)) == 500
    assert report.notices()[20] == "and 480 more"
    assert len(report.notices()) == 22
    assert sum("did you mean" in problem for _, _, problem in told(report)) <= 20


def test_called_off_at_any_moment_nothing_is_written(ready: Desk) -> None:
    table = "id,outcome\nchild,yes\nq1,yes\nq2,no\n"
    before = ready.dump(JOURNAL)
    heard: list[tuple[int, int]] = []
    take_in(ready, table, progress=lambda *told: heard.append(told), dry_run=True)
    assert heard[-1] == (3, 3)
    for last in range(len(heard)):
        calls = iter(range(last))

        def stop(done: int, total: int, calls: Any = calls) -> None:
            if next(calls, None) is None:
                raise Cancelled

        with pytest.raises(Cancelled):
            take_in(ready, table, progress=stop)
        assert ready.dump(JOURNAL) == before
    take_in(ready, table)
    assert len(outcomes(ready)) == 3


CELLS = st.one_of(
    st.sampled_from(["1", "#2", "q3", "child", "ahead", "who", "yes", "no", "0.5", "Ann", "now", day(9), "", "void"]),
    st.text(max_size=12),
    st.sampled_from(['"', "\0", "\r", "\n", "'", "=", "\ud800", "\x85", "1e999", "9" * 30, "#", "２", "in 3 weeks"]),
)


@pytest.fixture(scope="module")
def pattern(empty_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "ledger.db"
    path.write_bytes(empty_ledger.read_bytes())
    prepare(Desk(path))
    return path


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(CELLS, max_size=7), max_size=6),
    st.sampled_from(",;\t"),
    st.booleans(),
    st.booleans(),
    st.binary(max_size=6),
)
@example([["1", "", "yes"], ["child", "", "yes"]], ",", False, False, b"")
def test_whatever_a_file_holds_it_is_recorded_or_refused_and_never_by_half(
    pattern: Path, rows: list[list[str]], separator: str, skip: bool, supersede: bool, noise: bytes
) -> None:
    lines = [HEADER.strip().replace(",", separator), *(separator.join(row) for row in rows)]
    content = "\n".join(lines).encode("utf-8", "surrogatepass") + noise
    with fresh_desk(pattern) as desk:
        desk.wait(20)
        before = desk.entries()
        try:
            report = take_in(desk, content, skip_unmatched=skip, supersede=supersede)
        except LedgerError as problem:
            assert "\n" not in str(problem)
            assert desk.entries() == before
            return
        assert all("\n" not in one.problem for one in report.table.problems)
        assert desk.entries() == before + (0 if report.refused else len(report.recorded))
        if report.written:
            again = take_in(desk, content, skip_unmatched=skip, supersede=supersede)
            assert again.recorded == []
            assert desk.verify() == []


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_one_line(pattern: Path, content: bytes) -> None:
    with fresh_desk(pattern) as desk, pytest.raises(FileInputError) as caught:
        take_in(desk, content)
    assert "\n" not in str(caught.value)
