"""The journal as JSON Lines: the lossless copy of a ledger, chain and all; out, in and out again byte-equal.

One line is one entry, a canonical JSON object with the keys command, commitment, facts, head, kind, position,
recorded_at (RFC 3339), salt, seq, text and v (the version, 1); hashes and salts are hexadecimal, facts and text
objects. An entry without text lacks commitment, salt and text; a redacted one lacks salt and text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import IO, BinaryIO, cast

from ledger.domain.instants import format_instant, parse_rfc3339
from ledger.domain.text import quoted
from ledger.errors import FileInputError, InputError
from ledger.journal.entry import Sealed
from ledger.journal.findings import Finding
from ledger.journal.shapes import check_facts, check_text
from ledger.journal.strict import read_strict
from ledger.journal.verify import unbroken

LONGEST_LINE = 2**24
"""Bytes of a line: longer ones are refused before they fill the memory."""

_VERSION = 1
_NUMBER = r"(0|[1-9][0-9]{0,14})"
_match_line = re.compile(
    r'\{"command":"([0-9a-f]{32})",(?:"commitment":"([0-9a-f]{64})",)?"facts":(\{.*\}),"head":"([0-9a-f]{64})",'
    rf'"kind":"([a-z_]+)","position":{_NUMBER},"recorded_at":"([0-9T:.-]{{19,26}}Z)",'
    rf'(?:"salt":"([0-9a-f]{{64}})",)?"seq":{_NUMBER},(?:"text":(\{{.*\}}),)?"v":{_VERSION}\}}'
).fullmatch
_REQUIRED = ("command", "facts", "head", "kind", "position", "recorded_at", "seq", "v")
_OPTIONAL = ("commitment", "salt", "text")


def render_line(row: Sealed) -> str:
    """The line of an entry, without the line feed."""
    seq, command, position, kind, recorded_at, facts, commitment, head, salt, text = row
    return (
        f'{{"command":"{command}",'
        + (f'"commitment":"{commitment.hex()}",' if commitment is not None else "")
        + f'"facts":{facts},"head":"{head.hex()}","kind":"{kind}","position":{position}'
        f',"recorded_at":"{format_instant(recorded_at)}",'
        + (f'"salt":"{salt.hex()}",' if salt is not None else "")
        + f'"seq":{seq},'
        + (f'"text":{text},' if text is not None else "")
        + f'"v":{_VERSION}}}'
    )


def write_journal(rows: Iterable[Sealed], out: IO[str]) -> int:
    """Write all entries to ``out``, opened as UTF-8 with ``newline="\\n"``; how many they were."""
    count = 0
    for row in rows:
        out.write(render_line(row) + "\n")
        count += 1
    return count


def read_journal(stream: BinaryIO, file: str) -> Iterator[Sealed]:
    """The entries of a journal, one by one, each checked on its way.

    Raises FileInputError, with ``file`` and the line, at the first line that is not an entry in the one form
    that ``render_line`` gives, at facts or texts that their kind does not have, and where the chain breaks; at
    the end for a text that is missing though no redaction names it. So nothing is to be kept until the end
    is reached. What only a checkpoint can show, a cut tail, is not seen.
    """

    def refuse(line: int, finding: Finding) -> FileInputError:
        return FileInputError(f"the chain is broken: {finding}", file=file, line=line)

    return cast(Iterator[Sealed], unbroken(parse_lines(stream, file), refuse))


def parse_lines(stream: BinaryIO, file: str) -> Iterator[Sealed]:
    """The entries of a journal by form and shape alone, the chain unchecked; FileInputError as ``read_journal``."""
    for number, octets in enumerate(iter(partial(stream.readline, LONGEST_LINE + 1), b""), 1):
        try:
            line = _decoded(octets, number)
            yield _entry(line)
        except InputError as error:
            raise FileInputError(str(error), file=file, line=number) from None


def _decoded(octets: bytes, number: int) -> str:
    if len(octets) > LONGEST_LINE:
        raise InputError(f"a line of more than {LONGEST_LINE:,} bytes: no entry is so long")
    try:
        line = octets.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start + 1}") from None
    return line.removesuffix("\n").removesuffix("\r")


def _entry(line: str) -> Sealed:
    match = _match_line(line)
    if match is None:
        raise InputError(_problem(line))
    command, commitment, facts, head, kind, position, at, salt, seq, text = match.groups()
    check_facts(kind, facts)  # canonical facts and text in their places make a canonical line
    if text is not None:
        check_text(kind, text)
    recorded_at = parse_rfc3339(at)
    if format_instant(recorded_at) != at:
        raise InputError(f"recorded_at {quoted(at)} is not in its one form, {format_instant(recorded_at)}")
    return Sealed(
        int(seq),
        command,
        int(position),
        kind,
        recorded_at,
        facts,
        _octets(commitment),
        bytes.fromhex(head),
        _octets(salt),
        text,
    )


def _octets(digits: str | None) -> bytes | None:
    return None if digits is None else bytes.fromhex(digits)


def _problem(line: str) -> str:
    """Why a line is refused: the closest reason that can be told."""
    if not line.strip():
        return "an empty line: each line is one entry"
    try:
        value = read_strict(line)
    except InputError as error:
        return str(error)
    if not isinstance(value, dict):
        return "not an entry: a JSON object is expected"
    version = value.get("v", _VERSION)
    if isinstance(version, int) and version != _VERSION:
        return f"version {version} of the journal: this program reads version {_VERSION}"
    for key in _REQUIRED:
        if key not in value:
            return f"an entry without {key!r}"
    for key in value:
        if key not in _REQUIRED + _OPTIONAL:
            return f"an entry with {quoted(key)}, which is not known"
    return "a column out of its form, or not canonical: keys sorted, no white space, nothing escaped without need"
