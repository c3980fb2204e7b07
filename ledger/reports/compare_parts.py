"""Two forecasters against each other."""

from __future__ import annotations

from ledger.reports.document import Block, Column, Listing, Prose, Section, Table, Words
from ledger.reports.model import Data, Question, Report
from ledger.reports.words import between, count, named, plain, score

MOST = 40


def comparison_section(found: Data) -> Section:
    """The difference with its interval, and what the tests say."""
    rows: tuple[tuple[Words, ...], ...] = (
        (found["a"], score(found["score_a"]), "mean over the common questions, lower is better"),
        (found["b"], score(found["score_b"]), "the same"),
        ("Difference", score(found["difference"], signed=True), "below 0 the first is better"),
        ("95 % interval", between(found["interval"], signed=True), found["reasons"].get("interval", "by question")),
    )  # fmt: skip
    columns = (Column("Brier score, 0 to 1"), Column("Value", number=True), Column("What it is"))
    caption = f"On {count(found['questions'], 'question')} that both have"
    return Section(
        "comparison", "The comparison",
        (Prose(_sentence(found), "lead"), Table(caption, columns, rows), _tests(found)),
    )  # fmt: skip


def _sentence(found: Data) -> str:
    over = f"On the {count(found['questions'], 'question')} that both have"
    if not found["difference"]:
        return f"{over} the two score alike: {score(found['score_a'])}."
    first = found["difference"] < 0
    better, worse = (found["a"], found["b"]) if first else (found["b"], found["a"])
    said = f"{over} {better} scores better than {worse} by {score(abs(found['difference']))} (Brier, 0 to 1)."
    ends = found["interval"]
    if ends is None:
        return f"{said} There is no interval: {found['reasons'].get('interval', 'it is not defined here')}."
    if ends[0] <= 0 <= ends[1]:
        return f"{said} The 95 % interval of the difference includes 0, so chance may do that."
    return f"{said} The 95 % interval of the difference leaves 0 out."


def _tests(found: Data) -> Block:
    test, signs, bets = found["diebold_mariano"], found["signs"], found["e_values"]
    said = f"sign test: {signs['better']} better, {signs['worse']} worse, {signs['ties']} alike"
    p = signs.get("p_value")
    dm = "; ".join(map(str, dict(test["reasons"]).values())) or "not defined"
    items: list[Words] = [
        f"Diebold–Mariano: t {plain(test['statistic'])}, p {plain(test['p_value'])}" if test["p_value"] is not None
        else f"Diebold–Mariano: {dm}",
        said + ("" if p is None else f", p {plain(p)}"),
    ]  # fmt: skip
    for name in ("against_a", "against_b"):
        bet = bets[name]
        value = bet["reason"] or f"{bet['mean']:.3g}"
        items.append(f"e-value against “{bet['hypothesis']}”: {value}")
    alone = f"{found['only_a']:,} questions of the first alone, {found['only_b']:,} of the second"
    items += [bets["caveat"], f"left out: {alone}"]
    return Listing(tuple(items))


def differing_section(report: Report, found: Data) -> Section:
    """The questions on which the two differ most."""
    pairs = [told for one in report.questions if (told := _pair(one, found["a"], found["b"])) is not None]
    pairs.sort(key=lambda one: -abs(one[1] - one[2]))
    rows = tuple(
        (f"#{one.number} {named(one.title)}", one.outcome or "–", score(a), score(b), score(a - b, signed=True))
        for one, a, b in pairs[:MOST]
    )
    columns = (
        Column("Question"), Column("Outcome"), Column(found["a"], True), Column(found["b"], True),
        Column("Difference", True),
    )  # fmt: skip
    note = f"The {MOST} that differ most, of {len(pairs):,}." if len(pairs) > MOST else ""
    table = Table("Questions by how much the two differ", columns, rows, note)
    return Section("differing", "Where they differ", (table,))


def _pair(asked: Question, a: str, b: str) -> tuple[Question, float, float] | None:
    by = {unit.forecaster: unit.score for unit in asked.units if unit.score is not None}
    return (asked, by[a], by[b]) if a in by and b in by else None
