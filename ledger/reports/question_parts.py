"""One question: what was said, decided and changed, and why it scored so."""

from __future__ import annotations

from ledger.domain.instants import parse_rfc3339
from ledger.reports.calls_parts import statements_table
from ledger.reports.document import Block, Column, Facts, Link, Listing, Prose, Section, Table, Words, linked
from ledger.reports.model import Data, OneQuestion, Question
from ledger.reports.pictures import history_picture
from ledger.reports.words import ABSENT, date_words, day, named, percent, score


def question_section(asked: Question, one: OneQuestion) -> Section:
    """What is asked, and how it stands."""
    pairs: list[tuple[str, Words]] = [
        ("Number", f"#{asked.number}" + (f", key {asked.key}" if asked.key else "")),
        ("Kind", asked.kind), ("Status", asked.status), ("Outcome", asked.outcome or asked.void_reason or "none yet"),
        ("Deadline", date_words(asked.deadline)), ("Opened", date_words(asked.opened_at or one.starts_at)),
    ]  # fmt: skip
    pairs += [("Criteria", one.criteria)] if one.criteria else []
    pairs += [("Condition", asked.condition)] if asked.condition else []
    pairs += [("Tags", ", ".join(asked.tags))] if asked.tags else []
    if asked.source is not None:
        pairs.append(("Source", linked(asked.source.label, asked.source.url)))
    return Section("question", "What is asked", (Prose(named(asked.title), "lead"), Facts(tuple(pairs))))


def history_section(asked: Question, one: OneQuestion) -> Section:
    """The forecasts over time, as a figure and as a table."""
    if not one.statements:
        return Section("history", "Forecasts", (Prose("Nobody has stated a forecast."),))
    blocks: list[Block] = []
    if any(said.probability is not None for said in one.statements):
        blocks.append(history_picture(asked, one.statements))
    blocks.append(statements_table("What was said", one.statements, who=True))
    if one.withdrawals:
        blocks.append(Listing(tuple(f"{named(who)} stepped back on {day(at)}" for who, at in one.withdrawals)))
    return Section("history", "Forecasts", tuple(blocks))


def why_section(one: OneQuestion) -> Section:
    """Why it scored so."""
    if one.why is None:
        return Section("why", "The score", (Prose(f"There is no score: {one.why_not}."),))
    blocks: list[Block] = [Prose(f"Rule {one.why['rule']}, policy {one.why['policy']}; lower is better.")]
    blocks += [_unit(unit) for unit in one.why["units"]]
    return Section("why", "The score", tuple(blocks))


def _unit(unit: Data) -> Table:
    rows = tuple(
        (
            str(each["since"])[:10], str(each["until"])[:10], score(each["score"]), percent(each["weight"]),
            score(each["contribution"]), score(each["effect"], signed=True),
        )
        for each in unit["statements"]
    )  # fmt: skip
    columns = (
        Column("From"), Column("To"), Column("Score", True), Column("Weight", True), Column("Contributed", True),
        Column("Effect of saying it", True),
    )  # fmt: skip
    beside = f"Standing pat would have scored {score(unit['standing_pat'])}"
    if unit["base_rate"] is not None:
        beside += f", the base rate of all scored questions {score(unit['base_rate'])}"
    return Table(f"{named(unit['forecaster'])}: {score(unit['score'])}", columns, rows, f"{beside}.")


def settled_section(one: OneQuestion) -> Section:
    """What was decided and changed, with evidence."""
    blocks: list[Block] = []
    if one.resolutions:
        names = ("Recorded", "What", "Outcome", "Known at", "Evidence", "Note", "Counts")
        rows = tuple(_resolution(each) for each in one.resolutions)
        blocks.append(Table("How it was settled", tuple(map(Column, names)), rows))
    if one.edits:
        changed = ("Recorded", "Field", "Before", "After", "Reason")
        edits = tuple(row for each in one.edits for row in _edit(each))
        blocks.append(Table("What was changed", tuple(map(Column, changed)), edits))
    return Section("settled", "What was decided and changed", tuple(blocks) or (Prose("Nothing yet."),))


def _resolution(told: Data) -> tuple[Words, ...]:
    evidence: Words = Link(told["evidence"], told["evidence"]) if told["evidence"] else ABSENT
    known = day(None if told["known_at"] is None else parse_rfc3339(told["known_at"]))
    return (
        str(told["recorded_at"])[:10], told["kind"], told["outcome"] or ABSENT, known, evidence, told["note"] or ABSENT,
        "yes" if told["counts"] else "no",
    )  # fmt: skip


def _edit(told: Data) -> list[tuple[Words, ...]]:
    return [
        (str(told["recorded_at"])[:10], name, str(change["before"]), str(change["after"]), told["reason"] or ABSENT)
        for name, change in told["changes"].items()
    ]
