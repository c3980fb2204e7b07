"""What the facts and the text of each kind of entry hold: the check of a journal that came from elsewhere.

Shapes only: whether the question that a forecast names is there, open, and of the right kind is for the
rules of recording to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from ledger.domain.text import quoted
from ledger.errors import InputError
from ledger.journal import review_values as of_reviews
from ledger.journal import values as is_
from ledger.journal.canonical import Json, read_canonical_object
from ledger.journal.entry import KINDS

Test: TypeAlias = Callable[[Json], bool]


@dataclass(frozen=True)
class Shape:
    """The keys that an object must and may have, each with the test of its value; of ``one_of`` just one is there."""

    required: Mapping[str, Test] = field(default_factory=dict)
    optional: Mapping[str, Test] = field(default_factory=dict)
    one_of: Mapping[str, Test] = field(default_factory=dict)

    @cached_property
    def _known(self) -> Mapping[str, Test]:
        return {**self.required, **self.optional, **self.one_of}

    def check(self, found: Mapping[str, Json], what: str) -> None:
        """Raise InputError, naming the key, unless ``found`` has this shape; ``what`` begins the message."""
        for key, value in found.items():
            test = self._known.get(key)
            if test is None:
                raise InputError(f"{what}: {quoted(key)} is not known")
            if not test(value):
                raise InputError(f"{what}: {key!r} is not {is_.meaning(test)}")
        if not self.required.keys() <= found.keys():
            missing = next(key for key in self.required if key not in found)
            raise InputError(f"{what}: {missing!r} is missing")
        if self.one_of and len(self.one_of.keys() & found.keys()) != 1:
            raise InputError(f"{what}: just one is needed of {', '.join(map(repr, self.one_of))}")


_FORECAST = {"p": is_.probability, "vector": is_.vector, "quantiles": is_.quantiles}

FACTS: Mapping[str, Shape] = {
    "forecaster": Shape({"forecaster": is_.number}),
    "source": Shape({"source": is_.number}, {"published": is_.date}),
    "question": Shape(
        {"question": is_.number, "key": is_.digest, "kind": is_.question_kind, "deadline": is_.instant},
        {
            "opened_at": is_.instant,
            "zone": is_.word,
            "source": is_.number,
            "options": is_.number,
            "condition": is_.condition,
            "deadline_from": is_.deadline_from,
        },
    ),
    "forecast": Shape(
        {"question": is_.number, "forecaster": is_.number, "made_at": is_.instant},
        {
            "typed": is_.word,
            "low": is_.probability,
            "high": is_.probability,
            "scale": is_.word,
            "term": is_.word,
            "place": is_.number,
        },
        _FORECAST,
    ),
    "withdraw": Shape({"question": is_.number, "forecaster": is_.number, "at": is_.instant}),
    "correct": Shape({"forecast": is_.number}, {"typed": is_.word}, _FORECAST),
    "resolve": Shape(
        {"question": is_.number, "outcome": is_.outcome}, {"known_at": is_.instant, "supersedes": is_.number}
    ),
    "void": Shape({"question": is_.number}, {"known_at": is_.instant, "supersedes": is_.number}),
    "reopen": Shape({"question": is_.number, "supersedes": is_.number}),
    "edit": Shape(
        {"question": is_.number, "changed": is_.words},
        {"deadline": is_.instant, "zone": is_.word, "condition": is_.condition},
    ),
    "snooze": Shape({"question": is_.number, "until": is_.instant}, {"zone": is_.word}),
    "look_again": Shape({"question": is_.number}, {"zone": is_.word}, {"at": is_.instant, "takes_back": is_.number}),
    "review_rules": Shape(
        {"zone": is_.word},
        {"stale": of_reviews.share, "repeat": of_reviews.ascending_days, "weekly": of_reviews.weekly},
    ),
    "announced": Shape({"channel": is_.word}, {"said": of_reviews.announcements, "weekly": is_.instant}),
    "redact": Shape({"entries": is_.numbers}),
}

_REASON = {"reason": is_.text}

TEXTS: Mapping[str, Shape] = {
    "forecaster": Shape({"name": is_.text}),
    "source": Shape(optional=dict.fromkeys(("author", "title", "publisher", "url", "archive"), is_.text)),
    "question": Shape(
        {"key": is_.text, "title": is_.text},
        {"criteria": is_.text, "tags": is_.texts, "options": is_.texts, "section": is_.text},
    ),
    "forecast": Shape(optional=dict.fromkeys(("hedge", "reason", "comment"), is_.text)),
    "withdraw": Shape(optional=_REASON),
    "correct": Shape(_REASON),
    "resolve": Shape(optional={"evidence": is_.text, "note": is_.text}),
    "void": Shape(_REASON),
    "reopen": Shape(_REASON),
    "edit": Shape(optional={"title": is_.text, "criteria": is_.text, "tags": is_.texts, **_REASON}),
    "snooze": Shape(optional=_REASON),
    "look_again": Shape(optional=_REASON),
    "review_rules": Shape(),
    "announced": Shape(),
    "redact": Shape(_REASON),
}


def check_facts(kind: str, facts: str) -> dict[str, Json]:
    """The facts of an entry, read; InputError when they are not canonical or not of the shape of ``kind``."""
    return _checked(FACTS, "facts", kind, facts)


def check_text(kind: str, text: str) -> dict[str, Json]:
    """The text of an entry, read; InputError when it is not canonical or not of the shape of ``kind``."""
    return _checked(TEXTS, "text", kind, text)


def _checked(shapes: Mapping[str, Shape], part: str, kind: str, text: str) -> dict[str, Json]:
    shape = shapes.get(kind)
    if shape is None:
        raise InputError(f"unknown kind of entry {quoted(kind)}: one of {', '.join(KINDS)}")
    what = f"{part} of kind {kind}"
    try:
        found = read_canonical_object(text)
    except InputError as error:
        raise InputError(f"{what}: {error}") from None
    shape.check(found, what)
    return found
