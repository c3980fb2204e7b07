"""The compact table: every text comes back, and the page stays small whatever the questions are."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import safe_text
from ledger.reports.document import Column, Register
from ledger.reports.packing import BUDGET, packed


def unpacked(text: str) -> list[tuple[str, ...]]:
    """The rows, as the page's script reads them."""
    told = json.loads(text)
    return list(zip(*map(_column, told["columns"]), strict=True))


def _column(told: dict[str, Any]) -> list[str]:
    if "t" in told:
        return list(told["t"])
    if "d" in told:
        return [told["d"][at] for at in told["i"]]
    found: list[str] = []
    for shared, rest in zip(told["f"][::2], told["f"][1::2], strict=True):
        before = found[-1] if found else ""
        found.append(before[:shared] + rest)
    return found


texts = st.text(st.sampled_from("ab<&>\"'\\\u2028 é漢👩\x00\u202e"), max_size=8)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=30))
def test_every_row_comes_back_as_safe_text(rows: list[tuple[str, str]]) -> None:
    register = Register("x", (Column("a"), Column("b")), tuple(rows))
    text, held = packed(register)
    assert held == len(rows)
    assert unpacked(text) == [(safe_text(one), safe_text(two)) for one, two in rows]
    assert not set("<>&\u2028\u2029") & set(text)


def test_what_does_not_fit_is_left_out_and_counted() -> None:
    rows = tuple((str(at), f"{at * 7919 % 100_003} " + chr(97 + at % 26) * 150) for at in range(30_000))
    text, held = packed(Register("x", (Column("a"), Column("b")), rows))
    assert len(text.encode()) <= BUDGET
    assert 20_000 < held < 30_000
    assert unpacked(text)[-1][0] == str(held - 1)
