"""The parts of the calibration screen that are read when they are first looked at: slices, words, comparison."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import ContentSwitcher, Static

from ledger.domain.filters import Filters
from ledger.domain.policies import Policy
from ledger.errors import LedgerError
from ledger.tui.cells import shown
from ledger.tui.screens.calibration_reading import compared, names_like, slice_intervals, slices, words
from ledger.tui.screens.page import Page
from ledger.tui.widgets.comparison import Comparison
from ledger.tui.widgets.form import Form
from ledger.tui.widgets.slices import SlicesTable, headings_of, slice_words
from ledger.tui.widgets.sorted_table import SortedTable
from ledger.tui.widgets.words_table import HEADINGS, advice_words, term_words

if TYPE_CHECKING:
    from ledger.services.slicing import Slice, Slices
    from ledger.services.studying import Study

BY = ("tag", "forecaster", "source", "horizon", "class", "month", "term")
Found = Mapping[str, Any]


class CalibrationParts(Page):
    """Reads each part once for each state of the ledger, the policy and the filter."""

    policy: Policy
    filters: Filters
    form: Form
    study: Study | None = None

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.slices_by = BY[0]
        self._fresh: set[str] = set()
        self._slices: list[Slice] = []
        self._slices_sure = False

    @property
    def part(self) -> str:
        """The part in front."""
        return self.query_one(ContentSwitcher).current or "diagram"

    def forget(self) -> None:
        """What was read is no longer how things are."""
        self._fresh.clear()
        for group in ("slices", "slice-intervals", "words", "compare"):
            self.drop(group)

    def look_at(self, part: str) -> None:
        """Read ``part``, unless it was read already."""
        if part in self._fresh or self.study is None:
            return
        read = {"slices": self._read_slices, "words": self._read_words, "compare": self._ask_names}.get(part)
        if read is not None:
            self._fresh.add(part)
            read()

    def _read_slices(self) -> None:
        self.drop("slice-intervals")
        self.query_one("#slice-words", Static).update("reading …")
        job = partial(slices, by=self.slices_by, policy=self.policy, filters=self.filters)
        self.read(job, self._sliced, group="slices", otherwise=partial(self._part_refused, "#slice-words"))

    def _sliced(self, found: tuple[Slices, list[Slice]]) -> None:
        read, rows = found
        self._show_slices(rows, sure=False)
        self.work(partial(slice_intervals, read), partial(self._show_slices, sure=True), group="slice-intervals")

    def _show_slices(self, rows: list[Slice], *, sure: bool) -> None:
        self._slices, self._slices_sure = rows, sure
        table = self.query_one(SlicesTable)
        table.show(headings_of(self.slices_by, self.form, rows), rows, "nothing is scored yet", keep=sure)
        if not rows:
            self.query_one("#slice-words", Static).update("")

    def reform_slices(self) -> None:
        """Show the slices in the form that is now chosen."""
        table = self.query_one(SlicesTable)
        table.show(headings_of(self.slices_by, self.form, self._slices), self._slices, table.said, keep=True)

    def on_sorted_table_highlighted(self, message: SortedTable.Highlighted) -> None:
        """Say about a row what its cells leave out."""
        message.stop()
        table = message.table
        if isinstance(table, SlicesTable):
            self.query_one("#slice-words", Static).update(slice_words(message.row, resampled=self._slices_sure))
        elif table.id == "terms":
            self.query_one("#term-words", Static).update(term_words(message.row))
        elif table.id == "points":
            self.point_chosen(message.row)

    def point_chosen(self, point: Found) -> None:
        """A point was chosen in the list; the diagram follows."""

    def action_by(self, step: int) -> None:
        """Slice by something else."""
        self.slices_by = BY[(BY.index(self.slices_by) + step) % len(BY)]
        if self.study is not None:
            self._read_slices()

    def _read_words(self) -> None:
        assert self.study is not None
        self.query_one("#term-words", Static).update("reading …")
        job = partial(words, found=self.study)
        self.read(job, self._worded, group="words", otherwise=partial(self._part_refused, "#term-words"))

    def _worded(self, found: Found | None) -> None:
        none = "no settled forecast was made in the words of a scale"
        terms = found["terms"] if found else []
        self.query_one("#terms", SortedTable).show(HEADINGS, terms, none, keep=True)
        self.query_one("#words").set_class(not terms, "-no-terms")
        if not terms:
            self.query_one("#term-words", Static).update("")
        self.query_one("#advice", Static).update(advice_words(found["advice"]) if found else "")

    def _ask_names(self) -> None:
        if all(self.query_one(Comparison).names):
            self._compare(self.query_one(Comparison).names)
        else:
            self.read(names_like(""), self.query_one(Comparison).offer, group="names")

    def on_comparison_asked(self, message: Comparison.Asked) -> None:
        """Compare."""
        self._compare(message.names)

    def _compare(self, names: tuple[str, str]) -> None:
        self.query_one(Comparison).say("computing …")
        job = partial(compared, names=names, policy=self.policy, filters=self.filters)
        self.read(job, self._compared, group="compare", otherwise=self._not_compared)

    def _compared(self, found: Found) -> None:
        self.query_one(Comparison).show(found, self.form)

    def _not_compared(self, problem: LedgerError) -> None:
        self.query_one(Comparison).say(str(problem).removeprefix("--compare").lstrip(": "))

    def _part_refused(self, where: str, problem: LedgerError) -> None:
        self._fresh.clear()
        self.query_one(where, Static).update(shown(str(problem)))
