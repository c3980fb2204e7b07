"""The curve that quantiles imply: as wide as its place, rising, and drawn for whatever can be typed."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from ledger.tui.widgets.quantile_curve import Point, QuantileCurve, axis, curve, level_below

VALUES = st.floats(-1e9, 1e9) | st.integers(-5, 5).map(float)
LEVELS = st.floats(0.001, 0.999)


@st.composite
def quantiles(draw: st.DrawFn) -> list[Point]:
    levels = sorted(draw(st.sets(LEVELS, min_size=2, max_size=6)))
    values = sorted(draw(st.lists(VALUES, min_size=len(levels), max_size=len(levels))))
    if values[0] == values[-1]:
        values[-1] += 1.0
    return list(zip(levels, values, strict=True))


@given(quantiles(), st.integers(12, 120), st.integers(1, 6))
def test_the_rows_fill_their_place(points: list[Point], width: int, height: int) -> None:
    rows = curve(points, width, height)
    assert [len(row) for row in rows] == [width] * height
    assert all(any(ord(row[x]) != 0x2800 for row in rows) for x in range(width)), "no gap in the curve"
    assert len(axis(points, width)) == width


@given(quantiles(), st.lists(st.floats(0, 1), min_size=2, max_size=9))
@example([(0.26370215828937343, 0.0), (0.9889268438141164, 5.401535532112186e-211)], [0.0, 0.9999999999999999])
def test_the_level_never_falls(points: list[Point], places: list[float]) -> None:
    least, most = points[0][1], points[-1][1]
    levels = [level_below(points, least + (most - least) * place) for place in sorted(places)]
    assert all(before <= after + 1e-12 for before, after in pairwise(levels))
    assert points[0][0] <= levels[0] <= levels[-1] <= points[-1][0]


def test_a_known_curve() -> None:
    points = [(0.1, 0.0), (0.5, 10.0), (0.9, 20.0)]
    assert level_below(points, 5.0) == pytest.approx(0.3)
    assert axis(points, 21) == "0        10        20"
    assert curve([(0.25, 0.0), (0.75, 1.0)], 4, 1) == ["⣀⠤⠒⠉"]


class Stage(App[None]):
    def compose(self) -> ComposeResult:
        yield QuantileCurve()


def test_what_cannot_be_drawn_is_not_drawn() -> None:
    async def story() -> None:
        async with Stage().run_test(size=(60, 10)) as pilot:
            drawn = pilot.app.query_one(QuantileCurve)
            for points, shown in (
                ([(0.1, -1.7e308), (0.9, 1.7e308)], False),
                ([(0.1, 1.0), (0.9, 1.0)], False),
                ([(0.5, 1.0)], False),
                ([], False),
                ([(0.1, 1e-300), (0.9, 2e-300)], True),
                ([(0.1, 1.0), (0.9, 2.0)], True),
            ):
                drawn.draw(points)
                await pilot.pause()
                assert drawn.display is shown

    asyncio.run(story())
