"""What the help says: the screen in front, its keys as the user has them, the filters, the signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ledger.domain.kinds import Status
from ledger.services.query_words import FIELDS
from ledger.tui.actions import REGISTRY, Action
from ledger.tui.widgets.columns import SIGNS

Row = tuple[str, str]
"""What stands at the left (a key, a sign, a field), and what it means."""

_STATUS = {
    Status.DUE: "due: the deadline has passed, and nobody has said what happened",
    Status.OPEN: "open: the deadline is ahead",
    Status.WAITING: "waiting for the question that it needs",
    Status.RESOLVED: "settled",
    Status.VOID: "void: out of the count, with a reason",
}
_FORMS = (
    ("70%  0.7  7:3", "a probability; 7:3 are odds, for and against"),
    ("20-40%", "a range, scored at its middle; 20-40%, 35% at 35 %"),
    ("unlikely", "a word of the scale, scored at the middle of its range"),
    ('"might well" 60%', "printed words, and what they are read as"),
    ("end of next month", "a time in words; also in 3 weeks, next friday, 2027-01-31 18:00"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a text or none, and rows."""

    title: str
    text: str = ""
    rows: tuple[Row, ...] = ()

    def narrowed(self, words: str) -> Section | None:
        """Only the rows with all of ``words``; ``None`` where nothing is left."""
        sought = words.casefold().split()
        if not sought:
            return self
        rows = tuple(row for row in self.rows if all(word in " ".join(row).casefold() for word in sought))
        text = self.text if all(word in self.text.casefold() for word in sought) else ""
        return replace(self, text=text, rows=rows) if rows or text else None


def sections(place: str, text: str, topics: Iterable[str], keys: Mapping[str, str]) -> list[Section]:
    """The whole help of a screen called ``place`` with its ``topics``; ``keys`` is the user's key map."""
    here = [topic for topic in dict.fromkeys(topics) if topic in REGISTRY and topic != "everywhere"]
    return [
        Section(place.capitalize(), text),
        *(Section(f"Keys: {words_of(topic)}", rows=_rows(REGISTRY[topic], keys)) for topic in here),
        Section("Keys: everywhere", rows=_rows(REGISTRY["everywhere"], keys)),
        Section("Filters", "Words that stand alone are looked for in titles and criteria.", tuple(_fields())),
        Section("What can be typed", rows=_FORMS),
        Section("Signs", rows=tuple((SIGNS[status], meaning) for status, meaning in _STATUS.items())),
        Section("Scores", "Every score says its form, 0–1 or 0–2; lower is better. 6 changes the form, and the keys."),
    ]


def words_of(topic: str) -> str:
    """A topic as people read it."""
    return topic.replace("_", " ")


def _fields() -> Iterable[Row]:
    yield from ((f"{name}:", meaning) for name, meaning in FIELDS.items())


def _rows(actions: Iterable[Action], keys: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple((keys_shown(keys.get(one.name, one.keys)), one.meaning) for one in actions)


def keys_shown(keys: str) -> str:
    """Keys as people read them: ``enter o``, ``^p :``, ``G``."""
    return "  ".join(key_shown(key.strip()) for key in keys.split(",") if key.strip())


def key_shown(key: str) -> str:
    """One key."""
    named = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "shift+tab": "shift+tab"}
    if key in named:
        return named[key]
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return _characters().get(key, key)


def _characters() -> Mapping[str, str]:
    return {
        "slash": "/", "question_mark": "?", "colon": ":", "minus": "-", "plus": "+", "up": "↑", "down": "↓",
        "left": "←", "right": "→", "equals_sign": "=", "full_stop": ".", "comma": ",", "less_than_sign": "<",
        "greater_than_sign": ">", "left_square_bracket": "[", "right_square_bracket": "]", "asterisk": "*",
        "number_sign": "#", "exclamation_mark": "!", "semicolon": ";", "underscore": "_",
    }  # fmt: skip
