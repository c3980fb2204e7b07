"""Which column of somebody's own table is what, and how its values are meant: said, guessed, kept in a file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ledger.domain.text import quoted
from ledger.domain.words import did_you_mean
from ledger.errors import FileInputError, InputError

FIELDS = {
    "title": "what is asked",
    "probability": "how likely it was said to be",
    "forecast_at": "when that was said",
    "deadline": "until when it is to happen",
    "outcome": "what happened",
    "resolved_at": "since when that was known",
    "opened_at": "when the question was asked",
    "forecaster": "who said it",
    "question_id": "the question's own key",
    "tags": "tags",
    "criteria": "the fine print",
    "source_url": "where it was published",
    "reason": "why it was said",
    "comment": "a comment on it",
    "evidence": "what shows the outcome",
}
"""What a column can be, in the order in which it is shown."""
MEANINGS = ("yes", "no", "void", "open")
"""What a word in the column of outcomes can mean."""
UNITS = ("fraction", "percent")
ORDERS = ("dmy", "mdy")
_MANNERS = {"probability.unit": UNITS, "dates": ORDERS}
LARGEST_FILE = 1 << 16


@dataclass(frozen=True, slots=True)
class Columns:
    """A mapping: complete as it is used, with gaps as somebody says it (what is absent is guessed)."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """By field the name of its column; an empty name for a field that is to have none."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """By a word of the column of outcomes, in small letters, one of :data:`MEANINGS`."""
    unit: str | None = None
    """Whether probabilities without a sign are fractions of 1 or percent."""
    order: str | None = None
    """Whether the day stands before the month in 3/4/2026."""
    scale: str | None = None
    """The scale whose terms the words for probabilities are."""

    def over(self, other: Columns) -> Columns:
        """This, and where it says nothing, ``other``."""
        return Columns(
            {**other.columns, **self.columns},
            {**other.outcomes, **self.outcomes},
            self.unit or other.unit,
            self.order or other.order,
            self.scale or other.scale,
        )


def read_options(told: Iterable[str]) -> Columns:
    """What ``--map`` says: each ``field=column``, ``outcome.yes=word``, ``probability.unit=percent``, ``dates=dmy``."""
    mapping = Columns()
    for one in told:
        name, sign, value = one.partition("=")
        if not sign:
            raise InputError(f"--map {quoted(one)} has no '=': write a field and its column, as title=\"My question\"")
        if not name.strip():
            forms = f'write field=column, as title="My question"; the fields are {", ".join(FIELDS)}'
            raise InputError(f"--map {quoted(one)} has no field before the '=': {forms}")
        mapping = _with(mapping, name.strip().lower(), value.strip())
    return mapping


def _with(mapping: Columns, name: str, value: str) -> Columns:
    if name in FIELDS:
        return replace(mapping, columns={**mapping.columns, name: value})
    if name.startswith("outcome.") and name.partition(".")[2] in MEANINGS:
        return replace(mapping, outcomes={**mapping.outcomes, value.casefold(): name.partition(".")[2]})
    if name == "probability.scale":
        return replace(mapping, scale=value)
    if name in _MANNERS:
        if value.lower() not in _MANNERS[name]:
            raise InputError(f"--map {name}={value}: write {' or '.join(_MANNERS[name])}")
        said = value.lower()
        return replace(mapping, order=said) if name == "dates" else replace(mapping, unit=said)
    known = [*FIELDS, *(f"outcome.{one}" for one in MEANINGS), *_MANNERS, "probability.scale"]
    raise InputError(f"--map {quoted(name)} is none of: {', '.join(known)}{did_you_mean(name, known)}")


def read_mapping(text: str, *, file: str) -> Columns:
    """The mapping that :func:`mapping_text` made ``text`` of, perhaps changed by hand."""
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileInputError(f"is not TOML: {error}", file=file) from None
    mapping = Columns()
    for name, value in _pairs(told, file):
        try:
            mapping = _with(mapping, name, value)
        except InputError as error:
            raise FileInputError(str(error).removeprefix("--map "), file=file) from None
    return mapping


def _pairs(told: Mapping[str, object], file: str) -> Iterable[tuple[str, str]]:
    for section, values in told.items():
        if section not in {"columns", "outcomes", "values"} or not isinstance(values, dict):
            raise FileInputError(f"{quoted(section)} is none of: [columns], [outcomes], [values]", file=file)
        for name, value in values.items():
            if not isinstance(value, str):
                raise FileInputError(f"{quoted(name)} is to be text in quotes", file=file)
            yield (f"outcome.{value}", name) if section == "outcomes" else (name, value)


def mapping_text(mapping: Columns) -> str:
    """A mapping as TOML, for ``--map-file``."""
    values = {"probability.unit": mapping.unit, "dates": mapping.order, "probability.scale": mapping.scale}
    lines = ["# How the columns of a table are read: forecast import TABLE --map-file THIS", "", "[columns]"]
    lines += [f"{name} = {_string(mapping.columns[name])}" for name in FIELDS if mapping.columns.get(name) is not None]
    lines += ["", "[outcomes]", *(f"{_string(word)} = {_string(said)}" for word, said in mapping.outcomes.items())]
    lines += ["", "[values]", *(f"{_string(name)} = {_string(said)}" for name, said in values.items() if said)]
    return "\n".join(lines) + "\n"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
