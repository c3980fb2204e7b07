"""Which sections a report has, in their order."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.reports.calls_parts import calls_section
from ledger.reports.compare_parts import comparison_section, differing_section
from ledger.reports.credibility_part import credibility_section
from ledger.reports.document import Document, Section
from ledger.reports.evidence_parts import (
    components_section,
    reliability_section,
    slices_section,
    trend_section,
    words_section,
)
from ledger.reports.headline_parts import about_section, headline_section
from ledger.reports.method_part import check_section, method_section
from ledger.reports.model import OneQuestion, Report
from ledger.reports.question_parts import history_section, question_section, settled_section, why_section
from ledger.reports.register_part import register_section


def document_of(report: Report) -> Document:
    """The report as a document."""
    if report.one is not None:
        sections = _of_question(report, report.one)
    elif report.comparison is not None:
        sections = _of_two(report)
    else:
        sections = _of_all(report)
    return Document(report.title, report.notes, tuple(sections), report.about.head)


def _of_all(report: Report) -> Iterator[Section]:
    yield about_section(report.about)
    yield headline_section(report)
    yield reliability_section(report)
    yield components_section(report.card)
    yield trend_section(report)
    yield slices_section(report.slices)
    yield words_section(report.words)
    yield calls_section(report)
    yield register_section(report.questions)
    yield credibility_section(report)
    yield method_section(report)
    yield check_section(report.about)


def _of_two(report: Report) -> Iterator[Section]:
    assert report.comparison is not None
    yield about_section(report.about)
    yield comparison_section(report.comparison)
    yield reliability_section(report)
    yield differing_section(report, report.comparison)
    yield register_section(report.questions)
    yield credibility_section(report)
    yield method_section(report)
    yield check_section(report.about)


def _of_question(report: Report, one: OneQuestion) -> Iterator[Section]:
    asked = report.questions[0]
    yield question_section(asked, one)
    yield history_section(asked, one)
    yield why_section(one)
    yield settled_section(one)
    yield about_section(report.about)
    yield method_section(report)
    yield check_section(report.about)
