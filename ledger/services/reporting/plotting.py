"""Single pictures: the reliability diagram, the trend, the history of a question."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.errors import InputError, RefusedError
from ledger.formats.atomic import atomic_output
from ledger.services.opening import Book, opened
from ledger.services.progressing import Pace, Progress
from ledger.services.reporting.asking import ReportRequest, Steps
from ledger.services.results import Done
from ledger.services.score import policy_named
from ledger.storage.cancelling import heeding

if TYPE_CHECKING:
    from ledger.reports.document import Picture
    from ledger.storage.location import Location

PICTURES = ("reliability", "trend", "history")
FORMS = ("png", "svg", "pdf")


def picture_form(path: Path) -> str:
    """The form that the name ends in; raises ``InputError`` with those there are."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMS:
        raise InputError(f"{str(path)!r} ends in none of .{', .'.join(FORMS)}: end it in one")
    return ending


def plot_file(
    location: Location, path: Path, what: str, *, question: str | None, policy: str, filters: Filters, force: bool,
    as_of: str | None = None, progress: Progress | None = None,
) -> Done:  # fmt: skip
    """Draw one of ``PICTURES`` to ``path``.

    Raises ``InputError`` for an ending that is no picture's, ``RefusedError`` where there is nothing to draw.
    """
    form, chosen, pace = picture_form(path), policy_named(policy), Pace(progress)
    with atomic_output(path, force=force, mode=0o644) as stream:
        with opened(location, as_of) as book, heeding(book.driver, pace.beat):
            steps = Steps(pace)
            with steps.called_off():
                picture = _picture(book, what, question, chosen, filters, steps)
        from ledger.reports.figures.writing import picture_bytes

        stream.write(picture_bytes(picture.draw(), form, picture.title, picture.description))
    return Done([], [f"{picture.title} written to {path}"])


def _picture(
    book: Book, what: str, question: str | None, policy: Policy, filters: Filters, steps: Steps
) -> Picture:  # fmt: skip
    if what == "history":
        return _history(book, question or "", policy, steps)
    from ledger.reports.pictures import reliability_picture, trend_picture
    from ledger.services.reporting.gathering import card_and_diagram, months
    from ledger.services.studying import study

    told = study(book, policy, filters, steps.cancelled)
    if not len(told.binary):
        raise RefusedError(f"plot {what}: no binary question is settled yet; see: forecast due")
    if what == "trend":
        return trend_picture(months(told))
    return reliability_picture((card_and_diagram(told)[1],))


def _history(book: Book, question: str, policy: Policy, steps: Steps) -> Picture:
    from ledger.reports.pictures import history_picture
    from ledger.services.reporting.one_question import gather_question

    report = gather_question(book, ReportRequest(policy=policy.value, question=question), steps)
    assert report.one is not None
    asked, said = report.questions[0], report.one.statements
    if not any(one.probability is not None for one in said):
        raise RefusedError(f"plot history {asked.name}: it has no forecast that is a probability")
    return history_picture(asked, said)
