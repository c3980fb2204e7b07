"""A figure as a file: SVG, PNG or PDF, without a date, a machine or a version in it."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from ledger.reports.cleaning import shown
from ledger.reports.figures.style import settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FORMS = ("png", "svg", "pdf")
_NOTHING = {
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
    "png": {"Software": None},
    "pdf": {"Creator": None, "Producer": None, "CreationDate": None},
}
DOTS = 200
"""Dots an inch of a PNG."""


def picture_bytes(made: Figure, form: str, title: str, description: str) -> bytes:
    """The figure as a file of one of ``FORMS``; an SVG has its title and description."""
    stream = io.BytesIO()
    with settings(), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a sign that the font lacks
        made.savefig(stream, format=form, dpi=DOTS, metadata=_NOTHING[form])
    if form != "svg":
        return stream.getvalue()
    return told_svg(stream.getvalue().decode(), title, description).encode()


def told_svg(svg: str, title: str, description: str) -> str:
    """The SVG with words for those who do not see it."""
    at = svg.index(">", svg.index("<svg")) + 1
    words = f"<title>{_clean(title)}</title><desc>{_clean(description)}</desc>"
    return f'{svg[: at - 1]} role="img">{words}{svg[at:]}'


def _clean(text: str) -> str:
    return escape(shown(text))
