"""Why a question scored as it did, line by line, from the data of ``services.explaining``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.domain.instants import parse_rfc3339
from ledger.services.wording import minute_words, percent
from ledger.tui.cells import fit, shown
from ledger.tui.widgets.spans import GOOD, PLAIN, QUIET, STRONG, Line, told

Data = Mapping[str, Any]
FORMS = {"brier": "Brier score, 0–1", "brier-original": "Brier score, original form, 0–2", "pinball": "pinball score"}
ROOMY = 64
"""From this width on there is room for what a statement gave to the score."""
UPDATE = 11
"""Columns of what an update won or lost."""
MOST = 3
"""Forecasters who are explained before the whole is asked for."""


def why_lines(data: Data, width: int, *, whole: bool) -> list[Line]:
    """What every forecaster scored, what each update won or lost, and what other ways would have scored."""
    units = data["units"]
    form = FORMS.get(data["rule"], data["rule"])
    lines = list(told(f"{form}, lower is better; policy {data['policy']}", width, QUIET))
    kept = units if whole or len(units) <= MOST + 1 else units[:MOST]
    for unit in kept:
        lines.extend(_unit(unit, data, width))
    if len(kept) < len(units):
        lines.append(((f"… {len(units) - len(kept)} more forecasters: enter on the heading", QUIET),))
    return lines


def _unit(unit: Data, data: Data, width: int) -> Iterator[Line]:
    yield ((f"{shown(unit['forecaster'])} scored ", PLAIN), (_figure(unit, "score"), STRONG))
    yield from told(f"{_figure(unit, 'standing_pat')} had the first statement stood throughout", width, indent=2)
    rate = data["base_rate"]
    if rate is not None:
        said = (
            f"{_figure(unit, 'base_rate')} had it been the base rate of all scored questions, {percent(round(rate, 4))}"
        )
        yield from told(said, width, indent=2)
    if "effect" in unit["reasons"]:
        yield from told(shown(unit["reasons"]["effect"]), width, QUIET, indent=2)
    heading = _row(width, ("entry", "since", "forecast", "score", "weight", "gave"))
    yield ((heading + fit("update", UPDATE, right=True), QUIET),)
    for one in unit["statements"]:
        yield _statement(one, width)


def _figure(unit: Data, name: str) -> str:
    value = unit[name]
    if value is not None:
        return f"{value:.4f}"
    why = unit["reasons"].get(name)
    return f"– ({shown(why)})" if why else "–"


def _statement(one: Data, width: int) -> Line:
    effect = one["effect"]
    update = "–" if effect is None else f"{'lost' if effect > 0 else 'won'} {abs(effect):.4f}"
    weight = "–" if one["weight"] is None else percent(round(one["weight"], 3))
    since = minute_words(parse_rfc3339(one["since"]))[:10]
    cells = (str(one["entry"]), since, _said(one), _number(one["score"]), weight, _number(one["contribution"]))
    won = effect is not None and effect < 0
    return ((_row(width, cells), PLAIN), (fit(update, UPDATE, right=True), GOOD if won else PLAIN))


def _row(width: int, cells: tuple[str, ...]) -> str:
    entry, since, said, *figures = cells
    kept = figures if width >= ROOMY else figures[:2]
    room = max(4, width - 7 - 11 - 8 * len(kept) - UPDATE - 2)
    parts = (fit(since, 10), fit(said, room), *(fit(one, 7, right=True) for one in kept))
    return f"{entry:>5}  {' '.join(parts)} "


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _said(one: Data) -> str:
    if "options" in one:
        best = max(one["options"], key=lambda option: option["probability"])
        return shown(f"{best['option']} {percent(best['probability'])}")
    if "quantiles" in one:
        middle = min(one["quantiles"], key=lambda pair: abs(pair["level"] - 0.5))
        return f"median {middle['value']:g}"
    return percent(one["probability"])
