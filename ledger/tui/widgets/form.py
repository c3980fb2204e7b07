"""The two forms of the Brier score: every number of it that is shown says which it is in."""

from __future__ import annotations

from enum import Enum

ABSENT = "–"


class Form(Enum):
    """Half the sum over yes and no (0 to 1), or the original sum (0 to 2)."""

    HALF = "0–1"
    ORIGINAL = "0–2"

    @property
    def factor(self) -> float:
        """What a half score is multiplied by."""
        return 1.0 if self is Form.HALF else 2.0

    @property
    def other(self) -> Form:
        """The other one."""
        return Form.ORIGINAL if self is Form.HALF else Form.HALF

    def told(self, value: float | None, *, labelled: bool = True) -> str:
        """A half score in this form: ``0.2737 (0–1)``."""
        if value is None:
            return ABSENT
        return f"{self.factor * value:.4f}" + (f" ({self.value})" if labelled else "")

    def between(self, ends: tuple[float, float] | list[float] | None, *, labelled: bool = True) -> str:
        """An interval of half scores in this form: ``0.1250–0.4456 (0–1)``."""
        if ends is None:
            return ABSENT
        low, high = (f"{self.factor * end:.4f}" for end in ends)
        return f"{low}–{high}" + (f" ({self.value})" if labelled else "")


def form_of(setting: str) -> Form:
    """The form that a setting names (``0-1`` or ``0-2``)."""
    return Form.ORIGINAL if setting == "0-2" else Form.HALF
