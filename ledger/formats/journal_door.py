"""The journal of a ledger as one of the formats that are recognised; its entries are adopted, not read as a sheet."""

from __future__ import annotations

from ledger.errors import InputError
from ledger.formats.given import Given
from ledger.formats.opening import Material
from ledger.formats.sheet import Sheet

_KEYS = frozenset({"command", "commitment", "facts", "head", "kind", "position", "recorded_at", "salt", "seq", "v"})
_TELLING = 3


def looks_like(material: Material) -> bool:
    """Whether the first line is an entry, or nearly one."""
    heads = material.heads
    return len(heads) == 1 and heads[0].text.lstrip()[:1] == "{" and len(_KEYS & heads[0].shape) >= _TELLING


def read(material: Material, given: Given) -> Sheet:
    """Never: a journal is no sheet."""
    raise InputError(f"{material.name} is a journal, whose entries are adopted as they are")
