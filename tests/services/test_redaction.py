"""Redaction drops words for good, and changes no entry, no head, no class, no count and no score."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from desk import BOOK, Desk, day

from ledger.domain.policies import Policy

SECRET = "Xanadu"
STANDARD = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags"


def holders(desk: Desk, word: str = SECRET) -> list[str]:
    """The tables that hold ``word`` in any column."""
    return [table for table, rows in desk.dump((*BOOK, "entry", "entry_text")).items() if word in repr(rows)]


def figures(desk: Desk, as_of: str | None = None) -> list[Any]:
    """All scores; of the counts all but that of the redacted."""
    told = [desk.score(policy.value, as_of, by="class") for policy in Policy]
    for one in told:
        one["counts"].pop("redacted")
    return told


@pytest.fixture
def spoken(desk: Desk) -> Desk:
    """Two resolved questions, the first full of words that are not to be told."""
    desk.ask(
        f"Will {SECRET} win?", p="0.5", key=f"key-{SECRET}", criteria=f"{SECRET} says so.", tags=(SECRET,),
        comment=f"{SECRET}!",
    )  # fmt: skip
    desk.ask("Will it rain?", p="0.25", key="rain")
    desk.wait(10).say("#1", "0.7", "bob", reason=f"I saw {SECRET}")
    desk.wait(1).correct("#1", "0.8", "bob", reason=f"{SECRET} again")
    desk.wait(10).withdraw("#1", "bob", reason=f"{SECRET} left")
    desk.edit("#1", f"{SECRET} moved", title=f"Will {SECRET} lose?", deadline=day(200))
    desk.wait(10).resolve("#1", "yes", known_at="now", note=f"{SECRET} won", evidence=f"https://{SECRET}.example")
    desk.resolve("rain", "no", known_at="now")
    return desk


def test_the_words_are_gone_from_every_table(spoken: Desk) -> None:
    assert len(holders(spoken)) >= 6
    done = spoken.redact("#1", "a person asked")
    assert holders(spoken) == []
    assert done.said[0].startswith("redacted the words of 7 entries (")
    assert done.said[0].endswith("times, classes, scores and counts stay (entry 13)")
    assert done.notices == ["copies made before (backups, exports, the disk's free space) still hold the words"]
    assert spoken.rows("SELECT key, title, criteria, redacted FROM question WHERE id = 1") == [(None, None, None, 1)]
    assert spoken.rows("SELECT key, title FROM question WHERE id = 2") == [("rain", "Will it rain?")]


def test_nothing_else_changes(spoken: Desk) -> None:
    entries, scores = spoken.dump(("entry",)), figures(spoken)
    counted = spoken.score()["counts"]["redacted"]
    kept = "SELECT entry, made_at, probability, deadline, until, weight, timing FROM forecast ORDER BY entry"
    statements = spoken.rows(kept)
    spoken.redact("#1")
    assert spoken.dump(("entry",))["entry"][:-1] == entries["entry"]
    assert figures(spoken) == scores
    assert spoken.rows(kept) == statements
    assert (counted, spoken.score()["counts"]["redacted"]) == (0, 2)
    assert spoken.verify() == []
    before = spoken.dump()
    spoken.rebuild()
    assert spoken.dump() == before


def test_as_of_before_the_redaction_scores_the_same(spoken: Desk) -> None:
    entry = str(spoken.entries())
    before = figures(spoken)
    spoken.wait(30).redact("#1")
    assert figures(spoken, entry) == before


def test_any_one_entry_can_be_redacted_and_the_next(spoken: Desk) -> None:
    with_words = [seq for (seq,) in spoken.rows("SELECT seq FROM entry_text ORDER BY seq")]
    assert len(with_words) >= 9
    for at in with_words:
        kind = spoken.rows("SELECT kind FROM entry WHERE seq = ?", at)[0][0]
        scores = figures(spoken)
        spoken.redact(f"entry:{at}")
        assert spoken.rows("SELECT 1 FROM entry_text WHERE seq = ?", at) == []
        assert spoken.verify() == []
        assert figures(spoken) == scores, kind


def test_a_redactions_own_reason_can_be_redacted(spoken: Desk) -> None:
    (entry,) = spoken.redact("#1", f"{SECRET} objects").entries
    assert sorted(holders(spoken)) == ["entry_text", "redaction"]
    spoken.redact(f"entry:{entry}")
    assert holders(spoken) == []
    assert spoken.verify() == []


def test_a_redacted_question_goes_on(spoken: Desk) -> None:
    spoken.redact("#1")
    spoken.edit("#1", title="What happens?")
    spoken.say("#1", "0.9", "cyd", reason="still open to me")
    spoken.resolve("#1", "no", supersede=True)
    assert spoken.rows("SELECT title, redacted, outcome FROM question WHERE id = 1") == [("What happens?", 1, "no")]
    spoken.redact("#1")
    assert spoken.rows("SELECT title FROM question WHERE id = 1") == [(None,)]
    assert spoken.verify() == []


def test_a_void_whose_reason_was_redacted_stays_void_down_the_chain(desk: Desk) -> None:
    desk.ask(p="0.5", key="a")
    desk.ask("And then?", p="0.5", key="b", condition="a=yes")
    done = desk.void("a", f"{SECRET} cheated")
    assert len(holders(desk)) == 3
    desk.redact(f"entry:{done.entries[0]}")
    assert holders(desk) == []
    assert desk.rows("SELECT state, void_reason FROM question") == [
        ("void", "voided"),
        ("void", "its condition #1 is void: voided"),
    ]
    assert desk.verify() == []


def imported(desk: Desk, *rows: str, columns: str = STANDARD) -> Path:
    path = desk.path.with_name("in.csv")
    path.write_text("\n".join([columns, *rows]) + "\n")
    desk.take_in(path)
    return path


def test_the_same_file_adds_nothing_after_a_redaction(desk: Desk) -> None:
    path = imported(
        desk,
        f"q1,{SECRET}?,ann,0.7,{day(-9)},{day(-10)},{day(-2)},{day(-3)},1,t",
        f"q1,{SECRET}?,ann,0.6,{day(-8)},{day(-10)},{day(-2)},{day(-3)},1,t",
    )
    desk.redact("q1")
    entries = desk.entries()
    assert desk.take_in(path).data == {
        "dry_run": False, "questions": 0, "statements": 0, "already_there": 2, "changes": 0
    }  # fmt: skip
    assert desk.entries() == entries
    assert holders(desk) == []


def test_the_same_file_of_a_choice_adds_nothing_after_a_redaction(desk: Desk) -> None:
    common = f"{day(-9)},{day(-10)},{day(-2)},{day(-3)}"
    path = imported(
        desk,
        f"q1,{SECRET}?,ann,0.7,{common},0,t,choice,{SECRET} A",
        f"q1,{SECRET}?,ann,0.3,{common},1,t,choice,{SECRET} B",
        columns=f"{STANDARD},kind,option",
    )
    desk.redact("q1")
    entries = desk.entries()
    assert desk.take_in(path).data["changes"] == 0
    assert desk.entries() == entries
    assert holders(desk) == []


def test_what_goes_out_after_a_redaction_says_so_and_comes_in_elsewhere(spoken: Desk, tmp_path: Path) -> None:
    spoken.redact("#1")
    out = tmp_path / "out.csv"
    spoken.give_out(out)
    assert SECRET not in out.read_text()
    assert "(redacted)" in out.read_text()
    copy = Desk(tmp_path / "copy.db")
    copy.now = spoken.now
    copy.init()
    copy.take_in(out)
    assert copy.score("last")["overall"]["n"] == spoken.score("last")["overall"]["n"]
