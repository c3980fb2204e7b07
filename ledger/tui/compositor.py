"""Painting a few changed lines without asking every widget on the screen for all of its own.

Textual's compositor crops a repaint to the lines that changed only after each widget has rendered and filtered
everything it shows; a cursor that moves by a line costs as much as the whole screen. This one asks widgets for the
changed lines alone. The picture is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region

if TYPE_CHECKING:
    from textual.strip import Strip


class LineCompositor(Compositor):
    """Renders of each widget the lines that a repaint is about."""

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Where each widget is, the part of it that is seen and changed, and the lines of that part."""
        lines = self.size.region if crop is None else Region(0, crop.y, self.size.width, crop.height)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = clip.intersection(lines)
            part = region.intersection(seen)
            if part.width and part.height:
                yield region, seen, widget.render_lines(part.translate(-region.offset))
