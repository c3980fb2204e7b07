"""Texts as YAML writes them: in blocks, between quotes, with a comment after them."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/", " ": " "}


def block(held: list[str], *, folded: bool) -> str:
    """The text of indented lines: as they stand, or with lines of a paragraph joined."""
    margin = min((len(line) - len(line.lstrip()) for line in held if line.strip()), default=0)
    cut = [line[margin:].rstrip() for line in held]
    if not folded:
        return "\n".join(cut).strip()
    paragraphs = "\n".join(cut).split("\n\n")
    return "\n".join(" ".join(part.split("\n")) for part in paragraphs).strip()


def uncommented(text: str) -> str:
    """``text`` without a comment after it; a quoted scalar keeps its signs."""
    if text[:1] in {'"', "'"}:
        return text
    if text.startswith("#"):
        return ""
    return re.split(r"\s#", text, maxsplit=1)[0].rstrip()


def unquoted(text: str) -> str | None:
    """The text between quotes of either sort; None where they are not closed on the line."""
    quote = text[0]
    inside = re.fullmatch(rf"{quote}(.*){quote}\s*(?:#.*)?", text, re.DOTALL)
    if inside is None:
        return None
    if quote == "'":
        return inside[1].replace("''", "'")
    return _ESCAPE.sub(lambda sign: _ESCAPES.get(sign[1], sign[0]), inside[1])
