"""The small part of YAML in which people keep predictions, read as text alone: nothing in a file can make an object.

A document is a mapping of keys at the margin to a scalar, a list (``[a, b]`` or lines with ``-``), a text block (``>``
or ``|``) or a mapping one level deep. Tags, anchors, aliases and mappings in braces are refused by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ledger.errors import FileInputError
from ledger.formats.yaml_scalars import block, uncommented, unquoted

Scalar = str | None
Value = Scalar | list[str] | dict[str, Scalar]
_KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|[^\s#:'"\[\]{}&*!|>%@`,-][^:]{0,200}?)\s*:(?:\s+(.*))?""",
    re.DOTALL,
)
_BLOCK = re.compile(r"([|>])[+-]?\d?[+-]?\s*(#.*)?")
_EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
MOST_KEYS = 200
LONGEST_LINE = 10_000


@dataclass(slots=True)
class Document:
    """One document: its values by key, and the lines on which it and its keys begin."""

    line: int
    values: dict[str, Value] = field(default_factory=dict)
    rest: str = ""
    """What follows the front matter, where a document was read as such."""


@dataclass
class _Lines:
    """Lines of a document, with their numbers."""

    file: str
    lines: list[tuple[int, str]]
    at: int = 0

    def refuse(self, problem: str) -> FileInputError:
        line = self.lines[min(self.at, len(self.lines) - 1)][0] if self.lines else 1
        return FileInputError(problem, file=self.file, line=line)

    def indented(self) -> list[str]:
        """The lines from here on that are indented or empty; the place moves past them."""
        found = []
        while self.at < len(self.lines) and (not self.lines[self.at][1].strip() or self.lines[self.at][1][0] in " \t"):
            found.append(self.lines[self.at][1])
            self.at += 1
        while found and not found[-1].strip():
            found.pop()
        return found


def documents(text: str, *, file: str) -> Iterator[Document]:
    """The documents between lines of ``---``; empty ones are passed over."""
    held: list[tuple[int, str]] = []
    for number, line in enumerate([*text.split("\n"), "---"], 1):
        plain = _limited(line, number, file)
        if plain.rstrip() not in {"---", "..."}:
            held.append((number, plain))
            continue
        if any(one.strip() and not one.lstrip().startswith("#") for _, one in held):
            yield _document(_Lines(file, held))
        held = []


def front_matter(text: str, *, file: str) -> Document:
    """The document between the first two lines of ``---``, and the text after it."""
    lines = [_limited(line, number, file) for number, line in enumerate(text.split("\n"), 1)]
    ends = [at for at, line in enumerate(lines) if line.rstrip() == "---"][:2]
    if len(ends) < 2:
        raise FileInputError("two lines of --- with keys between them were expected", file=file, line=1)
    document = _document(_Lines(file, list(enumerate(lines, 1))[ends[0] + 1 : ends[1]]))
    document.rest = "\n".join(lines[ends[1] + 1 :]).strip()
    return document


def _limited(line: str, number: int, file: str) -> str:
    if len(line) > LONGEST_LINE:
        problem = f"a line of {len(line):,} characters: {LONGEST_LINE:,} are the most"
        raise FileInputError(problem, file=file, line=number)
    return line.rstrip("\r")


def _document(lines: _Lines) -> Document:
    document = Document(lines.lines[0][0] if lines.lines else 1)
    while lines.at < len(lines.lines):
        number, line = lines.lines[lines.at]
        if not line.strip() or line.lstrip().startswith("#"):
            lines.at += 1
            continue
        found = _KEY.fullmatch(line)
        if found is None or line[0] in " \t":
            raise lines.refuse("a key and a colon were expected at the margin")
        key = _scalar(found[1], lines) or ""
        if key in document.values or len(document.values) >= MOST_KEYS:
            raise lines.refuse(f"{key!r} is there twice, or there are too many keys")
        if not document.values:
            document.line = number
        told = (found[2] or "").strip()
        document.values[key] = _value(told, lines)
    return document


def _value(told: str, lines: _Lines) -> Value:
    if _BLOCK.fullmatch(told):
        lines.at += 1
        return block(lines.indented(), folded=told[0] == ">")
    if told.startswith("["):
        return _flow(told, lines)
    plain = uncommented(told)
    if not plain:
        lines.at += 1
        return _below(lines)
    value = _scalar(plain, lines)
    lines.at += 1
    more = [line.strip() for line in lines.indented()]
    return " ".join([value or "", *filter(None, more)]) if more else value


def _flow(told: str, lines: _Lines) -> list[str]:
    plain = uncommented(told)
    if not plain.endswith("]") or plain.count("[") > 1:
        raise lines.refuse("a list in brackets ends on its line and holds no other")
    parts = (_scalar(part.strip(), lines) for part in plain[1:-1].split(",") if part.strip())
    found = [part for part in parts if part is not None]
    lines.at += 1
    return found


def _below(lines: _Lines) -> Value:
    """What stands indented below a key: a list, a mapping, or a text."""
    begins = lines.at
    held = [line.strip() for line in lines.indented()]
    while lines.at < len(lines.lines) and lines.lines[lines.at][1].startswith("- "):
        held.append(lines.lines[lines.at][1].strip())
        lines.at += 1
    told = [line for line in held if line and not line.startswith("#")]
    if not told:
        return None
    inside = _Lines(lines.file, lines.lines[begins:])
    if all(line.startswith("- ") for line in told):
        return [item for line in told if (item := _scalar(uncommented(line[2:].strip()), inside)) is not None]
    pairs = [_KEY.fullmatch(line) for line in told]
    if all(pairs):
        return {
            _scalar(pair[1], inside) or "": _scalar(uncommented((pair[2] or "").strip()), inside)
            for pair in pairs if pair is not None
        }  # fmt: skip
    return " ".join(told)


def _scalar(text: str, lines: _Lines) -> Scalar:
    if text[:1] in {"&", "*", "!", "{", "%", "@", "`"}:
        raise lines.refuse(f"what begins with {text[:1]!r} is not read here: write it as plain or quoted text")
    if text[:1] in {'"', "'"}:
        inside = unquoted(text)
        if inside is None:
            raise lines.refuse("a quote is not closed on its line")
        return inside
    return None if text in _EMPTY else text
