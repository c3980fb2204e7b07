"""The registry of actions: names once, keys that arrive, and every action there."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from ledger.tui.actions import REGISTRY, Action, known_names

ALL = [action for actions in REGISTRY.values() for action in actions]
SWALLOWED = {
    *("ctrl+a", "ctrl+b"),  # prefixes of screen and tmux
    *("ctrl+s", "ctrl+z", "ctrl+c", "ctrl+d", "ctrl+v", "ctrl+w"),  # flow and job control, or the terminal's own
    *("ctrl+h", "ctrl+i", "ctrl+m", "ctrl+j", "ctrl+left_square_bracket"),  # the same bytes as other keys
    *("ctrl+enter", "ctrl+question_mark", "shift+enter"),  # never sent by many terminals
}


def test_each_name_is_there_once() -> None:
    assert [name for name, times in Counter(known_names()).items() if times > 1] == []


@pytest.mark.parametrize("action", ALL, ids=lambda action: action.name)
def test_an_action_is_named_explained_and_has_keys_that_arrive(action: Action) -> None:
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", action.name)
    assert action.meaning.endswith((".", "…")) and action.title and action.keys
    assert not SWALLOWED & set(action.keys.split(","))
    assert "alt+" not in action.keys


@pytest.mark.parametrize("topic", REGISTRY)
def test_no_key_means_two_things_in_one_place(topic: str) -> None:
    keys = Counter(key for action in REGISTRY[topic] for key in action.keys.split(","))
    assert [key for key, times in keys.items() if times > 1] == []
