"""The ledger's own CSV as one of the formats that are recognised."""

from __future__ import annotations

import io
import re

from ledger.formats.given import Given
from ledger.formats.opening import Material
from ledger.formats.own_csv.reader import read_csv
from ledger.formats.own_table import is_own
from ledger.formats.sheet import Sheet


def looks_like(material: Material) -> bool:
    """Whether the first line names columns of ours, or there is nothing at all."""
    heads = material.heads
    if len(heads) != 1 or heads[0].is_json or heads[0].octets.startswith(b"PK"):
        return False
    first = next(iter(heads[0].text.lstrip("\r\n").splitlines()), "")
    named = {cell.strip(' "\t').lower() for cell in re.split("[,;\t|]", first)}
    return not heads[0].text.strip() or is_own(named)


def read(material: Material, given: Given) -> Sheet:
    """What the file says; its times have zones and its forecasters names, so nothing is ``given``."""
    part = material.parts[0]
    if part.member is not None:
        return read_csv(io.BytesIO(part.octets()), name=part.name, progress=material.progress)
    return read_csv(part.path, name=part.path.name, progress=material.progress)
