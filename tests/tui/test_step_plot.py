"""The step plot: what is drawn where, for every kind, and what colour is never alone in telling."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ledger.domain.instants import DAY
from ledger.services.browse import card
from ledger.services.opening import opened
from ledger.storage.location import Location
from ledger.tui.widgets.plot_area import CROWD, HAPPENED, LATE
from ledger.tui.widgets.plot_canvas import drawn, text_of
from ledger.tui.widgets.plot_data import LETTERS, NAMED, OF_MANY, Event, Line, Plot, Stretch, plot_of
from tests.tui.question_ledgers import histories


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Location:
    """Questions with a history."""
    return histories(tmp_path_factory.mktemp("plots") / "histories.db", crowd=60)


def plot(location: Location, number: int) -> Plot:
    """The plot of a question."""
    with opened(location) as book:
        found = plot_of(card(book, f"#{number}"))
    assert found is not None
    return found


def a_plot(*lines: Line, low: float = 0.0, high: float = 1.0, happened: float | None = None) -> Plot:
    """A plot over a hundred days."""
    share = (low, high) == (0.0, 1.0)
    events = [Event(100 * DAY, "deadline")]
    late = [value for line in lines for value in line.late]
    crowd = [(one.since, one.value) for line in lines[NAMED:] for one in line.stretches]
    return Plot(
        0, 100 * DAY, low, high, share, list(lines[:NAMED]), events, None, happened,
        others=len(lines[NAMED:]), crowd=crowd, late=late,
    )  # fmt: skip


def steady(value: float, low: float | None = None, high: float | None = None) -> Line:
    """A line that never moves."""
    return Line("x", [Stretch(0, 100 * DAY, value, low, high)], standing=True)


def test_a_line_stands_at_the_height_of_its_value() -> None:
    for value, row in ((1.0, 0), (0.5, 3), (0.0, 6)):
        rows = text_of(drawn(a_plot(steady(value)), 76, 8)).split("\n")
        assert "A" in rows[row] and rows[row].count("A") == 2
        assert [at for at, line in enumerate(rows[:7]) if "A" in line] == [row]


def test_a_step_rises_where_the_next_statement_was_made() -> None:
    line = Line("x", [Stretch(0, 50 * DAY, 0.1, None, None), Stretch(50 * DAY, 100 * DAY, 0.9, None, None)])
    rows = text_of(drawn(a_plot(line), 76, 8)).split("\n")
    low, high = next(row for row in reversed(rows[:7]) if "A" in row), next(row for row in rows if "A" in row)
    assert low.index("A") < high.index("A")
    middle = rows[3][high.index("A") - 1 : high.index("A") + 1]
    assert any(0x2800 < ord(char) <= 0x28FF for char in middle), "the riser passes the middle"


def test_a_withdrawn_forecast_ends_before_the_deadline() -> None:
    line = Line("x", [Stretch(0, 40 * DAY, 0.5, None, None)])
    row = text_of(drawn(a_plot(line), 76, 8)).split("\n")[3]
    assert max(at for at, char in enumerate(row) if ord(char) > 0x2800) < 40


def test_a_range_is_shaded_between_its_ends_only() -> None:
    rows = text_of(drawn(a_plot(steady(0.5, 0.3, 0.7)), 76, 24)).split("\n")
    shaded = [at for at, row in enumerate(rows) if "░" in row]
    assert shaded and min(shaded) >= 6 and max(shaded) <= 16


def test_two_ranges_have_two_shades() -> None:
    told_of = text_of(drawn(a_plot(steady(0.2, 0.1, 0.3), steady(0.8, 0.7, 0.9)), 76, 24))
    assert "░" in told_of and "▒" in told_of


def test_late_statements_stand_apart_after_the_deadline() -> None:
    line = steady(0.5)
    line.late.append(0.99)
    rows = text_of(drawn(a_plot(line), 76, 8)).split("\n")
    assert LATE in rows[0] and rows[0].index(LATE) > rows[1].index("┊")


@pytest.mark.parametrize(("happened", "row"), [(1.0, 0), (0.0, 6), (0.5, 3)])
def test_what_happened_stands_at_its_height(happened: float, row: int) -> None:
    rows = text_of(drawn(a_plot(steady(0.4), happened=happened), 76, 8)).split("\n")
    assert [at for at, line in enumerate(rows) if HAPPENED in line] == [row]


def test_a_settled_question_marks_deadline_late_statement_and_outcome(told: Location) -> None:
    settled = plot(told, 1)
    assert [line.name for line in settled.named] == ["Anna", "Ben", "Cleo"]
    assert settled.late == [0.99] and settled.happened == 1.0 and settled.ranged == [1]
    assert not settled.named[1].standing and settled.named[0].standing
    assert settled.named[0].stretches[1].value == 0.8, "the corrected value is drawn"
    rows = text_of(drawn(settled, 76, 8))
    assert "deadline 31 July 2026" in rows and "5 January 2026" in rows


@pytest.mark.parametrize("number", [2, 3])
def test_options_are_lines_the_likeliest_first(told: Location, number: int) -> None:
    options = plot(told, number)
    assert options.of in {"Anna", "Ben"}
    values = [line.last for line in options.named]
    assert values == sorted(values, key=lambda value: -(value or 0))
    assert sum(value or 0 for value in values) == pytest.approx(1)


def test_a_number_has_its_median_and_its_quantiles_on_its_own_scale(told: Location) -> None:
    number = plot(told, 4)
    assert not number.share and (number.low, number.high) == (100, 900)
    assert [line.last for line in number.named] == [420, 700]
    assert number.named[0].stretches[0][2:] == (300, 100, 900)
    assert "900┤" in text_of(drawn(number, 76, 8)).split("\n")[0]


def test_nothing_stated_has_no_plot(told: Location) -> None:
    with opened(told) as book:
        assert plot_of(card(book, "#5")) is None


def test_a_crowd_has_a_few_letters_and_dots(told: Location) -> None:
    crowd = plot(told, 6)
    assert len(crowd.named) == OF_MANY and crowd.others == 30 - OF_MANY and crowd.crowd
    assert CROWD in text_of(drawn(crowd, 76, 8))


values = st.floats(0, 1)
stretches = st.lists(
    st.builds(
        lambda since, length, value, spread: Stretch(
            since * DAY, min(since + length, 120) * DAY, value, max(0.0, value - spread), min(1.0, value + spread)
        ),
        st.integers(0, 100), st.integers(0, 100), values, values,
    ),
    max_size=5,
)  # fmt: skip
lines = st.lists(st.builds(Line, st.just("x"), stretches, st.lists(values, max_size=9), st.booleans()), max_size=12)


@given(lines, st.integers(30, 160), st.integers(4, 30), st.none() | values)
def test_every_plot_is_exactly_as_large_as_asked(drawn_lines: list[Line], wide: int, high: int, what: float) -> None:
    rows = drawn(a_plot(*drawn_lines, happened=what), wide, high)
    assert len(rows) == high
    assert all(sum(cell_len(char) for char, _ in row) <= wide for row in rows)
    letters = set(LETTERS[: len(drawn_lines)])
    assert {char for row in rows[:-1] for char, part in row if part.startswith("line-") and char < "~"} <= letters


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=6))
def test_numbers_of_any_size_are_drawn(amounts: list[float]) -> None:
    low, high = min(amounts), max(amounts)
    if low == high:
        low, high = low - (abs(low) or 1.0), high + (abs(high) or 1.0)
    many = [Line("x", [Stretch(0, 100 * DAY, value, None, None)], standing=True) for value in amounts]
    assert len(drawn(a_plot(*many, low=low, high=high), 76, 8)) == 8


def test_a_question_whose_times_are_one_instant_is_drawn() -> None:
    whole = Plot(5, 5, 0, 1, True, [Line("x", [Stretch(5, 5, 0.5, None, None)])], [Event(5, "deadline")], None, None)
    assert len(drawn(whole, 76, 8)) == 8


def test_golden(told: Location) -> None:
    golden = Path(__file__).parent / "golden" / "question-plots.text"
    pictures = "\n\n".join(text_of(drawn(plot(told, number), 76, 8)) for number in (1, 2, 3, 4, 6)) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(pictures, encoding="utf-8")
    assert pictures == golden.read_text(encoding="utf-8")
