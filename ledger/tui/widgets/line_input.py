"""A line to type in, whose characters drive nothing: what was pasted stays as it is and is shown harmless."""

from __future__ import annotations

import unicodedata

from rich.text import Text
from textual.widgets import Input

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


class _Harmless(dict[int, str]):
    """One sign for one character, so that the cursor stands where it should."""

    def __missing__(self, code: int) -> str:
        told = chr(code)
        if code < 0x20:
            told = chr(0x2400 + code)
        elif unicodedata.category(told) in _HIDDEN:
            told = "�"
        self[code] = told
        return told


HARMLESS = _Harmless()


class LineInput(Input):
    """One line without a border."""

    DEFAULT_CSS = """
    LineInput {
        width: 1fr; background: $surface; color: $foreground;
        &.-textual-compact { padding: 0 1; }
        &:focus { background: $panel; background-tint: transparent; }
        &:nocolor { text-style: underline; }
        & > .input--placeholder, & > .input--suggestion { color: $quiet; text-style: italic; }
    }
    """

    def __init__(self, value: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        """Begin with ``value``."""
        super().__init__(value, placeholder=placeholder, id=id, select_on_focus=False, compact=True)
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        return Text(self.value.translate(HARMLESS), no_wrap=True, overflow="ignore", end="")
