"""What questions of plain files are known by: such files have no ids."""

from __future__ import annotations

from hashlib import sha256


def plain_key(form: str, *words: str | None) -> str:
    """The name of the format, and 20 hexadecimal digits of the SHA-256 over the words, joined by NUL."""
    joined = "\0".join(word or "" for word in words)
    return f"{form}:" + sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:20]
