"""The curve that quantiles imply, drawn in dots: how much of the probability lies below each value."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf

from rich.text import Text
from textual.app import RenderResult
from textual.widget import Widget

from ledger.services.wording import percent

Point = tuple[float, float]
"""A level (0 to 1) and the value below which that much lies."""

_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""The bits of a Braille sign, by column, from the lowest dot up."""
HEIGHT = 3
LABEL = 6


class QuantileCurve(Widget):
    """Rises from the lowest quantile to the highest, straight between them; beyond them nothing is said."""

    DEFAULT_CSS = """
    QuantileCurve { height: auto; color: $primary; margin: 0 1 0 14; display: none; }
    QuantileCurve.-drawn { display: block; }
    """

    points: tuple[Point, ...] = ()

    def draw(self, points: Sequence[Point]) -> None:
        """Draw ``points``, by level; fewer than two of different value draw nothing."""
        self.points = tuple(points)
        self.set_class(len(points) > 1 and 0 < points[-1][1] - points[0][1] < inf, "-drawn")
        self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """The curve, and the axis below it."""
        return HEIGHT + 1

    def render(self) -> RenderResult:
        """The curve with its levels at the left and its values below."""
        width = self.size.width - LABEL - 1
        if width < 12 or not self.has_class("-drawn"):
            return Text("")
        rows = curve(self.points, width, HEIGHT)
        low, high = (percent(self.points[place][0]) for place in (0, -1))
        labels = [high, *[""] * (HEIGHT - 2), low]
        drawn = "\n".join(f"{label:>{LABEL}} {row}" for label, row in zip(labels, rows, strict=True))
        return Text(f"{drawn}\n{' ' * (LABEL + 1)}{axis(self.points, width)}", no_wrap=True, end="")


def curve(points: Sequence[Point], width: int, height: int) -> list[str]:
    """The rows of the curve, from the top, in Braille: 2 by 4 dots to a cell."""
    across, up = 2 * width, 4 * height
    least, most = points[0][1], points[-1][1]
    bottom, top = points[0][0], points[-1][0]
    cells = [[0] * width for _ in range(height)]
    before = 0
    for x in range(across):
        level = level_below(points, least + (most - least) * x / (across - 1))
        y = round((level - bottom) / (top - bottom) * (up - 1))
        for dot in range(min(before + 1, y) if x else y, y + 1):
            cells[height - 1 - dot // 4][x // 2] |= _DOTS[x % 2][dot % 4]
        before = y
    return ["".join(chr(0x2800 + bits) for bits in row) for row in cells]


def level_below(points: Sequence[Point], value: float) -> float:
    """How much lies below ``value``: straight between two quantiles, a step where two have one value."""
    for (low, left), (high, right) in pairwise(points):
        if value < right:
            return min(low + (high - low) * (value - left) / (right - left), high) if value > left else low
    return points[-1][0]


def axis(points: Sequence[Point], width: int) -> str:
    """The values under the curve: the ends, and between them as many as there is room for."""
    least, most = points[0][1], points[-1][1]
    first, last = (_brief(value, width) for value in (least, most))
    line = [*first.ljust(width - len(last))[: width - len(last)], *last]
    for _, value in points[1:-1]:
        told = f"{value:.6g}"
        at = round((value - least) / (most - least) * (width - 1)) - len(told) // 2
        if at > 0 and not "".join(line[max(at - 1, 0) : at + len(told) + 1]).strip():
            line[at : at + len(told)] = told
    return "".join(line)


def _brief(value: float, width: int) -> str:
    """A value in at most ``width`` columns, with as many digits as there is room for."""
    told = (f"{value:.{digits}g}" for digits in range(6, 0, -1))
    return next((one for one in told if len(one) <= width), "…")
