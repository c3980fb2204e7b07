"""``verify``, ``rebuild`` and ``doctor`` as services; what damage they find is tested with the damage."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from desk import Desk, day

from ledger.errors import DamageError
from ledger.services import maintain
from ledger.services.maintain import Check, Verdict, doctor, rebuild, verify
from ledger.storage.location import Location
from ledger.storage.schema import HEAD


def checks(desk: Desk) -> dict[str, Check]:
    with desk.clock():
        return {check.name: check for check in doctor(desk.at)}


def meddle(desk: Desk, *sql: str) -> None:
    connection = sqlite3.connect(desk.path, isolation_level=None)
    for statement in sql:
        connection.execute(statement)
    connection.close()


def test_an_untouched_ledger_verifies_and_says_what_only_an_outside_copy_shows(desk: Desk) -> None:
    desk.ask(p="0.5")
    heard: list[tuple[int, int]] = []
    verdict = verify(desk.at, progress=lambda done, total: heard.append((done, total)))
    assert verdict.ok
    assert verdict.findings == []
    assert verdict.entries == 3
    assert verdict.head == desk.rows("SELECT lower(hex(head)) FROM entry WHERE seq = 3")[0][0]
    assert verdict.notes == [maintain.NO_ANCHOR]
    assert all(0 < done <= total for done, total in heard)
    told = verdict.as_data()
    assert (told["ok"], told["entries"], told["findings"]) == (True, 3, [])


def test_a_verdict_with_a_finding_is_not_ok() -> None:
    assert not Verdict(1, "", ["journal: entry 1 differs"]).ok


def test_a_checkpoint_kept_outside_sees_a_cut_tail(desk: Desk) -> None:
    desk.ask(p="0.5")
    line = verify(desk.at).as_data()["checkpoint"]
    assert isinstance(line, str)
    desk.say("#1", "0.6")
    known = verify(desk.at, checkpoint=line)
    assert known.ok
    assert maintain.NO_ANCHOR not in known.notes
    guards = desk.rows("SELECT sql FROM sqlite_master WHERE name = 'entry_delete'")[0][0]
    meddle(desk, "DROP TRIGGER entry_delete", "DELETE FROM entry WHERE seq >= 3", guards)
    desk_cut = verify(desk.at, checkpoint=line)
    assert any(said.startswith("checkpoint: ") for said in desk_cut.findings)


def test_a_missing_guard_is_named(desk: Desk) -> None:
    desk.ask()
    meddle(desk, "DROP TRIGGER entry_update")
    said = "the guard entry_update is missing or not as it was made: the journal can be changed"
    assert verify(desk.at).findings == [said]
    assert checks(desk)["guards"] == Check("guards", False, "missing: entry_update")


def test_a_guard_that_guards_nothing_is_named(desk: Desk) -> None:
    meddle(desk, "DROP TRIGGER entry_update", "CREATE TRIGGER entry_update BEFORE UPDATE ON entry BEGIN SELECT 1; END")
    assert [said for said in verify(desk.at).findings if "entry_update" in said]


def test_a_changed_book_is_told_again(desk: Desk) -> None:
    desk.ask(p="0.5", key="it")
    before = desk.dump()
    meddle(desk, "UPDATE forecast SET probability = 0.9", "DELETE FROM unit", "UPDATE question SET title = 'Other?'")
    assert len(desk.verify()) == 3
    heard: list[tuple[int, int]] = []
    with desk.clock():
        done = rebuild(desk.at, print, lambda count, total: heard.append((count, total)))
    assert done.said == ["the book was told again from 3 entries"]
    assert heard[-1] == (3, 3)
    assert desk.dump() == before
    assert desk.verify() == []


def test_no_book_is_told_from_a_journal_that_does_not_verify(desk: Desk) -> None:
    desk.ask(p="0.5")
    guard = desk.rows("SELECT sql FROM sqlite_master WHERE name = 'entry_update'")[0][0]
    meddle(desk, "DROP TRIGGER entry_update", "UPDATE entry SET recorded_at = recorded_at + 1 WHERE seq = 2", guard)
    before = desk.dump()
    with pytest.raises(DamageError, match="the journal does not verify, so no book is told from it: ") as refusal:
        rebuild(desk.at, print)
    assert "2" in str(refusal.value)
    assert refusal.value.exit_status == 3
    assert desk.dump() == before


def test_doctor_finds_a_sound_ledger_sound(desk: Desk) -> None:
    desk.path.chmod(0o600)
    desk.ask()
    found = checks(desk)
    assert all(check.ok for check in found.values())
    assert list(found) == [
        *("ledger", "privacy", "writable", "schema", "file", "guards", "clock", "SQLite", "time zone"),
    ]
    assert found["privacy"].said == "mode 0600"
    assert found["clock"].said == day(0)
    assert found["time zone"].said == "UTC (from FORECAST_ZONE); set another with FORECAST_ZONE"


def test_doctor_without_a_ledger(tmp_path: Path) -> None:
    found = doctor(Location(tmp_path / "none.db"))
    assert [check.name for check in found] == ["ledger", "SQLite", "time zone"]
    assert not found[0].ok


def test_doctor_says_who_else_can_read_it(desk: Desk) -> None:
    desk.path.chmod(0o644)
    assert checks(desk)["privacy"] == Check("privacy", False, "mode 0644: others can read it")


def test_doctor_on_what_is_no_ledger(desk: Desk) -> None:
    desk.path.write_bytes(b"question_id,title\n" * 100)
    assert checks(desk)["store"].said.endswith("this is not a ledger (no SQLite file); name the ledger with --ledger")
    desk.path.write_bytes(b"")
    assert checks(desk)["store"].said.endswith("is empty and holds no ledger; make one with: forecast init")
    meddle(desk, "CREATE TABLE notes (text)")
    assert "is another program's database" in checks(desk)["store"].said


def test_doctor_on_a_later_schema(desk: Desk) -> None:
    meddle(desk, "UPDATE alembic_version SET version_num = '9999'")
    assert checks(desk)["schema"] == Check("schema", False, f"9999, this program knows {HEAD}; upgrade to write")


def test_doctor_sees_a_clock_that_was_once_ahead(desk: Desk) -> None:
    desk.wait(400).ask(by=day(500))
    desk.wait(-399)
    said = f"the last entry was recorded at {day(400)}, ahead of the clock: entries keep that time until then"
    assert checks(desk)["clock"] == Check("clock", False, said)
