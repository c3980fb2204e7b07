"""The last guard before the terminal: what a field shows while it is typed into passes no cleaning of ours.

Texts are cleaned where they are put on the screen (``tui/cells.py``). An input field draws what was typed or pasted
into it as it is, and editing must keep that; so characters that drive a terminal are taken out of every painted line.
"""

from __future__ import annotations

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from ledger.domain.text import safe_text

WIDE = "·"


class LastGuard(LineFilter):
    """Takes controls, direction controls and invisible characters out of a line, which keeps its width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Clean the segments; nearly always they are clean, and come back as they are."""
        if all(segment.text.isascii() and segment.text.isprintable() for segment in segments):
            return segments
        return [segment if segment.control else Segment(_harmless(segment.text), segment.style) for segment in segments]


def _harmless(text: str) -> str:
    if safe_text(text) == text:
        return text
    return "".join(one if safe_text(one) == one else WIDE * get_character_cell_size(one) for one in text)
