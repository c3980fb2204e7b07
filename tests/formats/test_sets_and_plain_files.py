"""Prediction sets, question sets, GraphQL, and the files that people keep by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading_samples import GIVEN, SAMPLES, paths_of, question, read, read_sample, stated, told, written

from ledger.domain.instants import format_instant
from ledger.errors import FileInputError
from ledger.formats.given import Given
from ledger.formats.plain_yaml import documents, front_matter

SILENT = Given(GIVEN.now)


def test_a_prediction_set_has_all_answers() -> None:
    sheet = read_sample("good-judgment.json")
    mayor, ferry = sheet.questions
    assert (mayor.kind, mayor.outcome, format_instant(mayor.known_at)) == ("choice", "Bo Lund", "2025-05-02T00:00:00Z")
    ((who, vector, _),) = stated(sheet, mayor.key)
    assert who == "member abc-1"
    assert sum(map(float, vector)) == pytest.approx(1)
    assert (ferry.kind, stated(sheet, ferry.key)) == ("binary", [("member abc-2", "0.9", 3)])
    assert sheet.extras[0].comment == "Posters everywhere."
    assert told(sheet, "derived") == {"probabilities of options brought to a sum of 1, from rounded ones": 1}
    assert told(sheet, "dropped") == {"sets made after the answer was known": 1}


def test_sets_without_their_questions_need_a_deadline(tmp_path: Path) -> None:
    sets = json.loads((SAMPLES / "good-judgment.json").read_text(encoding="utf-8"))["prediction_sets"]
    path = written(tmp_path, json.dumps({"prediction_sets": sets}))
    with pytest.raises(FileInputError, match="--deadline"):
        read(path, given=SILENT)
    assert [one.title for one in read(path).questions] == ["Who will be mayor of Norn?", "Will the ferry run?"]


def test_a_voided_question_and_a_lone_no(tmp_path: Path) -> None:
    whole = json.loads((SAMPLES / "good-judgment.json").read_text(encoding="utf-8"))
    whole["questions"][1]["voided_at"] = "2025-04-01T00:00:00Z"
    whole["prediction_sets"][2]["predictions"][0] |= {"answer_name": "No", "forecasted_probability": 0.25}
    sheet = read(written(tmp_path, json.dumps(whole)))
    assert sheet.questions[1].outcome == "void"
    assert stated(sheet, "cultivate:6") == [("member abc-2", "0.75", 3)]


@pytest.mark.parametrize(
    ("probability", "said"), [(0.9, "sum to 1.56"), (1.5, "not between 0 and 1"), ("x", "not a number")]
)
def test_a_set_that_cannot_be(tmp_path: Path, probability: object, said: str) -> None:
    whole = json.loads((SAMPLES / "good-judgment.json").read_text(encoding="utf-8"))
    whole["prediction_sets"][0]["predictions"][0]["forecasted_probability"] = probability
    with pytest.raises(FileInputError, match=f"record 1.*{said}"):
        read(written(tmp_path, json.dumps(whole)))


def test_collected_predictions() -> None:
    sheet = read_sample("good-judgment-collected.json")
    assert stated(sheet, "gjopen:p1") == [("ada", "0.8", 1), ("bo", "0.25", 2)]
    assert stated(sheet, "gjopen:p2") == [("bo", ("0.2", "0.5", "0.3"), 3)]
    assert question(sheet, "gjopen:p1").outcome == "yes"


def test_forecastbench_asks_anew_for_each_date() -> None:
    sheet = read_sample("forecastbench")
    assert {one.key: one.outcome for one in sheet.questions} == {
        "forecastbench:dbnomics:norn-rain:2025-01-17": "yes", "forecastbench:dbnomics:norn-rain:2025-02-09": "no",
        "forecastbench:manifold:m-17": None,
    }  # fmt: skip
    assert sheet.questions[0].title == "Will it rain more in Norn on 2025-01-17 than on 2025-01-10?"
    assert sheet.forecasters == ["Norn Lab gull-1"]
    assert told(sheet, "dropped") == {
        "combinations of several questions": 1, "values that are not final, such as prices of markets": 1,
    }  # fmt: skip


@pytest.mark.parametrize("part", ["questions.json", "forecasts.json", "resolutions.json"])
def test_each_set_of_forecastbench_comes_alone_as_well(part: str) -> None:
    sheet = read(SAMPLES / "forecastbench" / part)
    assert sheet.questions
    assert bool(len(sheet)) is (part == "forecasts.json")


def test_the_name_of_a_file_is_no_file() -> None:
    with pytest.raises(FileInputError, match=r"only the name of a file, 2025-01-10-llm\.json"):
        read(SAMPLES / "forecastbench-latest.json")


def test_cleodora_is_read_back_from_html_and_its_deadlines_are_doubted() -> None:
    sheet = read_sample("cleodora.json")
    ferry, mayor, moot = sheet.questions
    assert ferry.title == "Will Ada & Bo's ferry run?"
    assert (ferry.outcome, mayor.outcome, moot.outcome) == ("yes", None, "void")
    assert [one[1] for one in stated(sheet, "cleodora:1")] == ["0.7", "1"]
    assert mayor.options == ["Ada", "Bo", "Cy"]
    assert stated(sheet, "cleodora:3") == [("unknown", "0.5", 3)]
    assert "deadlines that resolving overwrote: how long before it was forecast is not known" in told(sheet, "assumed")


def test_predict_resolve_tally() -> None:
    sheet = read_sample("prt.tsv")
    assert [one.outcome for one in sheet.questions] == [None, "yes", "no"]
    assert [one.decimal for one in sheet.probability if one] == ["0.7", "0.905", "0"]
    assert format_instant(sheet.questions[1].deadline) == "2022-03-05T23:59:59Z"


def test_claims_in_yaml() -> None:
    sheet = read_sample("adiabatic.yaml")
    assert [(one.title, one.outcome) for one in sheet.questions] == [
        ("The ferry runs every day", "yes"), ("The clock is mended before June", "no"), ("The mayor resigns", None),
        ("The well stays full", "void"),
    ]  # fmt: skip
    assert sheet.questions[3].void_reason == "Nobody measured it."
    assert [one.tags for one in sheet.questions][:2] == [("sea", "small things"), ("town",)]
    assert sheet.questions[1].criteria == "Things in Norn — in 2022\n\nIt was not:\n\n- the parts never came"
    assert sum(told(sheet, "dropped").values()) == 1


def test_front_matter_of_every_type() -> None:
    sheet = read_sample("magoo")
    said = {one.title: stated(sheet, one.key) for one in sheet.questions}
    assert said["norn-cup"] == [("unknown", ("0.75", "0.2", "0.05"), 2)]
    assert said["norn-beans"][0][1] == (("0.05", "1"), ("0.95", "10"))
    assert said["norn-days"][0][1] == (("0.05", "2"), ("0.5", "4.5"), ("0.95", "8"))
    assert said["norn-storms"] == []
    assert {one.title: one.outcome for one in sheet.questions} == {
        "norn-cup": "Kestrel club", "norn-beans": "5", "norn-days": None, "norn-storms": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("confidence: .90", "confidence: 1"), "between 0 and 1"),
        (("min: 1\n", "min: 11\n"), "quantiles cross"),
        (("end_date: 2023-02-05", "end_date: soon"), "field end_date|column end_date"),
        (("outcome: 5", "outcome: many"), "is not a number"),
        (("scenario: norn-beans", "scenario: &a norn-beans"), "what begins with '&' is not read here"),
        (("scenario: norn-beans", "scenario: !!python/object:os.system x"), "what begins with '!' is not read here"),
        (("scenario: norn-beans", "scenario: norn\nscenario: beans"), "is there twice"),
    ],
)
def test_front_matter_that_cannot_be(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    text = (SAMPLES / "magoo" / "interval.forecast").read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(FileInputError, match=said):
        read(written(tmp_path, text.replace(*change)))


def test_bayesian_predictions() -> None:
    sheet = read_sample("bayesian-predictions.json")
    assert [one.outcome for one in sheet.questions] == ["yes", None]
    assert [one.decimal for one in sheet.probability if one] == ["0.85", "0.125"]


def test_a_markdown_table_keeps_words_and_makes_no_numbers_of_them() -> None:
    sheet = read_sample("predictions.md")
    assert sheet.questions[0].title == "The ferry | its deck is painted"
    assert [format_instant(one.deadline)[:10] for one in sheet.questions] == [
        "2031-05-01", "2031-12-31", "2031-06-30", "2031-06-01",
    ]  # fmt: skip
    assert len(sheet) == 1
    assert told(sheet, "dropped") == {
        "confidences in words that no scale has, or several: state them with a number": 2,
        "predictions without a confidence, beyond their question": 1,
    }


def test_words_that_one_scale_has_are_a_hedge(tmp_path: Path) -> None:
    table = "|Prediction|Confidence|Date|How to Verify|\n|-|-|-|-|\n|It rains|realistic possibility|2031-01-01|look|\n"
    sheet = read(written(tmp_path, table))
    (extra,) = sheet.extras.values()
    assert extra.hedge == "realistic possibility"
    assert extra.low is not None
    assert extra.high is not None
    assert sheet.probability[0] is not None
    assert extra.low.value < sheet.probability[0].value < extra.high.value
    assert sum(told(sheet, "derived").values()) == 1


@pytest.mark.parametrize(
    "sample", ["prt.tsv", "adiabatic.yaml", "magoo", "bayesian-predictions.json", "predictions.md"]
)
def test_plain_files_do_not_say_when_and_are_not_guessed_at(sample: str) -> None:
    with pytest.raises(FileInputError, match=r"--made-at|--deadline"):
        read(*paths_of(sample), given=SILENT)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a: 1\nb: two words  # aside\n", {"a": "1", "b": "two words"}),
        ("a:\nb: ~\nc: null\n", {"a": None, "b": None, "c": None}),
        ("a: [x, 'y z', \"q\"]\n", {"a": ["x", "y z", "q"]}),
        ("a:\n  - x\n  - 'it''s'\n", {"a": ["x", "it's"]}),
        ("a:\n- x\n- y\nb: z\n", {"a": ["x", "y"], "b": "z"}),
        ("a: |\n  one\n   two\n\n  three\n", {"a": "one\n two\n\nthree"}),
        ("a: >-\n  one\n  two\n\n  three\n", {"a": "one two\nthree"}),
        ("a: one\n  two\n", {"a": "one two"}),
        ('a:\n  k: .5\n  "m n": 1\n', {"a": {"k": ".5", "m n": "1"}}),
        ('a: "x: \\"y\\" \\\\ # z"\n', {"a": 'x: "y" \\ # z'}),
        ("cause for exclusion: none said\n", {"cause for exclusion": "none said"}),
        ("# nothing\n\na: 1\n", {"a": "1"}),
    ],
)
def test_the_yaml_that_people_write(text: str, values: object) -> None:
    (document,) = documents(text, file="f")
    assert document.values == values


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: {b: 1}\n", "line 1: what begins with '{'"),
        ("a: 1\nb: *x\n", "line 2: what begins with"),
        ("a: 1\n b: 2\nnonsense\n", "line 3: a key and a colon"),
        ("a: [x, [y]]\n", "a list in brackets"),
        ('a: "x\n', "a quote is not closed"),
        ("a" * 20_000, "a line of 20,000 characters"),
        ("".join(f"k{at}: 1\n" for at in range(300)), "too many keys"),
    ],
)
def test_other_yaml_is_refused_by_line(text: str, said: str) -> None:
    with pytest.raises(FileInputError) as refusal:
        list(documents(text, file="f"))
    assert said in str(refusal.value)


def test_front_matter_needs_its_ends() -> None:
    assert front_matter("---\na: 1\n---\n\nrest\n", file="f").rest == "rest"
    with pytest.raises(FileInputError, match="two lines of ---"):
        front_matter("---\na: 1\n", file="f")
