"""The registry of desk actions: what each is called, what it takes, what is said when something is missing."""

from __future__ import annotations

import pytest

from zz110_tui.config.bundled import bundled
from zz110_tui.config.keymaps import load_keymap
from zz110_tui.language.parsed import Status
from zz110_tui.language.verbs import VERBS, verb_index
from zz110_tui.station.actions import ACTIONS, read_action


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_says_in_words_what_it_does(name: str, language: str) -> None:
    action = ACTIONS[name]
    argument = f" {action.arguments[0]}" if action.arguments else " x" if action.needs else ""
    parsed = read_action(f":{name}{argument}", language)
    assert parsed.status is Status.READY
    assert action.does.in_(language) in parsed.preview


def test_an_unknown_action_is_refused_with_those_there_are() -> None:
    parsed = read_action(":nosuch", "en")
    assert parsed.status is Status.WRONG
    assert "theme" in parsed.hint


def test_the_beginning_of_an_action_is_only_unfinished() -> None:
    assert read_action(":zo", "en").status is Status.INCOMPLETE
    assert read_action(":zoom", "en").status is Status.INCOMPLETE
    assert read_action(":zoom o", "en").status is Status.INCOMPLETE
    assert read_action(":zoom sideways", "en").status is Status.WRONG


def test_no_action_can_be_taken_for_a_line_of_the_language() -> None:
    assert not [name for verb in VERBS for name in verb.names if name.startswith(":")]


def test_every_shipped_keymap_names_actions_and_verbs_that_exist() -> None:
    verbs = {name: verb.key for name, verb in verb_index().items()}
    found = sorted(bundled("keymaps").glob("*.toml"))
    assert found
    for path in found:
        for binding in load_keymap(path, verbs, ACTIONS).bindings:
            if binding.action:
                text = f":{binding.action} {binding.argument}".rstrip()
                assert read_action(text, "en").status is Status.READY, (path.name, binding.key)
