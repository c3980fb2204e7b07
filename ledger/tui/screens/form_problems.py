"""A refusal of the services, told at the field it is about and in the form's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.errors import LedgerError

_FIELDS = {
    "--by": ("by", "the deadline"),
    "--made-at": ("made_at", "made at"),
    "--opened-at": ("made_at", "made at"),
    "--option": ("options", "an option"),
    "--quantile": ("quantiles", "a quantile"),
    "--kind": ("kind", "kind"),
    "--tag": ("tags", "tag"),
    "--source": ("source", "source"),
    "--forecaster": ("forecaster", "forecaster"),
    "--if": ("condition", "only if"),
    "--criteria": ("criteria", "criteria"),
    "--reason": ("reason", "reason"),
    "--hedge": ("forecast", "the words in quotes"),
    "--term": ("forecast", "a word of the scale"),
    "--scale": ("forecast", "scale"),
    "--range": ("forecast", "a range"),
    "--zone": ("zone", "zone"),
    "the title": ("title", "the title"),
    "the deadline": ("by", "the deadline"),
}
_OPTION = re.compile(r"--[a-z-]+|the title|the deadline")


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field; ``None`` where it is about none."""

    field: str | None
    words: str


class FieldsWrongError(LedgerError):
    """A form that cannot be recorded as it is, with a line for each field."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        """Keep the lines."""
        self.wrong = list(wrong)
        super().__init__("; ".join(one.words for one in wrong))


def told_of(problem: LedgerError) -> Wrong:
    """The field that a refusal begins with, and the refusal without the options of a command line."""
    told = str(problem)
    first = _OPTION.match(told)
    field = _FIELDS[first[0]][0] if first and first[0] in _FIELDS else _field_within(told)
    return Wrong(field, _OPTION.sub(lambda found: _FIELDS.get(found[0], ("", found[0]))[1], told))


def _field_within(told: str) -> str | None:
    if "option" in told or "probabilities of exclusive" in told:
        return "options"
    return "quantiles" if "quantile" in told else None
