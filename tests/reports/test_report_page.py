"""The page: valid, self-contained, in the order that is promised, and the same bytes each time."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import Any

import html5lib
import pytest
from report_ledgers import CLOCK
from running import Process, Quick

ORDER = (
    "about", "headline", "reliability", "components", "trend", "slices", "words", "calls", "questions", "credibility",
    "method", "check",
)  # fmt: skip
LOADING = ("src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "manifest")


def parsed(page: str) -> Any:
    """The page as a tree; an error of any kind fails."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def test_it_parses_without_an_error_and_no_id_comes_twice(page: str) -> None:
    ids = [one.get("id") for one in parsed(page).iter() if isinstance(one.tag, str) and one.get("id")]
    assert len(ids) == len(set(ids))
    named = {word for one in parsed(page).iter() for word in (one.get("aria-labelledby") or "").split()}
    assert named <= set(ids)


def test_the_sections_stand_in_the_promised_order(page: str) -> None:
    found = [one.get("id") for one in parsed(page).iter("section")]
    assert found == list(ORDER)
    linked = [one.get("href") for one in parsed(page).find(".//nav").iter("a")]
    assert linked == [f"#{name}" for name in ORDER]


def test_nothing_is_loaded_and_only_its_own_style_and_script_may_run(page: str) -> None:
    tree = parsed(page)
    policy = next(one.get("content") for one in tree.iter("meta") if one.get("http-equiv"))
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        first = next(one for one in tree.iter(tag) if one.get("type") is None)
        digest = base64.b64encode(sha256((first.text or "").encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    for one in tree.iter():
        assert not any(one.get(name) for name in LOADING), one.tag
        assert one.tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
        assert not one.get("style")
        assert not [name for name in one.attrib if str(name).startswith("on")]
    assert "url(" not in re.sub(r'clip-path="url\(#[\w-]+\)"', "", page)
    assert "@import" not in page


def test_links_go_to_the_web_or_within_and_tell_nobody_where_from(page: str) -> None:
    links = list(parsed(page).iter("a"))
    outside = [one for one in links if not one.get("href").startswith("#")]
    assert {one.get("href") for one in outside} >= {"https://example.org/source", "https://example.org/3"}
    assert all(one.get("href").startswith("https://example.org/") for one in outside)
    assert {one.get("rel") for one in outside} == {"noopener noreferrer"}


def test_every_table_has_a_caption_and_every_figure_a_title_and_a_description(page: str) -> None:
    tree = parsed(page)
    assert all(table.find("caption") is not None for table in tree.iter("table"))
    figures = [one for one in tree.iter() if str(one.tag).endswith("svg")]
    assert len(figures) == 2
    for one in figures:
        assert one.get("role") == "img"
        title, description = list(one)[:2]
        assert (title.text, len(description.text) > 40) == (title.text or "", True)
        assert not [each for each in one.iter() if each.get("fill", "none") != "none"]


def test_it_says_what_the_ledger_says(two: Quick, page: str) -> None:
    card = two("score", "--json").json()["overall"]
    text = re.sub(r"<[^>]+>", " ", page)
    assert f"the Brier score is {card['brier']:.4f}" in text
    assert f"{card['brier_interval'][0]:.4f} to {card['brier_interval'][1]:.4f}" in text
    head = two("verify", "--json").json()["head"]
    assert text.count(head) == 3
    assert "Does 37 happen?" in text.split("Overdue questions")[1]


def test_a_filtered_report_says_so_in_its_title_and_what_it_left_out(two: Quick) -> None:
    page = two("report", "--tag", "t1", "--format", "html").text
    tree = parsed(page)
    assert tree.find(".//title").text == "Forecast accuracy report – filtered: tag t1"
    assert tree.find(".//h1").text == "Forecast accuracy report – filtered: tag t1"
    assert re.search(r"They left out \d+ units and \d+ questions\.", page)


def test_the_same_ledger_and_head_give_the_same_bytes_whatever_the_place(two: Quick, page: str) -> None:
    process = Process(two.around)
    elsewhere = {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "FORECAST_ZONE": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    assert process("report", clock=CLOCK, **elsewhere).text == page


def test_time_alone_changes_nothing_until_a_deadline_passes(two: Quick, page: str) -> None:
    assert two("report", clock="2026-12-31T00:00:00Z").text == page
    later = two("report", clock="2027-06-01T00:00:00Z").text
    assert later != page
    assert "Statuses hold from" in later


def test_an_empty_ledger_has_a_report_too(empty: Quick) -> None:
    page = empty("report").text
    assert [one.get("id") for one in parsed(page).iter("section")] == list(ORDER)
    assert "No question of yes or no is scored yet" in page


@pytest.mark.parametrize("form", ["html", "md", "csv", "xlsx", "json", "parquet"])
def test_every_form_is_the_same_twice(two: Quick, form: str) -> None:
    assert two("report", "--format", form).out == two("report", "--format", form).out


def test_two_forecasters_and_one_question_have_pages_of_their_own(two: Quick) -> None:
    against = two("report", "--compare", "Ann", "Bo").text
    assert parsed(against).find(".//h1").text == "Ann against Bo"
    found = two("score", "--compare", "Ann", "Bo", "--json").json()["comparison"]
    assert f"{found['score_a']:.4f}" in against
    one = two("report", "--question", "q3").text
    assert parsed(one).find(".//h1").text == "One question: Does 3 happen?"
    assert "https://example.org/3" in one
    assert "Forecasts over time" in one
