"""The report as one page: nothing is loaded from elsewhere, and it reads without its script too."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from ledger.reports.cleaning import shown
from ledger.reports.document import Document, Picture, Register
from ledger.reports.figures.inline import inline_svg
from ledger.reports.links import web_address
from ledger.reports.packing import packed

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

SHOWN = 300
"""Questions up to which all stand in the page as they are; above, the first hundred do, and a script lays out all."""
FIRST = 100


def html_page(document: Document) -> str:
    """The page; the same document gives the same text."""
    css, script = _part("page.css"), _part("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(css)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    template = _environment().get_template("page.html.j2")
    return template.render(document=document, css=_raw(css), script=_raw(script), policy=policy) + "\n"


def _part(name: str) -> str:
    return files("ledger.reports").joinpath("page", name).read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode()


def _raw(text: str) -> Markup:
    """Markup of our own making."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own files and figures, in which texts are escaped already


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("ledger.reports", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_shown,
    )  # fmt: skip
    made.filters |= {"kind": _kind, "drawn": _drawn, "address": web_address, "pieces": _pieces, "laid": _laid}
    return made


def _shown(value: object) -> object:
    """Every text that a page shows passes here, before it is escaped."""
    from markupsafe import Markup

    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _pieces(words: object) -> tuple[object, ...]:
    return words if isinstance(words, tuple) else (words,)


def _kind(block: object) -> str:
    return type(block).__name__


def _drawn(picture: Picture) -> Markup:
    svg = inline_svg(picture.draw(), picture.name, picture.title, picture.description)
    return _raw(svg)


def _laid(register: Register) -> dict[str, object]:
    """What of the register stands in the page, and what its script lays out."""
    many = len(register.rows)
    if many <= SHOWN:
        return {"rows": register.rows, "many": many, "data": None, "held": many}
    data, held = packed(register)
    return {"rows": register.rows[:FIRST], "many": many, "data": _raw(data), "held": held}
