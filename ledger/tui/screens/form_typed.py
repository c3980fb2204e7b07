"""What a form holds, and what the services make of it. Everything here runs in threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ledger.domain.kinds import Kind
from ledger.domain.moments import zone_named
from ledger.errors import InputError, LedgerError
from ledger.services.reading_ahead import forecast_ahead, options_ahead, quantiles_ahead
from ledger.services.times_ahead import deadline_ahead, made_ahead
from ledger.services.values import Stated
from ledger.tui.screens.form_problems import FieldsWrongError, Wrong, told_of

if TYPE_CHECKING:
    from ledger.services.results import Done
    from ledger.storage.location import Location


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as typed; empty is not given."""

    kind: str = "binary"
    title: str = ""
    forecast: str = ""
    scale: str = "icd-203"
    options: tuple[tuple[str, str], ...] = ()
    quantiles: str = ""
    by: str = ""
    zone: str = ""
    criteria: str = ""
    tags: str = ""
    source: str = ""
    forecaster: str = ""
    condition: str = ""
    made_at: str = ""
    reason: str = ""

    @property
    def tag_list(self) -> tuple[str, ...]:
        """The tags, which commas part."""
        return tuple(tag for told in self.tags.split(",") if (tag := told.strip()))

    def stated(self) -> Stated:
        """The forecast; raises for one that cannot be read, and says nothing where nothing was typed."""
        if Kind(self.kind).has_options:
            return Stated(options=tuple(pair for pair in self.options if pair[1]))
        if self.kind == Kind.NUMERIC:
            return quantiles_ahead(self.quantiles).stated if self.quantiles else Stated()
        return forecast_ahead(self.forecast, self.scale).stated if self.forecast else Stated()


def add_typed(location: Location, typed: Typed, now: datetime) -> Done:
    """Ask the question; raises ``FieldsWrongError`` with a line for each field that is wrong."""
    from ledger.services.adding import Asked, add

    refuse_wrong(typed, now, new=True)
    asked = Asked(
        title=typed.title, by=typed.by, kind=typed.kind, criteria=typed.criteria or None, tags=typed.tag_list,
        options=tuple(name for name, _ in typed.options) if Kind(typed.kind).has_options else (),
        source=typed.source or None, condition=typed.condition or None, zone=typed.zone, stated=typed.stated(),
        forecaster=typed.forecaster or None, made_at=typed.made_at or None,
    )  # fmt: skip
    return _done(lambda tell: add(location, asked, tell))


def update_typed(location: Location, number: int, typed: Typed, now: datetime) -> Done:
    """State the new forecast; raises as :func:`add_typed`."""
    from ledger.services.stating import update

    refuse_wrong(typed, now, new=False)
    return _done(
        lambda tell: update(
            location, f"#{number}", typed.stated(), tell, forecaster=typed.forecaster or None,
            made_at=typed.made_at or None, zone=typed.zone, reason=typed.reason or None,
        )
    )  # fmt: skip


def _done(record: Callable[[Callable[[str], None]], Done]) -> Done:
    told: list[str] = []
    try:
        done = record(told.append)
    except LedgerError as problem:
        raise FieldsWrongError([told_of(problem)]) from problem
    done.notices.extend(told)
    return done


def refuse_wrong(typed: Typed, now: datetime, *, new: bool) -> None:
    """Raise ``FieldsWrongError`` where a field is missing or cannot be read."""
    checks: list[tuple[str, Callable[[], object]]] = [
        ("title", lambda: _needed(typed.title, "say what is asked, in a form that settles") if new else None),
        (value_field(typed.kind), lambda: _checked_value(typed, new=new)),
        ("zone", lambda: zone_named(typed.zone)),
        ("by", lambda: _checked_by(typed, now) if new else None),
        ("made_at", lambda: made_ahead(typed.made_at, typed.zone, now) if typed.made_at else None),
    ]
    wrong = []
    for field, check in checks:
        try:
            check()
        except LedgerError as problem:
            wrong.append(Wrong(field, str(problem)))
    if wrong:
        raise FieldsWrongError(wrong)


def value_field(kind: str) -> str:
    """The field that holds the forecast of a question of ``kind``."""
    if Kind(kind).has_options:
        return "options"
    return "quantiles" if kind == Kind.NUMERIC else "forecast"


def _checked_value(typed: Typed, *, new: bool) -> None:
    if not Kind(typed.kind).has_options:
        stated = typed.stated()
    else:
        words, right = options_ahead(typed.options)
        if not right:
            raise InputError(words)
        stated = typed.stated()
    if not new and not stated.says_something:
        raise InputError("say the new forecast")


def _checked_by(typed: Typed, now: datetime) -> None:
    _needed(typed.by, "say until when, such as 2026-12-31 or end of next month")
    deadline_ahead(typed.by, typed.zone, now)


def _needed(text: str, hint: str) -> None:
    if not text:
        raise InputError(hint)
