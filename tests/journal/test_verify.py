"""Whatever is changed in a journal is found, and named as closely as the chain can tell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import BEGIN, SECOND, forecast, question, redaction, resolution, sample, seal

from ledger.journal.chain import GENESIS, leaf_hash, next_head
from ledger.journal.entry import Draft, Sealed
from ledger.journal.findings import Finding
from ledger.journal.verify import ChainVerdict, check_chain, unbroken

ROWS = sample()
SIZE = len(ROWS)


def changed(seq: int, /, **columns: Any) -> list[Sealed]:
    rows = list(ROWS)
    rows[seq - 1] = rows[seq - 1]._replace(**columns)
    return rows


def named(rows: list[Sealed], **options: Any) -> list[tuple[int, str]]:
    return [(finding.seq, finding.field) for finding in check_chain(rows, **options).findings]


def told(rows: list[Sealed], **options: Any) -> list[str]:
    return [str(finding) for finding in check_chain(rows, **options).findings]


def test_a_sound_journal() -> None:
    verdict = check_chain(iter(ROWS))
    assert verdict == ChainVerdict(SIZE, ROWS[-1].head, ROWS[-1].recorded_at, (), 0)
    assert verdict.is_sound
    assert check_chain(map(tuple, ROWS)) == verdict


def test_an_empty_journal_is_sound() -> None:
    assert check_chain([]) == ChainVerdict(0, GENESIS, None, (), 0)


def octets(value: bytes, place: int, by: int) -> bytes:
    place %= len(value)
    return value[:place] + bytes([value[place] ^ by]) + value[place + 1 :]


def characters(value: str, place: int, by: int) -> str:
    place %= len(value)
    return value[:place] + chr(0x20 + (ord(value[place]) - 0x20 + by) % 0x5F) + value[place + 1 :]


CHANGES = {
    "seq": lambda value, place, by: value ^ by << 8 * (place % 7),
    "position": lambda value, place, by: value ^ by << 8 * (place % 7),
    "recorded_at": lambda value, place, by: value ^ by << 8 * (place % 7),
    "command": characters,
    "kind": characters,
    "facts": characters,
    "text": characters,
    "commitment": octets,
    "head": octets,
    "salt": octets,
}


@settings(deadline=None)  # a changed character is searched for
@given(st.sampled_from(list(CHANGES)), st.integers(1, SIZE), st.integers(0, 10**6), st.integers(1, 94))
def test_one_byte_changed_in_any_field_is_named(field: str, seq: int, place: int, by: int) -> None:
    value = getattr(ROWS[seq - 1], field)
    if value is None:
        return
    rows = changed(seq, **{field: CHANGES[field](value, place, by)})
    assert named(rows) == [(seq, field)]


@pytest.mark.parametrize("seq", [1, 5, SIZE])
@pytest.mark.parametrize("number", [-1, 0, 77])
def test_a_changed_number_is_named_in_the_order_of_numbers_too(seq: int, number: int) -> None:
    rows = sorted(changed(seq, seq=number), key=lambda row: row.seq)
    assert told(rows) == [f"entry {seq}: seq reads {number}, but {seq} was sealed"]


COLUMNS: list[tuple[str, object]] = [
    ("seq", None),
    ("seq", "x"),
    ("seq", -7),
    ("command", None),
    ("command", b"x"),
    ("command", "f" * 31),
    ("position", None),
    ("position", "0"),
    ("kind", None),
    ("kind", "guess"),
    ("kind", []),
    ("recorded_at", None),
    ("recorded_at", 10**30),
    ("recorded_at", BEGIN - SECOND),
    ("facts", None),
    ("facts", "{}"),
    ("facts", "\udc80"),
    ("commitment", "x"),
    ("commitment", b""),
    ("head", None),
    ("head", b"short"),
    ("head", "x" * 32),
    ("salt", None),
    ("salt", b"short"),
    ("salt", "x" * 32),
    ("text", None),
    ("text", 5),
    ("text", "\udc80"),
]


@pytest.mark.parametrize(("field", "value"), COLUMNS)
@pytest.mark.parametrize("seq", [1, 5, 6])
def test_what_a_column_should_never_hold_is_named(field: str, value: object, seq: int) -> None:
    ((at, where),) = named(changed(seq, **{field: value}))
    assert at == seq
    assert where in {field, "facts, command or recorded_at"}


def test_what_stood_there_is_told() -> None:
    assert told(changed(5, kind="void")) == ["entry 5: kind reads 'void', but 'forecast' was sealed"]
    assert told(changed(5, seq=77)) == ["entry 5: seq reads 77, but 5 was sealed"]
    assert told(changed(5, recorded_at=BEGIN)) == [
        "entry 5: recorded_at reads 2024-11-11T08:09:10Z, but 2024-11-11T08:09:11Z was sealed"
    ]
    assert told(changed(5, recorded_at=10**30)) == [
        f"entry 5: recorded_at reads {10**30}, but 2024-11-11T08:09:11Z was sealed"
    ]
    assert told(changed(5, head=bytes(32))) == [
        f"entry 5: head reads 0000000000000000…, but {ROWS[4].head.hex()[:16]}… was sealed"
    ]


def test_of_a_long_text_the_changed_part_is_told() -> None:
    facts = ROWS[4].facts.replace("0.55", "0.56")
    found, sealed = told(changed(5, facts=facts))[0].split(", but ")
    assert (facts[facts.index("0.56") :] in found, "0.55" in found) == (True, False)
    assert ("0.55" in sealed, "0.56" in sealed) == (True, False)
    assert max(len(found), len(sealed)) < 80


@pytest.mark.parametrize("seq", range(1, SIZE))
def test_a_deleted_row_is_named(seq: int) -> None:
    bare = ["entry 4: text is missing, and no redaction names it"] if ROWS[seq - 1].kind == "redact" else []
    assert told(ROWS[: seq - 1] + ROWS[seq:]) == [*bare, f"entry {seq} is missing"]


def test_deleted_rows_are_named_together() -> None:
    assert told(ROWS[:4] + ROWS[8:]) == ["entry 5 to entry 8 are missing"]


def test_a_cut_tail_is_not_seen_by_the_chain_alone() -> None:
    assert check_chain(ROWS[:-1]).is_sound


@pytest.mark.parametrize("seq", [1, 5, SIZE - 1])
def test_a_row_deleted_and_the_rest_renumbered_is_named(seq: int) -> None:
    rest = [row._replace(seq=row.seq - 1) for row in ROWS[seq:]]
    lines = told(ROWS[: seq - 1] + rest)
    if seq < SIZE - 1:
        assert lines[0] == f"entry {seq} is missing, and those after it were numbered anew"
        assert lines[1:] == [f"entry {n}: seq reads {n - 1}, but {n} was sealed" for n in range(seq + 2, SIZE + 1)]
    else:
        assert [line.split(":")[0] for line in lines] == [f"entry {seq}"]


@pytest.mark.parametrize("kept", [True, False], ids=["the numbers stay", "the numbers move along"])
@pytest.mark.parametrize("first", range(1, SIZE))
def test_two_neighbours_swapped_are_named(first: int, kept: bool) -> None:
    one, other = ROWS[first - 1], ROWS[first]
    pair = [other._replace(seq=first), one._replace(seq=first + 1)] if kept else [other, one]
    assert told(ROWS[: first - 1] + pair + ROWS[first + 1 :]) == [f"entry {first} and entry {first + 1} are swapped"]


@pytest.mark.parametrize(("first", "second"), [(1, SIZE), (3, 5), (2, 11), (5, 8)])
def test_two_distant_entries_swapped_are_named(first: int, second: int) -> None:
    rows = list(ROWS)
    rows[first - 1] = ROWS[second - 1]._replace(seq=first)
    rows[second - 1] = ROWS[first - 1]._replace(seq=second)
    assert told(rows) == [f"entry {first} and entry {second} are swapped"]


def test_two_distant_rows_out_of_order_are_named() -> None:
    rows = list(ROWS)
    rows[2], rows[6] = rows[6], rows[2]
    assert told(rows) == [
        "entry 3 stands twice, or out of order",
        "entry 3 to entry 6 are missing",
        *(f"entry {seq} stands twice, or out of order" for seq in (4, 5, 6)),
    ]


def test_an_entry_moved_to_the_end_by_its_number_is_named() -> None:
    rows = [*ROWS[:4], *ROWS[5:], ROWS[4]._replace(seq=500)]
    assert told(rows) == ["entry 5: seq reads 500, but 5 was sealed"]


def test_an_entry_put_in_is_named() -> None:
    extra = ROWS[5]._replace(facts='{"question":9}')
    assert told([*ROWS[:5], extra, *ROWS[5:]]) == [
        "entry 6 was put in: the one after it follows from the one before it"
    ]
    odd = extra._replace(seq=99)
    assert told([*ROWS[:5], odd, *ROWS[5:]]) == ["entry 99 was put in: the one after it follows from the one before it"]


def test_an_entry_put_in_with_the_rest_renumbered_is_named() -> None:
    extra = ROWS[9]._replace(facts='{"question":9}')
    rest = [row._replace(seq=row.seq + 1) for row in ROWS[9:]]
    assert told([*ROWS[:9], extra, *rest])[0] == "entry 10 was put in: the one after it follows from the one before it"


def test_an_entry_that_stands_twice_is_named() -> None:
    assert told([*ROWS[:5], ROWS[4], *ROWS[5:]]) == ["entry 5 stands twice, or out of order"]


def remade(seq: int, /, **columns: Any) -> list[Sealed]:
    """An entry changed and its own head made to fit."""
    rows = changed(seq, **columns)
    head = next_head(rows[seq - 2].head, leaf_hash(rows[seq - 1]))
    rows[seq - 1] = rows[seq - 1]._replace(head=head)
    return rows


def test_an_entry_changed_together_with_its_head_is_named() -> None:
    assert told(remade(8, kind="edit")) == [
        "entry 8: kind and head were made to fit: kind reads 'edit', but 'forecast' was sealed"
    ]
    facts = ROWS[7].facts.replace("0.25", "0.95")
    assert named(remade(8, facts=facts)) == [(8, "facts and head")]


def test_what_cannot_be_told_apart_is_not_pretended() -> None:
    assert told(remade(8, facts='{"question":9}')) == [
        "entry 9: facts, command or recorded_at does not follow from entry 8: one of the two was changed"
    ]
    assert told(changed(1, facts='{"question":9}')) == [
        "entry 1: facts, command or recorded_at does not follow from the start of every journal"
    ]
    assert named(changed(SIZE, facts='{"question":9}')) == [(SIZE, "facts, command, recorded_at or head")]


def test_the_book_tells_what_stood_there() -> None:
    def hints(seq: int) -> dict[str, object]:
        return {"facts": ROWS[seq - 1].facts, "recorded_at": ROWS[seq - 1].recorded_at, "text": ROWS[seq - 1].text}

    assert named(changed(8, facts='{"question":9}'), hints=hints) == [(8, "facts")]
    assert named(remade(8, facts='{"question":9}'), hints=hints) == [(8, "facts and head")]
    assert named(changed(8, recorded_at=BEGIN + 123_456_789_012), hints=hints) == [(8, "recorded_at")]
    assert told(changed(2, text='{"key":"x"}'), hints=hints)[0].startswith('entry 2: text reads \'{"key":"x"}\', but ')
    assert named(changed(2, text='{"key":"x"}'), hints=lambda _seq: {"text": "{}"}) == [(2, "salt or text")]


def test_several_damaged_entries_are_all_named() -> None:
    rows = changed(2, kind="edit")
    rows[4] = rows[4]._replace(facts='{"question":9}')
    rows[5] = rows[5]._replace(facts='{"question":9}')
    rows[10] = rows[10]._replace(head=bytes(32))
    fields = "facts, command or recorded_at"
    assert named(rows) == [(2, "kind"), (5, fields), (6, fields), (11, "head")]


def test_beyond_the_limit_findings_are_counted() -> None:
    rows = [row._replace(facts='{"question":9}') for row in ROWS]
    verdict = check_chain(rows, limit=3)
    assert [finding.seq for finding in verdict.findings] == [1, 2, 3]
    assert verdict.more == SIZE - 3
    assert not verdict.is_sound
    texts = [row if row.text is None else row._replace(text="{}") for row in ROWS]
    verdict = check_chain(texts, limit=2)
    assert (len(verdict.findings), verdict.more) == (2, 3)


def test_the_entry_after_a_gap_is_taken_as_it_stands() -> None:
    rows = changed(6, text="{}")
    del rows[4]
    assert named(rows) == [(5, "entry"), (6, "salt or text")]


@pytest.mark.parametrize(
    ("columns", "fields"),
    [
        ({"seq": None}, ["seq", "facts, command or recorded_at"]),
        ({"command": "z" * 32}, ["command"]),
        ({"kind": "guess"}, ["kind"]),
        ({"position": "x"}, ["facts, command or recorded_at"]),
        ({"recorded_at": BEGIN + 99 * SECOND}, ["recorded_at"]),
        ({"facts": "x"}, ["facts"]),
        ({"head": bytes(32)}, ["facts, command or recorded_at"]),
    ],
)
def test_of_an_entry_changed_twice_what_can_be_seen_is_named(columns: dict[str, Any], fields: list[str]) -> None:
    rows = changed(7, **{"facts": '{"question":9}'} | columns)
    found = named(rows)
    assert [field for seq, field in found if seq == 7] == sorted(fields)
    assert {seq for seq, _ in found} <= {7, 8}


def test_beyond_the_limit_nothing_is_searched_and_swaps_are_still_told() -> None:
    rows = list(ROWS)
    rows[4], rows[7] = ROWS[7]._replace(seq=5), ROWS[4]._replace(seq=8)
    verdict = check_chain(rows, limit=1)
    assert [str(finding) for finding in verdict.findings] == ["entry 5 and entry 8 are swapped"]
    assert verdict.more == 1
    twice = check_chain([*ROWS[:5], ROWS[3], ROWS[4], *ROWS[5:]], limit=1)
    assert (twice.findings[0].seq, twice.more) == (4, 1)


def test_an_entry_copied_over_another_leaves_both_named() -> None:
    rows = changed(5, facts='{"question":9}')
    rows[8] = ROWS[4]._replace(seq=9)
    assert {5, 9} <= {seq for seq, _ in named(rows)}


class TestTexts:
    """Texts stand beside the chain, under their salts."""

    def test_a_text_that_no_redaction_names_is_missed(self) -> None:
        assert told(changed(2, salt=None, text=None)) == ["entry 2: text is missing, and no redaction names it"]
        assert told(ROWS[:9]) == ["entry 4: text is missing, and no redaction names it"]

    def test_a_redaction_of_several_entries(self) -> None:
        rows = seal([forecast("0.1", "a"), forecast("0.2", "b"), forecast("0.3")], [redaction(1, 2)])
        bare = [row if row.kind == "redact" else row._replace(salt=None, text=None) for row in rows]
        assert check_chain(bare).is_sound
        assert named([*bare[:3], bare[3]._replace(facts='{"entries":[1,3]}')]) == [(4, "facts")]

    def test_half_a_redaction_is_named(self) -> None:
        assert told(changed(4, salt=b"s" * 32)) == ["entry 4: text is missing, though its salt is there"]
        assert told(changed(4, text="{}")) == ["entry 4: salt is missing"]

    def test_a_text_where_none_was_sealed_is_named(self) -> None:
        assert told(changed(3, text="{}", salt=bytes(32))) == ["entry 3: text stands where none was sealed"]
        assert named(changed(3, text="{}")) == [(3, "text")]
        assert named(changed(3, salt=b"")) == [(3, "text")]

    def test_a_long_text_is_not_searched(self) -> None:
        rows = seal([question(1, "x" * 3000)])
        assert told([rows[0]._replace(text=rows[0].text.replace("xx", "xy", 1))]) == [  # type: ignore[union-attr]
            "entry 1: salt or text does not fit the commitment"
        ]

    def test_a_text_that_is_no_object_is_named(self) -> None:
        assert told(changed(2, text="[]")) == ["entry 2: text is not a canonical JSON object"]


class TestSealedSo:
    """A journal whose heads all follow, and that no honest writer made."""

    def journal(self, seq: int, columns: dict[str, Any]) -> list[Sealed]:
        rows, head = changed(seq, **columns), GENESIS
        for place, row in enumerate(rows):
            head = next_head(head, leaf_hash(row))
            rows[place] = row._replace(head=head)
        return rows

    @pytest.mark.parametrize(
        ("columns", "line"),
        [
            ({"kind": "guess"}, "entry 6: kind 'guess' is not known"),
            ({"command": "G" * 31}, f"entry 6: command '{'G' * 31}' is not an id of 32 hexadecimal digits"),
            ({"position": 3}, "entry 6: position is 3 where 0 is due"),
            ({"recorded_at": BEGIN - 1}, "entry 6: recorded_at is before that of the entry before it"),
            ({"facts": '{"a": 1}'}, "entry 6: facts are not a canonical JSON object"),
            ({"facts": "[]"}, "entry 6: facts are not a canonical JSON object"),
            ({"facts": "1"}, "entry 6: facts are not a canonical JSON object"),
            ({"text": None, "salt": None}, "entry 6: text is missing, and no redaction names it"),
        ],
    )
    def test_is_named(self, columns: dict[str, Any], line: str) -> None:
        assert told(self.journal(6, columns))[0] == line

    def test_a_first_position_that_is_not_zero(self) -> None:
        lines = told(self.journal(1, {"position": 1}))
        assert lines == ["entry 1: position is 1 where 0 is due", "entry 2: position is 1 where 2 is due"]

    def test_a_redaction_of_another_form_redacts_nothing(self) -> None:
        for facts in ('{"entries":4}', '{"a":1}', '{"entries":["4"]}', "[]"):
            assert (4, "text") in named(self.journal(10, {"facts": facts}))

    def test_a_number_that_is_not_the_next(self) -> None:
        assert told(self.journal(5, {"seq": 50})) == ["entry 5: seq is 50 where 5 is due"]


def test_a_position_is_not_asked_for_where_the_command_is_in_doubt() -> None:
    rows = changed(7, command="0" * 32)
    assert named(rows) == [(7, "command")]
    rows = changed(7, facts='{"question":9}', command="0" * 32)
    assert named(rows) == [(7, "facts, command or recorded_at")]


class TestUnbroken:
    """The same checks for a reader that takes the entries as they come."""

    @staticmethod
    def refuse(count: int, finding: Finding) -> Exception:
        return LookupError(count, finding.seq, finding.field)

    def test_sound_entries_pass(self) -> None:
        assert list(unbroken(ROWS, self.refuse)) == ROWS

    def test_it_stops_at_the_first_that_is_not_sound(self) -> None:
        for rows, stop in ((changed(5, kind="void"), (5, 5, "kind")), ([*ROWS[:6], *ROWS[7:]], (7, 7, "entry"))):
            passed: list[Any] = []
            with pytest.raises(LookupError) as caught:
                passed.extend(unbroken(rows, self.refuse))
            assert caught.value.args == stop
            assert passed == ROWS[: stop[0] - 1]

    def test_a_missing_text_is_told_at_the_end(self) -> None:
        with pytest.raises(LookupError) as caught:
            list(unbroken(ROWS[:9], self.refuse))
        assert caught.value.args == (9, 4, "text")


def test_a_second_command_of_the_same_id_is_one_command() -> None:
    rows = seal([forecast(), resolution()])
    assert [row.position for row in rows] == [0, 1]
    assert check_chain(rows).is_sound
    assert check_chain(seal([Draft.of("void", {"question": 1}, {"reason": "x"})])).is_sound
