"""The columns, and where a file has them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ledger.domain.text import quoted
from ledger.domain.words import did_you_mean
from ledger.errors import FileInputError

STANDARD = (
    *("question_id", "title", "forecaster", "probability", "forecast_at"),
    *("opened_at", "deadline", "resolved_at", "outcome", "tags"),
)
"""Always written, in this order."""
OPTIONAL = (
    *("kind", "option", "quantile", "value", "criteria", "source_url", "hedge", "term", "scale", "low", "high"),
    *("condition", "withdrawn", "reason", "evidence", "zone", "comment"),
)
"""Written where used, after the standard ones, in this order."""
NEEDED = ("question_id", "title", "forecaster", "probability", "forecast_at", "deadline", "outcome")
"""Without these a file is refused."""
MOST_COLUMNS = 1_000
OF_QUESTION = (
    *("title", "opened_at", "deadline", "resolved_at", "outcome", "tags"),
    *("kind", "option", "criteria", "source_url", "condition", "evidence", "zone"),
)
"""What all rows of a question agree on (``option`` and its ``outcome``: all rows of that option)."""
OF_FEW = ("quantile", "value", "hedge", "term", "scale", "low", "high", "withdrawn", "reason", "comment")
"""What a plain statement, one probability at one time, leaves empty."""


def columns_for(used: Collection[str]) -> list[str]:
    """The columns to write: the standard ones, and those of ``used`` that are optional, in the fixed order."""
    return [*STANDARD, *(column for column in OPTIONAL if column in used)]


@dataclass(frozen=True, slots=True)
class Layout:
    """The first line of a file."""

    at: dict[str, int]
    """The place of each known column."""
    width: int
    left_out: tuple[str, ...]
    """Columns that are not the ledger's."""


def read_header(cells: list[str], *, file: str) -> Layout:
    """The layout that the first line names; case and white space do not count.

    Raises :class:`FileInputError` for a column that is missing or there twice.
    """
    names = [cell.strip().lower() for cell in cells]
    if len(names) > MOST_COLUMNS:
        raise FileInputError(f"{len(names):,} columns are too many: is this the ledger's CSV?", file=file, line=1)
    known = [column for column in (*STANDARD, *OPTIONAL) if column in names]
    twice = next((name for name in known if names.count(name) > 1), None)
    if twice:
        raise FileInputError("this column is there twice: remove one", file=file, line=1, column=twice)
    left_out = tuple(dict.fromkeys(name for name in names if name and name not in known))
    missing = [column for column in NEEDED if column not in known]
    if missing:
        raise FileInputError(_missing(missing, names, left_out), file=file, line=1)
    return Layout({name: names.index(name) for name in known}, len(names), left_out)


def _missing(missing: list[str], names: list[str], left_out: tuple[str, ...]) -> str:
    if len(names) == 1 and (other := next((sign for sign in ";\t|" if sign in names[0]), None)):
        return f"the columns are separated by {other!r}: save the file with commas"
    if names[0][:1] in {"{", "["}:
        return "this is JSON, not CSV: name the format with --from"
    some = "there is no column" if len(missing) == 1 else "there are no columns"
    near = (name for name in left_out if len(name) < 2 * len(missing[0]))
    shown = ", ".join(quoted(name, limit=30) for name in names[:12])
    return f"{some} {', '.join(missing)}{did_you_mean(missing[0], near)}; the first line names {shown}"
