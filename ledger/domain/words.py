"""Typed words: cleaning what comes in, keys from titles, and what was probably meant."""

from __future__ import annotations

import difflib
import hashlib
import heapq
import re
import unicodedata
from collections.abc import Iterable, Sequence

from ledger.domain.text import LONGEST_TEXT
from ledger.errors import InputError

LONGEST_SLUG = 60
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
_EMPTY_WORDS = frozenset(
    {"a", "an", "and", "at", "be", "by", "for", "in", "is", "of", "on", "or", "the", "to", "will", "with"}
)
_FINALISTS = 50


def clean_input(text: str, field: str, *, limit: int = LONGEST_TEXT) -> str:
    """``text`` without white space at its ends and in Unicode's NFC form.

    Raises :class:`InputError`, naming ``field``, for a NUL, a lone surrogate, or more than ``limit`` characters.
    """
    if "\0" in text:
        raise InputError(f"{field}: there is a NUL at character {text.index(chr(0)) + 1}; remove it")
    lone = re.search("[\ud800-\udfff]", text)
    if lone:
        raise InputError(f"{field}: character {lone.start() + 1} is half of a surrogate pair; write the text as UTF-8")
    cleaned = unicodedata.normalize("NFC", text).strip()
    if len(cleaned) > limit:
        raise InputError(f"{field}: {len(cleaned):,} characters are too many; {limit:,} is the most")
    return cleaned


def needed_input(text: str, field: str, hint: str, *, limit: int = LONGEST_TEXT) -> str:
    """As :func:`clean_input`, for a text that must say something; ``hint`` ends the message where it is empty."""
    cleaned = clean_input(text, field, limit=limit)
    if not cleaned:
        raise InputError(f"{field} is empty: {hint}")
    return cleaned


def slug(text: str) -> str:
    """A key made from ``text``: lower-case ASCII letters and digits joined by hyphens, 1 to 60 characters.

    Never all digits, so never to be taken for a number. Text without a Latin letter or digit gives
    ``question-`` and eight hexadecimal digits of its SHA-256.
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_UNDECOMPOSED))
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    words = re.findall("[a-z0-9]+", plain.lower())
    key = _joined(words)
    if not key:
        return "question-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"q-{key}"[:LONGEST_SLUG] if key.isdigit() else key


def _joined(words: list[str]) -> str:
    """As many whole words as fit; a first word that is too long is cut."""
    key = words[0][:LONGEST_SLUG] if words else ""
    for word in words[1:]:
        if len(key) + 1 + len(word) > LONGEST_SLUG:
            break
        key += f"-{word}"
    return key


def near(word: str, candidates: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The candidates most like ``word``, best first; case does not count, a part of a name does."""
    sought = word.casefold()
    matcher = difflib.SequenceMatcher(b=sought, autojunk=False)
    rated = ((_likeness(matcher, sought, candidate.casefold()), candidate) for candidate in dict.fromkeys(candidates))
    best = heapq.nsmallest(limit, ((-rate, candidate) for rate, candidate in rated if rate >= 0.6))
    return tuple(candidate for _, candidate in best)


def _likeness(matcher: difflib.SequenceMatcher[str], sought: str, candidate: str) -> float:
    if len(sought) >= 3 and sought in candidate:
        return 1.0 if candidate == sought else 0.9
    matcher.set_seq1(candidate)
    if matcher.real_quick_ratio() < 0.6 or matcher.quick_ratio() < 0.6:
        return 0.0
    return matcher.ratio()


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """``"; did you mean 'a' or 'b'?"`` to end a message with, or nothing when no candidate is near."""
    names = [repr(name) for name in near(word, candidates)]
    if not names:
        return ""
    return "; did you mean " + " or ".join(filter(None, [", ".join(names[:-1]), names[-1]])) + "?"


def similar_titles(title: str, titles: Sequence[str], *, limit: int = 3) -> list[int]:
    """The positions of the ``titles`` that ask nearly what ``title`` asks, nearest first.

    Near is: six in ten of all words shared (Jaccard), or three in ten and three in four letters in order
    (difflib's ratio). Words are compared first, so ten thousand titles take a fraction of a second.
    """
    sought = telling_words(title)
    shared = ((_overlap(sought, telling_words(other)), -place) for place, other in enumerate(titles))
    finalists = heapq.nlargest(_FINALISTS, (pair for pair in shared if pair[0] >= 0.3))
    matcher = difflib.SequenceMatcher(b=title.casefold(), autojunk=False)
    rated = []
    for overlap, place in finalists:
        matcher.set_seq1(titles[-place].casefold())
        ratio = matcher.ratio()
        if overlap >= 0.6 or ratio >= 0.75:
            rated.append((overlap + ratio, place))
    return [-place for _, place in heapq.nlargest(limit, rated)]


def telling_words(title: str) -> frozenset[str]:
    """The words of ``title`` in small letters, without those that tell nothing, unless there are no others."""
    words = frozenset(re.findall(r"\w+", title.casefold()))
    return words - _EMPTY_WORDS or words


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    together = len(left & right)
    return together / (len(left) + len(right) - together) if together else 0.0
