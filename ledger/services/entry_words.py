"""What an entry says, in a few words. Texts are raw: who shows them makes them safe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.services.browse_views import REDACTED
from ledger.services.wording import counted
from ledger.services.worth import Worth
from ledger.services.worth_words import worth_words

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers stand for: forecasters by name, options by question."""

    forecasters: Mapping[int, str | None] = field(default_factory=dict)
    options: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def who(self, facts: Facts) -> str:
        """The forecaster that the facts name."""
        number = facts["forecaster"]
        return (self.forecasters.get(number) or f"forecaster {number}") if isinstance(number, int) else "–"


def what(kind: str, facts: Facts, text: Facts, names: Names) -> str:
    """An entry's sense in a few words; raises what damaged facts set off."""
    return _WORDS[kind](facts, text, names) if kind in _WORDS else ""


def _value(facts: Facts, names: Names) -> str:
    low, high = (None if facts.get(end) is None else float(facts[end]) for end in ("low", "high"))
    if "vector" in facts:
        options = names.options.get(facts.get("question", 0), ())
        named = [*options, *(f"option {at + 1}" for at in range(len(options), len(facts["vector"])))]
        return worth_words(Worth(None, options=tuple(zip(named, facts["vector"], strict=False))), short=True)
    if "quantiles" in facts:
        return worth_words(Worth(None, quantiles=tuple((level, at) for level, at in facts["quantiles"])), short=True)
    return worth_words(Worth(float(facts["p"]), low, high))


def _forecast(facts: Facts, text: Facts, names: Names) -> str:
    hedge = f" “{text['hedge']}”" if text.get("hedge") else ""
    return f"{_value(facts, names)}{hedge}, {names.who(facts)}"


def _correct(facts: Facts, text: Facts, names: Names) -> str:
    return _because(f"entry {facts['forecast']} should have said {_value(facts, names)}", text)


def _outcome(facts: Facts, names: Names) -> str:
    outcome = facts["outcome"]
    if not isinstance(outcome, dict):
        return str(outcome)
    if "option" not in outcome:
        return str(outcome["value"])
    options, at = names.options.get(facts["question"], ()), outcome["option"]
    return options[at] if at < len(options) else f"option {at + 1}"


def _resolve(facts: Facts, text: Facts, names: Names) -> str:
    since = f", known since {facts['known_at'][:10]}" if facts.get("known_at") else ""
    instead = f", instead of entry {facts['supersedes']}" if facts.get("supersedes") else ""
    note = f": {text['note']}" if text.get("note") else ""
    return f"{_outcome(facts, names)}{since}{instead}{note}"


def _because(said: str, text: Facts) -> str:
    return f"{said}: {text['reason']}" if text.get("reason") else said


def _announced(facts: Facts) -> str:
    weekly = ["the week"] if "weekly" in facts else []
    said = [counted(len(facts["said"]), "question")] if "said" in facts else []
    return f"{' and '.join(weekly + said)} said by {facts['channel']}"


def _source(facts: Facts, text: Facts, names: Names) -> str:
    told = [text.get("author"), text.get("title"), text.get("publisher"), facts.get("published"), text.get("url")]
    return ", ".join(one for one in told if one) or REDACTED


_WORDS: Mapping[str, Callable[[Facts, Facts, Names], str]] = {
    "forecaster": lambda facts, text, names: text.get("name", REDACTED),
    "source": _source,
    "question": lambda facts, text, names: text.get("title", REDACTED),
    "forecast": _forecast,
    "withdraw": lambda facts, text, names: _because(f"{names.who(facts)} stepped back", text),
    "correct": _correct,
    "resolve": _resolve,
    "void": lambda facts, text, names: _because("void", text),
    "reopen": lambda facts, text, names: _because("open again", text),
    "edit": lambda facts, text, names: _because(f"changed {', '.join(facts['changed'])}", text),
    "snooze": lambda facts, text, names: _because(f"asked again on {facts['until'][:10]}", text),
    "look_again": lambda facts, text, names: _because(
        f"the day of entry {facts['takes_back']} is taken back"
        if "takes_back" in facts
        else f"to look again on {facts['at'][:10]}",
        text,
    ),
    "review_rules": lambda facts, text, names: ", ".join(
        f"{name} {field_words(name, facts[name])}" for name in ("stale", "repeat", "weekly", "zone") if name in facts
    ),
    "announced": lambda facts, text, names: _announced(facts),
    "redact": lambda facts, text, names: _because(
        f"the words of {counted(len(facts['entries']), 'entry', 'entries')} dropped", text
    ),
}


def field_words(name: str, value: object) -> str:
    """One fact or text of an entry, for its detail."""
    if isinstance(value, dict) and name == "condition":
        return f"question #{value.get('question')} = {value.get('outcome')}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {one}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(field_words(name, one) for one in value)
    return str(value)
