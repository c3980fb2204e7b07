"""The best and the worst calls, each with what was said, what happened and by which evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.reports.document import Block, Column, Facts, Part, Prose, Section, Table, Words, linked
from ledger.reports.model import Call, Question, Report, Statement, Unit
from ledger.reports.words import NO_BINARY, day, named, percent, score

MOST_STATEMENTS = 12


def calls_section(report: Report) -> Section:
    """Both lists; ranked by the truncated score."""
    if not report.best:
        return Section("calls", "Best and worst calls", (Prose(f"{NO_BINARY}."),))
    how = (
        "Ranked by the truncated score: the mean Brier score (0 to 1) of a forecaster on a question, times the part of "
        "its scheduled life for which a forecast stood. Lower is better. A single call says little of anybody's skill."
    )
    blocks: list[Block] = [Prose(how), Part("Best", tuple(_call(one) for one in report.best))]
    if report.worst:
        blocks.append(Part("Worst", tuple(_call(one) for one in report.worst)))
    return Section("calls", "Best and worst calls", tuple(blocks))


def _call(call: Call) -> Part:
    asked, unit = call.question, call.unit
    pairs: list[tuple[str, Words]] = [
        ("Outcome", _outcome(asked)),
        ("Score", _score(unit)),
        ("Forecaster", named(unit.forecaster)),
    ]  # fmt: skip
    pairs.append(("Evidence", linked(asked.evidence or "none was given", asked.evidence)))
    pairs += [("Note", call.note)] if call.note else []
    if asked.source is not None:
        pairs.append(("Source", linked(asked.source.label, asked.source.url)))
    heading = f"#{asked.number} {named(asked.title)}"
    return Part(heading, (Facts(tuple(pairs)), statements_table(f"Said of #{asked.number}", call.statements)))


def _score(unit: Unit) -> str:
    stood = f"while a forecast stood, {percent(unit.weight)} of the scheduled life"
    return f"truncated {score(unit.truncated)}; mean {score(unit.score)} {stood}"


def _outcome(asked: Question) -> str:
    known = "" if asked.known_at is None else f", known on {day(asked.known_at)}"
    return f"{asked.outcome}{known}"


def statements_table(caption: str, statements: Sequence[Statement], *, who: bool = False) -> Table:
    """What was said, in order of time; where it is long the first and the last statements."""
    shown, left = _ends(statements)
    columns = (Column("Said on"), *((Column("By"),) if who else ()), Column("Forecast"), Column("Words"),
               Column("Class"), Column("Weight", number=True))  # fmt: skip
    rows = tuple(
        (day(one.made_at), *((named(one.forecaster),) if who else ()), one.said, _hedge(one), one.timing,
         percent(one.weight))
        for one in shown
    )  # fmt: skip
    note = f"{left:,} statements between these are left out here." if left else ""
    return Table(caption, columns, rows, note)


def _ends(statements: Sequence[Statement]) -> tuple[Sequence[Statement], int]:
    if len(statements) <= MOST_STATEMENTS:
        return statements, 0
    half = MOST_STATEMENTS // 2
    return (*statements[:half], *statements[-half:]), len(statements) - 2 * half


def _hedge(one: Statement) -> str:
    return ", ".join(_hedge_words(one)) or "–"


def _hedge_words(one: Statement) -> Iterator[str]:
    if one.hedge:
        yield f"“{one.hedge}”"
    if one.term:
        yield f"read as {one.term}" + (f" ({one.scale})" if one.scale else "")
    if one.reason:
        yield one.reason
