"""A draft takes canonical facts and text, and nothing of nothing."""

from __future__ import annotations

import pytest

from ledger.errors import InputError
from ledger.journal.entry import KINDS, Draft, Entry, Sealed


def test_a_draft_leaves_out_what_is_none() -> None:
    draft = Draft.of("source", {"source": 2, "published": None}, {"url": None, "title": "Ö", "author": "A"})
    assert draft == Draft("source", '{"source":2}', '{"author":"A","title":"Ö"}')


@pytest.mark.parametrize("text", [None, {}, {"reason": None}])
def test_a_text_of_nothing_is_none(text: dict[str, object] | None) -> None:
    assert Draft.of("forecast", {"p": "0.7"}, text) == Draft("forecast", '{"p":"0.7"}', None)


def test_an_empty_word_is_kept() -> None:
    assert Draft.of("void", {}, {"reason": ""}).text == '{"reason":""}'


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_drafts(kind: str) -> None:
    assert Draft.of(kind, {}).kind == kind


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError) as caught:
        Draft.of("guess", {})
    assert str(caught.value) == (
        "unknown kind of entry 'guess': one of forecaster, source, question, forecast, withdraw, correct, "
        "resolve, void, reopen, edit, snooze, look_again, review_rules, announced, redact"
    )


def test_what_is_not_canonical_is_refused() -> None:
    with pytest.raises(InputError, match="float"):
        Draft.of("forecast", {"p": 0.7})
    with pytest.raises(InputError, match="surrogate"):
        Draft.of("forecast", {}, {"reason": "\udc00"})


def test_the_entry_is_what_the_chain_commits_to() -> None:
    sealed = Sealed(7, "c" * 32, 1, "void", 5, "{}", b"c", b"h", b"s", "t")
    assert sealed.entry == Entry(
        seq=7, command="c" * 32, position=1, kind="void", recorded_at=5, facts="{}", commitment=b"c"
    )
