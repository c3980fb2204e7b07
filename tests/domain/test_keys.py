"""The digest of a key, which recognises a question after its words are gone."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.keys import key_digest


def test_the_digest_is_sha256_over_source_nul_key() -> None:
    assert key_digest("https://a.example", "q-1") == sha256(b"https://a.example\x00q-1").hexdigest()
    assert key_digest("", "Über") == sha256(b"\x00\xc3\x9cber").hexdigest()


@given(st.tuples(st.text("ab"), st.text("ab")), st.tuples(st.text("ab"), st.text("ab")))
def test_source_and_key_do_not_run_into_each_other(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (key_digest(*one) == key_digest(*other)) is (one == other)
