"""Cleodora's GraphQL answer to ``forecasts``. Its texts are escaped for HTML, and are read back.

Resolving a question there overwrites its deadline with that moment; the deadline that its forecasts were made under is
lost, and the report says so. Where the ledger has the question from an earlier export, it keeps the deadline of that.
"""

from __future__ import annotations

import html

from ledger.domain.kinds import Kind
from ledger.formats.building import SheetBuilder
from ledger.formats.choices import kind_of, state_choice, yes_of
from ledger.formats.fields import Fields, records_of
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

_WAYS = ("data.forecasts[].", "forecasts[].", "[].")
_STATES = {"resolved": "resolved", "not_applicable": "void", "unresolved": "open"}
NOT_APPLICABLE = "not applicable on Cleodora"


def _is_ours(head: Head) -> bool:
    return any(
        head.has_keys(f"{way}title", f"{way}resolves") or head.has_keys(f"{way}title", f"{way}estimates")
        for way in _WAYS
    )


def looks_like(material: Material) -> bool:
    """Whether a part has Cleodora's forecasts."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the answer says."""
    builder = SheetBuilder(material.name, "cleodora", given, unit="record")
    for part in builder.each(material, _is_ours):
        told = part.json()
        if isinstance(told, dict):
            inner = told.get("data", told)
            told = inner.get("forecasts") if isinstance(inner, dict) else None
        for one in records_of(told, builder, "forecasts"):
            _take(one, builder)
    return builder.finish()


def _said(told: Fields, name: str) -> str | None:
    text = told.text(name)
    return None if text is None else html.unescape(text)


def _take(told: Fields, builder: SheetBuilder) -> None:
    names: dict[str, bool] = {}
    for estimate in told.inners("estimates"):
        for each in estimate.inners("probabilities"):
            outcome = each.inner("outcome")
            text = html.unescape(outcome.needed("text"))
            names[text] = names.get(text, False) or outcome.text("correct") == "true"
    if not names:
        builder.remark("dropped", "questions without an estimate, whose options are not told", told.line)
        return
    place = builder.ask(told.line, _question(told, names, builder))
    for estimate in told.inners("estimates"):
        _estimate(estimate, place, builder)


def _question(told: Fields, names: dict[str, bool], builder: SheetBuilder) -> SheetQuestion:
    kind, options = kind_of(list(names))
    if options:
        options = builder.names(options, told.line)
    state = told.one_of("resolution", _STATES)
    ending = told.time("resolves", "closes", end=True)
    outcome = "void" if state == "void" else None
    if state == "resolved":
        outcome = _outcome(names, kind, builder, told.line)
        builder.remark("assumed", "deadlines that resolving overwrote: how long before it was forecast is not known",
                       told.line, "resolves")  # fmt: skip
    return SheetQuestion(
        f"cleodora:{told.needed('id')}", html.unescape(told.needed("title")),
        builder.deadline(ending, told.line, "resolves"), kind=kind, options=options,
        criteria=_said(told, "description"), opened_at=told.time("created"), outcome=outcome,
        known_at=ending if outcome not in {None, "void"} else None,
        void_reason=NOT_APPLICABLE if outcome == "void" else None, deadline_lost=state in {"resolved", "void"},
    )  # fmt: skip


def _outcome(names: dict[str, bool], kind: Kind, builder: SheetBuilder, line: int) -> str | None:
    happened = [name for name, correct in names.items() if correct]
    if len(happened) != 1:
        builder.remark("dropped", "outcomes of resolved questions that name no option as correct", line)
        return None
    if kind is not Kind.BINARY:
        return happened[0]
    return "yes" if list(names).index(happened[0]) == yes_of(list(names)) else "no"


def _estimate(estimate: Fields, place: int, builder: SheetBuilder) -> None:
    stated = []
    for each in estimate.inners("probabilities"):
        probability = each.probability("value", percent=True)
        if probability is not None:
            stated.append((html.unescape(each.inner("outcome").needed("text")), probability))
    if not stated:
        builder.remark("dropped", "estimates without a probability", estimate.line)
        return
    made_at = builder.made_at(estimate.time("created"), estimate.line, "created")
    extra = Extra(comment=_said(estimate, "reason"))
    state_choice(builder, place, builder.who(None, estimate.line), made_at, stated, estimate.line, extra)
