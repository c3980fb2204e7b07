"""The lines of predict, resolve, tally: a state, a day, a probability in percent and a statement, separated by tabs.

The day is that of the resolution. When it was stated, the file does not say.
"""

from __future__ import annotations

import re

from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.plain_keys import plain_key
from ledger.formats.sheet import Sheet, SheetQuestion

_LINE = re.compile(r"(UNRESOLVED|TRUE|FALSE)\t[^\t]*\t[^\t]*\t.*", re.IGNORECASE)
_STATES = {"unresolved": None, "true": "yes", "false": "no"}


def _is_ours(head: Head) -> bool:
    lines = [line for line in head.text.split("\n")[:20] if line.strip()]
    return bool(lines) and _LINE.fullmatch(lines[0].rstrip()) is not None


def looks_like(material: Material) -> bool:
    """Whether a part has such lines."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the lines say."""
    builder = SheetBuilder(material.name, "prt", given)
    for part in builder.each(material, _is_ours):
        for line, text in enumerate(part.text().split("\n"), 1):
            if text.strip():
                _take(text, line, builder)
    return builder.finish()


def _take(text: str, line: int, builder: SheetBuilder) -> None:
    cells = text.split("\t", 3)
    if len(cells) < 4:
        raise builder.refuse("four parts separated by tabs were expected: state, day, percent, statement", line)
    row = Fields(dict(zip(("state", "day", "probability", "statement"), cells, strict=True)), builder, line)
    title = row.needed("statement")
    place = builder.ask(line, SheetQuestion(
        plain_key("prt", title, row.text("day")), title, builder.deadline(row.time("day", end=True), line, "day"),
        outcome=row.one_of("state", _STATES),
    ))  # fmt: skip
    probability = row.probability("probability", percent=True)
    if probability is None:
        raise row.refuse("this may not be empty", "probability")
    builder.state(place, builder.who(None, line), builder.made_at(None, line, "made_at"), probability, line)
