"""Predictions in YAML documents: the first says what they are about, each other one is a claim with a confidence.

There are no times in it: when the claims were made and until when they are, the person who imports says. A claim that
was excluded is void; one whose ``happened`` is empty is open.
"""

from __future__ import annotations

import re

from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.plain_keys import plain_key
from ledger.formats.plain_yaml import Document, documents
from ledger.formats.sheet import Sheet, SheetQuestion

_CLAIM = re.compile(r"^claim:", re.MULTILINE)
_CONFIDENCE = re.compile(r"^confidence:", re.MULTILINE)
_HAPPENED = {"true": "yes", "false": "no", "yes": "yes", "no": "no"}


def _is_ours(head: Head) -> bool:
    return _CLAIM.search(head.text) is not None and _CONFIDENCE.search(head.text) is not None


def looks_like(material: Material) -> bool:
    """Whether a part has claims with confidences."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the claims say."""
    builder = SheetBuilder(material.name, "adiabatic", given)
    for part in builder.each(material, _is_ours):
        about: Document | None = None
        for document in documents(part.text(), file=part.name):
            if "claim" not in document.values and "hash" not in document.values and about is None:
                about = document
            else:
                _take(document, about, builder)
    return builder.finish()


def _take(document: Document, about: Document | None, builder: SheetBuilder) -> None:
    line = document.line
    told = Fields(document.values, builder, line)
    title = told.text("claim")
    if title is None:
        builder.remark("dropped", "documents without a claim, such as those of which only a hash is shown", line)
        return
    meta = Fields({} if about is None else about.values, builder, line)
    excluded = told.text("cause for exclusion")
    about_all = " — ".join(part for part in (meta.text("title"), meta.text("scope")) if part)
    criteria = "\n\n".join(part for part in (about_all, told.text("notes")) if part)
    place = builder.ask(line, SheetQuestion(
        plain_key("adiabatic", meta.text("title"), meta.text("scope"), title), title,
        builder.deadline(None, line, "deadline"), criteria=criteria or None, tags=_tags(document),
        outcome="void" if excluded else told.one_of("happened", _HAPPENED), void_reason=excluded,
    ))  # fmt: skip
    probability = told.probability("confidence", percent=True)
    if probability is None:
        builder.remark("dropped", "claims without a confidence", line)
        return
    builder.state(place, builder.who(None, line), builder.made_at(None, line, "made_at"), probability, line)


def _tags(document: Document) -> tuple[str, ...]:
    tags = document.values.get("tags")
    return tuple(tags) if isinstance(tags, list) else (tags,) if isinstance(tags, str) else ()
