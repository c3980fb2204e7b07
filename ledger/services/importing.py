"""From the plan of an import to entries, in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ledger.domain.instants import format_instant
from ledger.domain.keys import key_digest
from ledger.domain.probability import Probability
from ledger.errors import RefusedError
from ledger.formats.sheet import Extra
from ledger.journal.canonical import canonical_string
from ledger.journal.entry import Draft
from ledger.services.actors import ensure_forecaster, ensure_source
from ledger.services.adding import condition_fact
from ledger.services.reconciling import Plan
from ledger.services.settling import last_resolution
from ledger.storage.writing import Transaction


def refuse_changes(plan: Plan) -> None:
    """Refuse a file that says something else than the ledger, naming the first difference and counting the rest."""
    found = [change for change in plan.changes if not change.adds]
    if found:
        first = found[0]
        question = plan.sheet.questions[first.at]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        place = f"{plan.sheet.name}, {plan.sheet.unit} {question.line}"
        raise RefusedError(
            f"{place}: {question.key} has another {first.field} than the ledger: "
            f"{first.after!r} instead of {first.before!r}{more}; to record the file's say --supersede"
        )


def record(work: Transaction, plan: Plan, progress: Callable[[int], None] | None = None) -> None:
    """Write everything of ``plan``."""
    sheet = plan.sheet
    sources = _sources(work, plan)
    used = sorted({sheet.forecaster_of[at] for at, fresh in enumerate(plan.fresh) if fresh})
    people = {place: ensure_forecaster(work, sheet.forecasters[place]) for place in used}
    work.stream(_drafts(work, plan, sources, people), progress)


def _sources(work: Transaction, plan: Plan) -> dict[str, int]:
    new = [question for question, is_new in zip(plan.sheet.questions, plan.new, strict=True) if is_new]
    urls = dict.fromkeys(question.source_url for question in new if question.source_url)
    return {url: ensure_source(work, {"url": url}) for url in urls}


def _drafts(work: Transaction, plan: Plan, sources: dict[str, int], people: dict[int, int]) -> Iterator[Draft]:
    sheet = plan.sheet
    bare = [at for at, is_new in enumerate(plan.new) if is_new]
    bare.reverse()
    due = sheet.questions[bare[-1]].first_row if bare else len(sheet) + 1
    for at, fresh in enumerate(plan.fresh):
        while due <= at:
            yield _question(plan, bare.pop(), sources)
            due = sheet.questions[bare[-1]].first_row if bare else len(sheet) + 1
        if fresh:
            yield _statement(plan, at, people)
    for place in reversed(bare):
        yield _question(plan, place, sources)
    yield from _edits(plan)
    yield from _resolutions(work, plan)


def _question(plan: Plan, at: int, sources: dict[str, int]) -> Draft:
    question = plan.sheet.questions[at]
    facts = {
        "question": plan.numbers[at], "key": key_digest(question.source_url or "", question.key),
        "kind": question.kind, "deadline": format_instant(question.deadline), "zone": question.zone,
        "opened_at": None if question.opened_at is None else format_instant(question.opened_at),
        "source": sources.get(question.source_url or ""), "options": len(question.options) or None,
        "condition": condition_fact(plan.conditions.get(at)),
    }  # fmt: skip
    text = {
        "key": question.key, "title": question.title, "criteria": question.criteria,
        "tags": list(question.tags) or None, "options": question.options or None,
    }  # fmt: skip
    return Draft.of("question", facts, text)


def _statement(plan: Plan, at: int, people: dict[int, int]) -> Draft:
    sheet = plan.sheet
    question, who = plan.numbers[sheet.question_of[at]], people[sheet.forecaster_of[at]]
    made_at, probability = format_instant(sheet.made_at[at]), sheet.probability[at]
    extra, place = sheet.extras.get(at), plan.places.get(at)
    if extra is None and probability is not None and place is None:
        return Draft("forecast", plain_facts(who, made_at, probability, question))
    extra = extra or Extra()
    if extra.withdrawn:
        return Draft.of("withdraw", {"question": question, "forecaster": who, "at": made_at}, {"reason": extra.reason})
    facts = {
        "question": question, "forecaster": who, "made_at": made_at, "place": place,
        "p": probability and probability.decimal, "typed": probability and probability.typed,
        "vector": None if extra.vector is None else list(extra.vector),
        "quantiles": None if extra.quantiles is None else [list(pair) for pair in extra.quantiles],
        "low": extra.low and extra.low.decimal, "high": extra.high and extra.high.decimal,
        "scale": extra.scale, "term": extra.term,
    }  # fmt: skip
    return Draft.of("forecast", facts, {"hedge": extra.hedge, "reason": extra.reason, "comment": extra.comment})


def plain_facts(forecaster: int, made_at: str, stated: Probability, question: int) -> str:
    """The canonical facts of a plain statement, written straight: an import makes a million of them."""
    typed = "" if stated.typed is None else f',"typed":{canonical_string(stated.typed)}'
    return f'{{"forecaster":{forecaster},"made_at":"{made_at}","p":"{stated.decimal}","question":{question}{typed}}}'


def _edits(plan: Plan) -> Iterator[Draft]:
    for change in plan.changes:
        facts: dict[str, object] = {"question": plan.numbers[change.at], "changed": [change.field]}
        text: dict[str, object] = {"reason": f"import of {plan.sheet.name}"}
        if change.field == "title":
            yield Draft.of("edit", facts, text | {"title": change.after})
        elif change.field == "deadline":
            yield Draft.of("edit", facts | {"deadline": change.after}, text)


def _resolutions(work: Transaction, plan: Plan) -> Iterator[Draft]:
    differing = {change.at for change in plan.changes if change.field == "outcome"}
    for at, outcome in plan.outcomes.items():
        if not plan.new[at] and at not in differing:
            continue
        question, number = plan.sheet.questions[at], plan.numbers[at]
        last = None if plan.new[at] else last_resolution(work.driver, number)
        known_at = question.known_at
        if known_at is None and last is not None and last[1] == "outcome":
            known_at = last[2]
        known = None if known_at is None else format_instant(known_at)
        facts: dict[str, object] = {"question": number, "supersedes": last[0] if last else None, "known_at": known}
        if outcome.text == "void":
            reason = question.void_reason or f"void in {plan.sheet.name}"
            yield Draft.of("void", facts, {"reason": reason})
            continue
        yield Draft.of("resolve", facts | {"outcome": outcome.fact}, {"evidence": question.evidence})
