"""A Markdown table of predictions: the prediction, how confident, the date, how to verify it.

A confidence in words comes in as a hedge where exactly one shipped scale has it as a term; the words stay. Other words
are nobody's number: their predictions come in without a statement.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from ledger.data_files import load_scale, shipped_scales
from ledger.domain.instants import Instant
from ledger.domain.probability import Probability, parse_probability
from ledger.domain.scale_files import read_scale
from ledger.domain.scales import Scale, reading
from ledger.errors import InputError, NotFoundError
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material, Part
from ledger.formats.plain_keys import plain_key
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

LONGEST_LINE = 10_000
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?")
_NUMBER = re.compile(r"[0-9.]+\s*%?")
_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)


def _cells(line: str) -> list[str]:
    inside = line.strip().removeprefix("|")
    inside = inside[:-1] if inside.endswith("|") and not inside.endswith("\\|") else inside
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(inside)]


def _header(line: str) -> list[str]:
    names = [cell.casefold().strip("*_ ") for cell in _cells(line)] if "|" in line else []
    return names if {"prediction", "confidence", "date"} <= set(names) else []


def _is_ours(head: Head) -> bool:
    return any(_header(line) for line in head.text.split("\n")[:500] if len(line) <= LONGEST_LINE)


def looks_like(material: Material) -> bool:
    """Whether a part has such a table."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the tables say."""
    scales = [read_scale(load_scale(name)) for name in shipped_scales()]
    builder = SheetBuilder(material.name, "markdown", given)
    for part in builder.each(material, _is_ours):
        for row in _rows(part, builder):
            _take(row, scales, builder)
    return builder.finish()


def _rows(part: Part, builder: SheetBuilder) -> Iterator[Fields]:
    header: list[str] = []
    for line, text in enumerate(part.text().split("\n"), 1):
        if len(text) > LONGEST_LINE:
            raise builder.refuse(f"a line of {len(text):,} characters: {LONGEST_LINE:,} are the most", line)
        if found := _header(text):
            header = found
        elif header and "|" not in text:
            header = []
        elif header and not _RULE.fullmatch(text.strip()):
            cells = _cells(text)
            if len(cells) != len(header):
                raise builder.refuse(f"{len(cells)} cells under {len(header)} columns", line)
            yield Fields(dict(zip(header, cells, strict=True)), builder, line)


def _take(row: Fields, scales: list[Scale], builder: SheetBuilder) -> None:
    title = row.needed("prediction")
    place = builder.ask(row.line, SheetQuestion(
        plain_key("markdown", title, row.text("date")), title, _deadline(row, builder),
        criteria=row.text("how to verify"),
    ))  # fmt: skip
    probability, extra = _stated(row, scales, builder)
    if probability is not None:
        made_at = builder.made_at(None, row.line, "made_at")
        builder.state(place, builder.who(None, row.line), made_at, probability, row.line, extra)


def _deadline(row: Fields, builder: SheetBuilder) -> Instant:
    told = row.text("date") or ""
    if found := _MONTH.fullmatch(told):
        year, month = int(found[1]), int(found[2] or 12)
        if 1 <= month <= 12 and year:
            builder.remark("assumed", "years and months without a day are their last day", row.line, "date")
            told = f"{year:04}-{month:02}-{monthrange(year, month)[1]:02}"
    if builder.given.deadline is not None and not told[:4].isdigit():
        return builder.deadline(None, row.line, "date")
    return builder.deadline(Fields({"date": told}, builder, row.line).time("date", end=True), row.line, "date")


def _stated(row: Fields, scales: list[Scale], builder: SheetBuilder) -> tuple[Probability | None, Extra | None]:
    words = row.text("confidence")
    if words is None:
        builder.remark("dropped", "predictions without a confidence, beyond their question", row.line)
        return None, None
    if _NUMBER.fullmatch(words):
        return row.read("confidence", parse_probability), None
    try:
        read_as = reading(words, scales)
    except (NotFoundError, InputError):
        builder.remark("dropped", "confidences in words that no scale has, or several: state them with a number",
                       row.line, "confidence")  # fmt: skip
        return None, None
    builder.remark("derived", "probabilities from words, read with a scale", row.line, "confidence")
    extra = Extra(hedge=words, term=read_as.term, scale=read_as.scale, low=read_as.low, high=read_as.high)
    return read_as.best, extra
