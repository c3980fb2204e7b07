"""A scale read from the mapping that its TOML file holds, and checked against what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from ledger.domain.probability import Probability, parse_probability
from ledger.domain.scales import Scale, Term, midpoint
from ledger.errors import InputError

STRUCTURES = ("partition", "gaps", "nested")
_TERM_FIELDS = {"term": str, "low": str, "high": str, "synonyms": list, "low_open": bool, "high_open": bool}
_TERM_FIELDS |= {"additional": bool}
_SCALE_FIELDS = {"name": str, "title": str, "structure": str, "provenance": dict, "terms": list}


def read_scale(data: Mapping[str, Any]) -> Scale:
    """The scale in ``data``, the content of one file of ``db/scales``.

    Raises :class:`InputError`, naming scale and term, for a missing, unknown or mistyped field, a limit that is
    no probability in text, limits the wrong way round, a wording used twice, or ranges that contradict
    ``structure``.
    """
    where = f"scale {data.get('name')!r}"
    _check_fields(data, _SCALE_FIELDS, required=tuple(_SCALE_FIELDS), where=where)
    terms = tuple(_read_term(term, where) for term in data["terms"])
    names = [name.casefold() for term in terms for name in term.names]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{where}: {name!r} is there twice")
    if data["structure"] not in STRUCTURES or structure_of(terms) != data["structure"]:
        raise InputError(f"{where}: it calls itself {data['structure']!r}, but its ranges are {structure_of(terms)!r}")
    provenance = {key: str(value) for key, value in data["provenance"].items()}
    return Scale(data["name"], data["title"], data["structure"], terms, provenance)


def structure_of(terms: tuple[Term, ...]) -> str:
    """``nested`` when two ranges overlap, else ``gaps`` when neighbours do not meet, else ``partition``."""
    ranges = sorted((term.low.value, term.high.value) for term in terms)
    if any(low < high for (_, high), (low, _) in pairwise(ranges)):
        return "nested"
    return "gaps" if any(low > high for (_, high), (low, _) in pairwise(ranges)) else "partition"


def _read_term(data: object, where: str) -> Term:
    if not isinstance(data, Mapping):
        raise InputError(f"{where}: a term is {data!r}; write it as a table with term, low and high")
    where = f"{where}, term {data.get('term')!r}"
    _check_fields(data, _TERM_FIELDS, required=("term", "low", "high"), where=where)
    low, high = (_limit(data[end], where) for end in ("low", "high"))
    if low.value > high.value:
        raise InputError(f"{where}: low {low.decimal} is above high {high.decimal}")
    synonyms = tuple(map(str, data.get("synonyms", ())))
    flags = {flag: data.get(flag, False) for flag in ("low_open", "high_open", "additional")}
    return Term(data["term"], low, high, midpoint(low, high), synonyms, **flags)


def _limit(text: str, where: str) -> Probability:
    try:
        return Probability((kept := parse_probability(text)).value, kept.decimal)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def _check_fields(
    data: Mapping[str, Any], fields: Mapping[str, type], *, required: tuple[str, ...], where: str
) -> None:
    for field in required:
        if field not in data:
            raise InputError(f"{where}: {field!r} is missing")
    for field, value in data.items():
        if field not in fields:
            raise InputError(f"{where}: {field!r} is not a field of it; the fields are {', '.join(fields)}")
        if not isinstance(value, fields[field]):
            raise InputError(f"{where}: {field!r} is {value!r}, which is no {fields[field].__name__}")
