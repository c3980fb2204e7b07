"""Entries that contradict each other are refused, and those that a ledger writes are not."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from ledger.domain.instants import parse_rfc3339
from ledger.errors import InputError
from ledger.journal.sense import LARGEST_NUMBER, Sense

NOW, BEFORE, AFTER = "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", "2026-01-02T00:00:01Z"
DEADLINE = "2026-02-01T00:00:00Z"
Said = tuple[str, dict[str, Any], dict[str, Any] | None]


def who(number: int = 1) -> Said:
    return "forecaster", {"forecaster": number}, {"name": "ann"}


def source(number: int = 1) -> Said:
    return "source", {"source": number}, None


def asked(number: int = 1, kind: str = "binary", names: int | None = None, **facts: Any) -> Said:
    key = hashlib.sha256(str(facts.pop("key", number)).encode()).hexdigest()
    text: dict[str, Any] = {"key": "k", "title": "t"}
    if names is not None:
        text["options"] = [f"o{place}" for place in range(names)]
        facts.setdefault("options", names)
    return "question", {"question": number, "key": key, "kind": kind, "deadline": DEADLINE, **facts}, text


def choice(number: int = 1) -> Said:
    return asked(number, "choice", 2)


def said(question: int = 1, forecaster: int = 1, made_at: str = NOW, **value: Any) -> Said:
    facts = {"question": question, "forecaster": forecaster, "made_at": made_at, **(value or {"p": "0.5"})}
    return "forecast", facts, None


def corrected(forecast: int, **value: Any) -> Said:
    return "correct", {"forecast": forecast, **value}, {"reason": "slip"}


def settled(outcome: Any = "yes", kind: str = "resolve", question: int = 1, **facts: Any) -> Said:
    facts |= {"outcome": outcome} if kind == "resolve" else {}
    return kind, {"question": question, **facts}, None


def voided(**facts: Any) -> Said:
    return settled(kind="void", **facts)


def reopened(supersedes: int) -> Said:
    return settled(kind="reopen", supersedes=supersedes)


def edited(changed: str, question: int = 1, **facts: Any) -> Said:
    return "edit", {"question": question, "changed": [changed], **facts}, {"reason": "unclear"}


def needs(question: int, outcome: str = "yes") -> dict[str, Any]:
    return {"question": question, "outcome": outcome}


def left(forecaster: int = 1, at: str = NOW, question: int = 1) -> Said:
    return "withdraw", {"question": question, "forecaster": forecaster, "at": at}, None


def look_again(at: str = AFTER, question: int = 1, **facts: Any) -> Said:
    return "look_again", {"question": question, "at": at, **facts}, {"reason": "then we know"}


def taken_back(entry: int, question: int = 1) -> Said:
    return "look_again", {"question": question, "takes_back": entry}, None


def announced(at: str = NOW, question: int = 1) -> Said:
    return "announced", {"channel": "mail", "said": [["due", question, at]]}, None


def put_off(until: str = AFTER, question: int = 1, **facts: Any) -> Said:
    return "snooze", {"question": question, "until": until, **facts}, {"reason": "not yet"}


def redacted(*entries: int) -> Said:
    return "redact", {"entries": list(entries)}, {"reason": "a name"}


def judge(*entries: Said, each_its_own: bool = False) -> Sense:
    sense = Sense()
    for seq, (kind, facts, text) in enumerate(entries, 1):
        sense.take(seq, kind, facts, text, parse_rfc3339(NOW))
        if each_its_own:
            sense.finish_command()
    sense.finish_command()
    return sense


NUMERIC = asked(kind="numeric")
QUANTILES = [["0.1", "3"], ["0.9", "3"]]

GOOD: dict[str, list[Said]] = {
    "a question with everything": [source(), asked(source=1, zone="Europe/Berlin", opened_at=BEFORE)],
    "ranges": [who(), asked(), said(p="0.5", low="0.5", high="0.5"), said(p="0.5", low="0.1")],
    "a statement before the opening": [who(), asked(opened_at=BEFORE), said(made_at="2025-01-01T00:00:00Z")],
    "a vector a little off": [who(), choice(), said(vector=["0.3333334", "0.6666667"])],
    "quantiles": [who(), NUMERIC, said(quantiles=QUANTILES)],
    "a redacted question": [(*asked(kind="choice", names=3)[:2], None)],
    "one option, as a table may have": [asked(kind="ordered", names=1)],
    "a share": [asked(), settled("0.3")],
    "an option": [choice(), settled({"option": 1})],
    "a quantity": [NUMERIC, settled({"value": "12.5"})],
    "void, reopened, resolved, superseded": [
        *(asked(), voided(), reopened(2), settled(known_at=BEFORE), settled("no", supersedes=4)),
        *(voided(supersedes=5, known_at=NOW), settled(supersedes=6)),
    ],
    "a condition recorded later": [asked(1, condition=needs(2)), asked(2)],
    "conditions on every kind": [
        *(asked(1), choice(2), asked(3, "numeric"), asked(4, condition=needs(1, "0.3"))),
        *(asked(5, condition=needs(2, "1")), asked(6, condition=needs(3, "12.5")), asked(7, condition=needs(4))),
    ],
    "a loop undone": [
        *(asked(1), asked(2, condition=needs(1)), edited("condition", 2), edited("condition", 1, condition=needs(2))),
    ],
    "edits": [asked(), edited("condition"), edited("deadline", deadline=DEADLINE, zone="UTC"), edited("title")],
    "a withdrawal": [who(), asked(), said(), left()],
    "corrections": [who(), asked(), said(), corrected(3, p="0.4")],
    "redaction": [who(), asked(), redacted(1, 2)],
    "put off, longer, and woken": [asked(), put_off(zone="Europe/Berlin"), put_off(DEADLINE), put_off(NOW), put_off()],
    "a day to look again, taken back, and set anew": [
        asked(),
        look_again(zone="Europe/Berlin"),
        look_again(DEADLINE),
        taken_back(2),
        look_again(),
    ],
    "rules and what was announced": [
        asked(),
        ("review_rules", {"zone": "Europe/Berlin", "weekly": "mon@09:00"}, None),
        announced(),
        ("announced", {"channel": "mail", "weekly": NOW}, None),
    ],
    "put off after an outcome was taken back": [asked(), put_off(), settled(), reopened(3), put_off()],
}

BAD: dict[str, tuple[list[Said], str]] = {
    "forecaster twice": ([who(), who()], "forecaster 1 is there already"),
    "source twice": ([source(), source()], "source 1 is there already"),
    "question twice": ([asked(), asked(key="b")], "question 1 is there already"),
    "key twice": ([asked(1, key="a"), asked(2, key="a")], "question 2 has the key of another question"),
    "huge number": ([asked(LARGEST_NUMBER + 1)], "question 1000000001: numbers go up to 1000000000"),
    "no source": ([asked(source=4)], "there is no source 4 before this entry"),
    "no question": ([who(), said()], "there is no question 1 before this entry"),
    "no forecaster": ([asked(), said()], "there is no forecaster 1 before this entry"),
    "no question to leave": ([who(), left()], "there is no question 1 before this entry"),
    "nobody to leave": ([asked(), left(7)], "there is no forecaster 7 before this entry"),
    "no question to resolve": ([settled()], "there is no question 1 before this entry"),
    "no question to void": ([voided()], "there is no question 1 before this entry"),
    "no question to reopen": ([reopened(1)], "there is no question 1 before this entry"),
    "no question to edit": ([edited("title")], "there is no question 1 before this entry"),
    "no question to put off": ([put_off()], "there is no question 1 before this entry"),
    "put off though settled": ([asked(), settled(), put_off()], "question 1 is settled by entry 2: nothing is put off"),
    "put off though void": ([asked(), voided(), put_off()], "question 1 is settled by entry 2: nothing is put off"),
    "put off to the past": ([asked(), put_off(BEFORE)], f"'until', {BEFORE}, is before the entry was recorded"),
    "woken and not put off": ([asked(), put_off(NOW)], "question 1 is not put off, so this wakes nothing"),
    "woken twice": (
        [asked(), put_off(), put_off(NOW), put_off(NOW)], "question 1 is not put off, so this wakes nothing",
    ),
    "woken though settled since": (
        [asked(), put_off(), settled(), reopened(3), put_off(NOW)], "question 1 is not put off, so this wakes nothing",
    ),
    "no question to look at again": ([look_again()], "there is no question 1 before this entry"),
    "look again though settled": (
        [asked(), settled(), look_again()], "question 1 is settled by entry 2: there is nothing to look at again",
    ),
    "look again in the past": ([asked(), look_again(NOW)], f"'at', {NOW}, is not after the entry was recorded"),
    "no day to take back": ([asked(), taken_back(1)], "entry 1 sets no day to look at question 1 again"),
    "a day taken back twice": (
        [asked(), look_again(), taken_back(2), taken_back(2)], "entry 2 sets no day to look at question 1 again",
    ),
    "a day from before the settling": (
        [asked(), look_again(), settled(), reopened(3), taken_back(2)], "entry 2 sets no day to look at question 1",
    ),
    "zone of a day": ([asked(), look_again(zone="Mars/Olympus")], "'Mars/Olympus' is not a time zone"),
    "zone of the rules": ([("review_rules", {"zone": "Mars/Olympus"}, None)], "'Mars/Olympus' is not a time zone"),
    "nothing announced": ([("announced", {"channel": "mail"}, None)], "nothing is announced"),
    "no question to announce": ([announced()], "there is no question 1 before this entry"),
    "announced too soon": ([asked(), announced(AFTER)], f"{AFTER} is announced at {NOW}, before its time"),
    "a week announced too soon": (
        [("announced", {"channel": "mail", "weekly": AFTER}, None)], f"{AFTER} is announced at {NOW}, before its time",
    ),
    "zone of a snooze": ([asked(), put_off(zone="Mars/Olympus")], "'Mars/Olympus' is not a time zone"),
    "zone": ([asked(zone="Mars/Olympus")], "'Mars/Olympus' is not a time zone"),
    "zone of an edit": ([asked(), edited("zone", zone="../../etc")], "'../../etc' is not a time zone"),
    "deadline": ([asked(opened_at=DEADLINE)], f"the deadline, {DEADLINE}, is not after the opening, {DEADLINE}"),
    "options of a binary": ([asked(names=2)], "a binary question has no options, and 2 are given"),
    "no options": ([asked(kind="choice")], "a choice question has options, and none are given"),
    "fewer names": ([asked(kind="choice", names=1, options=10**9)], "1000000000 options, and 1 names of options"),
    "no names": ([asked(kind="choice", options=2)], "2 options, and 0 names of options"),
    "huge options": (
        [(*asked(kind="choice", options=1001)[:2], None)], "1001 options without their names; at most 1000 are taken",
    ),
    "vector on binary": (
        [who(), asked(), said(vector=["0.5", "0.5"])], "a binary question takes 'p', and another value is given",
    ),
    "p on choice": ([who(), choice(), said()], "a choice question takes 'vector', and another value is given"),
    "p on numeric": ([who(), NUMERIC, said()], "a numeric question takes 'quantiles', and another value is given"),
    "vector too long": ([who(), choice(), said(vector=["1", "0", "0"])], "3 probabilities for 2 options"),
    "vector sum": (
        [who(), choice(), said(vector=["1", "1"])], "the probabilities of exclusive options sum to 2, not 1",
    ),
    "range of a vector": (
        [who(), choice(), said(vector=["1", "0"], low="0.1")],
        "only a binary forecast has a range, and this question is choice",
    ),
    "range of quantiles": (
        [who(), NUMERIC, said(quantiles=QUANTILES, high="0.1")],
        "only a binary forecast has a range, and this question is numeric",
    ),
    "level 0": (
        [who(), NUMERIC, said(quantiles=[["0", "3"]])],
        "the level 0 of a quantile is not between 0 and 1, both excluded",
    ),
    "level 1": (
        [who(), NUMERIC, said(quantiles=[["1", "3"]])],
        "the level 1 of a quantile is not between 0 and 1, both excluded",
    ),
    "levels fall": (
        [who(), NUMERIC, said(quantiles=[["0.9", "3"], ["0.1", "9"]])],
        "the levels of quantiles do not rise: 0.1 follows 0.9",
    ),
    "level twice": (
        [who(), NUMERIC, said(quantiles=[["0.5", "3"], ["0.5", "3"]])],
        "the levels of quantiles do not rise: 0.5 follows 0.5",
    ),
    "values fall": (
        [who(), NUMERIC, said(quantiles=[["0.1", "9"], ["0.9", "3"]])],
        "the quantiles cross: 9 at 0.1 lies above 3 at 0.9",
    ),
    "low above high": ([who(), asked(), said(p="0.5", low="0.9", high="0.1")], "'low', 0.9, is above 'high', 0.1"),
    "p below": ([who(), asked(), said(p="0.5", low="0.8")], "'p', 0.5, lies outside its range, 0.8 to 1"),
    "p above": ([who(), asked(), said(p="0.5", high="0.4")], "'p', 0.5, lies outside its range, 0 to 0.4"),
    "option of none": ([choice(), settled({"option": 2})], "the outcome is none of a choice (2 options) question's"),
    "yes on choice": ([choice(), settled()], "the outcome is none of a choice (2 options) question's"),
    "value on choice": ([choice(), settled({"value": "1"})], "the outcome is none of a choice (2 options) question's"),
    "value on binary": ([asked(), settled({"value": "12"})], "the outcome is none of a binary question's"),
    "option on binary": ([asked(), settled({"option": 0})], "the outcome is none of a binary question's"),
    "yes on numeric": ([NUMERIC, settled()], "the outcome is none of a numeric question's"),
    "option on numeric": ([NUMERIC, settled({"option": 0})], "the outcome is none of a numeric question's"),
    "condition on none": ([asked(condition=needs(9))], "there is no question 9 before this entry"),
    "condition on itself": ([asked(condition=needs(1))], "the condition loops: question 1 waits for itself"),
    "conditions on each other": (
        [asked(1, condition=needs(2)), asked(2, condition=needs(1))],
        "the condition loops: question 1 waits for itself",
    ),
    "an edit that loops": (
        [asked(), edited("condition", condition=needs(1))], "the condition loops: question 1 waits for itself",
    ),
    "condition of a word": (
        [asked(1), asked(2, condition=needs(1, "bananas"))],
        "the outcome of the condition, 'bananas', is none of a binary question's",
    ),
    "condition of no option": (
        [choice(1), asked(2, condition=needs(1, "2"))],
        "the outcome of the condition, '2', is none of a choice (2 options) question's",
    ),
    "condition of no quantity": (
        [asked(1, "numeric"), asked(2, condition=needs(1))],
        "the outcome of the condition, 'yes', is none of a numeric question's",
    ),
    "corrects a question": ([asked(), corrected(1, p="0.1")], "entry 1, which this corrects, is no forecast before it"),
    "corrects itself": ([corrected(1, p="0.1")], "entry 1, which this corrects, is no forecast before it"),
    "corrects by another kind": (
        [who(), asked(), said(), corrected(3, vector=["1"])],
        "a binary question takes 'p', and another value is given",
    ),
    "resolved twice": (
        [asked(), settled(), settled("no")], "this supersedes nothing, and of question 1 entry 2 stands",
    ),
    "voided beside a resolution": (
        [asked(), settled(), voided()], "this supersedes nothing, and of question 1 entry 2 stands",
    ),
    "supersedes nonsense": (
        [asked(), settled(supersedes=999)], "this supersedes entry 999, and of question 1 no resolution stands",
    ),
    "supersedes the last but one": (
        [asked(), settled(), settled("no", supersedes=2), voided(supersedes=2)],
        "this supersedes entry 2, and of question 1 entry 3 stands",
    ),
    "reopens what is open": (
        [asked(), reopened(1)], "this supersedes entry 1, and of question 1 no resolution stands",
    ),
    "redacts itself": ([asked(), redacted(1, 2)], "entry 2, which this redacts, is not before it"),
    "made later": (
        [who(), asked(), said(made_at=AFTER)], f"'made_at', {AFTER}, is after the entry was recorded, {NOW}",
    ),
    "left later": ([who(), asked(), left(at=AFTER)], f"'at', {AFTER}, is after the entry was recorded, {NOW}"),
    "known later": ([asked(), settled(known_at=AFTER)], f"'known_at', {AFTER}, is after the entry was recorded, {NOW}"),
    "void known later": (
        [asked(), voided(known_at=AFTER)], f"'known_at', {AFTER}, is after the entry was recorded, {NOW}",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_a_ledger_writes_is_taken(name: str) -> None:
    assert judge(*GOOD[name]).at > 0


@pytest.mark.parametrize("name", BAD)
def test_what_contradicts_is_refused_in_one_line(name: str) -> None:
    entries, problem = BAD[name]
    with pytest.raises(InputError) as found:
        judge(*entries)
    assert str(found.value).startswith(problem)
    assert "\n" not in str(found.value)
    if name != "conditions on each other":
        judge(*entries[:-1])


def test_a_condition_on_a_question_of_a_later_command_is_refused_where_it_stands() -> None:
    with pytest.raises(InputError, match="there is no question 2 before this entry"):
        judge(*GOOD["a condition recorded later"], each_its_own=True)
    sense = Sense()
    for seq, (kind, facts, text) in enumerate([asked(1), asked(2, condition=needs(9)), who()], 1):
        sense.take(seq, kind, facts, text, parse_rfc3339(NOW))
    with pytest.raises(InputError):
        sense.finish_command()
    assert sense.at == 2
    sense.finish_command()


@pytest.mark.parametrize(
    ("question", "forecaster", "made_at", "problem"),
    [
        (9, 1, NOW, "there is no question 9 before this entry"),
        (2, 1, NOW, "a choice question takes 'vector', and another value is given"),
        (1, 9, NOW, "there is no forecaster 9 before this entry"),
        (1, 1, AFTER, f"'made_at', {AFTER}, is after the entry was recorded, {NOW}"),
    ],
)
def test_plain_statements_are_judged_as_others_are(question: int, forecaster: int, made_at: str, problem: str) -> None:
    sense = judge(who(), asked(1), choice(2))
    at, now = parse_rfc3339(made_at), parse_rfc3339(NOW)
    with pytest.raises(InputError) as found:
        sense.take_plain(4, question, forecaster, at, now)
    assert str(found.value) == problem
    with pytest.raises(InputError) as other:
        judge(who(), asked(1), choice(2), said(question, forecaster, made_at))
    assert str(other.value) == problem
    sense.take_plain(5, 1, 1, now, now)
    sense.take(6, *corrected(5, p="0.1"), now)
