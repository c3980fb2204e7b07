"""Bad input gets one clear line that says what, where and what to do, exit status 1, and nothing is written."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from running import NOON, Answer, Quick

LONG = "9" * 5000


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a folder; the writers' queue beside a ledger holds no data of its own."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def refused(quick: Quick, arguments: tuple[object, ...], *words: str, **extra: str) -> Answer:
    """Run a command that must be refused in one line with these ``words``, leaving every file as it was."""
    folder = quick.around.home.parent
    before = state(folder)
    answer = quick(*arguments, status=1, **extra)
    assert state(folder) == before
    assert answer.out == b""
    (line,) = answer.err.splitlines()
    assert line.startswith("forecast: ")
    assert len(line) < 500, "one line is read by people"
    for word in words:
        assert word in line
    return answer


BY = ("--by", "2027-01-01")
TYPED: dict[str, tuple[Any, ...]] = {
    "a probability above 1": (("update", "rain", "1.2"), "'1.2'", "between 0 and 1"),
    "a percentage above 100": (("update", "rain", "120%"), "'120%'", "between 0 and 1"),
    "a probability below 0": (("update", "rain", "-0.1"), "-0.1"),
    "a probability that is no number": (("update", "rain", "likely"), "'likely'", "not a number"),
    "a probability with an underscore": (("update", "rain", "0_1"), "'0_1'", "not a number"),
    "not a number": (("update", "rain", "NaN"), "'NaN'", "not a number"),
    "infinity": (("update", "rain", "inf"), "'inf'", "not a number"),
    "odds of nothing": (("update", "rain", "0:0"), "0:0"),
    "a fraction over nothing": (("update", "rain", "1/0"), "1/0"),
    "a probability of 5000 digits": (("update", "rain", "0." + LONG), "too long"),
    "a probability missing": (("update", "rain"), "a probability is missing"),
    "vectors that do not sum": (("update", "who", "--option", "Ann=60%"), "sum to 0.6"),
    "an option that is none": (("update", "who", "--option", "Anne=100%"), "'Anne'", "did you mean 'Ann'?"),
    "quantiles that cross": (("update", "many", "--quantile", "0.1=5", "--quantile", "0.9=4"), "cross"),
    "a quantile of 5000 digits": (("update", "many", "--quantile", f"0.5={LONG}"), "is not a number"),
    "a quantile that is none": (("update", "many", "--quantile", "0.5=NaN"), "'NaN'", "not a number"),
    "a term of no scale": (("update", "rain", "--term", "likley", "--scale", "icd-203"), "likley", "likely"),
    "a scale that is none": (("update", "rain", "--term", "likely", "--scale", "icd-204"), "icd-204", "icd-203"),
    "a range the wrong way round": (("update", "rain", "--range", "40-20%"), "40-20%"),
    "30 February": (("add", "Will it?", "50%", "--by", "2027-02-30"), "--by", "2027-02-30", "does not exist"),
    "29 February of a common year": (("edit", "rain", "--deadline", "2027-02-29", "--reason", "x"), "--deadline"),
    "a local time that does not exist": (
        ("add", "Will it?", "50%", "--by", "2027-03-28 02:30", "--zone", "Europe/Berlin"),
        *("--by", "01:59", "03:00"),
    ),
    "a local time that comes twice": (
        ("add", "Will it?", "50%", "--by", "2027-10-31 02:30", "--zone", "Europe/Berlin"),
        *("--by", "twice"),
    ),
    "a zone that is none": (("add", "Will it?", "50%", *BY, "--zone", "Europe/Berln"), "Europe/Berlin"),
    "a deadline that is no time": (("add", "Will it?", "50%", "--by", "when it rains"), "--by", "when it rains"),
    "a deadline of 5000 digits": (("add", "Will it?", "50%", "--by", LONG), "--by"),
    "made in the future": (("update", "rain", "50%", "--made-at", "2026-06-02"), "--made-at", "future"),
    "known in the future": (("resolve", "rain", "yes", "--known-at", "2026-06-02"), "--known-at", "future"),
    "a deadline in the past": (("add", "Will it?", "50%", "--by", "2026-05-31"), "deadline", "--made-at"),
    "a deadline before the opening": (
        ("add", "Will it?", "50%", *BY, "--opened-at", "2027-01-02"),
        *("deadline", "not after the opening"),
    ),
    "an edited deadline before the opening": (
        ("edit", "rain", "--deadline", "2026-05-01", "--reason", "x"),
        *("deadline", "not after the opening"),
    ),
    "an unknown id": (("resolve", "rains", "yes"), "'rains'", "did you mean rain?"),
    "an unknown number": (("show", "#99"), "#99", "#1 to #26"),
    "an id of 5000 digits": (("show", LONG), "there is no question"),
    "an unknown entry": (("redact", "entry:4711", "--reason", "x"), "4711", "forecast journal"),
    "an outcome that is none": (("resolve", "europe-cuts-losses", "maybe"), "'maybe'", "yes, no"),
    "an outcome that is no share": (("resolve", "europe-cuts-losses", "1.5"), "'1.5'", "share"),
    "an option as outcome that is none": (("resolve", "who", "Anne", "--known-at", "now"), "'Anne'", "'Ann'"),
    "yes of a number": (("resolve", "many", "yes", "--known-at", "now"), "'yes'", "not a number"),
    "void as an outcome": (("resolve", "rain", "void"), "forecast void"),
    "resolving before the deadline": (("resolve", "rain", "yes"), "deadline ahead", "--known-at"),
    "resolving while waiting": (("resolve", "cheer", "yes", "--known-at", "now"), "waits", "#22"),
    "resolving again": (("resolve", "over", "no"), "already resolved", "--supersede"),
    "voiding without a word": (("void", "over", "--reason", "bad\udc80"), "--reason"),
    "reopening what is open": (("reopen", "rain", "--reason", "x"), "no resolution"),
    "a condition on itself": (("edit", "rain", "--if", "rain=yes", "--reason", "x"), "#21 → #21"),
    "a condition that would loop": (
        ("edit", "no-mission-without-us", "--if", "trump-gives-up=yes", "--reason", "x"),
        *("#1", "#20", "#19", "#18"),
    ),
    "a condition that is none": (("add", "Will it?", "50%", *BY, "--if", "rain"), "--if", "12=yes"),
    "a condition on an outcome that is none": (("add", "Will it?", "50%", *BY, "--if", "who=Zoe"), "Zoe"),
    "a question of no kind": (("add", "Will it?", *BY, "--kind", "binry"), "--kind", "binary"),
    "a choice without options": (("add", "Who?", *BY, "--kind", "choice"), "two options"),
    "an option twice": (("add", "Who?", *BY, "--kind", "choice", "--option", "A", "--option", "A"), "twice"),
    "an empty title": (("add", " ", "50%", *BY), "title is empty"),
    "a title with a NUL": (("add", "Will\0it?", "50%", *BY), "title", "NUL"),
    "a title with a lone surrogate": (("add", "Will \ud800 it?", "50%", *BY), "title", "character 6"),
    "a title beyond all measure": (("add", "x" * 20_000, "50%", *BY), "title", "too many"),
    "a key that is taken": (("add", "Will it?", "50%", *BY, "--key", "rain"), "'rain'", "--key"),
    "an edit of nothing": (("edit", "rain", "--title", "Will it rain in Bern?", "--reason", "x"), "nothing to change"),
    "a withdrawal of nobody": (("withdraw", "front-collapses"), "nobody"),
    "a correction by nobody": (("correct", "rain", "5%", "--reason", "x", "--forecaster", "Zoe"), "Zoe"),
    "as of an entry that is not there": (("score", "--as-of", "4711"), "--as-of", "4711"),
    "a span that is none": (("due", "--within", "soon"), "--within", "7d"),
    "a checkpoint that is none": (("verify", "--checkpoint", "x"), "not a checkpoint"),
    "a seed that is none": (("import", "--seed", "korybko"), "korybko-2024-11-11"),
    "a file that is not there": (("import", "nowhere.csv"), "nowhere.csv"),
    "a folder to import": (("import", "/"), "folder"),
}


@pytest.mark.parametrize("case", TYPED)
def test_what_is_typed_is_refused_in_one_line(mixed: Quick, case: str) -> None:
    arguments, *words = TYPED[case]
    refused(mixed, arguments, *words)


def test_a_clock_that_is_none_is_refused(mixed: Quick) -> None:
    refused(mixed, ("update", "rain", "50%"), "FORECAST_CLOCK", "unset it", FORECAST_CLOCK="noon")


def test_an_ambiguous_id_is_refused_with_the_numbers_that_bear_it(empty: Quick, tmp_path: Path) -> None:
    for source in ("https://a.example", "https://b.example"):
        (tmp_path / "in.csv").write_bytes(sheet(cells(source_url=source), extra=("source_url",)))
        empty("import", tmp_path / "in.csv")
    refused(empty, ("update", "q1", "50%"), "'q1'", "ambiguous", "#1, #2", "by number")
    (tmp_path / "in.csv").write_bytes(sheet(cells(forecast_at="2024-02-02T00:00:00Z")))
    refused(empty, ("import", tmp_path / "in.csv"), "in.csv, line 2, column question_id", "ambiguous", "source_url")


def test_what_is_stated_at_the_close_or_after_is_accepted_and_says_that_it_is_late(mixed: Quick) -> None:
    for made_at in ("2026-05-01T23:59:59Z", NOON):
        answer = mixed("update", "over", "99%", "--made-at", made_at)
        assert "late" in answer.err
    assert "late" not in mixed("update", "over", "99%", "--made-at", "2026-05-01T23:59:58.999999Z").err
    assert mixed("score", "--json").json()["counts"]["late_statements"] == 2


COLUMNS = ("question_id", "title", "forecaster", "probability", "forecast_at", "deadline", "resolved_at", "outcome")
PLAIN = ("q1", "Will it rain?", "ann", "0.7", "2024-02-01T00:00:00Z", "2024-12-31T23:59:59Z", "", "")


def cells(**given: str) -> dict[str, str]:
    """One row; what is not given is as in ``PLAIN``."""
    return dict(zip(COLUMNS, PLAIN, strict=True)) | given


def sheet(*rows: dict[str, str], extra: tuple[str, ...] = ()) -> bytes:
    """A CSV of these rows."""
    columns = (*COLUMNS, *extra)
    lines = [",".join(columns), *(",".join(row.get(column, "") for column in columns) for row in rows)]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


SECOND = {"forecaster": "bob"}
FILES: dict[str, tuple[Any, ...]] = {
    "a missing column": (sheet(cells()).replace(b"deadline", b"dead_line", 1), "line 1", "deadline", "dead_line"),
    "a probability that is none": (
        sheet(cells(), cells(**SECOND, probability="abc")),
        *("line 3, column probability", "'abc'"),
    ),
    "a probability out of range": (sheet(cells(probability="1.7")), "line 2, column probability", "between 0 and 1"),
    "a probability that is NaN": (sheet(cells(probability="NaN")), "line 2, column probability", "'NaN'"),
    "a probability of 5000 digits": (sheet(cells(probability="0." + LONG)), "line 2, column probability", "too long"),
    "a time of 5000 digits": (sheet(cells(forecast_at=LONG)), "line 2, column forecast_at"),
    "30 February": (sheet(cells(deadline="2024-02-30T00:00:00Z")), "line 2, column deadline", "does not exist"),
    "a deadline before the opening": (
        sheet(cells(opened_at="2025-01-01T00:00:00Z"), extra=("opened_at",)),
        *("line 2, column deadline", "opening"),
    ),
    "a forecast of the future": (
        sheet(cells(forecast_at="2026-06-01T12:00:01Z", deadline="2027-01-01T00:00:00Z")),
        *("line 2, column forecast_at", "future"),
    ),
    "an outcome of the future": (
        sheet(cells(outcome="1", deadline="2027-01-01T00:00:00Z", resolved_at="2026-06-01T12:00:01Z")),
        *("line 2, column resolved_at", "future"),
    ),
    "an outcome before the deadline": (
        sheet(cells(outcome="1", deadline="2027-01-01T00:00:00Z")),
        *("line 2, column resolved_at", "deadline is ahead"),
    ),
    "an outcome that is none": (sheet(cells(outcome="perhaps")), "line 2, column outcome", "'perhaps'"),
    "contradictory outcomes": (
        sheet(cells(outcome="1"), cells(**SECOND, outcome="0")),
        *("line 3, column outcome", "line 2"),
    ),
    "contradictory deadlines": (
        sheet(cells(), cells(**SECOND, deadline="2024-12-30T00:00:00Z")),
        *("line 3, column deadline", "line 2"),
    ),
    "an open quote": (sheet(cells(), cells(**SECOND, title='"open')), "line 3", "quote"),
    "a NUL": (sheet(cells(title="a\0b")), "line 2, column title", "NUL"),
    "a lone surrogate": (sheet(cells(title="a\ud83d")), "line 2, column title", "UTF-8"),
    "a byte that is not UTF-8": (sheet(cells(title="caf@")).replace(b"@", b"\xe9"), "line 2, column title", "UTF-8"),
    "a condition that would loop": (
        sheet(
            cells(condition="q2=yes"), cells(question_id="q2", condition="q3=no"),
            cells(question_id="q3", condition="q1=yes"), extra=("condition",),
        ),
        *("line 2, column condition",),
    ),
    "a condition on nothing": (
        sheet(cells(condition="q2=yes"), extra=("condition",)),
        *("line 2, column condition", "'q2'"),
    ),
    "a row too short": (sheet(cells()) + b"q2,x\n", "line 3", "2 cells"),
    "an empty file": (b"", "empty"),
    "semicolons": (sheet(cells()).replace(b",", b";"), "line 1", "';'"),
    "a broken gzip": (gzip.compress(sheet(cells()))[:-9], "damaged or cut short"),
    "no text at all": (b"\x89PNG\r\n\x1a\n\0\0\0", "line 1"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("how", [(), ("--dry-run",), ("--supersede",)], ids=["import", "dry run", "supersede"])
def test_a_bad_file_is_refused_by_file_line_and_column(
    mixed: Quick, tmp_path: Path, case: str, how: tuple[str, ...]
) -> None:
    content, *words = FILES[case]
    (tmp_path / "bad.csv").write_bytes(content)
    refused(mixed, ("import", tmp_path / "bad.csv", *how), "bad.csv", *words)


def test_a_file_may_begin_with_a_byte_order_mark(empty: Quick, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(b"\xef\xbb\xbf" + sheet(cells()))
    empty("import", tmp_path / "in.csv")
    assert empty("list", "--json").json()["questions"][0]["key"] == "q1"


def journal_of(quick: Quick) -> list[bytes]:
    return quick("export", "--format", "jsonl").out.splitlines(keepends=True)


JOURNALS: dict[str, tuple[Any, ...]] = {
    "an entry left out": (lambda lines: [*lines[:9], *lines[10:]], "line 10"),
    "an entry changed": (
        lambda lines: [*lines[:2], lines[2].replace(b"2026-01-20", b"2026-01-21", 1), *lines[3:]],
        *("line 3", "entry 3"),
    ),
    "two entries swapped": (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], "line 5"),
    "an empty line": (lambda lines: [*lines[:4], b"\n", *lines[4:]], "line 5"),
    "half a line": (lambda lines: [*lines[:4], lines[4][:50]], "line 5"),
    "a number of 5000 digits": (lambda lines: [b'{"seq":' + LONG.encode() + b"}\n"], "line 1"),
    "not a number": (lambda lines: [b'{"seq":NaN}\n'], "line 1"),
    "a key twice": (lambda lines: [b'{"seq":1,"seq":1}\n'], "line 1"),
    "a deep nest": (lambda lines: [b'{"seq":' + b"[" * 100_000 + b"\n"], "line 1"),
    "a NUL": (lambda lines: [lines[0].replace(b"Korybko", b"Kory\0ko")], "line 1"),
    "a lone surrogate": (lambda lines: [lines[0].replace(b"Korybko", b"Kory\\ud800ko")], "line 1"),
}


@pytest.mark.parametrize("case", JOURNALS)
def test_a_bad_journal_is_refused_by_file_and_line(
    article: Quick, templates: dict[str, Path], tmp_path: Path, case: str
) -> None:
    change, *words = JOURNALS[case]
    (tmp_path / "bad.jsonl").write_bytes(b"".join(change(journal_of(article))))
    article.ledger.write_bytes(templates["empty"].read_bytes())
    refused(article, ("import", tmp_path / "bad.jsonl", "--from", "jsonl"), "bad.jsonl", *words)


def test_another_history_is_refused(article: Quick, empty: Quick, tmp_path: Path) -> None:
    other = empty.on(tmp_path / "other.db")
    other("init")
    other("add", "Will it rain?", "50%", *BY)
    other("export", "-o", tmp_path / "other.jsonl")
    article.ledger.write_bytes(b"")
    article.ledger.unlink()
    article("init", "--seed", "korybko-2024-11-11")
    refused(article, ("import", tmp_path / "other.jsonl"), "other.jsonl, line 1", "two histories")


COMMANDS = (
    *(("list",), ("show", "1"), ("due",), ("score",), ("journal",), ("verify",), ("export",)),
    *(("add", "Will it?", "50%", *BY), ("update", "1", "50%"), ("resolve", "1", "yes"), ("rebuild",)),
    *(("void", "1", "--reason", "x"), ("import", "--seed", "korybko-2024-11-11"), ("redact", "1", "--reason", "x")),
)


def no_ledger(path: Path) -> None:
    assert not path.exists()


def a_folder(path: Path) -> None:
    path.mkdir()


def an_empty_file(path: Path) -> None:
    path.touch()


def a_text(path: Path) -> None:
    path.write_text("This is not a database.\n" * 100)


def a_database_of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, words TEXT)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.close()


NO_LEDGERS = {
    no_ledger: ("there is no ledger", "forecast init"),
    a_folder: ("is a folder",),
    an_empty_file: ("no ledger", "forecast init"),
    a_text: ("not a ledger", "--ledger"),
    a_database_of_another_program: ("another program's database", "--ledger"),
}


@pytest.mark.parametrize("make", NO_LEDGERS)
def test_a_path_that_holds_no_ledger_is_refused_and_left_alone(quick: Quick, make: object) -> None:
    assert callable(make)
    make(quick.ledger)
    beside = sorted(path.name for path in quick.ledger.parent.iterdir())
    for command in COMMANDS:
        refused(quick, command, str(quick.ledger), *NO_LEDGERS[make])
    assert sorted(path.name for path in quick.ledger.parent.iterdir()) == beside


@pytest.mark.parametrize("make", [a_folder, a_text, a_database_of_another_program])
def test_init_touches_nothing_that_is_not_a_ledger(quick: Quick, make: object) -> None:
    assert callable(make)
    make(quick.ledger)
    refused(quick, ("init", "--seed", "korybko-2024-11-11"), str(quick.ledger))
    assert sorted(path.name for path in quick.ledger.parent.iterdir()) == ["home", quick.ledger.name]


def test_an_address_of_no_engine_is_refused(quick: Quick) -> None:
    refused(quick, ("--ledger", "mysql://x/y", "list"), "mysql://", "postgresql://")
    refused(quick, ("--ledger", "postgresql://127.0.0.1:1/y", "list"), "the server does not answer", "its port")
    refused(quick, ("--ledger", "sqlite://", "list"), "sqlite:///")
    refused(quick, ("--ledger", "a\0b", "list"), "NUL")


def test_a_path_that_can_be_none_is_refused(quick: Quick, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "ledger.db", tmp_path / ("x" * 300)):
        for command in (*COMMANDS, ("init",)):
            refused(quick.on(path), command, str(path)[:200])


def test_a_ledger_of_a_later_version_is_read_but_not_written(article: Quick) -> None:
    connection = sqlite3.connect(article.ledger)
    connection.execute("UPDATE alembic_version SET version_num = '0999'")
    connection.commit()
    connection.close()
    assert len(article("list", "--json").json()["questions"]) == 20
    refused(article, ("resolve", "1", "no"), "0999", "upgrade")
    refused(article, ("init",), "0999", "upgrade")
