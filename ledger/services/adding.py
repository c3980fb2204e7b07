"""``add``: a question, and with it a first statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ledger.domain.conditions import Condition
from ledger.domain.instants import Instant, format_instant
from ledger.domain.keys import key_digest
from ledger.domain.kinds import Kind
from ledger.domain.moments import Moment, describe
from ledger.domain.outcomes import parse_outcome
from ledger.domain.text import quoted
from ledger.domain.words import clean_input, needed_input, slug
from ledger.errors import InputError, RefusedError
from ledger.journal.entry import Draft
from ledger.services.actors import default_forecaster, ensure_source, next_number, source_words
from ledger.services.resembling import close_to
from ledger.services.results import Done
from ledger.services.stating import Saying, state
from ledger.services.times import read_time, refuse_future
from ledger.services.values import Stated
from ledger.storage.attempts import repeated
from ledger.storage.driver import Driver
from ledger.storage.location import Location
from ledger.storage.reading.finding import find_question
from ledger.storage.reading.questions import options, question
from ledger.storage.writing import Transaction, transaction


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as typed."""

    title: str
    by: str
    kind: str = "binary"
    options: tuple[str, ...] = ()
    criteria: str | None = None
    tags: tuple[str, ...] = ()
    source: str | None = None
    condition: str | None = None
    key: str | None = None
    opened_at: str | None = None
    zone: str | None = None
    stated: Stated = field(default_factory=Stated)
    forecaster: str | None = None
    made_at: str | None = None
    comment: str | None = None


@repeated
def add(location: Location, asked: Asked, tell: Callable[[str], None]) -> Done:
    """Record a question and, where one is given, its first statement; one transaction."""
    kind = _kind(asked)
    deadline = read_time(asked.by, "--by", asked.zone, ahead=True)
    with transaction(location.place, "add", tell) as work:
        done = Done()
        made_at = _made_at(asked, work.recorded_at)
        opened = _opened(asked, made_at, work.recorded_at)
        refuse_early_deadline(deadline, opened)
        number = _record(work, asked, kind, deadline, opened, done)
        if asked.stated.says_something:
            said = Saying(asked.forecaster or default_forecaster(), asked.stated, made_at, comment=asked.comment)
            done.said.extend(state(work, number, said, done))
        return done


def refuse_early_deadline(deadline: Moment, opened: Instant) -> None:
    """Refuse a deadline that is not after the opening."""
    if deadline.instant <= opened:
        raise RefusedError(
            f"the deadline, {describe(deadline.instant, deadline.zone)}, is not after the opening "
            f"({format_instant(opened)}); for a forecast of the past say when it was made with --made-at"
        )


def _kind(asked: Asked) -> Kind:
    try:
        kind = Kind(asked.kind)
    except ValueError as problem:
        raise InputError(f"--kind {quoted(asked.kind)} is none of: {', '.join(Kind)}") from problem
    if kind.has_options and len(asked.options) < 2:
        raise InputError(f"a question of kind {kind} needs at least two options: --option A --option B")
    if not kind.has_options and asked.options:
        raise InputError(f"a question of kind {kind} has no options; say --kind choice or --kind ordered")
    return kind


def _made_at(asked: Asked, recorded_at: Instant) -> Moment:
    if asked.made_at is None:
        return Moment(recorded_at, None, "now")
    moment = read_time(asked.made_at, "--made-at", asked.zone)
    refuse_future(moment, recorded_at, "--made-at")
    return moment


def _opened(asked: Asked, made_at: Moment, recorded_at: Instant) -> Instant:
    if asked.opened_at is None:
        return min(made_at.instant, recorded_at)
    moment = read_time(asked.opened_at, "--opened-at", asked.zone)
    return moment.instant


def _record(work: Transaction, asked: Asked, kind: Kind, deadline: Moment, opened: Instant, done: Done) -> int:
    title = needed_input(asked.title, "the title", "say what is asked, in a form that settles")
    close = close_to(work.driver, title, work.recorded_at)
    done.notices.extend(f"close to #{one.number}, which is there already: {one.title}" for one in close)
    words = {} if asked.source is None else source_words(asked.source)
    source = ensure_source(work, words) if words else None
    condition = read_condition(work.driver, asked.condition)
    key = _key(work.driver, asked, title)
    number = next_number(work.driver, "question")
    facts = {
        "question": number, "key": key_digest("", key), "kind": kind.value, "opened_at": format_instant(opened),
        "deadline": format_instant(deadline.instant), "zone": deadline.zone, "source": source,
        "options": len(asked.options) or None, "condition": condition_fact(condition),
    }  # fmt: skip
    criteria = clean_input(asked.criteria, "--criteria") if asked.criteria else None
    text = {"key": key, "title": title, "criteria": criteria, "options": _options(asked) or None}
    text |= {"tags": clean_tags(asked.tags) or None}
    done.entries.extend(work.append([Draft.of("question", facts, text)]))
    done.question = number
    done.said.append(f"#{number} {key}")
    done.notices.append(f"deadline: {describe(deadline.instant, deadline.zone)}")
    return number


def _options(asked: Asked) -> list[str]:
    named = [needed_input(name, "--option", "name each option", limit=200) for name in asked.options]
    if len(set(named)) < len(named):
        raise InputError("an option is named twice; options are exclusive")
    return named


def clean_tags(tags: tuple[str, ...]) -> list[str]:
    """Tags in the order given, each once; a ``;`` would part a tag in two in the CSV."""
    cleaned = [clean_input(tag, "--tag", limit=100) for tag in tags]
    for tag in cleaned:
        if not tag or ";" in tag:
            raise InputError(f"--tag {quoted(tag)}: a tag is not empty and holds no semicolon")
    return list(dict.fromkeys(cleaned))


def _key(driver: Driver, asked: Asked, title: str) -> str:
    if asked.key is not None:
        key = clean_input(asked.key, "--key", limit=200)
        if not key or key.startswith("#"):
            raise InputError(f"--key {quoted(key)}: a key is not empty and does not begin with #")
        if _taken(driver, key):
            raise RefusedError(f"the key {quoted(key)} is taken; choose another with --key")
        return key
    base = slug(title)
    tries = (base if count == 1 else f"{base}-{count}" for count in range(1, 1_000_000))
    return next(key for key in tries if not _taken(driver, key))


def _taken(driver: Driver, key: str) -> bool:
    sql = "SELECT 1 FROM question WHERE key = ? OR key_digest = ?"
    return driver.one(sql, (key, key_digest("", key))) is not None


def read_condition(driver: Driver, told: str | None) -> Condition | None:
    """Read ``ID=outcome``; raises ``InputError`` or ``NotFoundError``."""
    if told is None:
        return None
    name, sign, outcome = told.rpartition("=")
    if not sign or not name.strip() or not outcome.strip():
        raise InputError(f"--if {quoted(told)}: write the question and the outcome it needs, such as --if 12=yes")
    number = find_question(driver, name)
    needed = question(driver, number)
    kind = Kind(needed.kind) if needed else Kind.BINARY
    if kind is Kind.NUMERIC:
        raise InputError(f"--if {quoted(told)}: a numeric question has no single outcome to wait for")
    read = parse_outcome(outcome, kind, options(driver, number))
    if read.text not in {"yes", "no"} and not kind.has_options:
        raise InputError(f"--if {quoted(told)}: a condition needs yes or no, not a share")
    return Condition(number, read.text)


def condition_fact(condition: Condition | None) -> dict[str, object] | None:
    """A condition as the journal's facts hold it."""
    return None if condition is None else {"question": condition.question, "outcome": condition.outcome}
