"""Every refusal of the services: one line that says what, where and what to do; and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk import Desk, day

from ledger.data_files import load_seed
from ledger.domain.filters import Filters
from ledger.domain.keys import key_digest
from ledger.domain.kinds import Status
from ledger.errors import AlreadySettledError, InputError, LedgerError, NotFoundError, RefusedError
from ledger.journal.entry import Draft
from ledger.services.exporting import export_file
from ledger.services.scales import reading_of
from ledger.services.starting import add_seed
from ledger.services.values import Stated
from ledger.storage.writing import transaction

Act = Callable[[Desk], Any]
EARLY = (
    "the deadline, 1 January 2026, 00:00:00 in UTC (2026-01-01T00:00:00Z), is not after the opening "
    "(2026-01-01T00:00:00Z); for a forecast of the past say when it was made with --made-at"
)
AHEAD = (
    "rain has its deadline ahead (11 April 2026, 00:00:00 in UTC (2026-04-11T00:00:00Z)): "
    "say since when the outcome is known with --known-at (now is allowed)"
)
FUTURE = (
    "'2026-01-02T00:00:00Z' is in the future: it reads as 2 January 2026, 00:00:00 in UTC "
    "(2026-01-02T00:00:00Z); give a time that has passed"
)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """rain (#1, by ann), snow (#2, needs rain=yes), colour (#3), level (#4), amount (#5, numeric)."""
    desk.ask("Will it rain?", key="rain", p="0.5")
    desk.ask("Will it snow then?", key="snow", condition="rain=yes")
    desk.ask("Which colour wins?", key="colour", kind="choice", options=("Red", "Green"))
    desk.ask("How high is the level?", key="level", kind="ordered", options=("low", "high"))
    desk.ask("How much comes down?", key="amount", kind="numeric")
    return desk


def refusal(desk: Desk, act: Act) -> LedgerError:
    """The refusal of ``act``, which leaves the file as it was, to the byte."""
    before = desk.path.read_bytes() if desk.path.is_file() else None
    with pytest.raises(LedgerError) as caught:
        act(desk)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_status == 1
    assert (desk.path.read_bytes() if desk.path.is_file() else None) == before
    return caught.value


def check(desk: Desk, act: Act, error: type[LedgerError], said: str) -> None:
    found = refusal(desk, act)
    assert str(found) == said
    assert type(found) is error


ADDING: list[tuple[str, Act, type[LedgerError], str]] = [
    ("no such kind", lambda d: d.ask(kind="yesno"), InputError,
     "--kind 'yesno' is none of: binary, choice, ordered, numeric"),
    ("one option", lambda d: d.ask(kind="choice", options=("A",)), InputError,
     "a question of kind choice needs at least two options: --option A --option B"),
    ("no options", lambda d: d.ask(kind="ordered"), InputError,
     "a question of kind ordered needs at least two options: --option A --option B"),
    ("options of a binary one", lambda d: d.ask(options=("A", "B")), InputError,
     "a question of kind binary has no options; say --kind choice or --kind ordered"),
    ("options of a numeric one", lambda d: d.ask(kind="numeric", options=("A", "B")), InputError,
     "a question of kind numeric has no options; say --kind choice or --kind ordered"),
    ("an option twice", lambda d: d.ask(kind="choice", options=("A", "B", "A")), InputError,
     "an option is named twice; options are exclusive"),
    ("an option twice but for its blanks", lambda d: d.ask(kind="choice", options=("A", "B", " A ")), InputError,
     "an option is named twice; options are exclusive"),
    ("an option without a name", lambda d: d.ask(kind="choice", options=("A", " ")), InputError,
     "--option is empty: name each option"),
    ("an empty title", lambda d: d.ask("  "), InputError,
     "the title is empty: say what is asked, in a form that settles"),
    ("an empty source", lambda d: d.ask(source=" "), InputError, "--source is empty: give a URL or a title"),
    ("an empty key", lambda d: d.ask(key=" "), InputError, "--key '': a key is not empty and does not begin with #"),
    ("a key like a number", lambda d: d.ask(key="#7"), InputError,
     "--key '#7': a key is not empty and does not begin with #"),
    ("a key that is taken", lambda d: d.ask(key="rain"), RefusedError,
     "the key 'rain' is taken; choose another with --key"),
    ("an empty tag", lambda d: d.ask(tags=("a", " ")), InputError,
     "--tag '': a tag is not empty and holds no semicolon"),
    ("a tag with a semicolon", lambda d: d.ask(tags=("a;b",)), InputError,
     "--tag 'a;b': a tag is not empty and holds no semicolon"),
    ("a NUL", lambda d: d.ask("Ra\0in?"), InputError, "the title: there is a NUL at character 3; remove it"),
    ("half a surrogate", lambda d: d.ask(criteria="\ud800"), InputError,
     "--criteria: character 1 is half of a surrogate pair; write the text as UTF-8"),
    ("a deadline that passed", lambda d: d.ask(by=day(-1)), RefusedError,
     EARLY.replace("1 January 2026", "31 December 2025").replace("(2026-01-01T00:00:00Z),", "(2025-12-31T00:00:00Z),")),
    ("a deadline at the opening", lambda d: d.ask(by=day(0)), RefusedError,
     EARLY),
    ("a deadline that is no day", lambda d: d.ask(by="2026-02-30"), InputError,
     "--by: '2026-02-30' names a day or a time of day that does not exist"),
    ("made in the future", lambda d: d.ask(p="0.5", made_at=day(1)), RefusedError,
     f"--made-at {FUTURE}"),
    ("an opening that cannot be read", lambda d: d.ask(opened_at="2026-13-01"), InputError,
     "--opened-at: '2026-13-01' names a day or a time of day that does not exist"),
    ("a condition without an outcome", lambda d: d.ask(condition="rain"), InputError,
     "--if 'rain': write the question and the outcome it needs, such as --if 12=yes"),
    ("a condition with nothing after it", lambda d: d.ask(condition="rain= "), InputError,
     "--if 'rain= ': write the question and the outcome it needs, such as --if 12=yes"),
    ("a condition of nothing", lambda d: d.ask(condition=" =yes"), InputError,
     "--if ' =yes': write the question and the outcome it needs, such as --if 12=yes"),
    ("a numeric condition", lambda d: d.ask(condition="amount=3"), InputError,
     "--if 'amount=3': a numeric question has no single outcome to wait for"),
    ("a share as a condition", lambda d: d.ask(condition="rain=0.3"), InputError,
     "--if 'rain=0.3': a condition needs yes or no, not a share"),
    ("a condition on no option", lambda d: d.ask(condition="colour=Gren"), InputError,
     "outcome 'Gren' is not one of this question's; did you mean 'Green'?"),
    ("a condition on no question", lambda d: d.ask(condition="reign=yes"), NotFoundError,
     "there is no question 'reign'; did you mean rain?"),
    ("a forecaster without a name", lambda d: d.ask(p="0.5", forecaster=" "), InputError,
     "--forecaster is empty: name who states the forecast"),
    ("a bad probability", lambda d: d.ask(p="1.2"), InputError,
     "probability '1.2' is not between 0 and 1; did you mean 1.2%?"),
]  # fmt: skip

STATING: list[tuple[str, Act, type[LedgerError], str]] = [
    ("no such question", lambda d: d.say("rein", "0.5"), NotFoundError,
     "there is no question 'rein'; did you mean rain?"),
    ("nothing near", lambda d: d.say("zzzzzz", "0.5"), NotFoundError,
     "there is no question 'zzzzzz'; see: forecast list"),
    ("no such number", lambda d: d.say("#6", "0.5"), NotFoundError,
     "there is no question #6: the numbers go from #1 to #5; see: forecast list"),
    ("no such bare number", lambda d: d.say("99", "0.5"), NotFoundError,
     "there is no question 99: the numbers go from #1 to #5; see: forecast list"),
    ("stated in the future", lambda d: d.say("rain", "0.5", made_at=day(1)), RefusedError,
     f"--made-at {FUTURE}"),
    ("nothing said", lambda d: d.say("rain", Stated()), InputError,
     "a probability is missing: give one such as 70%, a --term of a --scale, or a --range"),
    ("options of a binary one", lambda d: d.say("rain", Stated(options=(("A", "1"),))), InputError,
     "a binary question takes one probability, such as 70%; options and quantiles are for others"),
    ("quantiles of a binary one", lambda d: d.say("rain", Stated(quantiles=(("0.5", "1"),))), InputError,
     "a binary question takes one probability, such as 70%; options and quantiles are for others"),
    ("a best value below its range", lambda d: d.say("rain", Stated("0.19", range="20-40%")), InputError,
     "the best value 0.19 lies outside the range 0.2 to 0.4"),
    ("a best value above its range", lambda d: d.say("rain", Stated("0.41", range="20-40%")), InputError,
     "the best value 0.41 lies outside the range 0.2 to 0.4"),
    ("a probability of a choice", lambda d: d.say("colour", "0.5"), InputError,
     'this question has options: give a probability for each, such as --option "Name=60%"'),
    ("no such option", lambda d: d.say("colour", Stated(options=(("Gren", "1"),))), InputError,
     "there is no option 'Gren'; did you mean 'Green'?"),
    ("no option near", lambda d: d.say("colour", Stated(options=(("xyz", "1"),))), InputError,
     "there is no option 'xyz'; did you mean 'Red' or 'Green'?"),
    ("an option twice", lambda d: d.say("colour", Stated(options=(("Red", "0.5"), ("Red", "0.5")))), InputError,
     "option 'Red' is given twice"),
    ("options that sum to less", lambda d: d.say("colour", Stated(options=(("Red", "0.5"), ("Green", "0.4")))),
     InputError, "the probabilities of exclusive options sum to 0.9, not 1; options left out count as 0"),
    ("a probability of a number", lambda d: d.say("amount", "0.5"), InputError,
     "a numeric question takes quantiles: --quantile 0.05=10 --quantile 0.5=12 --quantile 0.95=20"),
    ("a level twice", lambda d: d.say("amount", Stated(quantiles=(("0.5", "1"), ("50%", "2")))), InputError,
     "the quantile level 0.5 is given twice"),
    ("quantiles that cross", lambda d: d.say("amount", Stated(quantiles=(("0.9", "1"), ("0.1", "2")))), InputError,
     "the quantiles cross: 2 at 0.1 lies above 1 at 0.9"),
    ("a level of nought", lambda d: d.say("amount", Stated(quantiles=(("0", "1"), ("0.5", "2")))), InputError,
     "a quantile's level lies between 0 and 1, both excluded"),
    ("a level of one", lambda d: d.say("amount", Stated(quantiles=(("100%", "1"),))), InputError,
     "a quantile's level lies between 0 and 1, both excluded"),
    ("a quantile that is no number", lambda d: d.say("amount", Stated(quantiles=(("0.5", "much"),))), InputError,
     "'much' is not a number: write it as 12.5 or 1e6"),
    ("no quantiles", lambda d: d.say("amount", Stated()), InputError,
     "quantiles are missing: give some such as --quantile 0.05=10 --quantile 0.5=12 --quantile 0.95=20"),
    ("an unknown scale", lambda d: d.say("rain", Stated(term="likely", scale="icd203")), NotFoundError,
     "no scale is named 'icd203'; did you mean 'icd-203'?"),
    ("an empty term", lambda d: reading_of("", None), InputError,
     "--term is empty: name a term of a scale, such as --term likely --scale icd-203"),
    ("withdrawn by nobody", lambda d: d.withdraw("colour"), RefusedError,
     "nobody has stated a forecast of colour yet; begin with: forecast update"),
    ("corrected by nobody", lambda d: d.correct("colour", "0.5"), RefusedError,
     "nobody has stated a forecast of colour yet; begin with: forecast update"),
    ("withdrawn by another", lambda d: d.withdraw("rain", "bob"), NotFoundError,
     "'bob' has stated no forecast of rain; say --forecaster, one of 'ann'"),
    ("corrected without a reason", lambda d: d.correct("rain", "0.6", reason=" "), InputError,
     "--reason is empty: say why"),
    ("corrected to nothing", lambda d: d.correct("rain", Stated()), InputError,
     "a probability is missing: give one such as 70%, a --term of a --scale, or a --range"),
]  # fmt: skip

SETTLING: list[tuple[str, Act, type[LedgerError], str]] = [
    ("no outcome of this question", lambda d: d.resolve("colour", "yes"), InputError,
     "outcome 'yes' is not one of this question's; did you mean 'Red' or 'Green'?"),
    ("before the deadline", lambda d: d.resolve("rain", "yes"), RefusedError,
     AHEAD),
    ("known in the future", lambda d: d.resolve("rain", "yes", known_at=day(1)), RefusedError,
     f"--known-at {FUTURE}"),
    ("while waiting", lambda d: d.resolve("snow", "yes", known_at="now"), RefusedError,
     "snow waits for its condition, #1, which is not settled; resolve that one first"),
    ("reopened without a resolution", lambda d: d.reopen("rain"), RefusedError,
     "rain has no resolution of its own to take back"),
    ("voided without a reason", lambda d: d.void("rain", " "), InputError, "--reason is empty: say why"),
]  # fmt: skip

EDITING: list[tuple[str, Act, type[LedgerError], str]] = [
    ("nothing named", lambda d: d.edit("rain"), RefusedError, "nothing to change: rain reads so already"),
    ("nothing different",
     lambda d: d.edit("rain", title=" Will it rain? ", tags=(), condition="none", deadline=day(100), criteria=""),
     RefusedError, "nothing to change: rain reads so already"),
    ("the same condition", lambda d: d.edit("snow", condition="#1=yes"), RefusedError,
     "nothing to change: snow reads so already"),
    ("no title", lambda d: d.edit("rain", title=" "), InputError, "--title is empty: say what is asked"),
    ("no reason", lambda d: d.edit("rain", " ", title="New?"), InputError, "--reason is empty: say why"),
    ("a deadline at the opening", lambda d: d.edit("rain", deadline=day(0)), RefusedError,
     EARLY),
    ("a loop", lambda d: d.edit("rain", condition="snow=no"), RefusedError,
     "the condition would loop: #1 → #2 → #1; make one of these questions unconditional"),
    ("a loop of one", lambda d: d.edit("rain", condition="rain=no"), RefusedError,
     "the condition would loop: #1 → #1; make one of these questions unconditional"),
    ("a bad tag", lambda d: d.edit("rain", tags=("a;b",)), InputError,
     "--tag 'a;b': a tag is not empty and holds no semicolon"),
    ("no such entry", lambda d: d.redact("entry:99"), NotFoundError,
     "the journal has no entry 99; see: forecast journal"),
    ("an entry that is no number", lambda d: d.redact("entry:x"), InputError,
     "'entry:x': write entry: and its number, such as entry:57"),
    ("an entry in other digits", lambda d: d.redact("entry:٣"), InputError,
     "'entry:٣': write entry: and its number, such as entry:57"),
    ("an entry beyond all numbers", lambda d: d.redact("entry:" + "9" * 19), InputError,
     "'entry:" + "9" * 19 + "': write entry: and its number, such as entry:57"),
    ("an entry without words", lambda d: d.redact("entry:3"), RefusedError,
     "entry:3: there are no words left to redact"),
    ("redacted without a reason", lambda d: d.redact("rain", ""), InputError, "--reason is empty: say why"),
]  # fmt: skip


def _export(desk: Desk, form: str, filters: Filters) -> Any:
    path = desk.path.with_name("out")
    return export_file(desk.at, path, form=form, filters=filters, as_of=None, force=False, tell=print)


READING: list[tuple[str, Act, type[LedgerError], str]] = [
    ("no such format", lambda d: _export(d, "xml", Filters()), InputError,
     "--format 'xml' is none of: csv, xlsx, parquet, jsonl"),
    ("a part of a journal", lambda d: _export(d, "jsonl", Filters(status=(Status.OPEN,))), InputError,
     "the journal is exported whole: leave the filters out, or export --format csv"),
    ("as of no entry", lambda d: d.score(as_of="#99"), NotFoundError,
     "--as-of #99: the journal has no such entry; its entries go from 1 to 7"),
    ("as of entry nought", lambda d: d.score(as_of="0"), NotFoundError,
     "--as-of 0: the journal has no such entry; its entries go from 1 to 7"),
    ("no such policy", lambda d: d.score("mean"), InputError,
     "--policy 'mean' is none of: time-average, last, first, all"),
    ("no such slice", lambda d: d.score(by="tags"), InputError, "--by 'tags' is no slice; did you mean 'tag'?"),
    ("nothing like a slice", lambda d: d.score(by="zzz"), InputError,
     "--by 'zzz' is no slice; there are forecaster, source, month, horizon, class, term, tag"),
    ("no such file", lambda d: d.take_in(d.path.with_name("none.csv")), NotFoundError,
     "there is no file PLACE/none.csv"),
    ("a folder", lambda d: d.take_in(d.path.parent), InputError, "PLACE is a folder; name a file to import"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "error", "said"),
    [pytest.param(*case[1:], id=case[0]) for case in (*ADDING, *STATING, *SETTLING, *EDITING, *READING)],
)
def test_what_is_refused_says_why(busy: Desk, act: Act, error: type[LedgerError], said: str) -> None:
    check(busy, act, error, said.replace("PLACE", str(busy.path.parent)))


def test_an_empty_ledger_has_no_numbers(desk: Desk) -> None:
    check(desk, lambda d: d.say("#1", "0.5"), NotFoundError,
          "there is no question #1: the ledger has no questions yet; see: forecast list")  # fmt: skip


def test_a_question_is_resolved_once(busy: Desk) -> None:
    busy.resolve("rain", "yes", known_at="now")
    check(busy, lambda d: d.resolve("rain", "no", known_at="now"), AlreadySettledError,
          "rain is already resolved (entry 8); to record another outcome say --supersede")  # fmt: skip
    busy.void("rain")
    check(busy, lambda d: d.resolve("rain", "no", known_at="now"), AlreadySettledError,
          "rain is already void (entry 9); to record another outcome say --supersede")  # fmt: skip
    check(busy, lambda d: d.void("rain"), AlreadySettledError,
          "rain is already void (entry 9); undo that with: forecast reopen")  # fmt: skip
    why = "its condition #1 is void: asked badly"
    check(busy, lambda d: d.reopen("snow"), RefusedError,
          f"snow has no resolution of its own to take back: it is void because {why}")  # fmt: skip
    busy.reopen("rain")
    check(busy, lambda d: d.reopen("rain"), RefusedError, "rain has no resolution of its own to take back")
    check(busy, lambda d: d.resolve("rain", "yes"), RefusedError,
          AHEAD)  # fmt: skip


def test_who_withdrew_does_not_withdraw_again(busy: Desk) -> None:
    busy.withdraw("rain")
    check(busy, lambda d: d.withdraw("rain"), RefusedError,
          "ann has already withdrawn from rain; say something new with: forecast update")  # fmt: skip


def test_one_of_several_forecasters_is_named(busy: Desk) -> None:
    busy.say("rain", "0.6", "bob")
    check(busy, lambda d: d.withdraw("rain", None), NotFoundError,
          "'me' has stated no forecast of rain; say --forecaster, one of 'ann', 'bob'")  # fmt: skip


def test_a_redacted_question_has_no_words_left(busy: Desk) -> None:
    busy.redact("#2")
    check(busy, lambda d: d.redact("#2"), RefusedError, "#2: there are no words left to redact")


def test_an_unknown_seed_and_half_a_seed(busy: Desk) -> None:
    check(busy, lambda d: add_seed(d.at, "korybko", print), NotFoundError,
          "no seed is named 'korybko'; did you mean 'korybko-2024-11-11'?")  # fmt: skip
    seed = load_seed("korybko-2024-11-11")
    namespace = seed["source"].get("url") or seed["source"]["title"]
    digest = key_digest(namespace, seed["questions"][0]["key"])
    facts = {"question": 6, "key": digest, "kind": "binary", "deadline": day(9)}
    with transaction(busy.path, "test") as work:
        work.append([Draft.of("question", facts, {"key": "x", "title": "X?"})])
    check(busy, lambda d: add_seed(d.at, "korybko-2024-11-11", print), RefusedError,
          "korybko-2024-11-11: 1 of its 20 questions are there already, others not")  # fmt: skip


def test_an_ambiguous_key_lists_its_numbers(busy: Desk) -> None:
    with transaction(busy.path, "test") as work:
        for number in (6, 7):
            facts = {"question": number, "key": key_digest(str(number), "same"), "kind": "binary", "deadline": day(9)}
            work.append([Draft.of("question", facts, {"key": "same", "title": "Same?"})])
    check(busy, lambda d: d.say("same", "0.5"), InputError,
          "the key 'same' is ambiguous: #6, #7 have it, from different sources; name one by number")  # fmt: skip


def test_a_gzipped_journal_that_is_cut_short(busy: Desk) -> None:
    path = busy.path.with_name("journal.gz")
    busy.give_out(path, "jsonl")
    path.write_bytes(path.read_bytes()[:-12])
    found = refusal(busy, lambda d: d.take_in(path))
    assert type(found) is InputError
    assert str(found).startswith("journal.gz is cut short or damaged (")
    assert str(found).endswith("); get it whole")


@pytest.mark.parametrize("at", [10, 300])
def test_a_gzipped_journal_that_is_damaged(busy: Desk, at: int) -> None:
    path = busy.path.with_name("journal.gz")
    busy.give_out(path, "jsonl")
    packed = bytearray(path.read_bytes())
    packed[at : at + 40] = b"\xff" * 40
    path.write_bytes(packed)
    assert isinstance(refusal(busy, lambda d: d.take_in(path)), InputError)


@pytest.mark.parametrize("content", [b"\x1f\x8b", b"\x1f\x8b\x08\x00\x00"])
def test_a_gzip_header_alone(busy: Desk, content: bytes) -> None:
    path = busy.path.with_name("x.csv.gz")
    path.write_bytes(content)
    said = str(refusal(busy, lambda d: d.take_in(path)))
    assert said.startswith(f"{path} cannot be read (")
    assert said.endswith("); check that it is whole and that its mode lets you")


def test_two_histories_are_not_one(busy: Desk, empty_ledger: Path, tmp_path: Path) -> None:
    """A journal that goes on with this one is taken in; one that differs at an entry is not."""
    before = tmp_path / "before.jsonl"
    busy.give_out(before, "jsonl")
    busy.resolve("rain", "yes", known_at="now")
    after = tmp_path / "after.jsonl"
    busy.give_out(after, "jsonl")
    copy = Desk(tmp_path / "copy.db")
    copy.init()
    assert copy.take_in(before).data == {"dry_run": False, "entries": 7, "already_there": 0}
    longer = Desk(tmp_path / "longer.db")
    longer.init()
    longer.take_in(before)
    assert longer.take_in(after).data == {"dry_run": False, "entries": 1, "already_there": 7}
    assert longer.take_in(before).data == {"dry_run": False, "entries": 0, "already_there": 7}
    assert longer.dump() == busy.dump()
    copy.resolve("rain", "no", known_at="now")
    check(copy, lambda d: d.take_in(after), RefusedError,
          "after.jsonl, line 8: entry 8 is not the ledger's: these are two histories; "
          "import it into a new ledger (forecast --ledger NEW init)")  # fmt: skip
