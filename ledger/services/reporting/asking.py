"""What is asked of a report, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.errors import Cancelled, InputError
from ledger.services.progressing import Pace

RESAMPLES = 1000
SLICES = ("tag", "source", "forecaster", "horizon", "class")
PARTS_OF_A_REPORT = 12
"""Steps that progress is told in."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What to report: everything, two forecasters against each other, or one question.

    ``statements`` asks for every statement as well, where they are not too many for a sheet; ``table`` for the table of
    units and no more, which is much quicker.
    """

    policy: str = Policy.TIME_AVERAGE.value
    filters: Filters = field(default_factory=Filters)
    compare: tuple[str, str] | None = None
    question: str | None = None
    title: str | None = None
    notes: tuple[str, ...] = ()
    statements: bool = False
    table: bool = False

    def check(self) -> None:
        """Raise ``InputError`` for what goes not together."""
        if self.compare is not None and self.question is not None:
            raise InputError("--compare and --question are reports of their own: ask for one of them")
        if self.question is not None and self.filters.narrows:
            raise InputError("--question is one question whole: leave the filters out")
        if self.compare is not None and self.filters.forecasters:
            raise InputError("--compare names the forecasters: leave --forecaster out")


class Steps:
    """Tells how many parts of a report are done; what the listener raises calls it off."""

    def __init__(self, pace: Pace) -> None:
        """Begin."""
        self.pace = pace
        self._raised: BaseException | None = None
        pace.begin(PARTS_OF_A_REPORT)

    def cancelled(self) -> bool:
        """Whether the listener called it off; the store asks that where it would swallow what is raised."""
        try:
            if self._raised is None and (beat := self.pace.beat) is not None:
                beat()
        except BaseException as problem:  # it is raised again by ``called_off``
            self._raised = problem
        return self._raised is not None

    @contextmanager
    def called_off(self) -> Iterator[None]:
        """Let what the listener raised end the block, whatever the store made of it."""
        try:
            yield
        except Cancelled:
            if self._raised is not None:
                raise self._raised from None
            raise

    def done(self) -> None:
        """One part more is done."""
        self.pace.count(1)
