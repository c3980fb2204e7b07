"""The page in a browser: nothing wrong for assistive technology, and a table that sorts, searches and pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from in_browser import DARK, asked, violations

from ledger.reports.document import Column, Document, Register, Section
from ledger.reports.html import html_page

COLUMNS = (Column("No.", number=True), *(Column(name) for name in "ABCDEFG"), Column("Tags"))


def page_of(rows: int) -> str:
    """A page with that many questions."""
    told = tuple(
        (str(at), f"question {at} <b>", "", "", "", "", "", "https://example.org/x", "–") for at in range(rows)
    )
    register = Register(f"{rows} questions", COLUMNS, told)
    return html_page(Document("Many", (), (Section("questions", "Every question", (register,)),), "00"))


@pytest.mark.parametrize("options", [(), DARK], ids=["light", "dark"])
def test_axe_finds_nothing(page: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    assert violations(page, tmp_path, *options) == []


def test_axe_would_find_something(page: str, tmp_path: Path) -> None:
    found = violations(page.replace('<html lang="en">', "<html>"), tmp_path)
    assert [one.partition(":")[0] for one in found] == ["html-has-lang"]


def test_the_table_sorts_both_ways_and_says_so_and_is_searched(page: str, tmp_path: Path) -> None:
    script = """
        const heading = document.querySelector('#questions-table thead th:nth-child(7)');
        const first = () => [heading.getAttribute('aria-sort'),
          document.querySelector('#questions-table tbody tr td:nth-child(7)').textContent];
        heading.querySelector('button').click(); const up = first();
        heading.querySelector('button').click(); const down = first();
        const search = document.getElementById('search'); search.value = 'HAPPEN example.org/12';
        search.dispatchEvent(new Event('input'));
        const rows = document.querySelectorAll('#questions-table tbody tr');
        return [up, down, document.getElementById('found').textContent, rows.length];"""
    up, down, *found = asked(page, tmp_path, script)
    assert (up[0], down[0]) == ("ascending", "descending")
    assert float(up[1]) < float(down[1])
    assert found == ["1 of 41 questions", 1]


def test_many_questions_are_laid_out_a_screen_at_a_time(tmp_path: Path) -> None:
    script = """
        const rows = () => [...document.querySelectorAll('#questions-table tbody tr')];
        const before = [rows().length, document.getElementById('without-script').hidden];
        document.getElementById('later').click();
        const link = rows()[0].querySelector('a');
        const title = rows()[0].cells[1].textContent;
        return [...before, title, link.href, link.rel, document.querySelectorAll('b').length];"""
    told = asked(page_of(1234), tmp_path, script)
    assert told == [100, True, "question 100 <b>", "https://example.org/x", "noopener noreferrer", 0]
