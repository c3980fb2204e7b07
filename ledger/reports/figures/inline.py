"""A figure as markup inside a page: colours by class, so that they follow the page's theme; no style, no address."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Tree

from ledger.reports.cleaning import shown
from ledger.reports.figures.style import BAND, FIRST, GROUND, INK, LINE, QUIET, SECOND, settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CLASSES = {INK: "ink", QUIET: "quiet", LINE: "line", GROUND: "ground", FIRST: "first", SECOND: "second", BAND: "band"}
_NUMBER = re.compile(r"-?\d+\.\d+")
_URL = re.compile(r"url\(#([^)]+)\)")
_DROPPED = {"metadata", "style"}
_LEFT_OUT = {"font-family", "clip-rule", "stroke-miterlimit"}


def inline_svg(made: Figure, name: str, title: str, description: str) -> str:
    """The figure as an ``svg`` element, named to those who do not see it."""
    stream = io.StringIO()
    with settings(), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a sign that the font lacks is drawn by the reader's own
        made.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    root = Tree.fromstring(stream.getvalue())  # noqa: S314 - matplotlib's own
    _cleaned(root, f"{name}-")
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.attrib |= {"role": "img", "aria-labelledby": f"{name}-title {name}-desc", "class": "figure"}
    for at, (tag, text) in enumerate((("title", title), ("desc", description))):
        told = Tree.Element(tag, {"id": f"{name}-{tag}"})
        told.text = shown(text)
        root.insert(at, told)
    return Tree.tostring(root, encoding="unicode", short_empty_elements=False)


def _cleaned(element: Tree.Element, prefix: str) -> None:
    """Rename, recolour and round ``element`` and all within; ids that nothing refers to are dropped."""
    element.tag = _local(element.tag)
    for child in list(element):
        if _local(child.tag) in _DROPPED:
            element.remove(child)
        else:
            _cleaned(child, prefix)
    told = {_local(name): value for name, value in element.attrib.items()}
    told |= _attributes(told.pop("style", ""))
    if "href" in told:
        told["href"] = f"#{prefix}{told['href'][1:]}"
    if element.tag in {"path", "clipPath"} and "id" in told:
        told["id"] = prefix + told["id"]
    else:
        told.pop("id", None)
    element.attrib.clear()
    element.attrib.update({name: _value(value, prefix) for name, value in sorted(told.items())})
    element.tail = None
    if element.text is not None:
        element.text = element.text.strip() or None
        element.text = None if element.text is None else shown(element.text)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _value(value: str, prefix: str) -> str:
    value = _URL.sub(lambda found: f"url(#{prefix}{found[1]})", value)
    return " ".join(_NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value).split())


def _attributes(style: str) -> dict[str, str]:
    """A style as attributes and classes, which a page that forbids inline styles shows too."""
    found: dict[str, str] = {}
    classes = []
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name in {"fill", "stroke"} and value in CLASSES:
            classes.append(f"{name[0]}-{CLASSES[value]}")
        elif name == "font":
            found["font-size"] = value.split()[0]
        elif name not in _LEFT_OUT:
            found[name] = value
    if classes:
        found["class"] = " ".join(classes)
    return found
