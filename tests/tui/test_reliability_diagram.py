"""The reliability diagram as it is drawn: where points, bars, the diagonal and the words beside it come to stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ledger.tui.widgets.axis import Axis, tick_words
from ledger.tui.widgets.canvas import Canvas
from ledger.tui.widgets.point_words import percent_words, point_words
from ledger.tui.widgets.reliability_drawing import LEFT, SIZES, axis_for, draw, sign_of

probabilities = st.floats(0, 1)
Point = dict[str, Any]


def point(said: float, seen: float, n: int = 10, interval: tuple[float, float] | None = None) -> Point:
    return {
        "low": said, "high": said, "n": n, "mean_forecast": said, "happened": seen * n, "frequency": seen,
        "interval": interval,
    }  # fmt: skip


@st.composite
def points(drawn: st.DrawFn) -> list[Point]:
    found = []
    for said in sorted(drawn(st.sets(probabilities, max_size=30))):
        seen = drawn(probabilities)
        ends = drawn(st.none() | st.tuples(st.floats(0, seen), st.floats(seen, 1)))
        found.append(point(said, seen, drawn(st.integers(1, 2_000_000)), ends))
    return found


@given(points(), st.booleans(), st.integers(20, 200), st.integers(6, 60), st.data())
def test_every_line_has_the_width_and_there_are_as_many_as_asked(
    given_points: list[Point], log_odds: bool, width: int, height: int, data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(0, max(0, len(given_points) - 1)))
    axis = axis_for(given_points, log_odds=log_odds)
    bars = {one["low"]: (0.0, 1.0) for one in given_points[::2]}
    lines = draw(given_points, bars, axis, cursor, width, height)
    assert len(lines) == height
    assert {sum(cell_len(text) for text, _ in runs) for runs in lines} == {width}
    if given_points:
        assert sum(text.count("▲") for text, _ in lines[-2]) == 1
        signs = [text for runs in lines for text, part in runs if part == "chosen"]
        assert signs == [sign_of(given_points[cursor]["n"])]


@given(probabilities, probabilities, st.sampled_from([Axis(), Axis.in_log_odds([0.01]), Axis.in_log_odds([1e-9])]))
def test_axes_rise_and_stay_within(one: float, other: float, axis: Axis) -> None:
    low, high = sorted((one, other))
    assert 0 <= axis.place(low) <= axis.place(high) <= 1
    assert axis.place(low) == pytest.approx(1 - axis.place(1 - low), abs=1e-6)


def test_log_odds_give_the_tails_room() -> None:
    axis = axis_for([point(0.001, 0.01)], log_odds=True)
    assert axis.place(0.02) - axis.place(0.01) > Axis().place(0.02) - Axis().place(0.01)
    assert axis.place(0.5) == 0.5 and axis.place(0) == 0 and axis.place(1) == 1
    assert [tick_words(tick) for tick in axis.ticks()] == ["0.1", "1", "5", "20", "50", "80", "95", "99", "99.9"]


def test_a_point_stands_where_it_belongs() -> None:
    lines = draw([point(1.0, 0.0), point(0.0, 1.0)], {}, Axis(), 1, 20 + LEFT + 1, 12)
    text = ["".join(part for part, _ in runs)[LEFT:-1] for runs in lines]
    assert text[0][0] == "○" and text[9][19] == "○"
    assert text[10] == "▲" + "".join("┬" if at in (5, 10, 14, 19) else "─" for at in range(1, 20))


def test_the_bar_goes_through_the_point_to_half_a_row() -> None:
    lines = draw([point(0.5, 0.5, interval=(0.0, 1.0))], {}, Axis(), 0, 21 + LEFT + 1, 13)
    column = ["".join(part for part, _ in runs)[LEFT + 10] for runs in lines[:11]]
    assert column == ["│"] * 5 + ["○"] + ["│"] * 5
    canvas = Canvas(1, 4)
    canvas.bar(0, 0.2, 0.6, "bar")
    assert [runs[0][0] for runs in canvas.lines()] == [" ", "╷", "│", "╵"]


def test_the_band_of_chance_spans_its_bin() -> None:
    one = {**point(0.55, 0.5), "low": 0.5, "high": 0.6}
    lines = draw([one], {0.5: (0.4, 0.7)}, Axis(), 0, 101 + LEFT + 1, 13)
    shaded = [sum(text.count("░") for text, part in runs if part == "chance") for runs in lines]
    assert shaded[:11] == [0, 0, 0, 11, *[shaded[4], shaded[5], shaded[6]], 0, 0, 0, 0]
    assert all(count > 3 for count in shaded[4:7])


def test_only_the_chosen_point_of_a_crowd_has_its_bar() -> None:
    crowd = [point(at / 40, 0.5, interval=(0.1, 0.9)) for at in range(41)]
    lines = draw(crowd, {}, Axis(), 20, 60, 14)
    assert {part for runs in lines for text, part in runs if "│" in text and part != "axis"} == {"here"}


@pytest.mark.parametrize(("n", "sign"), [(1, "·"), (4, "·"), (5, "○"), (19, "○"), (20, "◉"), (99, "◉"), (100, "●")])
def test_the_sign_tells_n(n: int, sign: str) -> None:
    assert sign_of(n) == sign and sign in dict(SIZES).values()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0 %"),
        (1, "100 %"),
        (0.5, "50 %"),
        (0.004, "0.4 %"),
        (0.996, "99.6 %"),
        (0.00001, "<0.01 %"),
        (0.99999, ">99.99 %"),
        (0.9997, "99.97 %"),
    ],
)
def test_percentages_near_the_ends_are_not_rounded_to_them(value: float, told: str) -> None:
    assert percent_words(value) == told


@given(st.floats(1e-9, 1, exclude_max=True))
def test_only_never_and_always_are_told_as_such(value: float) -> None:
    assert percent_words(value) not in ("0 %", "100 %")


def test_a_point_in_words() -> None:
    one = {**point(0.37, 1 / 3, n=6, interval=(0.0, 0.75)), "low": 0.3, "high": 0.4}
    told = point_words(one, resampled=True)
    assert told == "said 30–40 %, on average 37 %: 2 of 6 happened, 33 % (95 %: 0–75 %)"
    alone = point_words(point(0.325, 1.0, n=1), resampled=True)
    assert alone == "said 32.5 %: 1 of 1 happened, 100 % (no interval)"
    assert "follows" in point_words(point(0.325, 1.0, n=1), resampled=False)
