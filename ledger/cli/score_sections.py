"""What else was asked of a score, as text: its components, the reliability table, a comparison, words and advice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.cli.output import Line, Paint, columns
from ledger.cli.tables import Column, fields, table
from ledger.services.wording import counted, percent

Data = Mapping[str, Any]
NONE = "–"


def section_lines(data: Data, *, bins: bool) -> Iterator[Line]:
    """The sections that were asked for, each under its heading; with ``bins`` the reliability table is."""
    if data["decomposition"]["way"] != "corp":
        yield from _decomposition(data["decomposition"])
    if bins and data["overall"]["reliability"]:
        yield from _reliability(data)
    if "comparison" in data:
        yield from _comparison(data["comparison"])
    if "words" in data:
        yield from _words(data["words"])


def figure(data: Data, name: str) -> str:
    """A figure, or why it is not defined."""
    value = data.get(name)
    if value is not None:
        return f"{value:.4f}"
    why = (data.get("reasons") or {}).get(name)
    return f"{NONE} ({why})" if why else NONE


def _decomposition(found: Data) -> Iterator[Line]:
    binned = f", bins {found['bins']}" if found["bins"] else ""
    yield from ("", Paint(f"decomposition: {found['way']}{binned}", "bold"))
    shown = {**found["components"], **found["beside"], "reasons": found["reasons"]}
    pairs: list[tuple[str, Line]] = [(_plain(name), figure(shown, name)) for name in shown if name != "reasons"]
    if found["note"]:
        pairs.append(("note", found["note"]))
    yield from fields(pairs)
    if found["sum"] is not None:
        identity = found["identity"].removeprefix("score = ").replace("_", " ")
        yield f"{found['score']:.6f} = {identity} = {found['sum']:.6f}"


def _plain(name: str) -> str:
    return name.replace("_", " ").removesuffix(" sd") + (" (standard deviation)" if name.endswith("_sd") else "")


def _reliability(data: Data) -> Iterator[Line]:
    yield from ("", Paint(f"reliability, bins {data['bins']}", "bold"))
    heading = [
        Column("said"), Column("mean", right=True), Column("happened", right=True), Column("frequency", right=True),
        Column("95 %"),
    ]  # fmt: skip
    yield from table(heading, [_point(one) for one in data["overall"]["reliability"]], columns())


def _point(one: Data) -> tuple[str, ...]:
    said = percent(_short(one["low"])) + ("" if one["low"] == one["high"] else f" to {percent(_short(one['high']))}")
    happened = f"{one['happened']:.4g} of {one['n']:,}"
    return said, percent(_short(one["mean_forecast"])), happened, percent(_short(one["frequency"])), _between(one)


def _short(value: float) -> float:
    return round(value, 4)


def _between(one: Data) -> str:
    ends = one["interval"]
    return NONE if ends is None else f"{percent(round(ends[0], 3))} to {percent(round(ends[1], 3))}"


def _comparison(found: Data) -> Iterator[Line]:
    a, b, test, signs = found["a"], found["b"], found["diebold_mariano"], found["signs"]
    yield from ("", Paint(f"{a} against {b}, on {counted(found['questions'], 'question')} that both have", "bold"))
    ends = found["interval"]
    spread = f", 95 % {ends[0]:.4f} to {ends[1]:.4f} by question" if ends else ""
    better = (
        {True: f"{a} is better", False: f"{b} is better"}[found["difference"] < 0] if found["difference"] else "alike"
    )
    yield from fields([
        (a, figure(found, "score_a")),
        (b, figure(found, "score_b")),
        ("difference", f"{found['difference']:+.4f}{spread}: {better}"),
        ("Diebold–Mariano", f"{figure(test, 'statistic')}, p {figure(test, 'p_value')}: {test['method']}"),
        ("sign test", f"{_signs(signs)}, p {figure(signs, 'p_value')}"),
        *_bets(found["e_values"]),
        ("left out", f"{counted(found['only_a'], 'question')} of {a} alone, {found['only_b']:,} of {b} alone"),
    ])  # fmt: skip


def _signs(signs: Data) -> str:
    return f"{signs['better']} better, {signs['worse']} worse, {signs['ties']} alike"


def _bets(found: Data) -> Iterator[tuple[str, Line]]:
    for name in ("against_a", "against_b"):
        bet = found[name]
        figures = bet["reason"] or f"mean {bet['mean']:.3f}, product {bet['product']:.3f}"
        yield "e-value", f"{figures}: evidence against “{bet['hypothesis']}”; 1 is none, 20 is strong"
    yield "", found["caveat"]


def _words(found: Data) -> Iterator[Line]:
    yield from ("", Paint("what the words turned out to mean", "bold"))
    heading = [
        Column("source", elastic=True), Column("scale"), Column("term"), Column("happened", right=True),
        Column("95 %"), Column("scale says"), Column("exact test"),
    ]  # fmt: skip
    if found["terms"]:
        yield from table(heading, [_term(one) for one in found["terms"]], columns())
    else:
        yield "no settled forecast was made in the words of a scale"
    advice = found["advice"]
    yield from ("", Paint(f"advice, from {advice['minimum']} questions on", "bold"))
    yield from (block["sentence"] + _verdict(block) for block in advice["spoken"])
    if advice["silent"]:
        yield Paint(
            f"{counted(advice['silent'], 'stretch has', 'stretches have')} too few questions to speak of", "dim"
        )


def _verdict(block: Data) -> str:
    said = percent(_short(block["said"]))
    return f"; you said {said} on average" if block["differs"] else f": {said}, as you said on average, lies within"


def _term(one: Data) -> tuple[str, ...]:
    happened = f"{one['happened']:.4g} of {one['n']:,}"
    ranged = f"{percent(one['low'])} to {percent(one['high'])}"
    return one["source"] or NONE, one["scale"] or NONE, one["term"], happened, _between(one), ranged, _exact(one)


def _exact(one: Data) -> str:
    """The side of the range that the record speaks against, if it is outside."""
    if one["p_below"] is None:
        return f"{NONE} ({one['reasons']['p_below']})"
    if one["within"]:
        return "within"
    low = one["frequency"] < one["low"]
    return f"{'below' if low else 'above'}, p {one['p_below'] if low else one['p_above']:.3f}"
