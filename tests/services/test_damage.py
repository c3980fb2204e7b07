"""What a damaged book sets off is told in one line; what is our own says what it said."""

from __future__ import annotations

import pytest

from ledger.errors import DamageError, InputError
from ledger.services.damage import unreadable_told


@pytest.mark.parametrize("problem", [KeyError("state"), ValueError("bad\nvalue"), OverflowError("big"), TypeError()])
def test_what_cannot_be_there_is_damage(problem: Exception) -> None:
    with pytest.raises(DamageError, match="forecast verify") as told, unreadable_told():
        raise problem
    assert "\n" not in str(told.value)
    assert type(problem).__name__ in str(told.value)


def test_a_failure_of_our_own_passes() -> None:
    with pytest.raises(InputError, match=r"^as it was$"), unreadable_told():
        raise InputError("as it was")


def test_a_failure_of_the_system_passes() -> None:
    with pytest.raises(BrokenPipeError), unreadable_told():
        raise BrokenPipeError
