"""Whatever is drawn as letters or digits, on any golden picture, has at least WCAG AA contrast (4.5 to 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import get_character_cell_size
from textual.color import Color

from ledger.tui.themes import THEMES
from tests.tui.pictures import GOLDEN

AA = 4.5
RUN = re.compile(r"(<\d+>|[a-zA-Z0-9])(\d+)")
PAIRS = [
    *((ink, paper) for ink in ("foreground", "quiet", "due", "primary", "secondary", "accent", "error", "success")
      for paper in ("background", "surface", "panel")),
    ("cursor-text", "cursor"),
    ("background", "error"),
]  # fmt: skip


def contrast(one: Color, other: Color) -> float:
    """The ratio of relative luminances, WCAG 2.2, section 1.4.3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in (color.r, color.g, color.b)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_of_known_pairs() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color(0x77, 0x77, 0x77), Color(255, 255, 255)) == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_the_themes_pairs(theme: object, ink: str, paper: str) -> None:
    colors = {**vars(theme), **vars(theme)["variables"]}
    assert contrast(Color.parse(colors[ink]), Color.parse(colors[paper])) >= AA


def _written(path: Path) -> Iterator[tuple[str, str]]:
    """The characters of a picture with the style that each is drawn in."""
    text, runs, legend = path.read_text(encoding="utf-8").rstrip("\n").split("\n\n")
    told = dict(line.split(" ", 1) for line in legend.split("\n"))
    for line, styles in zip(text.split("\n"), runs.split("\n"), strict=True):
        cells = [letter for letter, count in RUN.findall(styles) for _ in range(int(count))]
        at = 0
        for character in line[1:-1]:
            if at < len(cells):
                yield character, told[cells[at]]
            at += get_character_cell_size(character)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_letters_of_a_picture(path: Path) -> None:
    faint = set()
    for character, style in _written(path):
        colors = re.match(r"(#\w{6}) on (#\w{6})", style)
        if character.isalnum() and character.isascii() and colors and "dim" not in style:
            ratio = contrast(Color.parse(colors[1]), Color.parse(colors[2]))
            if ratio < AA:
                faint.add((style, round(ratio, 2)))
    assert not faint
