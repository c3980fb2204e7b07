"""The sections that show how the score comes about: calibration, components, trend, slices, words."""

from __future__ import annotations

from ledger.reports.document import Block, Column, Part, Prose, Section, Table, Words
from ledger.reports.model import Data, Diagram, Report, Slice, SliceRow
from ledger.reports.pictures import reliability_picture, trend_picture
from ledger.reports.words import NO_BINARY, between, percent, percents, plain, score

MOST_ROWS, MOST_MONTHS = 40, 24
"""Slices and terms that a page shows; the JSON has all."""


def reliability_section(report: Report) -> Section:
    """The reliability diagram with its band and counts, and the same as a table."""
    if not any(one.points for one in report.diagrams):
        return Section("reliability", "Reliability diagram", (Prose(f"{NO_BINARY}, so there is no diagram."),))
    picture = reliability_picture(report.diagrams)
    how = (
        "Each point is a bin of forecasts: across, what was said; up, how often it happened. On the diagonal the two "
        "agree. The bars are 95 % intervals."
    )
    if any(one.consistency for one in report.diagrams):
        how += " The band is where chance alone would put a calibrated record of this size."
    tables = [_points(one) for one in report.diagrams if one.points]
    return Section("reliability", "Reliability diagram", (Prose(how), picture, *tables))


def _points(diagram: Diagram) -> Table:
    things = "questions" if diagram.counts_questions else "forecasts"
    rows = tuple(
        (
            percents((one["low"], one["high"])), f"{one['n']:,}", percent(one["mean_forecast"]),
            percent(one["frequency"]), percents(one["interval"]), percents(diagram.consistency.get(one["low"])),
        )
        for one in diagram.points
    )  # fmt: skip
    columns = (
        Column("Said"), Column(things.capitalize(), True), Column("Said on average", True), Column("Happened", True),
        Column("95 % interval", True), Column("Chance band", True),
    )  # fmt: skip
    of = f" of {diagram.label}" if diagram.label else ""
    note = f"No chance band: {diagram.no_consistency}." if diagram.no_consistency else ""
    return Table(f"The points of the diagram{of}", columns, rows, note)


def components_section(card: Data) -> Section:
    """Miscalibration, discrimination, uncertainty."""
    rows: tuple[tuple[Words, ...], ...] = (
        ("Miscalibration", score(card["miscalibration"]), "lower is better",
         "what the score would gain if every stretch of forecasts were replaced by how often it happened"),
        ("Discrimination", score(card["discrimination"]), "higher is better",
         "how well the forecasts tell what happens from what does not, once recalibrated"),
        ("Uncertainty", score(card["uncertainty"]), "neither",
         "the score of always saying the base rate: how hard the questions were, whoever forecasts them"),
    )  # fmt: skip
    columns = (Column("Component"), Column("Value", number=True), Column("Better"), Column("What it is"))
    told = "Brier score = miscalibration − discrimination + uncertainty (CORP), in the form 0 to 1."
    blocks: list[Block] = [Prose(told), Table("What the score is made of", columns, rows)]
    if not card["n"]:
        blocks = [Prose(f"{NO_BINARY}, so there are no components.")]
    return Section("components", "Miscalibration, discrimination, uncertainty", tuple(blocks))


def trend_section(report: Report) -> Section:
    """The score by month of the deadline, and of all up to it."""
    if len(report.trend) < 2:
        told = "All scored units have their deadlines in one month." if report.trend else f"{NO_BINARY}."
        return Section("trend", "Trend", (Prose(told),))
    picture = trend_picture(report.trend)
    rows = tuple(
        (one.month, f"{one.n:,}", score(one.brier), f"{one.n_so_far:,}", score(one.so_far))
        for one in report.trend[-MOST_MONTHS:]
    )
    columns = (
        Column("Month of the deadline"), Column("n", True), Column("Brier, 0 to 1", True), Column("n so far", True),
        Column("Brier so far", True),
    )  # fmt: skip
    left = len(report.trend) - len(rows)
    note = f"The last {len(rows)} months; {left:,} earlier ones are in the JSON form." if left > 0 else ""
    return Section("trend", "Trend", (picture, Table("The score by month", columns, rows, note)))


def slices_section(slices: tuple[Slice, ...]) -> Section:
    """The score by tag, source, forecaster, horizon and timing class."""
    told = [_slice(one) for one in slices if one.rows]
    if not told:
        return Section("slices", "Slices", (Prose(f"{NO_BINARY}, so there are no slices."),))
    note = "A question with several tags is in several rows. Many slices make some look good or bad by chance."
    return Section("slices", "Slices", (*told, Prose(note, "aside")))


def _slice(one: Slice) -> Table:
    name = {"class": "timing class"}.get(one.by, one.by)
    columns = (
        Column(name.capitalize()), Column("n", True), Column("Happened", True), Column("Brier, 0 to 1", True),
        Column("95 % interval", True), Column("Skill", True),
    )  # fmt: skip
    shown = sorted(one.rows, key=lambda row: -row.n)[:MOST_ROWS] if len(one.rows) > MOST_ROWS else one.rows
    note = f"The {MOST_ROWS} largest of {len(one.rows):,}; the JSON form has all." if len(shown) < len(one.rows) else ""
    return Table(f"By {name}", columns, tuple(_slice_row(row) for row in shown), note)


def _slice_row(row: SliceRow) -> tuple[Words, ...]:
    skill = "–" if row.skill is None else f"{row.skill:+.3f}".replace("-", "−")
    label = "(none)" if row.label is None else row.label
    return label, f"{row.n:,}", percent(row.base_rate), score(row.brier), between(row.interval), skill


def words_section(words: Data | None) -> Section:
    """What the words turned out to mean, and what the record advises."""
    terms = [] if words is None else words["terms"]
    if words is None or not (terms or words["advice"]["spoken"]):
        told = "No settled forecast was made in the words of a scale."
        return Section("words", "What the words turned out to mean", (Prose(told),))
    blocks: list[Block] = [_terms(terms)] if terms else []
    if words["advice"]["spoken"]:
        advice = tuple(Prose(one["sentence"]) for one in words["advice"]["spoken"])
        blocks.append(Part("What the record advises", advice))
    return Section("words", "What the words turned out to mean", tuple(blocks))


def _terms(terms: list[Data]) -> Table:
    rows = tuple(
        (
            one["term"], one["scale"] or "–", f"{one['happened']:.4g} of {one['n']:,}", percent(one["frequency"]),
            percents(one["interval"]), percents((one["low"], one["high"])), _verdict(one),
        )
        for one in terms[:MOST_ROWS]
    )  # fmt: skip
    columns = (
        Column("Term"), Column("Scale"), Column("Happened", True), Column("That is", True),
        Column("95 % interval", True), Column("The scale says", True), Column("Verdict"),
    )  # fmt: skip
    note = f"{MOST_ROWS} of {len(terms):,} terms; the JSON form has all." if len(terms) > MOST_ROWS else ""
    return Table("Terms of the scales, by the last statement of each unit", columns, rows, note)


def _verdict(one: Data) -> str:
    if one["within"]:
        return "within its range"
    low = one["frequency"] < one["low"]
    side, p = ("less often", one["p_below"]) if low else ("more often", one["p_above"])
    if p is None:
        return f"{side}; no exact test: {one['reasons']['p_below' if low else 'p_above']}"
    verdict = "more than chance does" if p < 0.05 else "which chance may do"
    return f"{side}, {verdict} (p {plain(p)})"
