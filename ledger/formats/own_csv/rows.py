"""Questions and statements as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.domain.instants import Instant, format_instant
from ledger.domain.kinds import Kind
from ledger.domain.probability import Probability
from ledger.formats.cells import escape, join_tags
from ledger.formats.own_csv.values import VOID
from ledger.formats.sheet import Extra, SheetQuestion

_SETTLED = {"yes": "1", "no": "0", None: ""}
_EXTRA_TEXTS = ("hedge", "term", "scale", "reason", "comment")


class RowBuilder:
    """Makes the rows of one file, whose columns are fixed; a value without a column is not written."""

    def __init__(self, columns: Sequence[str]) -> None:
        """``columns`` as :func:`columns_for` gives them."""
        self._at = {column: place for place, column in enumerate(columns)}
        self._questions: dict[tuple[str | None, str], list[str]] = {}
        self._forecasters: dict[str, str] = {}
        self._by, self._stated, self._said = (self._at[name] for name in ("forecaster", "probability", "forecast_at"))

    def plain(self, question: SheetQuestion, forecaster: str, made_at: Instant, decimal: str) -> list[str]:
        """The row of one probability, which is nearly every row: the quick way."""
        row = self._of(question).copy()
        name = self._forecasters.get(forecaster)
        row[self._by] = self._forecasters.setdefault(forecaster, escape(forecaster)) if name is None else name
        row[self._stated], row[self._said] = decimal, format_instant(made_at)
        return row

    def bare(self, question: SheetQuestion) -> Iterator[list[str]]:
        """The row of a question without a forecast; one for each option where it has some."""
        for option in question.options or (None,):
            yield self._filled(self._of(question), _of_option(question, option))

    def statement(
        self,
        question: SheetQuestion,
        forecaster: str,
        made_at: Instant,
        probability: Probability | None,
        extra: Extra | None = None,
    ) -> Iterator[list[str]]:
        """The rows of one statement: one, or one for each option, or one for each quantile."""
        row = self.plain(question, forecaster, made_at, "" if probability is None else probability.decimal)
        if extra is None:
            yield row
            return
        row = self._filled(row, said_cells(extra))
        for option, decimal in zip(question.options, extra.vector or (), strict=False):
            yield self._filled(row, {"probability": decimal, **_of_option(question, option)})
        for level, value in extra.quantiles or ():
            yield self._filled(row, {"quantile": level, "value": value})
        if not extra.vector and not extra.quantiles:
            yield row

    def _of(self, question: SheetQuestion) -> list[str]:
        place = (question.source_url, question.key)
        row = self._questions.get(place)
        if row is None:
            row = self._questions[place] = self._filled([""] * len(self._at), _asked(question))
        return row

    def _filled(self, row: list[str], cells: dict[str, str]) -> list[str]:
        filled = row.copy()
        for column, cell in cells.items():
            if column in self._at:
                filled[self._at[column]] = cell
        return filled


def _asked(question: SheetQuestion) -> dict[str, str]:
    """The cells that all rows of a question share; for kinds with options no outcome but ``void``."""
    texts = {
        "question_id": question.key,
        "title": question.title,
        "criteria": question.criteria,
        "source_url": question.source_url,
        "condition": question.condition and "=".join(question.condition),
        "evidence": question.evidence or question.void_reason,
        "tags": join_tags(question.tags),
    }
    times = {"opened_at": question.opened_at, "deadline": question.deadline, "resolved_at": question.known_at}
    by_option = Kind(question.kind).has_options and question.outcome != VOID
    outcome = "" if by_option else _SETTLED.get(question.outcome) or question.outcome or ""
    return {
        **{column: escape(text or "") for column, text in texts.items()},
        **{column: "" if time is None else format_instant(time) for column, time in times.items()},
        "kind": question.kind,
        "zone": question.zone or "",
        "outcome": outcome,
    }


def _of_option(question: SheetQuestion, option: str | None) -> dict[str, str]:
    if option is None:
        return {}
    settled = question.outcome is not None and question.outcome != VOID
    outcome = {"outcome": "1" if option == question.outcome else "0"} if settled else {}
    return {"option": escape(option), **outcome}


def said_cells(extra: Extra) -> dict[str, str]:
    """The cells of what a statement says besides its probabilities or quantiles."""
    limits = {"low": extra.low, "high": extra.high}
    return {
        **{column: escape(getattr(extra, column) or "") for column in _EXTRA_TEXTS},
        **{column: "" if limit is None else limit.decimal for column, limit in limits.items()},
        "withdrawn": "1" if extra.withdrawn else "",
    }
