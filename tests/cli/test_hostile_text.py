"""Five hundred hostile strings in every place of a ledger: none of them acts on a terminal, on either stream.

Raw bytes are looked at, as a rendered screen would not show what got through.
"""

from __future__ import annotations

import csv
import random
import re
import unicodedata
from pathlib import Path

import pytest
from running import Answer, Quick

OWN_COLOURS = re.compile(r"\x1b\[[0-9]{1,2}m")
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
ATTACKS = (
    *("\x1b]52;c;cm0gLXJm\x07", "\x1b]0;title\x1b\\", "\x1b]8;;http://evil\x07x", "\x1b[2J\x1b[H", "\x1bP1$r\x1b\\"),
    *("\x9b31m", "\x9d0;t\x9c", "\x85", "\x7f", "\x08\x08ok", "\rforecast: all fine", "a\nb", "\x0e\x0f", "\tx"),
    *("\u202egnp.exe", "\u2066a\u2069", "\u200b\u200d\ufeff", "\u2028line", "\u2029", "\u061c", "\u180e", "\xad"),
    *("\ufff9a\ufffb", "\U000e0041", "ﷺ" * 9, "e" + "\u0301" * 20, "漢字", "x" * 40, "\u3164", "\u115f"),
    *("[/bold]", "[red]x", "[type=x, v={'a[0]'}]", "%s%n", "{0}", "=cmd|' /C calc'!A0", "'\"`$(id)`", "\\x1b[31m"),
)


def strings(count: int) -> list[str]:
    """The same strings on every run: the attacks alone, then mixtures of them."""
    drawn = random.Random(20241111)
    mixed = ["".join(drawn.choices(ATTACKS, k=drawn.randint(2, 4))) for _ in range(count - len(ATTACKS))]
    return [*ATTACKS, *mixed]


def acting(answer: Answer) -> list[str]:
    """What got through of that which acts on a terminal."""
    seen = OWN_COLOURS.sub("", answer.text + answer.err)
    return [f"U+{ord(one):04X}" for one in seen if unicodedata.category(one) in HIDDEN and one != "\n"]


@pytest.fixture(scope="module")
def hostile_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.csv"
    names = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags"
    more = "criteria,source_url,hedge,reason,evidence,comment"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(f"{names},{more}".split(","))
        for at, text in enumerate(strings(500)):
            times = ("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", f"2026-0{4 + at % 4}-01T00:00:00Z")
            settled = ("2026-03-01T00:00:00Z", "1") if at % 5 == 0 else ("", "")
            row = [
                f"k{at}{text}",
                f"t{text}",
                f"f{text}",
                "0.5",
                *times,
                *settled,
                text.replace(";", ",").strip() and f"g{text.replace(';', ',')}",
            ]
            writer.writerow(
                [*row, f"c{text}", f"s{text}", f"h{text}", f"r{text}", f"e{text}" if settled[0] else "", f"m{text}"]
            )
    return path


def test_no_string_of_a_ledger_acts(hostile_csv: Path, empty: Quick) -> None:
    answers = [empty("import", hostile_csv)]
    assert "added 500 questions and 500 statements" in answers[0].text
    few = ("--resamples", "2")
    for command in (
        ["list"], ["list", "--json"], ["due"], ["due", "--json", "--within", "90d"], ["due", "--within", "90d"],
        ["journal"], ["journal", "--json"], ["score", "--by", "forecaster", *few], ["score", "--by", "tag", *few],
        ["score", "--by", "source", "--json", *few], ["verify"], ["doctor"], [],
        ["remind", "--dry-run", "--json"], ["remind", "--dry-run"], ["remind"],
    ):  # fmt: skip
        answers += [empty(*command), empty(*command, FORCE_COLOR="1")]
    for number in range(1, 501, 7):
        answers += [empty("show", f"#{number}"), empty("show", f"#{number}", "--json")]
    assert [found for found in map(acting, answers) if found] == []


def test_no_string_that_is_typed_acts(article: Quick) -> None:
    for at, text in enumerate(strings(500)):
        commands = (
            ["show", text], [text], ["list", "--status", text], ["due", "--within", text], ["update", "1", text],
            ["resolve", "1", text], ["list", "--tag", text, "--search", text], ["show", "1", f"--{text}"],
            ["import", f"./{text}"], ["init", "--seed", text], ["list", "--ledger", f"./{text}"],
        )  # fmt: skip
        answer = article(*commands[at % len(commands)], status=None)
        assert acting(answer) == [], commands[at % len(commands)]


def test_what_is_recorded_is_echoed_harmless(empty: Quick) -> None:
    for at, text in enumerate(strings(40)):
        answers = [
            empty(
                "add",
                f"q {text}",
                "40%",
                "--by",
                "2026-12-31",
                "--tag",
                "t",
                "--forecaster",
                f"f{text}",
                "--key",
                f"k{at}",
            ),
            empty("edit", f"k{at}", "--criteria", f"c {text}", "--title", f"new {text} {at}", "--reason", f"w {text}"),
            empty("void", f"k{at}", "--reason", f"r {text}"),
            empty("show", f"k{at}"),
            empty("withdraw", f"k{at}", "--forecaster", f"no {text}", status=1),
        ]
        assert [found for found in map(acting, answers) if found] == []
