"""The sections that every report begins with: what it is about, and the score."""

from __future__ import annotations

from ledger.reports.document import Block, Code, Column, Facts, Piece, Prose, Section, Table, Tiles, Words, linked
from ledger.reports.model import About, Data, Report
from ledger.reports.plain_sentence import plain_sentences
from ledger.reports.words import between, count, date_words, listed, moment, named, percent, plain, score

POLICIES = {
    "time-average": "time-average: each statement for the time it stood, over the question's scheduled life",
    "last": "last: the statement that stood at the close",
    "first": "first: the first statement of each",
    "all": "all: every statement a row of its own, for comparison only",
}
LOG = "nats, lower is better; always 50 % is 0.693"
KINDS = {
    "choice": ("Brier over options, half sum, 0 to 1", "brier"),
    "ordered": ("ranked probability score over K − 1, 0 to 1", "brier"),
    "numeric": ("pinball, in the questions' own units", "pinball"),
}


def about_section(about: About) -> Section:
    """Whose forecasts, over what, as of which head."""
    whose = listed([named(name) for name in about.names], about.forecasters) if about.forecasters else "nobody"
    pairs: list[tuple[str, Words]] = [("Forecasts by", whose), ("Over", _over(about))]
    if about.sources_in_all:
        pairs.append(("Sources", _sources(about)))
    pairs.append(("Counted by policy", POLICIES.get(about.policy, about.policy)))
    pairs.append(("Journal", (f"entry {about.entry:,}, head ", Code(about.head))))
    if about.recorded_at is not None:
        pairs.append(("Recorded until", moment(about.recorded_at)))
    if about.holds_from != about.recorded_at:
        pairs.append(("Statuses hold from", f"{moment(about.holds_from)}, when the last deadline to pass did so"))
    return Section("about", "What this is about", (Facts(tuple(pairs)),))


def _over(about: About) -> str:
    told = count(about.questions, "question")
    if about.first_deadline is not None:
        first, last = date_words(about.first_deadline), date_words(about.last_deadline)
        told += f", with deadlines from {first} to {last}" if first != last else f", with its deadline on {first}"
    if about.left_out_questions:
        told += f"; {count(about.left_out_questions, 'question')} left out"
    return told


def _sources(about: About) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for at, source in enumerate(about.sources):
        pieces += ["; "] if at else []
        pieces.append(linked(source.label, source.url))
    more = about.sources_in_all - len(about.sources)
    return (*pieces, f" and {more:,} more") if more else tuple(pieces)


def headline_section(report: Report) -> Section:
    """The score with its form, interval and skill, and what that means."""
    card = report.card
    blocks: list[Block] = [Prose(plain_sentences(card, report.about.policy), "lead")]
    if card["brier"] is not None:
        blocks += [Tiles(_tiles(card)), _beside(card)]
    if report.kinds:
        blocks.append(_kinds(report))
    return Section("headline", "The score", tuple(blocks))


def _tiles(card: Data) -> tuple[tuple[str, str, str], ...]:
    skill = "–" if card["skill_score"] is None else f"{card['skill_score']:+.3f}".replace("-", "−")
    return (
        ("Brier score", score(card["brier"]), "form 0 to 1, lower is better"),
        ("95 % interval", between(card["brier_interval"]), "questions drawn again, 1,000 times"),
        ("Skill", skill, "against the base rate, in sample; 1 is perfect, higher is better"),
        ("Scored", f"{card['n']:,}", "units: one forecaster on one question"),
    )


def _beside(card: Data) -> Table:
    reasons = card["reasons"]
    rows: list[tuple[Words, ...]] = [
        ("Brier, original form", score(card["brier_original"]), "0 to 2, lower is better: both sides, yes and no"),
        ("Least and greatest the hedges allow", f"{score(card['brier_low'])} to {score(card['brier_high'])}",
         "each range at the end nearest to what happened, and at the farthest"),
        ("Log score", plain(card["log_score"]), reasons.get("log_score", LOG)),
        ("Area under the ROC curve", plain(card["auc"]), reasons.get("auc", "0.5 is guessing, 1 is perfect")),
        ("Coverage", percent(card["coverage"]), reasons.get("coverage", "of the questions' scheduled life")),
    ]  # fmt: skip
    if "truncated_score" in card:
        what = "weight × score, over units: told for fewer than ten"
        rows.append(("Truncated score", score(card["truncated_score"]), what))
    columns = (Column("Figure"), Column("Value", number=True), Column("What it is"))
    return Table("Beside the score", columns, tuple(rows))


def _kinds(report: Report) -> Table:
    rows = []
    for kind, card in report.kinds.items():
        rule, name = KINDS[kind]
        cells = (kind, f"{card['n']:,}", score(card[name]), between(card[f"{name}_interval"]), rule)
        rows.append(cells)
    columns = (Column("Kind"), Column("n", True), Column("Score", True), Column("95 % interval", True), Column("Rule"))
    note = "Kinds are never averaged: the figures above are of binary questions alone."
    return Table("Questions of other kinds", columns, tuple(rows), note)
