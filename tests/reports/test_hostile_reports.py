"""Five hundred hostile texts, wherever a text can stand: none becomes an element, an attribute or a formula."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import openpyxl
import pandas as pd
import pytest
from markdown_it import MarkdownIt
from report_ledgers import HOSTILE, attacking
from running import Quick, Surroundings

from ledger.domain.text import safe_text
from ledger.formats.cells import unescape
from ledger.reports.cleaning import shown

MANY = 500
BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def hostile() -> list[str]:
    """The same texts on every run: the attacks alone, then mixtures of them."""
    drawn = random.Random(20241111)
    mixed = ["".join(drawn.choices(HOSTILE, k=drawn.randint(2, 4)))[:900] for _ in range(MANY - len(HOSTILE))]
    return [*HOSTILE, *mixed]


def made(folder: Path, name: str, texts: list[str]) -> Quick:
    quick = Quick(Surroundings(folder, folder / f"{name}.db"))
    attacking(quick, folder, texts)
    return quick


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return made(tmp_path_factory.mktemp("evil"), "evil", hostile())


@pytest.fixture(scope="module")
def benign(tmp_path_factory: pytest.TempPathFactory) -> Quick:
    return made(tmp_path_factory.mktemp("benign"), "benign", [f"plain {at}" for at in range(310)])


@pytest.fixture(scope="module")
def page(evil: Quick) -> str:
    return evil("report").text


@pytest.fixture(scope="module")
def plain(benign: Quick) -> str:
    return benign("report").text


def shape(page: str) -> Counter[Any]:
    """Every element with the names of its attributes, but for links, which only web addresses become."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return Counter((one.tag, tuple(sorted(one.attrib))) for one in tree.iter() if one.tag != "a")


def test_no_text_becomes_an_element_or_an_attribute(page: str, plain: str) -> None:
    found, expected = shape(page), shape(plain)
    assert set(found) <= set(expected)
    ours = {one: count for one, count in expected.items() if one[0] in {"script", "style", "svg", "section", "meta"}}
    assert {one: found[one] for one in ours} == ours


def test_none_does_in_the_report_of_one_question_or_of_a_search(evil: Quick, benign: Quick, plain: str) -> None:
    one = shape(benign("report", "--question", "1").text)
    assert set(shape(evil("report", "--question", "1").text)) <= set(one)
    assert set(shape(evil("report", "--search", "<script>alert").text)) <= set(shape(plain))


def test_only_web_addresses_become_links_and_nothing_hidden_is_left(page: str) -> None:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    for link in tree.iter("a"):
        target = link.get("href")
        assert target.startswith("#") or re.fullmatch(r"https?://[^\s<>\"']+", target)
        assert target.startswith("#") or link.get("rel") == "noopener noreferrer"
    assert not [sign for sign in page if sign != "\n" and safe_text(sign) != sign]


def test_the_data_of_the_script_holds_no_markup(page: str) -> None:
    data = page.split('id="questions-data">')[1].split("</script>", maxsplit=1)[0]
    assert "<" not in data
    told = json.loads(data)
    assert told["rows"] == MANY


def rendered(text: str) -> Any:
    """What a program makes of the Markdown that lets HTML through and finds bare addresses."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": True})
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(f"<!DOCTYPE html>{reader.render(text)}")


def test_markdown_has_no_markup_but_ours(evil: Quick, benign: Quick) -> None:
    text = evil("report", "--format", "md").text
    tree = rendered(text)
    plain = {(one.tag, *sorted(one.attrib)) for one in rendered(benign("report", "--format", "md").text).iter()}
    assert {(one.tag, *sorted(one.attrib)) for one in tree.iter()} <= plain | {("a", "href")}
    addresses = {one.get("href") for one in tree.iter("a")}
    assert addresses >= {"https://example.org/good"}
    assert all(one.startswith("https://example.org/good") for one in addresses)
    rows = [len(list(row)) for table in tree.iter("table") for row in table.iter("tr")]
    assert max(rows) == 9
    titles = [row[1] for row in tree.iter("tr") if len(list(row)) == 9][1:]
    expected = [shown(f"{text}{at}") for at, text in enumerate(kept(evil))]
    assert [words_of(one) for one in titles] == [" ".join(one.split()) for one in expected]
    assert not [sign for sign in text if sign != "\n" and safe_text(sign) != sign]


def words_of(cell: Any) -> str:
    """The text of a cell, and of no element in it."""
    assert not list(cell)
    return " ".join((cell.text or "").split())


def test_csv_has_no_formula_and_gives_every_text_back(evil: Quick) -> None:
    text = evil("report", "--format", "csv").out.decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert not [cell for row in rows for cell in row if cell.lstrip("'") != cell.lstrip() and cell.startswith(BEGINS)]
    assert not [cell for row in rows for cell in row if cell.startswith(BEGINS)]
    at = rows[0].index("title")
    assert [unescape(row[at]) for row in rows[1:]] == [f"{text}{at}" for at, text in enumerate(kept(evil))]


def kept(quick: Quick) -> list[str]:
    """The texts as the ledger keeps them."""
    told = quick("list", "--json").json()["questions"]
    return [one["title"].removesuffix(str(at)) for at, one in enumerate(told)]


def test_a_workbook_has_no_formula_and_no_link_and_gives_every_text_back(evil: Quick, tmp_path: Path) -> None:
    evil("report", "-o", tmp_path / "evil.xlsx")
    book = openpyxl.load_workbook(tmp_path / "evil.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b", "d"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert set(texts_of(tmp_path / "evil.xlsx")) >= {f"{text}{at}" for at, text in enumerate(kept(evil))}


def texts_of(path: Path) -> list[str]:
    """The texts of a workbook as a spreadsheet program reads them, the format's own escapes undone."""
    with zipfile.ZipFile(path) as book:
        root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    found = ["".join(each.text or "" for each in one.iter() if each.tag.endswith("}t")) for one in root]
    return [re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), text) for text in found]


def test_parquet_and_json_give_every_text_back(evil: Quick, tmp_path: Path) -> None:
    expected = [f"{text}{at}" for at, text in enumerate(kept(evil))]
    evil("report", "-o", tmp_path / "evil.parquet")
    assert pd.read_parquet(tmp_path / "evil.parquet").title.tolist() == expected
    out = evil("report", "--format", "json")
    assert [one["title"] for one in out.json()["questions"]] == expected
    assert not [sign for sign in out.text if sign != "\n" and safe_text(sign) != sign]
