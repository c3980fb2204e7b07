"""A cursor that goes from place to place, one by one or to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.reactive import reactive
    from textual.widget import Widget

    Base = Widget
else:
    Base = object  # Textual takes styles and component classes from the first widget among the bases


class Along(Base):
    """The keys of a cursor along the points or months of a picture; goes before the widget among the bases."""

    cursor: reactive[int]

    @property
    def places(self) -> int:
        """How many places there are; widgets say it."""
        raise NotImplementedError

    def go_to(self, place: int) -> None:
        """Go to a place, or to the end that is nearer to it."""
        if self.places:
            self.cursor = max(0, min(place, self.places - 1))

    def action_go_on(self) -> None:
        """The next one."""
        self.go_to(self.cursor + 1)

    def action_go_back(self) -> None:
        """The one before."""
        self.go_to(self.cursor - 1)

    def action_first(self) -> None:
        """The first."""
        self.go_to(0)

    def action_last(self) -> None:
        """The last."""
        self.go_to(self.places - 1)
