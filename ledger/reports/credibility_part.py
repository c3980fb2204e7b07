"""What stands beside the score: every unit counted once, voids at their worst and best, what is overdue, filters."""

from __future__ import annotations

from ledger.reports.document import Block, Column, Listing, Part, Prose, Section, Table, Words
from ledger.reports.model import About, Credibility, Report, VoidRange
from ledger.reports.words import count, day, named, percent, score

MOST_OVERDUE = 100
PARTS = (
    ("scored", "in the score"), ("late", "every statement came at or after the close"),
    ("void", "the question is annulled, or its condition went the other way"), ("open", "the deadline is ahead"),
    ("waiting", "its condition is unsettled"), ("due", "the deadline has passed, and no outcome is recorded"),
)  # fmt: skip
BESIDE = (
    ("statements", "all that was said"), ("late_statements", "said at or after the close; kept, never scored"),
    ("withdrawn", "times that somebody stepped back"), ("corrected", "mistyped values put right, both kept"),
    ("redacted", "statements whose words were dropped; score and count stay"),
)  # fmt: skip
CLASSES = {
    "proven": "an outside anchor shows that it existed before the close",
    "recorded": "the ledger's own clock saw it when it was made",
    "imported": "an earlier time is claimed; the citation is the evidence",
}


def credibility_section(report: Report) -> Section:
    """The credibility block."""
    told = report.credibility
    blocks: list[Block] = [_units(told), _beside(told)]
    if told.classes:
        blocks.append(_classes(told))
    blocks += [Part("Voids", _voids(report)), Part("Overdue", _overdue(told)), Part("Filters", _filters(report.about))]
    return Section("credibility", "What stands beside the score", tuple(blocks))


def _units(told: Credibility) -> Table:
    rows: list[tuple[Words, ...]] = [(name, f"{told.counts[name]:,}", what) for name, what in PARTS]
    rows.append(("units", f"{told.counts['units']:,}", "all together: one forecaster on one question"))
    return Table("Every unit, in exactly one part", _columns("Part"), tuple(rows))


def _beside(told: Credibility) -> Table:
    rows = tuple((name.replace("_", " "), f"{told.counts[name]:,}", what) for name, what in BESIDE)
    return Table("Counted beside them", _columns("What"), rows)


def _columns(first: str) -> tuple[Column, ...]:
    return Column(first), Column("Number", number=True), Column("Meaning")


def _classes(told: Credibility) -> Table:
    rows = tuple((name, percent(share), CLASSES.get(name, "")) for name, share in told.classes.items())
    columns = (Column("Timing class"), Column("Share of the scored", number=True), Column("Meaning"))
    return Table("How well it is shown that forecasts came before the outcome", columns, rows)


def _voids(report: Report) -> tuple[Block, ...]:
    told = report.credibility
    if not told.all_void.questions:
        return (Prose("No question of yes or no with a forecast made in time is void."),)
    how = (
        "A void question leaves the score, and whoever keeps the ledger declares it. So here is the score had every "
        "one of them come out at the best and at the worst for the forecasts (Brier, 0 to 1)."
    )
    all_of_them = "these, and those that fell with their condition"
    rows = (_void("declared void by somebody", told.annulled), _void(all_of_them, told.all_void))
    columns = (
        Column("Taken as settled"), Column("Questions", True), Column("Units", True), Column("Score at best", True),
        Column("Score at worst", True),
    )  # fmt: skip
    brier = report.card["brier"]
    none = "Without them no question of yes or no is scored."
    told_as_is = none if brier is None else f"Without them it is {score(brier)}."
    return Prose(how), Table("Voids at their best and worst", columns, rows, told_as_is)


def _void(name: str, told: VoidRange) -> tuple[Words, ...]:
    return name, f"{told.questions:,}", f"{told.units:,}", score(told.best), score(told.worst)


def _overdue(told: Credibility) -> tuple[Block, ...]:
    if not told.overdue:
        return (Prose("No question waits for an outcome beyond its deadline."),)
    said = f"{count(len(told.overdue), 'question has', 'questions have')} passed the deadline without an outcome."
    rows = tuple((f"#{one.number}", named(one.title), day(one.deadline)) for one in told.overdue[:MOST_OVERDUE])
    left = len(told.overdue) - len(rows)
    note = f"{left:,} more are in the table of all questions, and in the JSON form." if left else ""
    columns = (Column("No."), Column("Question"), Column("Deadline"))
    return Prose(said), Table("Overdue questions", columns, rows, note)


def _filters(about: About) -> tuple[Block, ...]:
    if not about.filters:
        return (Prose("None: this is the whole ledger."),)
    items = tuple(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
                  for name, value in about.filters.items())  # fmt: skip
    left = f"They left out {count(about.left_out_units, 'unit')} and {count(about.left_out_questions, 'question')}."
    return Listing(items), Prose(left)
