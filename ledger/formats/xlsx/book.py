"""What stands around the cells of a workbook: its sheets, its number formats, where its days begin."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from ledger.formats.xlsx.numbers import Style, built_in, style_of
from ledger.formats.xlsx.package import Handlers, Package

_SMALL = 1 << 24
_MAIN = "xl/workbook.xml"
_MOST_STYLES = 100_000


@dataclass(slots=True)
class Book:
    """A workbook without its cells."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    """The name and the part of each sheet that is not hidden, in order."""
    styles: list[Style] = field(default_factory=list)
    """What the number of a cell shows, by the number of its style."""
    strings: str = ""
    """The part of the shared strings."""
    from_1904: bool = False


def read_book(package: Package) -> Book:
    """The workbook's sheets and styles; :class:`FileInputError` where it has no sheet."""
    main = next((target for kind, target in _related(package, "_rels/.rels", "") if kind == "officeDocument"), _MAIN)
    folder, name = posixpath.split(main)
    related = _relations(package, f"{folder}/_rels/{name}.rels", folder)
    book = Book()
    for sheet, key in _sheets(package, main, book):
        if (target := related.get(key)) and target[0] == "worksheet":
            book.sheets.append((sheet, target[1]))
    if not book.sheets:
        package.refuse("the workbook has no sheet of cells")
    by_kind = dict(related.values())
    book.strings = by_kind.get("sharedStrings", f"{folder}/sharedStrings.xml")
    book.styles = _styles(package, by_kind.get("styles", f"{folder}/styles.xml"))
    return book


def _relations(package: Package, name: str, folder: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, told: dict[str, str]) -> None:
        if element == "Relationship" and told.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, told.get("Target", ""))).lstrip("/")
            found[told.get("Id", "")] = told.get("Type", "").rpartition("/")[2], target

    if package.has(name):
        package.read(name, Handlers(start, _nothing), most=_SMALL)
    return found


def _related(package: Package, name: str, folder: str) -> list[tuple[str, str]]:
    return list(_relations(package, name, folder).values())


def _sheets(package: Package, name: str, book: Book) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []

    def start(element: str, told: dict[str, str]) -> None:
        if element == "sheet" and told.get("state", "visible") == "visible":
            key = next((value for name, value in told.items() if name.endswith("}id")), "")
            found.append((told.get("name", ""), key))
        elif element == "workbookPr":
            book.from_1904 = told.get("date1904", "0") in {"1", "true"}

    package.read(name, Handlers(start, _nothing), most=_SMALL)
    return found


def _styles(package: Package, name: str) -> list[Style]:
    texts: dict[int, str] = {}
    used: list[int] = []
    inside: list[str] = []

    def start(element: str, told: dict[str, str]) -> None:
        inside.append(element)
        if element == "numFmt":
            texts[int(told.get("numFmtId", "0"))] = told.get("formatCode", "")
        elif element == "xf" and "cellXfs" in inside:
            used.append(int(told.get("numFmtId", "0")))
            if len(used) > _MOST_STYLES:
                package.refuse("the workbook has too many styles: save it as CSV")

    def end(_: str) -> None:
        inside.pop()

    if package.has(name):
        package.read(name, Handlers(start, end), most=_SMALL)
    return [style_of(texts[number]) if number in texts else built_in(number) for number in used]


def _nothing(_: str) -> None:
    return
