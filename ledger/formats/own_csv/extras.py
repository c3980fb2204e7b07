"""What a row says of its statement besides one probability."""

from __future__ import annotations

from ledger.domain.kinds import Kind
from ledger.domain.probability import Probability, parse_probability
from ledger.formats.own_csv.row import CellError, Row
from ledger.formats.own_csv.values import parse_mark
from ledger.formats.sheet import Extra

_TEXTS = ("hedge", "term", "scale", "reason", "comment")
_OF_FORECASTS = ("probability", "option", "quantile", "value", "hedge", "term", "scale", "low", "high")
_FORMS: dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Kind.BINARY: (("probability", "forecast_at"), ("quantile", "value")),
    Kind.CHOICE: (("option", "probability", "forecast_at"), ("quantile", "value")),
    Kind.ORDERED: (("option", "probability", "forecast_at"), ("quantile", "value")),
    Kind.NUMERIC: (("quantile", "value", "forecast_at"), ("probability",)),
}
_NOTHING = Extra()


def read_extra(row: Row) -> Extra | None:
    """The words, the range and the withdrawal of a row; None when it has none of them."""
    extra = Extra(row.text("hedge"), row.text("term"), row.text("scale"))
    extra.low, extra.high = row.read("low", parse_probability), row.read("high", parse_probability)
    extra.reason, extra.comment = row.text("reason"), row.text("comment")
    extra.withdrawn = row.read("withdrawn", parse_mark) or False
    return None if extra == _NOTHING else extra


def is_bare(row: Row) -> bool:
    """Whether a row tells of its question only: neither a probability or quantile, nor a time."""
    return not any(row.raw(column) for column in ("probability", "quantile", "value", "forecast_at"))


def check_form(row: Row, kind: str) -> None:
    """Refuse a statement that lacks what one of ``kind`` has, or has what belongs to another kind."""
    needed, foreign = _FORMS[Kind(kind)]
    for column in foreign:
        if row.raw(column):
            raise CellError(f"a forecast of a {kind} question has no {column}: empty this, or correct the kind", column)
    for column in needed:
        if not row.raw(column):
            raise CellError(f"a forecast of a {kind} question needs its {column}", column)


def check_withdrawal(row: Row) -> None:
    """Refuse a withdrawal that also states something, or that has no time."""
    stated = next((column for column in _OF_FORECASTS if row.raw(column)), None)
    if stated:
        raise CellError("a withdrawal states nothing: empty this, or give the withdrawal a row of its own", stated)
    if not row.raw("forecast_at"):
        raise CellError("a withdrawal needs its time", "forecast_at")


def check_range(extra: Extra | None, probability: Probability | None) -> None:
    """Refuse half a range, one the wrong way round, one of no probability, or one that does not hold it."""
    if extra is None or (extra.low is None and extra.high is None):
        return
    if probability is None:
        raise CellError("only a binary forecast has a range: empty this", "low" if extra.low else "high")
    if extra.low is None or extra.high is None:
        raise CellError("a range needs both low and high", "low" if extra.low is None else "high")
    if not extra.low.value <= probability.value <= extra.high.value:
        limits = f"{extra.low.decimal} to {extra.high.decimal}"
        raise CellError(f"the probability {probability.decimal} is not in its range, {limits}", "probability")


def merge(known: Extra | None, told: Extra | None) -> Extra | None:
    """What two rows of one statement say together; :class:`CellError` when they say different words."""
    if known is None or told is None:
        return told or known
    for column in _TEXTS:
        before, now = getattr(known, column), getattr(told, column)
        if before and now and before != now:
            raise CellError("another row of this forecast says something else: make them the same", column)
        setattr(known, column, before or now)
    return known
