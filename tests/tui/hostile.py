"""A hundred texts that try to be more than text, and what none of them may put on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

MARK = "EVIL"
"""In every control sequence, so that one of ours is never taken for one of theirs."""

_SEEDS = (
    f"\x1b]52;c;{MARK}\x07",
    f"\x1b]0;{MARK}\x07",
    f"\x1b[31m{MARK}",
    f"\x1b[2J{MARK}",
    f"\x9b31m{MARK}",
    f"\x1bP{MARK}\x1b\\",
    f"\x1b]8;;http://{MARK}\x1b\\x",
    f"\x90{MARK}\x9c",
    f"\r{MARK}",
    f"\b\b{MARK}",
    f"\x07{MARK}",
    f"\x0e{MARK}\x0f",
    f"[bold]{MARK}[/bold]",
    f"[/{MARK}]",
    "[/",
    "[",
    "[@click=app.quit]x[/]",
    f"[link={MARK}]x[/link]",
    "[red",
    r"\[x\]",
    f"\u202e{MARK}",
    f"\u2066{MARK}\u2069",
    f"\u200f{MARK}",
    f"\u200b{MARK}\u2060",
    f"\ufeff{MARK}",
    f"\u2028{MARK}\u2029",
    "👩‍👩‍👧‍👦",
    "❤️‍🔥 🏳️‍🌈 👍🏽",
    "e" + "\u0301" * 60,
    "زمن עברית",
    "漢字テスト한국어",
    "ﷺ꧅𒐫",
    "\U000e0041\U000e007f",
    "\u3164\u115f",
    "x" * 500,
    "字" * 300,
    "a b " * 120,
    "=cmd|'/C calc'!A0",
    "%s %(x)s {0} {x!r} ${x} $(id) `id`",
    "'; DROP TABLE entry; --",
    "<script>alert(1)</script>",
    "</svg>&amp;&#27;",
    "null",
    "None",
    "nan",
    "0",
    "-1e999",
    "tag:x status:due",
    "C:\\x\\..\\..",
    "~/$HOME",
)

FORBIDDEN = (
    re.compile(rb"\x1b\]52;"),
    re.compile(rb"\x1b[\]P\[][^\x1b\x07]{0,30}?" + MARK.encode()),
    re.compile(rb"\xc2[\x80-\x9f]"),  # C1 controls in UTF-8
    re.compile(rb"[\x00-\x06\x0b\x0c\x0e\x0f\x10-\x1a\x1c-\x1f\x7f]"),
    re.compile(  # direction controls and characters that nothing is drawn for
        rb"\xe2\x80[\x8b\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0\xa6-\xa9]|\xef\xbb\xbf|\xe3\x85\xa4|\xe1\x85\x9f"
    ),
    re.compile(rb"\xf3\xa0[\x80-\x81][\x80-\xbf]"),  # tag characters
)


def hundred() -> list[str]:
    """A hundred texts: the seeds, and pairs of them."""
    return list(islice(_texts(), 100))


def _texts() -> Iterator[str]:
    yield from _SEEDS
    for one, other in product(_SEEDS[:26], _SEEDS[26:32]):
        yield f"{one} {other}"


def controls_from_data(output: bytes) -> list[bytes]:
    """What of ``output`` can only have come from the texts."""
    return [found[0] for pattern in FORBIDDEN for found in pattern.finditer(output)]
