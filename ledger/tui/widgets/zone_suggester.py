"""Offers the rest of a time zone's name."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from textual.suggester import Suggester


@cache
def zones() -> tuple[str, ...]:
    """The names of zones that people mean: those with a region, and UTC."""
    found = (name for name in available_timezones() if "/" in name and not name.startswith(("posix/", "right/")))
    return ("UTC", *sorted(found, key=lambda name: (name.startswith(("Etc/", "US/")), name)))


class ZoneSuggester(Suggester):
    """The first zone that begins so, or one whose city does."""

    def __init__(self) -> None:
        """Case does not count."""
        super().__init__(use_cache=True, case_sensitive=False)

    async def get_suggestion(self, value: str) -> str | None:
        """The zone, or nothing."""
        import asyncio

        return await asyncio.to_thread(_first, value)


def _first(value: str) -> str | None:
    return next((name for name in zones() if name.casefold().startswith(value)), None)
