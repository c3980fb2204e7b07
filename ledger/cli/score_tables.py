"""Scorecards as text, from the same data as ``score --json``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.cli.output import Line, Paint
from ledger.cli.score_groups import group_lines
from ledger.cli.score_sections import section_lines
from ledger.cli.tables import fields
from ledger.services.wording import percent

Data = Mapping[str, Any]
NONE = "–"
_TITLES = {
    "brier": "Brier", "brier-original": "Brier, original form,", "log": "log score", "spherical": "spherical score",
}  # fmt: skip


def score_lines(data: Data, *, bins: bool = False) -> Iterator[Line]:
    """The whole report; with ``bins`` the reliability table too."""
    overall = data["overall"]
    yield Paint(headline(data), "bold")
    yield ""
    yield from fields([*_about(data), *_figures(overall, data)])
    yield from section_lines(data, bins=bins)
    for kind, card in data["kinds"].items():
        yield ""
        yield Paint(_headline_of_kind(kind, card), "bold")
    yield ""
    yield from fields(list(_credibility(data)))
    if data["groups"]:
        yield ""
        weighted = data["policy"] == "time-average"
        yield from group_lines(data["groups"], _TITLES[data["rule"]].rstrip(","), weighted=weighted)


def headline(data: Data) -> str:
    """The score in one line, with what it means, its interval and its n."""
    card, score = data["overall"], data["overall"]["score"]
    if card["brier"] is None:
        return f"no score yet: {reason(card, 'brier') or 'no binary question is settled'}"
    name = _TITLES[data["rule"]]
    if score["value"] is None:
        return f"{name} {reason(score, 'value')}, n = {card['n']:,}"
    interval = score["interval"]
    spread = f", 95 % {interval[0]:.4f} to {interval[1]:.4f}" if interval else ""
    return f"{name} {score['value']:.4f} ({score['scale']}, lower is better){spread}, n = {card['n']:,}"


def reason(card: Data, name: str) -> str:
    """Why a figure of a card is not defined, if it says so."""
    return str((card.get("reasons") or {}).get(name) or "")


def _figure(card: Data, name: str, form: str = ".4f") -> str:
    value = card.get(name)
    if value is not None:
        return format(value, form)
    why = reason(card, name)
    return f"{NONE} ({why})" if why else NONE


def _percent(card: Data, name: str) -> str:
    value = card.get(name)
    return _figure(card, name) if value is None else percent(round(value, 4))


def _about(data: Data) -> Iterator[tuple[str, Line]]:
    yield "policy", str(data["policy"])
    if data["filters"]:
        yield "filters", ", ".join(f"{name} {_told(value)}" for name, value in data["filters"].items())


def _figures(card: Data, data: Data) -> Iterator[tuple[str, Line]]:
    if card["brier"] is None:
        return
    low, high = _figure(card["score"], "low"), _figure(card["score"], "high")
    if low != high:
        yield "range", f"{low} to {high}: the least and the greatest score that the hedges' ranges allow"
    score = card["score"]
    yield "miscalibration", f"{_figure(score, 'miscalibration')}: how far from what happened, lower is better"
    yield "discrimination", f"{_figure(score, 'discrimination')}: how well told apart, higher is better"
    yield "uncertainty", f"{_figure(score, 'uncertainty')}: how hard to tell, whoever forecasts"
    yield "log score", _log_score(card)
    yield "skill", _skill(card, data["reference"])
    yield "calibration", _calibration(card)
    if data["policy"] == "time-average":
        yield "coverage", f"{_percent(card, 'coverage')} of the questions' scheduled life"
    if card.get("truncated_score") is not None:
        yield "truncated", f"{_figure(card, 'truncated_score')}: weight × score, for so few units"


def _skill(card: Data, reference: Data) -> str:
    """The skill, and what it is against: a base rate, or something that spoke of some of the rows."""
    told = f"{_figure(reference, 'skill')}: against {reference['what']}"
    if reference["name"] == "base-rate":
        return f"{told}, {_percent(card, 'base_rate')}"
    left = f"; {reference['left_out']:,} without it" if reference["left_out"] else ""
    return f"{told}, {_figure(reference, 'reference_score')} on {reference['rows']:,} rows{left}"


def _calibration(card: Data) -> str:
    """The error over bins, Cox's line, the test, and how well the two outcomes are told apart."""
    line = _short(card, "cox_intercept")
    if card.get("cox_slope") is not None:
        line = f"{line} and {_short(card, 'cox_slope')} (0 and 1)"
    parts = [f"ECE {_short(card, 'ece')}", f"Cox {line}"]
    parts += [f"Spiegelhalter p {_short(card, 'spiegelhalter_p')}", f"AUC {_short(card, 'auc')}"]
    return ", ".join(parts)


def _short(card: Data, name: str) -> str:
    return _figure(card, name, ".3f")


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _log_score(card: Data) -> str:
    infinite = card.get("log_score_infinite")
    if card.get("log_score") is None and infinite:
        return f"infinite: {infinite:,} said 0 % of what happened, or 100 % of what did not"
    return f"{_figure(card, 'log_score')} nats, lower is better"


_OF_KINDS = (
    ("choice", "brier", "Brier"),
    ("ordered", "brier", "ranked probability score"),
    ("numeric", "weighted_interval_score", "weighted interval score"),
    ("numeric", "pinball", "pinball"),
)


def _headline_of_kind(kind: str, card: Data) -> str:
    figures = ", ".join(f"{shown} {_figure(card, name)}" for its, name, shown in _OF_KINDS if its == kind)
    return f"{kind}: {figures}, n = {card['n']:,}"


_PARTS = ("scored", "late", "void", "open", "waiting", "due")
_BESIDE = ("late_statements", "withdrawn", "corrected", "redacted")


def _credibility(data: Data) -> Iterator[tuple[str, Line]]:
    counts = data["counts"]
    yield "units", f"{counts['units']:,} = {' + '.join(f'{counts[name]:,} {name}' for name in _PARTS)}"
    beside = ", ".join(f"{counts[name]:,} {name.replace('_', ' ')}" for name in _BESIDE)
    yield "statements", f"{counts['statements']:,}: {beside}"
    classes = data.get("classes") or data["overall"].get("classes")
    if classes:
        yield "classes", ", ".join(f"{name} {_share(value)}" for name, value in classes.items())
    left = data.get("left_out")
    if left:
        yield "left out", f"{left:,} units, by the filters"


def _share(value: object) -> str:
    return percent(round(value, 4)) if isinstance(value, float) else str(value)
