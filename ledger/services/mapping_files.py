"""Mappings of tables, as options and files say them, and kept for the next time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from ledger.domain.text import safe_text
from ledger.errors import InputError, NotFoundError, RefusedError
from ledger.formats.mapping import LARGEST_FILE, Columns, mapping_text, read_mapping, read_options


def mapping_of(options: Sequence[str], file: Path | None) -> Columns | None:
    """What ``--map`` says, and where it says nothing, ``--map-file``; None where there is neither."""
    if file is None:
        return read_options(options) if options else None
    return read_options(options).over(read_mapping(_text(file), file=safe_text(file.name)))


def _text(file: Path) -> str:
    if not file.is_file():
        raise NotFoundError(f"there is no file {safe_text(str(file))} with a mapping: --save-map makes one")
    try:
        with file.open("rb") as stream:
            octets = stream.read(LARGEST_FILE + 1)
        if len(octets) > LARGEST_FILE:
            raise InputError(f"{safe_text(file.name)} is too large for a mapping")
        return octets.decode("utf-8-sig")
    except OSError as problem:
        raise InputError(f"{safe_text(str(file))} cannot be read: {problem.strerror or problem}") from None
    except UnicodeDecodeError:
        raise InputError(f"{safe_text(file.name)} is not UTF-8, as TOML is: save it as UTF-8") from None


def refuse_present(file: Path) -> None:
    """Refuse to keep a mapping where there is a file: said before anything is recorded."""
    if os.path.lexists(file):
        raise RefusedError(f"{safe_text(str(file))} is there already: choose another path for --save-map")


def save_mapping(file: Path, mapping: Columns) -> None:
    """Keep a mapping for ``--map-file``, whole or not at all."""
    from ledger.formats.atomic import atomic_text

    with atomic_text(file) as stream:
        stream.write(mapping_text(mapping))
