"""PredictionBook, Metaculus and Manifold: what is stated, what is derived, what nobody said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading_samples import GIVEN, SAMPLES, paths_of, question, read, read_sample, stated, told, written

from ledger.domain.instants import format_instant
from ledger.errors import FileInputError
from ledger.formats.saved_pages import DEEPEST, read_page


def test_predictionbook_in_its_own_words() -> None:
    sheet = read_sample("predictionbook.json")
    ferry, clock, well = sheet.questions
    assert (ferry.outcome, clock.outcome, well.outcome) == ("no", "yes", "void")
    assert (ferry.tags, clock.tags) == (("norn",), ())
    assert well.void_reason == "withdrawn on PredictionBook"
    assert stated(sheet, "predictionbook:101") == [("ada", "0.4", 1), ("ada", "0", 1), ("bo", "0.7", 1)]
    assert clock.opened_at is None
    assert told(sheet, "dropped") == {
        "responses that are comments without a confidence": 1, "openings that were not before their deadline": 1,
    }  # fmt: skip


def test_predictionbook_without_a_judgement_before_the_deadline(tmp_path: Path) -> None:
    whole = json.loads((SAMPLES / "predictionbook.json").read_text(encoding="utf-8"))
    whole["predictions"][1]["deadline"] = "2031-01-01T00:00:00Z"
    sheet = read(written(tmp_path, json.dumps(whole)))
    assert format_instant(sheet.questions[1].known_at) == "2019-05-03T00:00:00Z"
    assert "outcomes are known since the last change, as no judgement has a time" in told(sheet, "assumed")


def test_the_three_forms_of_predictionbook_know_a_prediction_by_its_number() -> None:
    samples = ("predictionbook.json", "predictionbook.csv", "predictionbook-page.html", "predictionbook-collected.json")
    for sample in samples:
        assert read_sample(sample).questions[0].key == "predictionbook:101"


def test_a_saved_page() -> None:
    sheet = read_sample("predictionbook-page.html")
    (ferry,) = sheet.questions
    assert ferry.title == "The ferry & its second deck"
    assert (ferry.outcome, format_instant(ferry.known_at)) == ("no", "2019-06-02T08:00:00Z")
    assert (format_instant(ferry.opened_at), format_instant(ferry.deadline)) == (
        "2019-03-01T10:00:00Z", "2019-06-01T00:00:00Z",
    )  # fmt: skip
    assert [one[:2] for one in stated(sheet, ferry.key)] == [("ada", "0.4"), ("bo", "0.7")]
    assert sheet.extras[1].comment == "who pays?"


def test_a_page_that_does_not_say_its_number_is_known_by_title_and_time(tmp_path: Path) -> None:
    page = (SAMPLES / "predictionbook-page.html").read_text(encoding="utf-8")
    bare = page.replace("saved from url=(0042)https://predictionbook.com/predictions/101", "").replace(
        'href="/predictions/101/edit"', ""
    )
    (key,) = (one.key for one in read(written(tmp_path, bare)).questions)
    assert len(key) == len("predictionbook:") + 20


@pytest.mark.parametrize(("word", "outcome"), [("right", "yes"), ("wrong", "no"), ("unknown", None)])
def test_what_a_page_was_judged(tmp_path: Path, word: str, outcome: str | None) -> None:
    page = (SAMPLES / "predictionbook-page.html").read_text(encoding="utf-8")
    told_ = page.replace("<span class='outcome'>wrong</span>", f"<span class='outcome'>{word}</span>")
    (ferry,) = read(written(tmp_path, told_)).questions
    assert ferry.outcome == outcome
    assert (ferry.known_at is None) is (outcome is None)


def test_a_page_that_is_none_or_too_deep_is_refused(tmp_path: Path) -> None:
    listing = "<!DOCTYPE html><title>PredictionBook: recent</title><h1>Recent</h1>"
    with pytest.raises(FileInputError, match="has no prediction: save the page of a single one"):
        read(written(tmp_path, listing))
    with pytest.raises(FileInputError, match=f"{DEEPEST} inside each other"):
        read(written(tmp_path, listing + "<div>" * (DEEPEST + 1)))
    with pytest.raises(FileInputError, match="characters"):
        read(written(tmp_path, listing + "x" * 2_000_000))
    with pytest.raises(FileInputError, match=r"no HTML|no prediction"):
        read(written(tmp_path, listing + "\n<![-- 0:0d 04"))


def test_a_page_is_a_tree_of_text() -> None:
    page, comments = read_page("<p>a <b>b<br>c</b> &amp; d<script>no</script></p><!-- x --></div><p>e", file="f")
    assert [one.text() for one in page.find_all("p")] == ["a bc & d", "e"]
    assert comments == [" x "]


def test_metaculus_binary_is_an_interval_and_the_crowd_is_nobody() -> None:
    sheet = read_sample("metaculus")
    assert stated(sheet, "metaculus:9001") == [
        ("ada", "0.6", 2), ("ada", "0.8", 3), ("Metaculus (recency_weighted)", "0.6", 4), ("ada", "withdrawn", 3),
    ]  # fmt: skip
    assert sheet.extras[2].comment == "derived: an aggregate of the crowd, stated by nobody"
    assert told(sheet, "derived") == {
        "aggregates of the crowd, under a name of their own": 1,
        "withdrawals, from forecasts that ended with none after them": 1,
    }


def test_metaculus_options_come_and_go() -> None:
    sheet = read_sample("metaculus")
    mayor = question(sheet, "metaculus:9002")
    assert (mayor.kind, mayor.options, mayor.outcome) == (
        "choice", ["Ada Brink", "Cy Dell", "Bo Lund", "Other"], "Bo Lund",
    )  # fmt: skip
    assert stated(sheet, mayor.key) == [("ada", ("0.5", "0", "0.3", "0.2"), 5)]


def test_metaculus_numbers_and_dates() -> None:
    sheet = read_sample("metaculus")
    assert stated(sheet, "metaculus:9003")[0][1] == (
        ("0.05", "10.5"), ("0.25", "40"), ("0.5", "62.25"), ("0.75", "90"), ("0.95", "150"),
    )  # fmt: skip
    bridge = question(sheet, "metaculus:9004")
    assert stated(sheet, bridge.key)[0][1][2] == ("0.5", "1798761600")
    assert bridge.outcome is None
    assert told(sheet, "dropped") == {"outcomes out of the bounds of their question, which are no number": 1}
    assert question(sheet, "metaculus:9005").void_reason == "annulled on Metaculus"
    assert question(sheet, "metaculus:9001").tags == ("Geopolitics", "It's local")


def test_metaculus_anonymised_and_without_its_questions(tmp_path: Path) -> None:
    questions, forecasts = ((SAMPLES / "metaculus" / f"{name}_data.csv") for name in ("question", "forecast"))
    with pytest.raises(FileInputError, match="need their questions"):
        read(forecasts)
    lines = forecasts.read_text(encoding="utf-8").replace(
        "Forecaster ID,Forecaster Username", "Forecaster (Anonymized)"
    )
    hidden = written(tmp_path, lines.replace(",55,ada,", ",f00d,").replace(",,recency_weighted,", ",recency_weighted,"))
    sheet = read(questions, hidden)
    assert [one[0] for one in stated(sheet, "metaculus:9001")] == [
        "f00d", "f00d", "Metaculus (recency_weighted)", "f00d",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"[0.5, None, 0.3, 0.2]"', '"[0.5, 0.3]"', "2 probabilities for 4 options"),
        ('"[0.5, None, 0.3, 0.2]"', '"__import__(1)"', "is no list"),
        ('"[0.5, None, 0.3, 0.2]"', '"[0.9, None, 0.3, 0.2]"', "sum to 1.4"),
        ("40.0,62.25", "62.25,40.0", "quantiles cross"),
        (",0.6,,,,,,,,,,0.6,\n9001,55", ",6,,,,,,,,,,0.6,\n9001,55", "did you mean 6%"),
    ],
)
def test_what_is_wrong_in_a_download_is_told_with_its_part(tmp_path: Path, before: str, after: str, said: str) -> None:
    forecasts = (SAMPLES / "metaculus" / "forecast_data.csv").read_text(encoding="utf-8")
    assert before in forecasts
    with pytest.raises(FileInputError) as refusal:
        read(SAMPLES / "metaculus" / "question_data.csv", written(tmp_path, forecasts.replace(before, after)))
    assert said in str(refusal.value)
    assert str(refusal.value).startswith("file, line ")


def test_the_api_of_metaculus_has_no_first_and_yes_second() -> None:
    sheet = read_sample("metaculus-posts.json")
    assert stated(sheet, "metaculus:9001") == [
        ("Metaculus user 55", "0.6", 1), ("Metaculus user 55", "0.8", 1), ("Metaculus user 55", "withdrawn", 1),
    ]  # fmt: skip
    assert stated(sheet, "metaculus:9003")[0][1] == (
        ("0.05", "10"), ("0.25", "50"), ("0.5", "100"), ("0.75", "150"), ("0.95", "190"),
    )  # fmt: skip
    assert format_instant(sheet.made_at[2]) == "2026-01-14T10:00:00.250000Z"


def test_a_logarithmic_scale_of_metaculus(tmp_path: Path) -> None:
    post = json.loads((SAMPLES / "metaculus-posts.json").read_text(encoding="utf-8"))["results"][2]
    post["question"]["scaling"] = {"range_min": 1, "range_max": 100, "zero_point": 0}
    ((_, pairs, _),) = stated(read(written(tmp_path, json.dumps(post))), "metaculus:9003")
    assert [round(float(number), 6) for _, number in pairs][2] == 10


def test_the_download_and_the_api_know_a_question_by_its_number() -> None:
    download, api = (read_sample(name) for name in ("metaculus", "metaculus-posts.json"))
    assert {one.key for one in api.questions} <= {one.key for one in download.questions}


def test_a_bet_is_not_a_stated_probability() -> None:
    sheet = read_sample("manifold")
    assert stated(sheet, "manifold:m1") == [("Manifold user u77", "0.62", 1), ("Manifold user u77", "0.55", 2)]
    assert all(extra.comment.startswith("derived: ") for extra in sheet.extras.values() if extra.comment)
    assert len(sheet.extras) == len(sheet)
    assert sum(told(sheet, "derived").values()) == len(sheet)
    assert format_instant(sheet.made_at[1]) == "2025-01-11T10:00:00.123000Z"


def test_markets_resolve_to_shares_answers_and_nothing() -> None:
    sheet = read_sample("manifold")
    outcomes = {one.key: one.outcome for one in sheet.questions}
    assert outcomes == {"manifold:m1": "0.75", "manifold:m2:a1": "no", "manifold:m2:a2": "yes", "manifold:m3": "void"}


def test_bets_need_their_markets_and_one_better_may_be_named() -> None:
    bets, markets = paths_of("manifold")
    with pytest.raises(FileInputError, match="the bets need their markets"):
        read(bets)
    assert not len(read(markets))
    named = read(bets, markets, given=type(GIVEN)(GIVEN.now, forecaster="ann"))
    assert named.forecasters == ["ann"]


def test_markets_and_bets_in_one_file(tmp_path: Path) -> None:
    bets, markets = (json.loads(path.read_text(encoding="utf-8")) for path in paths_of("manifold"))
    whole = read(written(tmp_path, json.dumps({"bets": bets, "markets": markets})))
    assert whole.probability == read_sample("manifold").probability


def test_bets_that_came_newest_first_stand_in_the_order_of_their_time(tmp_path: Path) -> None:
    bets, markets = paths_of("manifold")
    told_ = json.loads(bets.read_text(encoding="utf-8"))[:2]
    told_[1]["createdTime"] = told_[0]["createdTime"]
    later = {**told_[0], "id": "b0", "createdTime": told_[0]["createdTime"] + 1, "probAfter": 0.9}
    sheet = read(written(tmp_path, json.dumps([later, *reversed(told_)])), markets)
    assert [one.decimal for one in sheet.probability if one] == ["0.62", "0.55", "0.9"]
