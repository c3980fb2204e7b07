"""One value has one text, and what has no place in the journal has none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import InputError
from ledger.journal.canonical import (
    canonical_json,
    canonical_string,
    is_canonical_object,
    read_canonical,
    read_canonical_object,
)
from ledger.journal.strict import DEPTH_LIMIT, INTEGER_LIMIT, read_strict

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-INTEGER_LIMIT, INTEGER_LIMIT) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, False, None], "ä": "x"}, '{"a":[true,false,null],"b":1,"ä":"x"}'),
        ({"Z": {}, "a": [], "A": -5}, '{"A":-5,"Z":{},"a":[]}'),
        # the escapes of RFC 8785, 3.2.2.2: short ones where there are any, else four small hexadecimal digits
        ('"\\/\b\f\n\r\t\x01\x1f\x7f€\u2028😀', '"\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f€\u2028😀"'),
        # neither form of a letter with an accent is turned into the other
        (["e\u0301", "é"], '["e\u0301","é"]'),
        (("a", 1), '["a",1]'),
        (INTEGER_LIMIT, "9007199254740991"),
        (-INTEGER_LIMIT, "-9007199254740991"),
    ],
)
def test_the_canonical_text_of_a_value(value: object, text: str) -> None:
    assert canonical_json(value) == text


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (0.5, "the number 0.5 is a float: write it as a decimal string"),
        ([float("nan")], "the number nan is a float: write it as a decimal string"),
        (INTEGER_LIMIT + 1, "an integer beyond ±9007199254740991: write it as a decimal string"),
        (-INTEGER_LIMIT - 1, "an integer beyond ±9007199254740991: write it as a decimal string"),
        ({1: "a"}, "a key must be text, not '1'"),
        ({"a\0": 1}, "a NUL character in the text: take it out"),
        (["ab\ud800"], "a lone surrogate at character 3 of the text: take it out"),
        ({"a": b"x"}, "a value of type bytes has no place in the journal"),
        ({"a": {1, 2}}, "a value of type set has no place in the journal"),
    ],
)
def test_a_value_without_canonical_text_is_refused(value: object, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        canonical_json(value)
    assert str(caught.value) == problem


def test_a_string_by_itself() -> None:
    assert canonical_string('say "ä"') == '"say \\"ä\\""'
    with pytest.raises(InputError, match="NUL"):
        canonical_string("\0")


@given(VALUE)
def test_what_is_written_reads_back(value: object) -> None:
    text = canonical_json(value)
    assert read_canonical(text) == value
    assert canonical_json(json.loads(text)) == text
    assert is_canonical_object(text) == isinstance(value, dict)
    assert read_canonical_object(canonical_json({"v": value})) == {"v": value}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not JSON: Expecting value at character 1"),
        ('{"a":1', "not JSON: Expecting ',' delimiter at character 7"),
        ('{"a":1}x', "not JSON: Extra data at character 8"),
        ('"a\0b"', "not JSON: Invalid control character at character 3"),
        ('"\\u0000"', "a NUL character in the text: take it out"),
        ('"\\ud800"', "a lone surrogate at character 1 of the text: take it out"),
        ('{"a":1,"b":2,"b":2,"a":1,"b":3}', "the key 'b' is given twice"),
        ('[{"a":1,"a":1}]', "the key 'a' is given twice"),
        ("0.5", "the number 0.5 is a float: write it as a decimal string"),
        ("1e5", "the number 1e5 is a float: write it as a decimal string"),
        ("1." + 20 * "1", "the number 1.111111111111111111… is a float: write it as a decimal string"),
        ("NaN", "the number NaN is a float: write it as a decimal string"),
        ("-Infinity", "the number -Infinity is a float: write it as a decimal string"),
        ("9007199254740992", "an integer beyond ±9007199254740991: write it as a decimal string"),
        ("-" + 5000 * "1", "an integer of 5000 digits: write it as a decimal string"),
        (100_000 * "[", f"nested more than {DEPTH_LIMIT} deep"),
        ((DEPTH_LIMIT + 1) * "[" + (DEPTH_LIMIT + 1) * "]" + " ", f"nested more than {DEPTH_LIMIT} deep"),
    ],
)
def test_a_text_that_holds_no_such_value_is_refused(text: str, problem: str) -> None:
    for read in (read_strict, read_canonical, read_canonical_object):
        with pytest.raises(InputError) as caught:
            read(text)
        assert str(caught.value) == problem
    assert not is_canonical_object(text)


def test_nesting_up_to_the_limit_is_read() -> None:
    text = DEPTH_LIMIT * "[" + DEPTH_LIMIT * "]"
    assert canonical_json(read_canonical(text)) == text


@pytest.mark.parametrize(
    "text",
    ['{"b":1,"a":2}', '{"a": 1}', '{"a":1} ', '{"a":"\\u00e9"}', '{"a":"\\/"}', '{"a":"\\u001F"}', '{"a":-0}'],
)
def test_another_text_of_the_same_value_is_not_canonical(text: str) -> None:
    read_strict(text)
    with pytest.raises(InputError, match=r"^not in canonical form"):
        read_canonical(text)
    assert not is_canonical_object(text)


@pytest.mark.parametrize("text", ["[]", '"a"', "1", "null"])
def test_only_an_object_is_an_object(text: str) -> None:
    with pytest.raises(InputError, match=r"^not a JSON object$"):
        read_canonical_object(text)
    assert not is_canonical_object(text)


@pytest.mark.parametrize("value", [None, b"{}", 1])
def test_only_text_is_canonical_text(value: object) -> None:
    assert not is_canonical_object(value)


LEARNT = '{"forecaster":1,"made_at":"2024-11-11T00:00:00Z","p":"0.7"}'


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ('{"forecaster":23,"made_at":"","p":"é€"}', True),
        ('{"forecaster":0,"made_at":"\\n","p":"{}"}', True),
        ('{"forecaster":{"a":[1]},"made_at":"a","p":null}', True),
        ('{"forecaster":9007199254740991,"made_at":"a","p":"b"}', True),
        ('{"forecaster":9007199254740992,"made_at":"a","p":"b"}', False),
        ('{"forecaster":01,"made_at":"a","p":"b"}', False),
        ('{"forecaster":٣,"made_at":"a","p":"b"}', False),
        ('{"forecaster":1.5,"made_at":"a","p":"b"}', False),
        ('{"forecaster":1,"made_at":"a\tb","p":"b"}', False),
        ('{"forecaster":1,"made_at":"a\ud800","p":"b"}', False),
        ('{"forecaster":1,"made_at":"a","p":"b","p":"b"}', False),
        ('{"forecaster":1,"made_at":"a","p":"b"}\n', False),
        ('{"forecaster":1,"p":"b","made_at":"a"}', False),
        ('{"forecaster":1,"made_at","p":"b":"a"}', False),
    ],
)
def test_a_shape_that_was_just_met_lets_nothing_else_pass(text: str, canonical: bool) -> None:
    assert read_canonical_object(LEARNT) == json.loads(LEARNT)
    assert is_canonical_object(LEARNT)
    assert is_canonical_object(text) == canonical
    if canonical:
        assert read_canonical_object(text) == json.loads(text)


@given(st.lists(st.sampled_from('{}[]":,0123456789abk\\n \t'), max_size=30).map("".join))
def test_quick_and_thorough_reading_agree(inside: str) -> None:
    text = '{"a":' + inside + ',"b":"k"}'
    assert is_canonical_object('{"a":1,"b":"k"}')
    try:
        thorough = canonical_json(json.loads(text)) == text
    except (ValueError, InputError):
        thorough = False
    assert is_canonical_object(text) == thorough
