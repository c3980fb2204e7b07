"""Bad input: one clear line, exit status 1, nothing written."""

from __future__ import annotations

import pytest
from running import Answer, Quick


def refused(quick: Quick, *arguments: str) -> Answer:
    before = quick.ledger.read_bytes()
    answer = quick(*arguments, status=1)
    assert quick.ledger.read_bytes() == before
    assert answer.out == b""
    assert answer.err.startswith("forecast: ")
    assert answer.err.count("\n") == 1
    return answer


NEW = ("add", "A new question?")
BY = ("--by", "2027-01-01")
CASES = [
    ((*NEW, "-0.1", *BY), "probability '-0.1'"),
    ((*NEW, "-.5", *BY), "probability '-.5'"),
    ((*NEW, "-5%", *BY), "probability '-5%'"),
    ((*NEW, "-inf", *BY), "probability '-inf'"),
    ((*NEW, "150%", *BY), "not between 0 and 1"),
    ((*NEW, "1.01", *BY), "not between 0 and 1"),
    ((*NEW, "70", *BY), "did you mean 70%?"),
    ((*NEW, "nan", *BY), "not a number"),
    ((*NEW, "", *BY), "not a number"),
    ((*NEW, "1e400", *BY), "not between 0 and 1"),
    ((*NEW, "9" * 5000, *BY), "too long"),
    ((*NEW, "5%", "--by", "2027-02-30"), "does not exist"),
    ((*NEW, "5%", "--by", "2027-03-28 02:30", "--zone", "Europe/Berlin"), "does not exist in Europe/Berlin"),
    ((*NEW, "5%", "--by", "2027-10-31 02:30", "--zone", "Europe/Berlin"), "comes twice"),
    ((*NEW, "5%", *BY, "--made-at", "2026-12-01"), "--made-at '2026-12-01' is in the future"),
    ((*NEW, "5%", "--by", "2026-05-01"), "not after the opening"),
    ((*NEW, "5%", *BY, "--zone", "Europe/Berlinn"), "not a time zone"),
    ((*NEW, "5%", *BY, "--key", "nato-russia-war-2", "--kind", "poll"), "none of: binary"),
    ((*NEW, "5%", *BY, "--if", "3=maybe"), "'maybe' is not one of this question's"),
    ((*NEW, "5%", *BY, "--if", "3"), "write the question and the outcome it needs"),
    ((*NEW, *BY, "--option", "A=1"), "has no options"),
    ((*NEW, *BY, "--kind", "choice", "--option", "A=60%", "--option", "B=60%"), "sum to 1.2"),
    ((*NEW, *BY, "--quantile", "0.5"), "write the level and the value"),
    ((*NEW, *BY, "--term", "lickely", "--scale", "icd-203"), "did you mean 'likely'"),
    ((*NEW, *BY, "--range", "40-20%"), "greater limit"),
    (("add", "", "5%", *BY), "the title is empty"),
    (("add", "half a pair \udce4", "5%", *BY), "surrogate"),
    (("add", "x" * 10_001, "5%", *BY), "too many"),
    (("update", "nato-rusia-war", "5%"), "did you mean nato-russia-war?"),
    (("update", "#99", "5%"), "the numbers go from #1 to #20"),
    (("update", "3", "5%", "--option", "A"), 'write the option and its probability, such as --option "Name=60%"'),
    (("resolve", "3", "maybe"), "say yes, no, or a share"),
    (("resolve", "3", "-1"), "say yes, no, or a share"),
    (("resolve", "8", "no"), "waits for its condition, #3"),
    (("resolve", "1", "no", "--known-at", "2026-12-24"), "--known-at '2026-12-24' is in the future"),
    (("withdraw", "1", "--forecaster", "Nobody"), "one of 'Andrew Korybko'"),
    (("withdraw", "13"), "nobody has stated a forecast"),
    (("correct", "13", "5%", "--reason", "r"), "nobody has stated a forecast"),
    (("reopen", "1", "--reason", "r"), "no resolution of its own"),
    (("edit", "1", "--if", "3=yes", "--reason", "r"), "would loop: #1 → #3 → #1"),
    (("edit", "1", "--reason", "r"), "nothing to change"),
    (("redact", "entry:x", "--reason", "r"), "write entry: and its number"),
    (("redact", "entry:999", "--reason", "r"), "has no entry 999"),
    (("import", "nowhere.csv"), "there is no file nowhere.csv"),
    (("import", "--seed", "korybko"), "did you mean 'korybko-2024-11-11'?"),
    (("show", "nato"), "did you mean"),
    (("list", "--as-of", "999"), "the journal has no such entry"),
    (("list", "--since", "soonish"), "--since: 'soonish' cannot be read as a time"),
    (("due", "--within", "7 moons"), "write a number and h, d or w"),
    (("verify", "--checkpoint", "x"), "is not a checkpoint"),
]


@pytest.mark.parametrize(
    ("arguments", "said"), CASES, ids=lambda value: str(value)[:60] if isinstance(value, str) else None
)
def test_bad_input_is_refused_in_one_line(arguments: tuple[str, ...], said: str, article: Quick) -> None:
    assert said in refused(article, *arguments).err


def test_before_the_deadline_known_at_is_needed(empty: Quick) -> None:
    empty(*NEW, "5%", *BY)
    assert "--known-at" in refused(empty, "resolve", "1", "no").err
    empty("resolve", "1", "no", "--known-at", "now")
    assert "--supersede" in refused(empty, "resolve", "1", "yes").err


def test_a_late_forecast_is_accepted_marked_and_said(article: Quick) -> None:
    answer = article("update", "1", "5%")
    assert answer.err.startswith("late: ")
    [_, late] = article("show", "1", "--json").json()["statements"]
    assert (late["class"], late["until"], late["weight"]) == ("late", None, 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "T"), ("show",), ("resolve", "1"), ("void", "1"), ("list", "--status", "closed"), ("list", "--no-such"),
        ("journal", "--limit", "0"), ("score", "--by", "moon"), ("import",), ("import", "a.csv", "--seed", "b"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_ends_with_two(arguments: tuple[str, ...], article: Quick) -> None:
    before = article.ledger.read_bytes()
    answer = article(*arguments, status=2)
    assert "Usage: forecast" in answer.err
    assert answer.out == b""
    assert article.ledger.read_bytes() == before


@pytest.mark.parametrize(("content", "said"), [
    (b"", "is empty and holds no ledger"), (b"# a text\n" * 200, "not a ledger"), (None, "is a folder"),
])  # fmt: skip
def test_a_path_that_holds_no_ledger(content: bytes | None, said: str, quick: Quick) -> None:
    if content is None:
        quick.ledger.mkdir()
    else:
        quick.ledger.write_bytes(content)
    for arguments in (("list",), (*NEW, "5%", *BY)):
        answer = quick(*arguments, status=1)
        assert said in answer.err
        assert answer.err.count("\n") == 1


def test_where_the_ledger_is_must_be_a_file(quick: Quick) -> None:
    assert "no engine of this program" in quick("list", "--ledger", "mysql://host/db", status=1).err
    assert "FORECAST_CLOCK" in quick("list", clock="noon", status=1).err or not quick.ledger.exists()
