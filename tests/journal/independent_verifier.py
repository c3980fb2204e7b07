"""A second verifier of a journal in JSON Lines: one file that shares no code with the package.

    python independent_verifier.py JOURNAL.jsonl [CHECKPOINT.txt]

Written from the description of the format alone, with nothing but hashlib and json; exit status 0 when all fits,
3 when not, with one line for each entry that does not.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

Entry = dict[str, Any]

KINDS = {"forecaster", "source", "question", "forecast", "withdraw", "correct", "resolve", "void", "reopen", "edit"}
KINDS |= {"snooze", "look_again", "review_rules", "announced", "redact"}
NEEDED = {"command", "facts", "head", "kind", "position", "recorded_at", "seq", "v"}


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def instant(text: str) -> tuple[str, str]:
    return text[:19], text[20:-1].ljust(6, "0")


def no_twice(pairs: list[tuple[str, Any]]) -> Entry:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)


def no_float(text: str) -> NoReturn:
    raise ValueError(f"a float: {text}")


def leaf_of(entry: Entry) -> bytes:
    kept = ("command", "facts", "kind", "position", "recorded_at", "seq")
    leaf = {"commitment": entry.get("commitment")} | {key: entry[key] for key in kept}
    return sha256(b"\x00forecast-ledger/1\n", canonical(leaf).encode())


def fault(entry: Entry, line: str, last: Entry, head: bytes) -> str | None:
    """What is wrong with one entry, after ``last`` (empty at the start) and ``head``; None if nothing."""
    if canonical(entry) != line or entry["v"] != 1 or entry.keys() - {"commitment", "salt", "text"} != NEEDED:
        return "not in canonical form"
    if entry["seq"] != last.get("seq", 0) + 1:
        return "out of order"
    if entry["kind"] not in KINDS or len(entry["command"]) != 32:
        return "an unknown kind or command"
    if entry["position"] != (last["position"] + 1 if last.get("command") == entry["command"] else 0):
        return "the position does not follow"
    if last and instant(entry["recorded_at"]) < instant(last["recorded_at"]):
        return "time runs backwards"
    if "text" in entry or "salt" in entry:
        if not set(entry["salt"]) <= set("0123456789abcdef"):
            return "not in canonical form"
        salt, text = bytes.fromhex(entry["salt"]), canonical(entry["text"]).encode()
        if sha256(b"\x02", salt, text).hex() != entry.get("commitment"):
            return "the text does not fit its commitment"
    if sha256(b"\x01", head, leaf_of(entry)).hex() != entry["head"]:
        return "the head does not follow"
    return None


def merkle(leaves: Sequence[bytes]) -> bytes:
    """The tree hash of RFC 6962, 2.1, by its definition."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01", merkle(leaves[:half]), merkle(leaves[half:]))


def verify(lines: Sequence[bytes], checkpoint: str | None = None) -> list[tuple[int, str]]:
    """All faults as pairs of the line's number and a reason; ``lines`` are without their line feeds."""
    faults: list[tuple[int, str]] = []
    last: Entry = {}
    head, bare, leaves = sha256(b"forecast-ledger/1 genesis"), dict[int, int](), list[bytes]()
    for number, raw in enumerate(lines, 1):
        try:
            line = raw.decode()
            entry = json.loads(line, object_pairs_hook=no_twice, parse_float=no_float, parse_constant=no_float)
            reason = fault(entry, line, last, head)
            head, last = bytes.fromhex(entry["head"]), entry
            leaves.append(leaf_of(entry))
            if "commitment" in entry and "text" not in entry:
                bare[entry["seq"]] = number
            for seq in entry["facts"]["entries"] if entry["kind"] == "redact" else ():
                bare.pop(seq, None)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"cannot be read: {error!r}"
        if reason:
            faults.append((number, reason))
    faults += [(number, "the text is missing") for number in bare.values()]
    return faults + ([] if checkpoint is None else against(checkpoint, lines, leaves))


def against(checkpoint: str, lines: Sequence[bytes], leaves: Sequence[bytes]) -> list[tuple[int, str]]:
    """What differs from a checkpoint line."""
    told = dict(part.split("=") for part in checkpoint.split()[2:])
    size = int(told["size"])
    if len(lines) < size:
        return [(size, "is missing, and a checkpoint saw it")]
    entry = json.loads(lines[size - 1])
    seen = {
        "size": told["size"],
        "head": entry["head"],
        "root": merkle(leaves[:size]).hex(),
        "at": entry["recorded_at"],
    }
    return [] if seen == told else [(size, "differs from the checkpoint")]


if __name__ == "__main__":
    journal = Path(sys.argv[1]).read_bytes().removesuffix(b"\n").split(b"\n")
    found = verify(journal, Path(sys.argv[2]).read_text() if len(sys.argv) > 2 else None)
    for number, reason in found:
        print(f"line {number}: {reason}")
    sys.exit(3 if found else 0)
