"""Entries that change rows which are there: corrections, edits, redactions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from ledger.journal.entry import Sealed
from ledger.storage import tables
from ledger.storage.driver import Driver
from ledger.storage.inserts import insert
from ledger.storage.journal_rows import read_entries
from ledger.storage.projection.batch import Batch
from ledger.storage.projection.facts import FACTS, add_tags
from ledger.storage.projection.reading import Facts, Told, instant, number, told, vector

_CORRECTION = insert(tables.Correction)
_EDIT = insert(tables.Edit)
_REDACTION = insert(tables.Redaction)


def _correct(batch: Batch, said: Told) -> None:
    facts = said.facts
    row = (said.seq, facts["forecast"], said.recorded_at, number(facts.get("p")), vector(facts), facts.get("typed"))
    batch.add(_CORRECTION, (*row, 1, said.text.get("reason")))
    found = batch.driver.one("SELECT question_id FROM forecast WHERE entry = ?", (facts["forecast"],))
    if found:
        batch.touched.add(found[0])


def _edit(batch: Batch, said: Told) -> None:
    facts, text, driver = said.facts, said.text, batch.driver
    question = facts["question"]
    before = _as_it_stands(batch, question)
    after = {name: text.get(name) for name in facts["changed"] if name in {"title", "criteria", "tags"}}
    after |= {name: facts[name] for name in ("zone",) if name in facts}
    if "condition" in facts["changed"]:
        after["condition"] = facts.get("condition")
    deadline = instant(facts, "deadline")
    shown = (_words({name: before.get(name) for name in after}), _words(after))
    row = (said.seq, question, said.recorded_at, before["deadline"] if deadline is not None else None, deadline)
    batch.add(_EDIT, (*row, *shown, text.get("reason")))
    if deadline is not None:
        driver.run("UPDATE question SET deadline = ? WHERE id = ?", (deadline, question))
    for name in ("title", "criteria", "zone"):
        if name in after:
            driver.run(f"UPDATE question SET {name} = ? WHERE id = ?", (after[name], question))
    if "tags" in after:
        driver.run("DELETE FROM question_tag WHERE question_id = ?", (question,))
        add_tags(batch, question, after["tags"] or [])
    if "condition" in after:
        needed = after["condition"] or {}
        values = (needed.get("question"), needed.get("outcome"), question)
        driver.run("UPDATE question SET condition_id = ?, condition_outcome = ? WHERE id = ?", values)
    batch.flush()
    batch.touched.add(question)
    batch.reworded.add(question)


def _as_it_stands(batch: Batch, question: int) -> Facts:
    row = batch.driver.one(
        "SELECT title, criteria, zone, deadline, condition_id, condition_outcome FROM question WHERE id = ?",
        (question,),
    )
    title, criteria, zone, deadline, needed, outcome = row or (None,) * 6
    tags = batch.driver.all("SELECT tag FROM question_tag WHERE question_id = ? ORDER BY position", (question,))
    condition = None if needed is None else {"question": needed, "outcome": outcome}
    words = {"title": title, "criteria": criteria, "zone": zone, "tags": [tag for (tag,) in tags]}
    return words | {"deadline": deadline, "condition": condition}


def _words(fields: Facts) -> str | None:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True) if fields else None


def _redact(batch: Batch, said: Told) -> None:
    """Drop the texts, then tell the questions they belong to anew from what is left of their entries."""
    dropped = said.facts["entries"]
    batch.driver.many(_REDACTION, [(seq, said.seq, said.text.get("reason")) for seq in dropped])
    batch.drop_texts(dropped)
    entries = list(read_entries(batch.journal, dropped))
    for table in ("forecaster", "source"):
        for name in _NAMES[table]:
            batch.driver.many(f"UPDATE {table} SET {name} = NULL WHERE entry = ?", [(seq,) for seq in dropped])
    batch.driver.many("UPDATE redaction SET reason = NULL WHERE entry = ?", [(seq,) for seq in dropped])
    for question in sorted(set(_questions_of(batch, entries))):
        retell(batch, question)


_NAMES = {"forecaster": ("name",), "source": ("author", "title", "publisher", "url", "archive")}


def _questions_of(batch: Batch, entries: Iterable[Sealed]) -> Iterable[int]:
    for entry in entries:
        facts = told(entry).facts
        if "question" in facts:
            yield facts["question"]
        elif entry.kind == "correct":
            yield from (q for (q,) in batch.driver.all(_QUESTION_OF, (facts["forecast"],)))


_QUESTION_OF = "SELECT question_id FROM forecast WHERE entry = ?"

_ENTRIES_OF_QUESTION = """
    SELECT entry FROM question WHERE id = ? UNION SELECT entry FROM edit WHERE question_id = ?
    UNION SELECT entry FROM forecast WHERE question_id = ? UNION SELECT entry FROM withdrawal WHERE question_id = ?
    UNION SELECT entry FROM resolution WHERE question_id = ? UNION SELECT entry FROM snooze WHERE question_id = ?
    UNION SELECT entry FROM look_again WHERE question_id = ?
    UNION SELECT correction.entry FROM correction
        JOIN forecast ON forecast.entry = correction.forecast WHERE forecast.question_id = ?
    ORDER BY 1"""


def entries_of_question(driver: Driver, question: int) -> list[int]:
    """The numbers of all entries that speak of one question, in order."""
    return [seq for (seq,) in driver.all(_ENTRIES_OF_QUESTION, (question,) * 8)]


_OF_QUESTION = (
    *("question_option", "question_tag", "edit", "forecast", "withdrawal", "resolution", "snooze", "look_again"),
    "unit",
)


def retell(batch: Batch, question: int) -> None:
    """Write a question's rows anew from its entries."""
    driver = batch.driver
    entries = list(read_entries(batch.journal, entries_of_question(driver, question)))
    for table in ("forecast_text", "correction"):
        column = "entry" if table == "forecast_text" else "forecast"
        driver.run(
            f"DELETE FROM {table} WHERE {column} IN (SELECT entry FROM forecast WHERE question_id = ?)", (question,)
        )
    for table in _OF_QUESTION:
        driver.run(f"DELETE FROM {table} WHERE question_id = ?", (question,))
    driver.run("DELETE FROM question WHERE id = ?", (question,))
    batch.reworded.add(question)
    for entry in entries:
        (FACTS.get(entry.kind) or CHANGES[entry.kind])(batch, told(entry))
        batch.flush()
    driver.run(
        "UPDATE question SET redacted = 1 WHERE id = ? AND entry IN (SELECT redacted FROM redaction)", (question,)
    )
    # its state begins anew, so that a change of it no longer shows by comparison to those that depend on it
    children = driver.all("SELECT id FROM question WHERE condition_id = ?", (question,))
    batch.touched.update(child for (child,) in children)


CHANGES: dict[str, Callable[[Batch, Told], None]] = {"correct": _correct, "edit": _edit, "redact": _redact}
"""What each kind of entry changes; the rows gathered before it have been written."""
