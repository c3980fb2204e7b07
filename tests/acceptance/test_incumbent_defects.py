"""The defects D1 to D21 of other trackers, each a test here of what this program does instead.

Where the arithmetic behind one is held to published figures, that stands in the scores' own tests:

| defect | elsewhere |
|---|---|
| D1, D2 | ``tests/scoring/test_time_average.py``, ``tests/scoring/platforms/test_fatebook_scores.py`` |
| D9, D21 | ``tests/scoring/test_bins.py`` |
| D11 | ``tests/scoring/test_rules_numeric.py`` |
| D13 | ``tests/scoring/platforms/test_good_judgment_scores.py`` |
| D17 | ``tests/services/test_reminding.py``, ``tests/services/test_reminder_year.py`` |
| D19 | ``tests/scoring/test_rules.py`` |
| the formats' own traps | ``tests/formats``, ``tests/services/test_importing_trackers.py`` |
"""

from __future__ import annotations

import csv
import inspect
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from running import Quick

from ledger import scoring
from ledger.domain.review_rules import REPEAT
from ledger.formats import opening, predictionbook_csv
from ledger.formats.json_text import DEEPEST
from ledger.formats.saved_pages import MOST_CHARACTERS
from ledger.formats.trackers import TRACKERS
from ledger.services.scoring_rules import RULES

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "formats" / "samples"
LATER = "2026-09-01T12:00:00Z"
OWN = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome\n"


def take(quick: Quick, *files: Path, **more: Any) -> dict[str, Any]:
    """Import, and the answer as JSON."""
    answer: dict[str, Any] = quick("import", *files, "--json", clock=LATER, **more).json()
    return answer


def put(quick: Quick, text: str, name: str = "in.csv") -> Path:
    path = quick.ledger.with_name(name)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def told(answer: dict[str, Any], sort: str) -> dict[str, int]:
    return {one["what"]: one["count"] for one in answer[sort]}


def card(quick: Quick, *options: str) -> dict[str, Any]:
    answer: dict[str, Any] = quick("score", "--json", "--resamples", "10", *options, clock=LATER).json()
    return answer


