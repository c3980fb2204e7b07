"""One question with all that was said and decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.services.browse_views import ConditionView, Data, QuestionView, time_data
from ledger.services.history_views import (
    EditView,
    RedactionView,
    ResolutionView,
    SnoozeView,
    edit_view,
    resolution_view,
    snooze_views,
)
from ledger.services.look_again_views import DayView, day_views
from ledger.services.opening import Book
from ledger.services.outcome_names import outcome_name
from ledger.services.said_views import (
    StatementView,
    UnitView,
    WithdrawalView,
    statement_view,
    unit_view,
    withdrawal_view,
)
from ledger.services.viewing import Beside, condition_view, source_view, status_of, view
from ledger.storage.reading import history, listed, reminding, reviewing, statements
from ledger.storage.reading.finding import find_question
from ledger.storage.reading.questions import QuestionRow, options, question, tags
from ledger.storage.reading.sources import source


@dataclass(frozen=True, slots=True)
class Card:
    """A question and its whole history, each list in the order of the journal or of time."""

    question: QuestionView
    criteria: str | None
    options: Sequence[str]
    entry: int
    recorded_at: int
    starts_at: int | None
    chain: list[ConditionView]
    """What the question needs, what that needs in its turn, and so on."""
    dependants: list[ConditionView]
    """The questions that need an outcome of this one (``outcome``)."""
    statements: list[StatementView]
    withdrawals: list[WithdrawalView]
    resolutions: list[ResolutionView]
    edits: list[EditView]
    snoozes: list[SnoozeView]
    look_again: list[DayView]
    units: list[UnitView]
    redactions: list[RedactionView]
    now: int

    @property
    def entries(self) -> list[int]:
        """The numbers of all entries that speak of the question."""
        said = (self.statements, self.withdrawals, self.resolutions, self.edits)
        spoken = (*said, self.snoozes, self.look_again, self.redactions)
        found = {self.entry} | {one.entry for several in spoken for one in several}
        return sorted(found | {change.entry for one in self.statements for change in one.corrections})

    def as_data(self) -> Data:
        """For JSON."""
        lists = ("statements", "withdrawals", "resolutions", "edits", "snoozes", "look_again", "units", "redactions")
        return self.question.as_data() | {
            "criteria": self.criteria,
            "options": list(self.options),
            "entry": self.entry,
            "recorded_at": time_data(self.recorded_at),
            "starts_at": time_data(self.starts_at),
            "condition_chain": [one.as_data() for one in self.chain],
            "dependants": [one.as_data() for one in self.dependants],
            **{name: [one.as_data() for one in getattr(self, name)] for name in lists},
            "entries": self.entries,
            "as_of": time_data(self.now),
        }


def card_of(book: Book, told: str) -> Card:
    """Everything about the question that ``told`` names; raises ``NotFoundError`` with the near ones."""
    driver = book.driver
    row = question(driver, find_question(driver, told))
    assert row is not None
    named = options(driver, row.id)
    units = listed.units_of(driver, row.id)
    beside = Beside(book.now, tags(driver, question=row.id), {row.id: named}, units={row.id: units})
    found = None if row.source_id is None else source(driver, row.source_id)
    beside.sources = {} if found is None else {found.id: source_view(found)}
    chain = _chain(book, row, beside)
    said = statements.statements(driver, row.id)
    corrected = statements.corrections(driver, row.id)
    settled = history.resolutions(driver, row.id)
    put_off = reviewing.put_off_until(driver, row.id, book.now)
    made = Card(
        question=view(row, beside), criteria=row.criteria, options=named, entry=row.entry,
        recorded_at=row.recorded_at, starts_at=row.starts_at, chain=chain, dependants=_dependants(book, row, named),
        statements=[statement_view(row.kind, named, one, corrected) for one in said],
        withdrawals=[withdrawal_view(one) for one in statements.withdrawals(driver, row.id)],
        resolutions=[resolution_view(row, named, one) for one in settled],
        edits=[edit_view(one) for one in history.edits(driver, row.id)],
        snoozes=snooze_views(reviewing.snoozes(driver, row.id), put_off is not None),
        look_again=day_views(reminding.days_of(driver, row.id)),
        units=[unit_view(one) for one in units], redactions=[], now=book.now,
    )  # fmt: skip
    made.redactions.extend(RedactionView(*one) for one in history.redacting(driver, set(made.entries)))
    return made


def _chain(book: Book, row: QuestionRow, beside: Beside) -> list[ConditionView]:
    """What a question waits for, up the chain; ``beside`` learns of the questions on the way."""
    chain: list[ConditionView] = []
    beside.needed, beside.options = dict(beside.needed), dict(beside.options)
    at: QuestionRow | listed.NeededRow | None = row
    while at is not None and at.condition_id is not None and at.condition_id not in beside.needed:
        parent = listed.needed_one(book.driver, at.condition_id)
        if parent is not None:
            beside.needed[parent.id] = parent
            beside.options[parent.id] = options(book.driver, parent.id)
        condition = condition_view(at, beside)
        chain.extend([] if condition is None else [condition])
        at = parent
    return chain


def _dependants(book: Book, row: QuestionRow, named: Sequence[str]) -> list[ConditionView]:
    return [
        ConditionView(
            child.key or f"#{child.id}",
            child.id,
            outcome_name(row.kind, child.condition_outcome, named) or "?",
            status_of(child, book.now),
        )
        for child in listed.dependants(book.driver, row.id)
    ]
