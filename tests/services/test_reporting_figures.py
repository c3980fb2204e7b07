"""What a report adds to the figures of the services: units in their order, voids at both ends, calls ranked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from running import Quick

from ledger import clock
from ledger.domain.filters import Filters
from ledger.reports.model import Report, Unit
from ledger.services.opening import opened
from ledger.services.reporting.asking import ReportRequest
from ledger.services.reporting.writing import gathered
from ledger.storage.location import Location

CLOCK = "2026-06-02T00:00:00Z"
HEAD = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags\n"
ROWS = (
    "a,A,Ann,0.9,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z,1,\n"
    "a,A,Bo,0.2,2026-01-06T00:00:00Z,2026-01-01T00:00:00Z,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z,1,\n"
    "b,B,Bo,0.5,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z,0,\n"
    "v,V,Ann,0.8,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z,void,\n"
    "v,V,Bo,0.6,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z,void,\n"
    "late,L,Ann,0.3,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z,2026-01-11T00:00:00Z,2026-01-11T00:00:00Z,1,\n"
)


@pytest.fixture
def small(quick: Quick, tmp_path: Path) -> Quick:
    path = tmp_path / "small.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    quick("init")
    quick("import", path)
    return quick


def reported(quick: Quick, **asked: object) -> Report:
    with clock.set_to(datetime.fromisoformat(CLOCK)), opened(Location(quick.ledger), None) as book:
        return gathered(book, ReportRequest(**asked))  # type: ignore[arg-type]


def units(report: Report) -> dict[tuple[str, str], Unit]:
    return {(one.name, unit.forecaster or ""): unit for one in report.questions for unit in one.units}


def test_each_unit_has_its_own_score_and_its_truncated_one(small: Quick) -> None:
    found = units(reported(small))
    assert found["a", "Ann"].score == pytest.approx(0.01)
    bo = found["a", "Bo"]
    assert (bo.score, bo.weight, bo.truncated) == (pytest.approx(0.64), pytest.approx(0.5), pytest.approx(0.32))
    assert found["late", "Ann"].score is None
    assert found["v", "Bo"].score is None


def test_units_add_up_to_the_score(small: Quick) -> None:
    for policy in ("time-average", "last", "first", "all"):
        report = reported(small, policy=policy)
        scored = [one for one in units(report).values() if one.score is not None]
        weights = [one.weight if policy == "time-average" else 1.0 for one in scored]
        mean = sum(one.score * weight for one, weight in zip(scored, weights, strict=True) if one.score is not None)
        assert mean / sum(weights) == pytest.approx(report.card["brier"])


def test_voids_are_taken_at_their_best_and_worst_with_one_outcome_for_all(small: Quick) -> None:
    found = reported(small).credibility.all_void
    scored, weight = 0.01 + 0.32 + 0.25, 2.5
    best, worst = 0.2**2 + 0.4**2, 0.8**2 + 0.6**2
    assert (found.questions, found.units) == (1, 2)
    assert found.best == pytest.approx((scored + best) / (weight + 2))
    assert found.worst == pytest.approx((scored + worst) / (weight + 2))
    assert reported(small).credibility.annulled == found


def test_a_void_by_condition_is_no_annulment(small: Quick) -> None:
    small("add", "C?", "30%", "--by", "2026-12-31", "--key", "c", "--if", "a=no", clock=CLOCK)
    told = reported(small).credibility
    assert (told.annulled.questions, told.all_void.questions) == (1, 2)


def test_the_best_and_the_worst_are_ranked_by_the_truncated_score(small: Quick) -> None:
    report = reported(small)
    assert [(call.question.name, call.unit.forecaster) for call in report.best] == [("a", "Ann")]
    assert [(call.question.name, call.unit.forecaster) for call in report.worst] == [("a", "Bo")]
    assert [one.forecaster for one in report.worst[0].statements] == ["Bo"]


def test_filters_hold_for_every_part(small: Quick) -> None:
    report = reported(small, filters=Filters(forecasters=("Bo",)))
    assert {unit.forecaster for one in report.questions for unit in one.units} == {"Bo"}
    assert report.about.left_out_units == 3
    assert report.credibility.all_void.units == 1
    assert "forecaster Bo" in report.title


def test_other_kinds_have_scores_of_their_own(mixed: Quick) -> None:
    mixed("resolve", "who", "Ann", "--known-at", "now", clock=CLOCK)
    mixed("resolve", "many", "12", "--known-at", "now", clock=CLOCK)
    report = reported(mixed)
    assert set(report.kinds) == {"choice", "numeric"}
    found = {one.name: one for one in report.questions}
    assert found["who"].score == pytest.approx(0.16)
    assert not {call.question.kind for call in (*report.best, *report.worst)} - {"binary"}
