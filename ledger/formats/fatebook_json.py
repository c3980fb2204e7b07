"""Fatebook's API: the answer of ``getQuestions`` (or a list of its questions), and that of ``getQuestion``.

A question is known as ``fatebook:`` and its id; the single ``getQuestion`` has none, and is known by a digest of its
title and when it was asked. An option of a multiple choice is a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.domain.text import quoted
from ledger.formats.building import SheetBuilder
from ledger.formats.fatebook_terms import (
    OPTIONS,
    RESOLUTIONS,
    SOURCE,
    digest_key,
    tell_midnight,
    titled,
    void_reason,
)
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

_BESIDE = ("resolveBy", "sharedPublicly", "hideForecastsUntil", "yourLatestPrediction", "questionScores")


def _is_ours(head: Head) -> bool:
    return any(
        head.has_keys(f"{way}title") and any(f"{way}{name}" in head.shape for name in _BESIDE)
        for way in ("items[].", "[].", "")
    )


def looks_like(material: Material) -> bool:
    """Whether a part has Fatebook's questions."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the API answered."""
    builder = SheetBuilder(material.name, "fatebook-json", given, unit="record", source=SOURCE)
    for part in builder.each(material, _is_ours):
        told = part.json()
        if isinstance(told, dict):
            told = told.get("items", [told])
        for question in records_of(told, builder, "items"):
            _take(question, builder)
    return builder.finish()


def _take(told: Fields, builder: SheetBuilder) -> None:
    kind = (told.text("type") or "BINARY").upper()
    if kind not in {"BINARY", "MULTIPLE_CHOICE"}:
        builder.remark("dropped", f"questions of type {quoted(kind, limit=30)}", told.line, "type")
        return
    key = f"fatebook:{told.text('id')}" if told.text("id") else digest_key(told.needed("title"), told.time("createdAt"))
    if comments := len(told.items("comments")):
        builder.remark("dropped", "comments on questions", told.line, "comments", count=comments)
    if kind == "BINARY":
        place = builder.ask(told.line, _question(told, told, key, None, builder))
        for forecast in told.inners("forecasts"):
            _state(forecast, place, builder)
    else:
        _options(told, key, builder)


def _options(told: Fields, key: str, builder: SheetBuilder) -> None:
    options = list(told.inners("options")) or list(_named(told))
    for option in options:
        name = option.needed("text")
        builder.remark("assumed", OPTIONS, told.line, "options")
        asked = _question(told, option, f"{key}:{option.text('id') or name}", name, builder)
        place = builder.ask(told.line, asked)
        for forecast in option.inners("forecasts"):
            _state(forecast, place, builder)
        for forecast in told.inners("forecasts"):
            if name == forecast.inner("option").text("text") or option.text("id") == (forecast.text("optionId") or "-"):
                _state(forecast, place, builder)


def _named(told: Fields) -> Iterator[Fields]:
    """The options that a single question's forecasts name."""
    seen = set()
    for forecast in told.inners("forecasts"):
        option = forecast.inner("option")
        if (name := option.text("text")) and name not in seen:
            seen.add(name)
            yield option


def _question(told: Fields, settled: Fields, key: str, option: str | None, builder: SheetBuilder) -> SheetQuestion:
    word = settled.text("resolution")
    if option is not None and word is None and told.text("resolution"):
        word = _of_option(told.needed("resolution"), option)
    outcome = None if word is None else Fields({"resolution": word}, builder, told.line).one_of(
        "resolution", RESOLUTIONS
    )  # fmt: skip
    known_at = (settled.time("resolvedAt") or told.time("resolvedAt")) if outcome else None
    by = told.time("resolveBy", end=True)
    deadline = builder.deadline(by if by is not None else known_at, told.line, "resolveBy")
    if by is not None:
        tell_midnight(builder, by, told.line)
    tags = tuple(tag.text("name") or "" for tag in told.inners("tags"))
    return SheetQuestion(
        key, titled(told.needed("title"), option), deadline, criteria=told.text("notes"),
        opened_at=told.time("createdAt"), tags=tags, outcome=outcome, known_at=known_at,
        void_reason=void_reason(outcome),
    )  # fmt: skip


def _of_option(word: str, option: str) -> str:
    """What the resolution of a whole multiple choice means for one of its options."""
    if word.upper() in {"AMBIGUOUS", "NO"}:
        return word
    return "YES" if word == option else "NO"


def _state(forecast: Fields, place: int, builder: SheetBuilder) -> None:
    probability = forecast.probability("forecast")
    if probability is None:
        builder.remark("dropped", "forecasts without a number", forecast.line, "forecast")
        return
    user = forecast.inner("user")
    number = user.text("id") or forecast.text("userId")
    who = builder.who(user.text("name") or (f"Fatebook user {number}" if number else None), forecast.line)
    made_at = builder.made_at(forecast.time("createdAt"), forecast.line, "createdAt")
    comment = forecast.text("comment")
    extra = Extra(comment=comment) if comment else None
    builder.state(place, who, made_at, probability, forecast.line, extra)
