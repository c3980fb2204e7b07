"""What a recording command answers."""

from __future__ import annotations

from dataclasses import dataclass, field

WHY = "say why"
"""What is missing where a reason is empty."""


@dataclass(slots=True)
class Done:
    """``said`` goes to standard output, ``notices`` (readings, warnings) to standard error."""

    said: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    question: int | None = None
    entries: list[int] = field(default_factory=list)
