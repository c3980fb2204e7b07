"""The formats that can be read, in one table; what a file is, its content says.

A reader is a module of :mod:`ledger.formats` with two functions::

    looks_like(material: Material) -> bool          by the beginnings of its parts alone
    read(material: Material, given: Given) -> Sheet  all of it, or FileInputError
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ledger.domain.words import did_you_mean
from ledger.errors import FileInputError, InputError, NotFoundError
from ledger.formats.given import Given
from ledger.formats.opening import Material, Part, opened
from ledger.formats.sheet import OWN, Sheet
from ledger.formats.trackers import TRACKERS


class ReaderModule(Protocol):
    """What a module that reads a format has."""

    def looks_like(self, material: Material) -> bool:
        """Whether this is its format."""

    def read(self, material: Material, given: Given) -> Sheet:
        """What it says; :class:`FileInputError` where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One format that comes in."""

    name: str
    """As ``--from`` takes it."""
    label: str
    """What it is, for people."""
    module: str
    """Under ``ledger.formats``; loaded when somebody imports something."""
    last: bool = False
    """Whether it is asked only when no other format is recognised."""

    def load(self) -> ReaderModule:
        """The module."""
        return cast(ReaderModule, import_module(f"ledger.formats.{self.module}"))


JOURNAL = "jsonl"
"""The one format that is no sheet: its entries are adopted as they are."""
PACKED = frozenset({"xlsx", "parquet"})
"""Formats that are packed themselves, and never looked into as a zip."""
READERS = (
    Reader("csv", "the ledger's own CSV", "own_csv.door"),
    Reader("xlsx", "the ledger's own table as a workbook", "own_xlsx"),
    Reader("parquet", "the ledger's own table as Parquet", "own_parquet"),
    Reader(JOURNAL, "the journal of a ledger (JSON Lines)", "journal_door"),
    *(Reader(*row) for row in TRACKERS),
    Reader("table", "any other table, its columns named with --map or guessed", "mapped", last=True),
)


def reader_named(name: str) -> Reader:
    """The reader that ``--from`` calls ``name``; :class:`NotFoundError` with the near ones."""
    names = [reader.name for reader in READERS]
    for reader in READERS:
        if reader.name == name.strip().lower():
            return reader
    raise NotFoundError(f"there is no format {name!r}{did_you_mean(name, names)}; --from takes: {', '.join(names)}")


def recognise(material: Material) -> Reader:
    """The one format that ``material`` is; :class:`FileInputError` where it is none of them, or might be several."""
    for one in READERS:
        if one.name in {"csv", JOURNAL} and one.load().looks_like(material):
            return one  # nobody else has our columns, or our keys
    for last in (False, True):
        found = [one for one in READERS if one.last is last and one.load().looks_like(material)]
        if len(found) > 1:
            several = " or ".join(f"{one.label} (--from {one.name})" for one in found)
            raise FileInputError(f"this may be {several}: say which", file=material.name)
        if found:
            return found[0]
    names = ", ".join(reader.name for reader in READERS)
    problem = f"no format was recognised; tried: {names}. If it is one of them, say so with --from"
    raise FileInputError(problem, file=material.name, line=1)


def material_of(paths: Iterable[Path], origin: str | None) -> tuple[Material, Reader]:
    """What stands at ``paths``, and its format: ``origin`` where somebody says it, else by content."""
    chosen = tuple(paths)
    if origin is None:
        material = opened(chosen)
        reader = recognise(material)
    else:
        reader = reader_named(origin)
        packed = [Part(path.name, path) for path in chosen]
        material = Material(chosen, packed) if reader.name in PACKED else opened(chosen)
    if reader.name in OWN | {JOURNAL} and len(chosen) > 1:
        raise InputError(f"{reader.label} comes alone: import the files one by one")
    if reader.name == JOURNAL and material.parts[0].member is not None:
        raise InputError(f"{material.name} holds a journal in a zip: unpack it, or compress it with gzip")
    return material, reader
