"""The filters, the same on every command that reads many questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ledger.domain.filters import Filters

_STATUSES = ("open", "waiting", "due", "resolved", "void")
_CLASSES = ("proven", "recorded", "imported", "late")

as_of_option = click.option(
    "--as-of", metavar="ENTRY|TIME", help="Read what was there after an entry, or at a time, with its clock."
)
_OPTIONS = (
    click.option("--status", type=click.Choice(_STATUSES), multiple=True, help="How the question stands."),
    click.option("--tag", metavar="TAG", multiple=True, help="A tag of the question."),
    click.option("--forecaster", metavar="NAME", multiple=True, help="Who stated a forecast."),
    click.option("--source", metavar="WORDS", multiple=True, help="Author, title, publisher or URL of the source."),
    click.option("--since", metavar="DATE", help="Deadlines from this day or time on."),
    click.option("--until", metavar="DATE", help="Deadlines up to this day or time."),
    click.option("--class", "timing", type=click.Choice(_CLASSES), multiple=True, help="The timing class."),
    click.option("--search", metavar="WORDS", help="Words in the title, the criteria or the key."),
    as_of_option,
)


def filter_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters; the command gets them as ``filters``, and ``as_of`` beside them."""

    @wraps(function)
    def narrowed(*args: Any, **given: Any) -> Any:
        names = ("status", "tag", "forecaster", "source", "since", "until", "timing", "search")
        filters = _filters(**{name: given.pop(name) for name in names})
        return function(*args, filters=filters, **given)

    for option in reversed(_OPTIONS):
        option(narrowed)
    return narrowed


def _filters(
    *, status: tuple[str, ...], tag: tuple[str, ...], forecaster: tuple[str, ...], source: tuple[str, ...],
    since: str | None, until: str | None, timing: tuple[str, ...], search: str | None,
) -> Filters:  # fmt: skip
    from ledger.domain.filters import Filters
    from ledger.domain.kinds import Status, TimingClass

    if since is not None or until is not None:
        from ledger.services.bounds import since_told, until_told
    return Filters(
        status=tuple(Status(one) for one in dict.fromkeys(status)), tags=tag, forecasters=forecaster, sources=source,
        since=None if since is None else since_told(since), until=None if until is None else until_told(until),
        classes=tuple(TimingClass(one) for one in dict.fromkeys(timing)), search=search or None,
    )  # fmt: skip
