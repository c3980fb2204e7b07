"""What the question screen reads, in threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.services.browse import card
from ledger.tui.widgets.plot_data import Plot, plot_of

if TYPE_CHECKING:
    from ledger.services.browse_card import Card
    from ledger.services.opening import Book


@dataclass(frozen=True, slots=True)
class Read:
    """A question with its whole history, and the plot of it."""

    card: Card
    plot: Plot | None


def read_question(book: Book, *, number: int) -> Read:
    """Everything that the screen shows at once. Raises ``NotFoundError`` where there is no such question."""
    found = card(book, f"#{number}")
    return Read(found, plot_of(found))


def read_why(book: Book, *, number: int, policy: str, form: str) -> dict[str, Any]:
    """Why the question scored as it did, in the Brier score's ``form``. Raises ``RefusedError`` where nothing did."""
    from ledger.services.score import explanation

    return explanation(book, f"#{number}", policy, "brier-original" if form == "0-2" else "brier")
