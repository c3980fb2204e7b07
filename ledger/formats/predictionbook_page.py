"""Saved pages of PredictionBook, each the page of one prediction: its title, times, judgement and responses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ledger.domain.instants import Instant
from ledger.formats.building import SheetBuilder
from ledger.formats.fields import Fields
from ledger.formats.given import Given
from ledger.formats.heads import Head
from ledger.formats.opening import Material, Part
from ledger.formats.predictionbook_terms import OUTCOMES, SOURCE, WITHDRAWN, key_of
from ledger.formats.saved_pages import Element, read_page
from ledger.formats.sheet import Extra, Sheet, SheetQuestion

_ADDRESS = re.compile(r"/predictions/([0-9]{1,12})(?![0-9])")


def _is_ours(head: Head) -> bool:
    start = head.text.lstrip()[:200].lower()
    return start.startswith(("<!doctype html", "<html", "<!-- saved from")) and "PredictionBook" in head.text


def looks_like(material: Material) -> bool:
    """Whether a part is a page of the site."""
    return any(map(_is_ours, material.heads))


def read(material: Material, given: Given) -> Sheet:
    """What the pages say; lines are those of each page."""
    builder = SheetBuilder(material.name, "predictionbook-page", given, source=SOURCE)
    for part in builder.each(material, _is_ours):
        _take(part, builder)
    return builder.finish()


def _take(part: Part, builder: SheetBuilder) -> None:
    page, comments = read_page(part.text(), file=part.name)
    title = page.find("h1")
    responses = next((one for one in page.find_all("ul") if one.attributes.get("id") == "responses"), None)
    if title is None or responses is None:
        problem = f"{part.name} has no prediction: save the page of a single one, where its responses are listed"
        raise builder.refuse(problem)
    times = _times(page, title, responses, builder)
    name = title.text(without=title.find("a", "edit"))
    outcome, known_at = _judged(page, title, builder)
    asked_at = times[0] if times else None
    place = builder.ask(title.line, SheetQuestion(
        key_of(_number(page, comments), name, asked_at), name,
        builder.deadline(times[1] if len(times) > 1 else None, title.line, "known"), opened_at=asked_at,
        outcome=outcome, known_at=known_at, void_reason=WITHDRAWN if outcome == "void" else None,
    ))  # fmt: skip
    for response in responses.find_all("li", "response"):
        _respond(response, place, builder)


def _times(page: Element, title: Element, responses: Element, builder: SheetBuilder) -> list[Instant]:
    """The times that stand between the title and the responses: when it was asked, when it is known, and so on."""
    inside = list(page.inside())
    between = inside[inside.index(title) : inside.index(responses)]
    return [at for one in between if one.has_class("date") if (at := _time(one, builder)) is not None]


def _time(date: Element, builder: SheetBuilder) -> Instant | None:
    return Fields({"date": date.attributes.get("title", "")}, builder, date.line).time("date")


def _number(page: Element, comments: Iterable[str]) -> str | None:
    """The number of the prediction, from where the page was saved, or from its own forms and links."""
    own = (one.attributes.get("action") or one.attributes.get("href") or "" for one in page.inside())
    edits = (way for way in own if way.endswith(("/judge", "/edit", "/withdraw")))
    for way in (*(one for one in comments if "saved from" in one), *edits):
        if found := _ADDRESS.search(way):
            return found[1]
    return None


def _judged(page: Element, title: Element, builder: SheetBuilder) -> tuple[str | None, Instant | None]:
    if title.has_class("withdrawn"):
        return "void", None
    judgement = page.find("span", "judgement")
    if judgement is None:
        return None, None
    word, date = judgement.find("span", "outcome"), judgement.find("span", "date")
    outcome = None if word is None else OUTCOMES.get(word.text().lower())
    return outcome, None if outcome is None or date is None else _time(date, builder)


def _respond(response: Element, place: int, builder: SheetBuilder) -> None:
    line = response.line
    confidence, user = response.find("span", "confidence"), response.find("a", "user")
    if confidence is None:
        builder.remark("dropped", "responses that are comments without a confidence", line)
        return
    probability = Fields({"confidence": confidence.text()}, builder, line).probability("confidence", percent=True)
    date, comment = response.find("span", "date"), response.find("span", "comment")
    made_at = builder.made_at(None if date is None else _time(date, builder), line, "date")
    extra = None if comment is None or not comment.text() else Extra(comment=comment.text())
    who = builder.who(None if user is None else user.text(), line)
    if probability is not None:
        builder.state(place, who, made_at, probability, line, extra)
