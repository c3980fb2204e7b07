"""Journals whose chain is whole and whose entries contradict each other: refused, and nothing is written."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from desk import BEGIN, Desk, day

from ledger.domain.instants import from_datetime
from ledger.errors import FileInputError
from ledger.formats.journal_lines import render_line
from ledger.journal.chain import GENESIS, Sealer
from ledger.journal.entry import Draft
from ledger.services.values import Stated

WHO = Draft.of("forecaster", {"forecaster": 1}, {"name": "ann"})


def asked(number: int = 1, **more: object) -> Draft:
    facts = {"question": number, "key": f"{number:064x}", "kind": "binary", "deadline": day(30), **more}
    return Draft.of("question", facts, {"key": f"k{number}", "title": "Rain?"})


def said(question: int = 1, **value: object) -> Draft:
    return Draft.of("forecast", {"question": question, "forecaster": 1, "made_at": day(0), **(value or {"p": "0.5"})})


def settled(**facts: object) -> Draft:
    return Draft.of("resolve", {"question": 1, "outcome": "yes", "known_at": day(0), **facts})


def forge(desk: Desk, *commands: list[Draft], days: float = 0) -> Path:
    path, head, seq = desk.path.with_name("forged.jsonl"), GENESIS, 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for number, drafts in enumerate(commands, 1):
            sealer = Sealer(head, seq, f"{number:032x}", from_datetime(BEGIN + timedelta(days=days)))
            for row in sealer.seal_all(drafts):
                out.write(render_line(row) + "\n")
                head, seq = row.head, row.seq
    return path


def test_a_forged_journal_that_makes_sense_is_taken(desk: Desk) -> None:
    later = asked(2, condition={"question": 3, "outcome": "yes"})
    desk.take_in(forge(desk, [WHO, asked(), said()], [later, asked(3), settled()]))
    assert desk.entries() == 6
    assert desk.verify() == []


@pytest.mark.parametrize(
    ("commands", "line", "problem"),
    [
        ([[WHO, asked(), asked()]], 3, "question 1 is there already"),
        ([[WHO, said()]], 2, "there is no question 1 before this entry"),
        ([[WHO, asked(), said(vector=["0.5", "0.5"])]], 3, "a binary question takes 'p', and another value is given"),
        ([[asked(), settled(outcome={"value": "12"})]], 2, "the outcome is none of a binary question's"),
        ([[asked(), settled()], [settled()]], 3, "this supersedes nothing, and of question 1 entry 2 stands"),
        ([[asked(condition={"question": 1, "outcome": "no"})]], 1, "the condition loops: question 1 waits for itself"),
        (
            [[asked(2, condition={"question": 1, "outcome": "no"}), WHO], [asked()]],
            1,
            "there is no question 1 before this entry",
        ),
    ],
)
def test_a_forged_journal_is_refused_at_its_line(
    desk: Desk, commands: list[list[Draft]], line: int, problem: str
) -> None:
    path = forge(desk, *commands)
    for dry_run in (True, False):
        with pytest.raises(FileInputError) as found:
            desk.take_in(path, dry_run=dry_run)
        assert str(found.value) == f"forged.jsonl, line {line}: {problem}"
    assert desk.entries() == 0


def test_what_follows_is_held_against_what_is_there(desk: Desk) -> None:
    desk.take_in(forge(desk, [WHO, asked(), settled()]))
    path = forge(desk, [WHO, asked(), settled()], [settled()])
    # salts are drawn anew, so the same entries are made by adding to the ledger's own export
    desk.give_out(path, "jsonl")
    last = desk.rows("SELECT head, seq, recorded_at FROM entry ORDER BY seq DESC LIMIT 1")[0]
    row = Sealer(bytes(last[0]), last[1], "f" * 32, last[2]).seal(settled())
    path.write_text(path.read_text(encoding="utf-8") + render_line(row) + "\n", encoding="utf-8")
    with pytest.raises(FileInputError, match=r"line 4: this supersedes nothing, and of question 1 entry 3 stands$"):
        desk.take_in(path)
    assert desk.entries() == 3


def test_entries_of_the_future_are_refused(desk: Desk) -> None:
    path = forge(desk, [WHO], days=1)
    with pytest.raises(FileInputError) as found:
        desk.take_in(path)
    assert str(found.value) == (
        f"forged.jsonl, line 1: recorded at {day(1)}, and it is {day(0)} now: set the clock that is wrong"
    )
    desk.wait(1).take_in(path)
    assert desk.entries() == 1


def test_what_the_services_write_is_taken(desk: Desk, tmp_path: Path) -> None:
    desk.ask("Will it rain?", p="0.7")
    desk.ask("Which?", kind="choice", options=("a", "b"), stated=Stated(options=(("a", "1"),)))
    desk.ask("Will it pour?", condition="1=yes")
    desk.wait(1).say("1", "0.8")
    desk.correct("1", "0.9")
    desk.withdraw("1")
    desk.edit("1", deadline=day(90), title="Will it rain hard?")
    desk.edit("3", condition="none")
    desk.edit("3", condition="1=no")
    desk.resolve("1", "yes", known_at="now")
    desk.resolve("3", "yes", known_at="now")
    desk.resolve("1", "no", known_at="now", supersede=True)
    desk.reopen("1")
    desk.void("1")
    desk.redact("2")
    path = tmp_path / "whole.jsonl"
    desk.give_out(path, "jsonl")
    other = Desk(tmp_path / "other.db").wait(1)
    other.init()
    other.take_in(path)
    assert other.dump() == desk.dump()
