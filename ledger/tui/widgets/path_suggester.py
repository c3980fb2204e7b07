"""Offers the rest of a path, from the folders as they are; asked in a thread."""

from __future__ import annotations

import os
from contextlib import suppress

from textual.suggester import Suggester

from ledger.domain.text import safe_text

MOST = 20_000
"""So many names of a folder are looked at."""


class PathSuggester(Suggester):
    """The first name in order that begins as typed; a folder ends in a slash. Hidden ones only after a dot."""

    def __init__(self) -> None:
        """Folders change, so nothing is kept."""
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The whole path, or nothing."""
        import asyncio

        return await asyncio.to_thread(completed, value)


def completed(value: str) -> str | None:
    """``value`` with its last name completed; ``None`` where nothing begins so, or only what cannot be typed."""
    folder, name = os.path.split(value)
    if not value or "\0" in value:
        return None
    with suppress(OSError, ValueError), os.scandir(os.path.expanduser(folder) or ".") as entries:  # noqa: PTH111
        found = sorted(
            entry.name + ("/" if entry.is_dir() else "")
            for _, entry in zip(range(MOST), entries, strict=False)
            if entry.name.startswith(name) and (name or not entry.name.startswith("."))
        )
        fitting = (one for one in found if safe_text(one) == one)
        return next((value + one[len(name) :] for one in fitting if len(one) > len(name)), None)
    return None
