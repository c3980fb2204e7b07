"""What the words turned out to mean: the columns of their table, and the advice below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from ledger.services.wording import counted
from ledger.tui.cells import shown
from ledger.tui.widgets.point_words import bare_percent, between_words, percent_words
from ledger.tui.widgets.sorted_table import Heading

Term = Mapping[str, Any]
NONE = "–"
BAR = 20


def meaning_bar(one: Term, width: int) -> str:
    """0 to 100 % in ``width`` columns: the scale's range as ``━``, what happened as ``●`` (outside it ``◆``)."""

    def place(value: float) -> int:
        return min(width - 1, int(value * width))

    track = ["┈"] * width
    for at in range(place(one["low"]), place(one["high"]) + 1):
        track[at] = "━"
    track[place(one["frequency"])] = "●" if one["within"] else "◆"
    return "".join(track)


HEADINGS = (
    Heading("term", 0, lambda one, _: shown(one["term"]), lambda one: one["term"].casefold()),
    Heading("scale", 12, lambda one, _: shown(one["scale"], absent=NONE), lambda one: one["scale"], needs=96),
    Heading("source", 30, lambda one, _: shown(one["source"], absent=NONE), lambda one: one["source"], needs=124),
    Heading("happened", 10, lambda one, _: f"{one['happened']:.4g} of {one['n']:,}", lambda one: one["n"], right=True),
    Heading("is %", 6, lambda one, _: bare_percent(one["frequency"]), lambda one: one["frequency"], right=True),
    Heading("95 %", 8, lambda one, _: between_words(one["interval"]).replace(" %", ""), right=True),
    Heading("scale ━  is ●◆", BAR, meaning_bar, lambda one: one["low"]),
)


def term_words(one: Term) -> str:
    """One term in a sentence: where it comes from, what the scale says, and whether the record speaks against it."""
    ranged = f"{percent_words(one['low']).removesuffix(' %')}–{percent_words(one['high'])}"
    scale = f" on {shown(one['scale'])}" if one["scale"] else ""
    source = f". Said in: {shown(one['source'])}" if one["source"] else ""
    return f"“{shown(one['term'])}” means {ranged}{scale}; {_verdict(one)}{source}"


def _verdict(one: Term) -> str:
    if one["within"]:
        return "what happened lies within"
    low = one["frequency"] < one["low"]
    side = "less often than that" if low else "more often than that"
    if one["p_below"] is None:
        return f"it happened {side}; no exact test: {one['reasons']['p_below']}"
    p = one["p_below"] if low else one["p_above"]
    verdict = "more than chance does" if p < 0.05 else "which chance may do"
    return f"it happened {side}, {verdict} (p {p:.3f})"


def _advised(block: Mapping[str, Any]) -> str:
    """``said 1–12 %: 15 % (8–26), n 74 – you said 3 % on average, too little``."""
    low, high = (f"{100 * block[end]:.4g}" for end in ("low", "high"))
    said = low if low == high else f"{low}–{high}"
    seen = f"{percent_words(block['frequency']):>5} ({between_words(block['interval']).removesuffix(' %')})"
    verdict = "fits what you said"
    if block["differs"]:
        verdict = "say higher" if block["said"] < block["frequency"] else "say lower"
        verdict = f"{verdict}: you said {percent_words(block['said'])}"
    return f"  said {said + ' %':<10} happened {seen:<15} n {block['n']:<6,} {verdict}"


def advice_words(found: Mapping[str, Any]) -> Text:
    """The recalibration advice, where there are questions enough."""
    told = Text(f"Advice, from {found['minimum']} questions on\n", style="bold")
    for block in found["spoken"]:
        told.append(f"{_advised(block)}\n", style="not bold")
    if found["silent"]:
        silent = counted(found["silent"], "stretch of forecasts has", "stretches of forecasts have")
        told.append(f"{silent} too few questions to speak of", style="not bold")
    return told
