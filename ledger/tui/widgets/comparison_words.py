"""A comparison of two forecasters in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from ledger.services.wording import counted
from ledger.tui.cells import shown
from ledger.tui.widgets.form import ABSENT, Form

Found = Mapping[str, Any]
WIDE = 18


def comparison_words(found: Found, form: Form) -> Text:
    """Both scores on the questions that both have, the difference, and what the tests say."""
    questions = counted(found["questions"], "question")
    told = Text(f"{shown(found['a'])} against {shown(found['b'])}\n", style="bold")
    told.append(f"Brier ({form.value}, lower is better), on {questions} that both have\n\n", "not bold")
    for name, value in _rows(found, form):
        told.append(f"{name:<{WIDE}}", "bold" if name == "difference" else "not bold")
        told.append(f"{value}\n", "bold" if name == "difference" else "not bold")
    caveat = shown(found["e_values"]["caveat"])
    return told.append(f"\n{caveat}", "not bold italic")


def _rows(found: Found, form: Form) -> Iterator[tuple[str, str]]:
    a, b = (shown(found[side])[: WIDE - 2] for side in ("a", "b"))
    yield a, form.told(found["score_a"])
    yield b, form.told(found["score_b"])
    yield "difference", _difference(found, form)
    yield "95 % by question", _interval(found, form)
    yield "Diebold–Mariano", _test(found["diebold_mariano"])
    signs = found["signs"]
    p = ABSENT if signs.get("p_value") is None else chance_words(signs["p_value"])
    yield "sign test", f"{signs['better']} better, {signs['worse']} worse, {signs['ties']} alike; {p}"
    for name in ("against_a", "against_b"):
        bet = found["e_values"][name]
        yield "e-value", f"against “{shown(bet['hypothesis'])}”:"
        yield "", _bet(bet)
    yield "left out", f"{found['only_a']:,} of the first alone, {found['only_b']:,} of the second alone"


def _difference(found: Found, form: Form) -> str:
    value = form.factor * found["difference"]
    better = "alike" if not value else f"{shown(found['a'] if value < 0 else found['b'])} is better"
    return f"{value:+.4f} ({form.value}): {better}".replace("-", "−", 1)


def _interval(found: Found, form: Form) -> str:
    ends = found["interval"]
    if ends is None:
        return f"{ABSENT} {found['reasons'].get('interval', 'it is not defined here')}"
    low, high = (f"{form.factor * end:+.4f}".replace("-", "−") for end in ends)
    zero = "0 lies within: chance may do it" if ends[0] <= 0 <= ends[1] else "0 lies outside"
    return f"{low} to {high} ({form.value}); {zero}"


def _test(test: Found) -> str:
    if test["p_value"] is None:
        return f"{ABSENT} {test['reasons'].get('p_value') or test['reasons'].get('statistic') or 'not defined'}"
    statistic = f"{test['statistic']:.3f}".replace("-", "−")
    return f"t {statistic}, {chance_words(test['p_value'])} (small-sample correction)"


def chance_words(p: float) -> str:
    """``p 0.043``, or that it is less than can be told in three places."""
    return "p below 0.001" if p < 0.001 else f"p {p:.3f}"


def _bet(bet: Found) -> str:
    if bet["reason"]:
        return shown(bet["reason"])
    return f"mean {bet['mean']:.3g}, product {bet['product']:.3g}; 1 is none, 20 is strong"
