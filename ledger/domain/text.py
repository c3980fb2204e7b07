"""Text at the edges: what comes in is checked, what goes out to a terminal is made harmless.

The raw text is what the ledger keeps. Every place that shows it calls :func:`safe_text`, since neither
a terminal nor a widget library removes control sequences, direction overrides or invisible characters.
"""

from __future__ import annotations

import unicodedata
from itertools import accumulate

LONGEST_TEXT = 10_000
"""The most characters that one field of text may have."""

_ELLIPSIS = "…"
_SHOWN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters and marks by category, yet nothing is drawn for them.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


class _Marks(dict[int, str]):
    """A translation table that is filled as characters are met."""

    def __init__(self, kept: str) -> None:
        super().__init__({ord(character): character for character in kept})

    def __missing__(self, code: int) -> str:
        character = chr(code)
        hidden = character in _INVISIBLE or unicodedata.category(character) in _SHOWN_CATEGORIES
        self[code] = _mark(code) if hidden else character
        return self[code]


def _mark(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures: ␀ ␛ ␊
    return "␡" if code == 0x7F else f"<U+{code:04X}>"


_ONE_LINE, _MANY_LINES = _Marks(""), _Marks("\n\t")


def safe_text(text: str, *, width: int | None = None, newline: bool = False) -> str:
    """``text`` with every control, format and invisible character turned into a visible mark.

    C0, DEL, C1, direction controls, zero-width and other format characters (category Cf), line and
    paragraph separators and lone surrogates are marked; line feeds and tabs pass only with ``newline``.
    With ``width`` (terminal columns) each line longer than that is cut and ends in an ellipsis.
    """
    if not (text.isascii() and text.isprintable()):
        text = text.translate(_MANY_LINES if newline else _ONE_LINE)
    if width is None:
        return text
    return "\n".join(_cut(line.expandtabs(4), width) for line in text.split("\n"))


def display_width(text: str) -> int:
    """The terminal columns that ``text`` takes: wide East Asian characters two, combining marks none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def _cut(line: str, width: int) -> str:
    if display_width(line) <= width:
        return line
    if width < 1:
        return ""
    kept = sum(columns < width for columns in accumulate(map(_columns, line)))
    return line[:kept] + _ELLIPSIS


def quoted(text: str, *, limit: int = 60) -> str:
    """``text`` as one line between quotes for a message, cut in the middle beyond ``limit`` characters."""
    if len(text) > limit:
        half = limit // 2
        return f"{text[:half]!r}…{text[-half:]!r} ({len(text):,} characters)"
    return repr(text)