def exported(quick: Quick) -> list[dict[str, str]]:
    quick("export", "-o", quick.ledger.with_name("out.csv"), "--force", clock=LATER)
    with quick.ledger.with_name("out.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def begun(quick: Quick) -> Quick:
    quick("init")
    return quick


TEN_DAYS = "2026-01-01T00:00:00Z,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z"


def test_d1_a_late_forecast_is_not_diluted(begun: Quick) -> None:
    """Half, said on the last of ten days, is .25 (0 to 1), .5 (0 to 2); the share of time stands beside."""
    take(begun, put(begun, f"{OWN}q,Q?,ann,0.5,2026-01-10T00:00:00Z,{TEN_DAYS},yes\n"))
    assert card(begun)["overall"]["brier"] == 0.25
    assert card(begun)["overall"]["coverage"] == pytest.approx(0.1, abs=1e-9)
    assert card(begun, "--rule", "brier-original")["overall"]["brier_original"] == 0.5


def test_d2_the_score_is_averaged_not_the_probability(begun: Quick) -> None:
    day = "2026-01-01T00:00:00Z,2026-01-02T00:00:00Z,2026-01-02T00:00:00Z,yes"
    rows = [f"q,Q?,ann,0.2,2026-01-01T00:00:00Z,{day}", f"q,Q?,ann,0.8,2026-01-01T12:00:00Z,{day}"]
    take(begun, put(begun, OWN + "\n".join(rows) + "\n"))
    assert 2 * card(begun)["overall"]["brier"] == pytest.approx(0.68, abs=1e-9)


def test_d3_unpadded_seconds_without_a_zone_are_utc_and_that_is_told(begun: Quick) -> None:
    answer = take(begun, SAMPLES / "fatebook-current.csv")
    assert exported(begun)[0]["forecast_at"] == "2025-01-10T01:12:02Z"
    assert told(answer, "assumed")["times without a zone are UTC: --zone says another"] == 27


def test_d3_another_zone_can_be_said(begun: Quick) -> None:
    begun("import", SAMPLES / "fatebook-current.csv", "--zone", "Europe/Berlin", clock=LATER)
    assert exported(begun)[0]["forecast_at"] == "2025-01-10T00:12:02Z"


def test_d4_a_blank_resolution_stays_open_and_a_second_import_adds_nothing(begun: Quick) -> None:
    answer = take(begun, SAMPLES / "fatebook-import.csv")
    assert (answer["questions"], answer["statements"]) == (3, 4)
    outcomes = {row["title"]: row["outcome"] for row in exported(begun)}
    assert outcomes == {"Will the pond freeze?": "1", "Will the choir tour?": "", "Will the well run dry?": "void"}
    again = take(begun, SAMPLES / "fatebook-import.csv")
    assert (again["questions"], again["statements"], again["already_there"]) == (0, 0, 4)


def test_d5_fifty_updates_do_not_outvote_one_forecast(begun: Quick) -> None:
    rows = [f"q,Q?,ann,0.9,2026-01-01T{at // 60:02}:{at % 60:02}:00Z,{TEN_DAYS},no" for at in range(50)]
    rows.append(f"r,R?,ann,0.1,2026-01-01T00:00:00Z,{TEN_DAYS},no")
    take(begun, put(begun, OWN + "\n".join(rows) + "\n"))
    scored = card(begun)
    assert scored["counts"]["statements"] == 51
    assert scored["overall"]["n"] == 2
    assert scored["overall"]["brier"] == pytest.approx((0.81 + 0.01) / 2, abs=1e-9)
    assert card(begun, "--policy", "all")["overall"]["brier"] == pytest.approx((50 * 0.81 + 0.01) / 51, abs=1e-9)


def test_d6_a_mean_over_all_users_is_never_ones_own(begun: Quick) -> None:
    answer = take(begun, SAMPLES / "predictionbook.csv")
    assert (answer["questions"], answer["statements"]) == (2, 0)
    assert any("no probabilities of your own" in one["what"] for one in answer["warning"])
    assert told(answer, "dropped")["means over all users, which are nobody's statement"] == 2


def test_d6_a_page_of_a_hundred_rows_is_pointed_out(begun: Quick) -> None:
    header, row, *_ = (SAMPLES / "predictionbook.csv").read_text(encoding="utf-8").splitlines()
    rows = [row.replace(",101,", f",{number},") for number in range(predictionbook_csv.PAGE)]
    answer = take(begun, put(begun, "\n".join([header, *rows]) + "\n"))
    assert answer["questions"] == 100
    assert any("may be a page of a longer list" in one["what"] for one in answer["warning"])


def test_d7_resolving_leaves_the_deadline_and_its_history(begun: Quick) -> None:
    begun("add", "Rain?", "0.6", "--by", "2026-12-01", "--key", "rain")
    begun("edit", "rain", "--deadline", "2027-01-01", "--reason", "moved", clock="2026-06-02T00:00:00Z")
    before = begun("show", "rain", "--json", clock="2026-06-03T00:00:00Z").json()
    begun("resolve", "rain", "yes", "--known-at", "now", clock="2026-06-03T00:00:00Z")
    after = begun("show", "rain", "--json", clock="2026-06-03T00:00:00Z").json()
    assert after["deadline"] == before["deadline"] == "2027-01-01T23:59:59Z"
    assert after["edits"] == before["edits"]
    assert len(after["edits"]) == 1


def test_d8_only_what_is_past_its_deadline_can_be_scored(begun: Quick) -> None:
    """A long question that resolved YES early is left out by ``--until``, and counted as left out."""
    rows = [
        "a,Early?,ann,0.9,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z,2036-01-01T00:00:00Z,2026-02-01T00:00:00Z,yes",
        "b,On time?,ann,0.2,2026-01-02T00:00:00Z,2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,2026-02-01T00:00:00Z,no",
    ]
    take(begun, put(begun, OWN + "\n".join(rows) + "\n"))
    assert card(begun)["overall"]["n"] == 2
    past = card(begun, "--until", "2026-09-01")
    assert past["overall"]["n"] == 1
    assert past["overall"]["brier"] == pytest.approx(0.04, abs=1e-9)
    assert past["left_out"] == 1


def test_d9_zero_and_one_fall_in_a_bin() -> None:
    points = scoring.Tally.count(forecast=[0.0, 1.0, 0.999], outcome=[0.0, 1.0, 1.0]).points()
    for bins in (1, 2, 10, 21):
        assert scoring.bin_points(points, bins=bins).rows.sum() == 3


def test_d10_a_row_that_is_one_field_short_is_padded_not_shifted(begun: Quick) -> None:
    files = sorted((SAMPLES / "metaculus").iterdir())
    header, *rows = next(path for path in files if path.name == "forecast_data.csv").read_text("utf-8").splitlines()
    (short,) = [row for row in csv.reader(rows) if row[0] == "9003"]
    assert (len(short), len(next(csv.reader([header])))) == (18, 19)
    take(begun, *files)
    quantiles = {row["quantile"]: row["value"] for row in exported(begun) if row["question_id"] == "metaculus:9003"}
    assert quantiles == {"0.05": "10.5", "0.25": "40", "0.5": "62.25", "0.75": "90", "0.95": "150"}


def test_d11_a_good_forecast_of_a_number_scores_well() -> None:
    """Quantiles close around what happened: near the best possible, where a Brier on a hit within 1 % is near 2."""
    good, poor = [[98.0, 100.0, 102.0]], [[10.0, 20.0, 30.0]]
    scores = [scoring.crps(forecast=one, outcome=[100.5], levels=[0.05, 0.5, 0.95])[0] for one in (good, poor)]
    assert scores[0] < 1
    assert scores[1] > 50
    interval = scoring.interval_score(forecast=[[98.0, 102.0]], outcome=[100.5], alpha=0.1)
    assert interval[0] == pytest.approx(4)


def test_d12_counts_stand_beside_the_score_and_a_void_is_nobodys_success(begun: Quick) -> None:
    files = [SAMPLES / "fatebook-current.csv"]
    take(begun, *files)
    counts = card(begun)["counts"]
    assert counts["void"] == 1
    assert counts["open"] == 1
    assert counts["scored"] == counts["units"] - counts["void"] - counts["open"]
    said = begun("score", "--resamples", "10", clock=LATER).text
    assert re.search(r"units\s+6 = 4 scored \+ 0 late \+ 1 void \+ 1 open \+ 0 waiting \+ 0 due", said)


def test_d13_a_statement_that_came_too_late_is_shown_with_the_reason(begun: Quick) -> None:
    begun("add", "Rain?", "0.6", "--by", "2026-06-02", "--key", "rain")
    late = begun("update", "rain", "0.9", clock="2026-06-05T00:00:00Z")
    assert "late" in late.text + late.err
    begun("resolve", "rain", "no", clock="2026-06-06T00:00:00Z")
    scored = card(begun)
    assert scored["counts"]["late_statements"] == 1
    assert scored["overall"]["brier"] == pytest.approx(0.36)
    assert "late" in begun("show", "rain", clock="2026-06-06T00:00:00Z").text


def test_d14_the_documentation_says_the_codes_constants(begun: Quick) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    *firsts, last = REPEAT
    assert f"{', '.join(map(str, firsts))} and {last} calendar days later" in guide
    help_text = " ".join(begun("score", "--help").text.split())
    default = re.search(r"--resamples .*?\[default: (\d+);", help_text)
    assert default is not None
    assert card(begun, "--seed", "1")["overall"]["n"] == 0
    from ledger.services.score import ScoreRequest

    assert int(default[1]) == inspect.signature(ScoreRequest).parameters["resamples"].default


def test_d14_the_page_of_formats_says_the_limits_and_the_formats_there_are() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    page = " ".join(text.split())
    part, whole = opening.MOST_BYTES >> 20, opening.MOST_ZIPPED >> 20
    assert f"{part} MB a file, {whole} MB and {opening.MOST_MEMBERS:,} members a zip" in page
    assert f"JSON {DEEPEST} levels deep, an HTML page a million characters" in page
    assert MOST_CHARACTERS == 1 << 20
    first = [row.split("|")[1] for row in text.splitlines() if row.startswith("| `")]
    assert set(re.findall("`([a-z-]+)`", " ".join(first))) == {"--from", *(name for name, _, _ in TRACKERS)}


@pytest.mark.parametrize(
    ("zone", "ends"), [("America/Los_Angeles", "2026-12-02T07:59:59Z"), ("UTC", "2026-12-01T23:59:59Z")]
)
def test_d15_a_day_is_that_day_where_one_is(begun: Quick, zone: str, ends: str) -> None:
    begun("add", "Rain?", "0.6", "--by", "2026-12-01", "--key", "rain", FORECAST_ZONE=zone)
    shown = begun("show", "rain", "--json").json()
    assert (shown["deadline"], shown["zone"]) == (ends, zone)


def test_d15_a_plain_day_in_a_file_is_its_end_in_the_zone_that_is_named(begun: Quick) -> None:
    begun("import", SAMPLES / "fatebook-import.csv", "--zone", "America/Los_Angeles", clock=LATER)
    assert exported(begun)[0]["deadline"] == "2025-02-02T07:59:59Z"
    assert begun("show", "#1", "--json", clock=LATER).json()["zone"] == "America/Los_Angeles"


def test_d16_zero_and_one_are_forecasts(begun: Quick) -> None:
    take(begun, SAMPLES / "fatebook-current.csv")
    begun("add", "Never?", "0", "--by", "2026-12-01")
    begun("add", "Always?", "100%", "--by", "2026-12-01")
    assert [row["probability"] for row in exported(begun)].count("0") == 2
    assert [row["probability"] for row in exported(begun)].count("1") == 2


def test_d17_what_is_due_is_said_again_until_it_is_settled_or_put_off(begun: Quick) -> None:
    begun("add", "Rain?", "0.6", "--by", "2026-06-02T00:00:00Z", "--key", "rain")
    begun("add", "Snow?", "0.6", "--by", "2026-06-02T00:00:00Z", "--key", "snow")
    said = []
    for day in range(3, 29):
        if day == 7:
            begun("resolve", "rain", "yes", clock="2026-06-07T00:00:00Z")
        answer = begun("remind", clock=f"2026-06-{day:02}T09:00:00Z", status=None)
        said.append(("Rain?" in answer.text + answer.err, "Snow?" in answer.text + answer.err))
    assert [day for day, (rain, _) in enumerate(said, 3) if rain] == [3, 4, 6]
    assert [day for day, (_, snow) in enumerate(said, 3) if snow] == [3, 4, 6, 10, 17]


@pytest.mark.parametrize("name", RULES)
def test_d18_every_score_says_its_convention(begun: Quick, name: str) -> None:
    take(begun, SAMPLES / "predictionbook.json")
    rule = RULES[name]
    said = " ".join(begun("score", "--rule", name, "--resamples", "10", clock=LATER).text.split())
    assert f"{rule.scale}, lower is better" in said
    report = begun("score", "--json", "--resamples", "10", "--rule", name, clock=LATER).json()
    assert name in json.dumps(report["rule"])


VECTORS = {
    "brier": [(0.7, 1, 0.09), (0.1, 0, 0.01), (0.6, 0.7, 0.01)],
    "brier-original": [(0.7, 1, 0.18), (0.8, 1, 0.08)],
    "log": [(0.8, 1, 0.22314355131420976), (0.5, 0, math.log(2))],
    "spherical": [(0.6, 0.7, 1 - 0.748845265), (1.0, 1, 0.0)],
}
"""Figures that other systems print: Fatebook's, PredictionBook's, WorldMonitor's and Brier.fyi's, of their own code."""


def test_d19_every_score_has_a_vector_from_outside() -> None:
    assert set(VECTORS) == set(RULES)
    for name, cases in VECTORS.items():
        for forecast, outcome, value in cases:
            got = RULES[name](forecast=[forecast], outcome=[outcome])[0]
            assert got == pytest.approx(value, abs=1e-9), (name, forecast, outcome)


def test_d20_text_that_was_escaped_for_html_comes_back(begun: Quick) -> None:
    take(begun, SAMPLES / "cleodora.json")
    row = exported(begun)[0]
    assert row["title"] == "Will Ada & Bo's ferry run?"
    assert row["criteria"] == "<b>By the timetable</b>"
    assert row["comment"] == "Calm & dry"


def test_d20_text_that_only_looks_escaped_stays(begun: Quick) -> None:
    take(begun, put(begun, f"{OWN}q,A &amp; B?,ann,0.5,2026-01-10T00:00:00Z,{TEN_DAYS},yes\n"))
    assert exported(begun)[0]["title"] == "A &amp; B?"


def test_d21_ten_and_ninety_percent_are_told_apart(begun: Quick) -> None:
    rows = [f"{p}{at},Q{p}{at}?,ann,{p},2026-01-01T00:00:00Z,{TEN_DAYS},{y}" for p, y in ((0.1, "yes"), (0.9, "yes"))
            for at in range(3)]  # fmt: skip
    take(begun, put(begun, OWN + "\n".join(rows) + "\n"))
    bins = scoring.bin_points(scoring.Tally.count(forecast=[0.1, 0.9], outcome=[1.0, 1.0]).points(), bins=10)
    assert bins.low.tolist() == [0.0, 0.8]
    points = card(begun)["overall"]["reliability"]
    assert len(points) == 2, points
