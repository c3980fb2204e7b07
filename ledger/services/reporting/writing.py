"""A report written to a file, whole or not at all, in the form that was asked for."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ledger.errors import InputError
from ledger.formats.atomic import atomic_output
from ledger.formats.cells import escape, join_tags
from ledger.reports.model import Report
from ledger.services.opening import Book, opened
from ledger.services.progressing import Pace, Progress
from ledger.services.reporting.asking import PARTS_OF_A_REPORT, ReportRequest, Steps
from ledger.services.results import Done
from ledger.services.wording import counted
from ledger.storage.cancelling import heeding

if TYPE_CHECKING:
    from ledger.storage.location import Location

FORMS = ("html", "md", "csv", "xlsx", "json", "parquet")
ENDINGS = {"htm": "html", "markdown": "md", "pq": "parquet"} | {form: form for form in FORMS}
BINARY = ("xlsx", "parquet")
WITH_STATEMENTS, TABLES = ("xlsx", "json"), ("csv", "parquet")


def form_of(path: Path | None, told: str | None) -> str:
    """The form that was ``told``, or that the name ends in; HTML unless either says otherwise.

    Raises ``InputError`` for an ending that is none of ours, with those there are.
    """
    if told is not None or path is None:
        return told or FORMS[0]
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ENDINGS:
        raise InputError(f"{str(path)!r} ends in none of .{', .'.join(FORMS)}: end it in one, or say --format")
    return ENDINGS[ending]


def report_file(
    location: Location, path: Path | None, form: str, request: ReportRequest, *, force: bool,
    as_of: str | None = None, progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Write the report to ``path``, or to standard output; what ``progress`` raises calls it off, and nothing is there.

    Raises what gathering raises, and ``RefusedError`` for a file that is there, unless by ``force``.
    """
    request.check()
    pace = Pace(progress)
    request = replace(request, statements=form in WITH_STATEMENTS, table=form in TABLES)
    with atomic_output(path, force=force, mode=0o644) as stream:
        with opened(location, as_of) as book, heeding(book.driver, pace.beat):
            report = gathered(book, request, pace)
        render(report, form, stream)
        pace.reach(PARTS_OF_A_REPORT)
    left = report.about.left_out_units
    notices = [
        f"{form} report on {counted(report.about.questions, 'question')} written" + (f" to {path}" if path else "")
    ]
    return Done([], notices + ([f"the filters left out {counted(left, 'unit')}"] if left else []))


def gathered(book: Book, request: ReportRequest, pace: Pace | None = None) -> Report:
    """The report that is asked for."""
    steps = Steps(pace or Pace(None))
    with steps.called_off():
        return _gatherer(request)(book, request, steps)


def _gatherer(request: ReportRequest) -> Callable[[Book, ReportRequest, Steps], Report]:
    if request.question is not None:
        from ledger.services.reporting.one_question import gather_question

        return gather_question
    if request.compare is not None:
        from ledger.services.reporting.comparing_two import gather_comparison

        return gather_comparison
    from ledger.services.reporting.gathering import gather

    return gather


def render(report: Report, form: str, stream: IO[bytes]) -> None:
    """Write a report in one of ``FORMS``; the same report gives the same bytes."""
    if form in BINARY:
        _binary(report, form, stream)
        return
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        _text(report, form, text)
        text.flush()
    finally:
        text.detach()


def _binary(report: Report, form: str, stream: IO[bytes]) -> None:
    if form == "xlsx":
        from ledger.reports.xlsx import write_xlsx

        # The writer of the zip goes back in its file, which standard output cannot.
        kept = io.BytesIO()
        write_xlsx(report, kept)
        stream.write(kept.getbuffer())
        return
    from ledger.reports.parquet import write_parquet

    about = {"title": report.title, "head": report.about.head, "entry": str(report.about.entry)}
    write_parquet(report.questions, stream, about)


def _text(report: Report, form: str, text: io.TextIOWrapper) -> None:
    if form == "csv":
        from ledger.reports.csv_report import write_csv

        write_csv(report.questions, text, escape, join_tags)
    elif form == "json":
        from ledger.reports.json_report import json_lines

        text.writelines(json_lines(report))
    else:
        text.writelines(_document(report, form))


def _document(report: Report, form: str) -> list[str]:
    from ledger.reports.contents import document_of

    document = document_of(report)
    if form == "html":
        from ledger.reports.html import html_page

        return [html_page(document)]
    from ledger.reports.markdown import markdown

    return [f"{line}\n" for line in markdown(document)]
