"""Saved HTML pages, read as a tree of limited size with the standard library's parser; scripts are never looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ledger.errors import FileInputError

DEEPEST = 200
MOST_ELEMENTS = 200_000
MOST_CHARACTERS = 1 << 20
_EMPTY = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SILENT = frozenset({"script", "style", "template"})


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    line: int
    content: list[Element | str] = field(default_factory=list)

    def has_class(self, name: str) -> bool:
        """Whether one of its classes is ``name``."""
        return name in self.attributes.get("class", "").split()

    def inside(self) -> Iterator[Element]:
        """All elements inside, in the order of the page."""
        waiting = [iter(self.content)]
        while waiting:
            one = next(waiting[-1], None)
            if one is None:
                waiting.pop()
            elif isinstance(one, Element):
                yield one
                waiting.append(iter(one.content))

    def find(self, tag: str, class_name: str | None = None) -> Element | None:
        """The first element inside with that tag, and class."""
        return next(self.find_all(tag, class_name), None)

    def find_all(self, tag: str, class_name: str | None = None) -> Iterator[Element]:
        """All of them."""
        return (one for one in self.inside() if one.tag == tag and (class_name is None or one.has_class(class_name)))

    def text(self, *, without: Element | None = None) -> str:
        """The text inside, with single spaces, but for that of one element."""
        words: list[str] = []
        waiting = [iter(self.content)]
        while waiting:
            one = next(waiting[-1], None)
            if one is None:
                waiting.pop()
            elif isinstance(one, str):
                words.append(one)
            elif one is not without and one.tag not in _SILENT:
                waiting.append(iter(one.content))
        return " ".join("".join(words).split())


class _Reader(HTMLParser):
    def __init__(self, file: str) -> None:
        super().__init__(convert_charrefs=True)
        self.file, self.count = file, 0
        self.comments: list[str] = []
        self.open = [Element("", {}, 1)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        line = self.getpos()[0]
        if self.count > MOST_ELEMENTS or len(self.open) > DEEPEST:
            problem = f"more than {MOST_ELEMENTS:,} elements, or {DEEPEST} inside each other: this is no page of it"
            raise FileInputError(problem, file=self.file, line=line)
        element = Element(tag, {name: value or "" for name, value in attrs}, line)
        self.open[-1].content.append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data[:1_000])


def read_page(text: str, *, file: str) -> tuple[Element, list[str]]:
    """The page, and its comments; :class:`FileInputError` where it is too large or nested too deeply."""
    if len(text) > MOST_CHARACTERS:
        raise FileInputError(f"a page of more than {MOST_CHARACTERS:,} characters: this is no page of it", file=file)
    reader = _Reader(file)
    try:
        reader.feed(text)
        reader.close()
    except AssertionError:  # how the parser of older Pythons tells a declaration that it cannot read
        problem = "a declaration here is no HTML: save the page again"
        raise FileInputError(problem, file=file, line=reader.getpos()[0]) from None
    return reader.open[0], reader.comments
