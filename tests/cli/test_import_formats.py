"""``forecast import`` and ``export`` with the formats of other trackers, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Quick

from ledger.formats.registry import READERS
from ledger.services.export_forms import EXPORT_FORMS

SAMPLES = Path(__file__).parents[1] / "formats" / "samples"
LATER = "2026-09-01T12:00:00Z"


@pytest.fixture
def begun(quick: Quick) -> Quick:
    quick("init")
    return quick


def test_the_formats_are_listed(quick: Quick) -> None:
    """Also where there is no ledger yet."""
    lines = quick("import", "--formats").text.splitlines()
    assert [line.split()[0] for line in lines] == [reader.name for reader in READERS]
    assert all(len(line.split()) > 2 for line in lines)


def test_a_dry_run_shows_what_would_come_in_and_why_not_all(begun: Quick) -> None:
    before = begun.ledger.read_bytes()
    answer = begun("import", *sorted((SAMPLES / "manifold").iterdir()), "--dry-run", clock=LATER)
    assert begun.ledger.read_bytes() == before
    assert answer.text.splitlines()[:2] == [
        "bets.json and 1 more: would add 4 questions and 4 statements",
        "new: 'Will the Norn ferry run?' by 2025-02-19T21:20:00Z, 2 statements, outcome 0.75",
    ]
    for line in (
        "left out: 1 × bets that were cancelled (record 5)",
        "derived: 1 × probabilities that are the limit of a bet, not stated ones (record 2 limitProb)",
    ):
        assert line in answer.err.splitlines()


def test_the_same_as_json(begun: Quick) -> None:
    told = begun("import", SAMPLES / "prt.tsv", "--made-at", "2021-12-01", "--json", clock=LATER).json()
    assert (told["format"], told["questions"], told["statements"]) == ("prt", 3, 3)
    assert {one["count"] for one in told["assumed"]} == {3}
    assert told["assumed"][0]["first"][0] == {"line": 1, "field": None}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("prt.tsv",), ("prt.tsv, line 1, column made_at", "--made-at")),
        (("prt.tsv", "--made-at", "tomorrow"), ("--made-at", "2026-12-31")),
        (("prt.tsv", "--from", "prtt"), ("'prtt'", "'prt'")),
        (("prt.tsv", "fatebook-current.csv"), ("--from prt", "say which")),
        (("forecastbench-latest.json",), ("2025-01-10-llm.json", "import that file")),
        (("manifold/bets.json",), ("need their markets",)),
    ],
)
def test_refusals_are_one_line(begun: Quick, arguments: tuple[str, ...], words: tuple[str, ...]) -> None:
    files = [SAMPLES / one if (SAMPLES / one).exists() else one for one in arguments]
    answer = begun("import", *files, clock=LATER, status=1)
    (line,) = answer.err.splitlines()
    assert all(word in line for word in words), line
    assert answer.text == ""


def test_out_to_fatebook_and_in_again(begun: Quick, tmp_path: Path) -> None:
    begun("import", SAMPLES / "fatebook-current.csv", clock=LATER)
    path = tmp_path / "for-fatebook.csv"
    said = begun("export", "--format", "fatebook", "-o", path, clock=LATER)
    assert "7 rows written" in said.err
    other = begun.on(tmp_path / "other.db")
    other("init")
    told = other("import", path, "--forecaster", "ann", "--json", clock=LATER).json()
    assert (told["format"], told["questions"], told["statements"]) == ("fatebook-sheet", 5, 7)


def test_every_format_of_an_export_is_offered_with_what_it_is(quick: Quick) -> None:
    text = " ".join(quick("export", "--help").text.split())
    for form in EXPORT_FORMS:
        assert f"{form.name}: {form.label}" in text
        assert form.carries.endswith(".")


@pytest.mark.parametrize("title", ["\x1b]0;x\x07", "a\u202eb", "[red]x[/red]"])
def test_hostile_words_of_a_file_reach_no_terminal(begun: Quick, tmp_path: Path, title: str) -> None:
    path = tmp_path / "in.json"
    question = {"id": "1", "title": title, "resolveBy": "2031-01-01", "forecasts": [], "type": f"ODD{title}"}
    path.write_text(json.dumps({"items": [question, {**question, "type": "BINARY"}]}), encoding="utf-8")
    answer = begun("import", path, "--dry-run", clock=LATER)
    both = answer.text + answer.err
    assert not set(both) & {"\x1b", "\x07", "\u202e"}


def test_a_thousand_odd_things_are_told_in_a_hundred_lines(begun: Quick, tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    odd = [{"id": str(at), "title": "x", "resolveBy": "2031-01-01", "type": f"odd {at}"} for at in range(1_000)]
    path.write_text(json.dumps({"items": odd}), encoding="utf-8")
    answer = begun("import", path, "--dry-run", clock=LATER)
    lines = answer.err.splitlines()
    assert len(lines) == 101
    assert "left out: 900 × other things (records 101, " in lines[-1].replace(" type", "")
