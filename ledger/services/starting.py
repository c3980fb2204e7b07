"""``init``: a new ledger, empty or with a shipped set of forecasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ledger.data_files import load_seed
from ledger.domain.keys import key_digest
from ledger.domain.probability import parse_probability
from ledger.errors import RefusedError
from ledger.journal.entry import Draft
from ledger.services.actors import ensure_forecaster, ensure_source, next_number
from ledger.services.results import Done
from ledger.storage.attempts import repeated
from ledger.storage.location import Location
from ledger.storage.writing import Transaction, creation, transaction


@repeated
def initialise(location: Location, seed: str | None, tell: Callable[[str], None]) -> Done:
    """Make a ledger, or go on with the one that is there; with ``seed`` add that shipped set once."""
    shipped = None if seed is None else load_seed(seed)
    with creation(location.place, "init", tell) as work:
        done = Done([f"{'a new ledger at' if work.fresh else 'the ledger is at'} {location}"])
        if shipped is not None:
            done.said.append(_plant(work, shipped))
        elif not work.fresh:
            done.notices.append("it was there already; nothing was changed")
        return done


@repeated
def add_seed(location: Location, seed: str, tell: Callable[[str], None]) -> Done:
    """Add a shipped set to a ledger that is there; the same set again adds nothing."""
    shipped = load_seed(seed)
    with transaction(location.place, "import", tell) as work:
        return Done([_plant(work, shipped)])


def _plant(work: Transaction, seed: Mapping[str, Any]) -> str:
    source = seed["source"]
    namespace = source.get("url") or source["title"]
    questions = seed["questions"]
    digests = [key_digest(namespace, question["key"]) for question in questions]
    there = [digest for digest in digests if _known(work, digest)]
    if len(there) == len(questions):
        return f"{seed['name']}: already there; nothing was added"
    if there:
        raise RefusedError(
            f"{seed['name']}: {len(there)} of its {len(questions)} questions are there already, others not"
        )
    number = ensure_source(work, source, source.get("published"))
    who = ensure_forecaster(work, seed["forecaster"]["name"])
    first = next_number(work.driver, "question")
    numbers = {question["key"]: first + at for at, question in enumerate(questions)}
    drafts = []
    for question, digest in zip(questions, digests, strict=True):
        drafts.append(_question(seed, question, digest, numbers, number))
        if "forecast" in question:
            drafts.append(_forecast(seed, question["forecast"], numbers[question["key"]], who))
    work.append(drafts)
    stated = len(drafts) - len(questions)
    return f"{seed['name']}: {len(questions)} questions and {stated} forecasts of {seed['forecaster']['name']} added"


def _known(work: Transaction, digest: str) -> bool:
    return work.driver.one("SELECT 1 FROM question WHERE key_digest = ?", (digest,)) is not None


def _question(
    seed: Mapping[str, Any], question: Mapping[str, Any], digest: str, numbers: Mapping[str, int], source: int
) -> Draft:
    needed = question.get("condition")
    facts = {
        "question": numbers[question["key"]], "key": digest, "kind": question.get("kind", "binary"),
        "opened_at": seed["opened_at"], "deadline": question["deadline"], "zone": question.get("zone"),
        "source": source, "deadline_from": question.get("deadline_from"),
        "condition": needed and {"question": numbers[needed["question"]], "outcome": needed["outcome"]},
    }  # fmt: skip
    text = {name: question.get(name) for name in ("key", "title", "criteria", "tags", "section")}
    return Draft.of("question", facts, text)


def _forecast(seed: Mapping[str, Any], forecast: Mapping[str, Any], number: int, who: int) -> Draft:
    facts = {
        "question": number, "forecaster": who, "made_at": seed["made_at"], "scale": forecast["scale"],
        "term": forecast["term"], "p": parse_probability(forecast["best"]).decimal,
        "low": parse_probability(forecast["low"]).decimal, "high": parse_probability(forecast["high"]).decimal,
    }  # fmt: skip
    return Draft.of("forecast", facts, {"hedge": forecast["hedge"]})
