"""From every screen every other one is at most two keys away, under every keymap."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.config.bundled import bundled
from zz110_tui.config.keymaps import Keymap, load_keymap
from zz110_tui.language.verbs import verb_index
from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.screens import NEEDS_A_SUBJECT, SCREENS, OneScreen
from zz110_tui.station.ui import Page

KEYMAPS = sorted(path.stem for path in bundled("keymaps").glob("*.toml"))
MENU = ":menu"


def _keymap(name: str) -> Keymap:
    verbs = {spelling: verb.key for spelling, verb in verb_index().items()}
    return load_keymap(bundled("keymaps", f"{name}.toml"), verbs, ACTIONS)


@dataclass(frozen=True)
class Way:
    """The keys from anywhere to a screen."""

    screen: OneScreen
    keys: tuple[str, ...]


def _ways(keymap: Keymap) -> list[Way]:
    """The shortest way to each screen that the keymap and the table of screens give: a key of its own, or the menu's
    key and the screen's digit."""
    keys = {binding.line: binding.key for binding in reversed(keymap.bindings)}
    return [Way(s, (keys[s.line],) if s.line in keys else (keys[MENU], s.digit)) for s in SCREENS]


def test_every_page_is_in_the_table_or_needs_something_said_with_it() -> None:
    """A new page cannot be forgotten: it is a screen that two keys lead to, or it stands among those that need more."""
    listed = [screen.page for screen in SCREENS]
    assert sorted({*listed, *NEEDS_A_SUBJECT, Page.MENU}) == sorted(Page)
    assert len(listed) == len(set(listed))
    assert len({screen.digit for screen in SCREENS}) == len(SCREENS)
    assert all(len(screen.digit) == 1 and screen.digit.isdecimal() for screen in SCREENS)


@pytest.mark.parametrize("name", KEYMAPS)
def test_two_keys_lead_to_every_screen(name: str) -> None:
    ways = _ways(_keymap(name))
    assert all(len(way.keys) <= 2 for way in ways)


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("name", KEYMAPS)
async def test_they_lead_there_from_every_other_screen(name: str, size: tuple[int, int]) -> None:
    """Pressed, not only read from the tables: from each screen to each other one."""
    async with stage(size, keymap=name) as desk:
        await desk.enter("n 打架 @F7 / 两人")
        ways = [*_ways(desk.desk.setup.keymap)]
        for here in ways:
            for there in ways:
                if here is there:
                    continue
                await _at(desk, here)
                for key in there.keys:
                    desk.app.press(key, key if len(key) == 1 else None)
                assert desk.page() is there.screen.page, (here.screen.line, there.keys)


async def _at(desk: Stage, way: Way) -> None:
    desk.desk.ui.open(way.screen.page)
    assert not desk.desk.editor.text
