"""The one function through which every text goes that a page, a figure or Markdown shows."""

from __future__ import annotations

import re

from ledger.domain.text import safe_text

# No page may hold these code points, which are no characters: the last two of each plane, and a stretch of the first.
_ENDS = "".join(chr(0x10000 * plane + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_NONE = re.compile(f"[\ufdd0-\ufdef{_ENDS}]")


def shown(text: str) -> str:
    """``text`` with everything that is hidden, acts or is no character as a visible mark."""
    text = safe_text(text)
    return text if text.isascii() else _NONE.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
