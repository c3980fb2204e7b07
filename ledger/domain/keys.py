"""Keys of questions: unique within their source, and recognised again after a redaction."""

from __future__ import annotations

from hashlib import sha256


def key_digest(namespace: str, key: str) -> str:
    """What the journal's facts hold of a key: SHA-256 over its source's name and the key, in hexadecimal.

    The key itself is text and goes with a redaction; its digest stays, so that importing the same file again still
    adds nothing.
    """
    return sha256(f"{namespace}\0{key}".encode()).hexdigest()
