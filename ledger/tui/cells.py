"""Cells of an exact width, made from the user's text; the one place where the terminal UI makes text safe to show."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

from ledger.domain.text import safe_text

_JOINERS = {0xFE0E: None, 0xFE0F: None}
"""Variation selectors: terminals do not agree on how wide they make an emoji."""


def shown(text: str | None, *, absent: str = "(redacted)") -> str:
    """The user's text on one line, with no control, direction or invisible character in it."""
    return absent if text is None else safe_text(text).translate(_JOINERS)


def shown_lines(text: str | None, *, absent: str = "(redacted)") -> str:
    """The same, keeping the lines of the text."""
    return absent if text is None else safe_text(text, newline=True).translate(_JOINERS)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Safe ``text`` in exactly ``width`` columns; what is longer is cut and ends in an ellipsis."""
    if width <= 0:
        return ""
    wide = len(text) if text.isascii() else cell_len(text)
    if wide > width:
        return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
    pad = " " * (width - wide)
    return pad + text if right else text + pad
