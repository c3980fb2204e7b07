"""A message's words for others' programs: one line each, no control character, nothing that is taken for markup."""

from __future__ import annotations

from ledger.domain.text import safe_text
from ledger.services.channels import Message

LONGEST_LINE = 400
"""Terminal columns of one line; what is longer ends in an ellipsis."""
# Each turned into its wide twin, which looks alike and means nothing to a program: mentions, tags, links, code.
_WIDE = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "@<>[]`*_~|\\"})


def plain_lines(message: Message) -> list[str]:
    """Title and lines."""
    return [title_line(message), *body_lines(message)]


def title_line(message: Message) -> str:
    """The title: one line, so that it can end no header."""
    return safe_text(message.title, width=LONGEST_LINE)


def body_lines(message: Message) -> list[str]:
    """The lines; a line feed within one is shown as a mark."""
    return [safe_text(line, width=LONGEST_LINE) for line in message.body]


def without_markup(text: str) -> str:
    """``text`` for a chat: nobody is called, nothing is linked by it or set in another style."""
    return text.translate(_WIDE)
