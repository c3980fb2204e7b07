"""Where the shipped data lies: seeds, scales and migrations in ``db/``.

A wheel carries ``db/`` inside the package; a checkout has it beside the package. ``db/`` is data, not code:
nothing in it is imported from here.
"""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

from ledger.errors import NotFoundError, StoreError

_PACKAGE = Path(__file__).resolve().parent


def data_directory() -> Path:
    """The folder ``db/``: inside the installed package, else at the root of the checkout.

    Raises :class:`StoreError` when neither is there, as in an incomplete installation.
    """
    for folder in (_PACKAGE / "db", _PACKAGE.parent / "db"):
        if (folder / "seeds").is_dir():
            return folder
    raise StoreError(f"the shipped data (db/) is missing beside {_PACKAGE}: install forecast-ledger again")


def shipped_seeds() -> tuple[str, ...]:
    """The names of the shipped forecast sets, sorted."""
    return _names("seeds")


def shipped_scales() -> tuple[str, ...]:
    """The names of the shipped verbal-probability scales, sorted."""
    return _names("scales")


def load_seed(name: str) -> dict[str, Any]:
    """The shipped forecast set ``name``, parsed from TOML; :class:`NotFoundError` when there is none."""
    return _load("seeds", "seed", name)


def load_scale(name: str) -> dict[str, Any]:
    """The shipped scale ``name``, parsed from TOML; :class:`NotFoundError` when there is none."""
    return _load("scales", "scale", name)


def _names(folder: str) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (data_directory() / folder).glob("*.toml")))


def _load(folder: str, what: str, name: str) -> dict[str, Any]:
    known = _names(folder)
    if name not in known:
        close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
        hint = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(known)}"
        raise NotFoundError(f"no {what} is named {name[:60]!r}; {hint}")
    return tomllib.loads((data_directory() / folder / f"{name}.toml").read_text(encoding="utf-8"))
