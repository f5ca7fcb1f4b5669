"""Every key of every keymap, pressed once on every screen: the desk lives, draws nothing that acts, and Esc leads out.

So do all the desk's own actions with each of their words, whether or not a key is bound to them.
"""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from tests.station.harmless import hold_harmless
from tests.station.random_hands import MOST_ESCAPES, actions
from tests.station.stage import SMALL, Stage, stage
from tests.station.test_keymaps import SHIPPED, with_work
from tools.screenshots import SHOTS
from zz110_tui.config.folders import Folder
from zz110_tui.station.entry import press, type_text
from zz110_tui.station.ui import Page

LIVE = [shot for shot in SHOTS if not shot.empty and not shot.matters]


async def opened(desk: Stage) -> list[Page]:
    """Each screen opened once as its shot opens it: from then on the desk knows what to show on its page."""
    for shot in LIVE:
        for key in shot.keys:
            if key.startswith("="):
                desk.app.type_text(key[1:])
            else:
                desk.app.press(key, None)
        await desk.settle()
        assert desk.page() is shot.page, shot.name
        await leave(desk, shot.name)
    return list(dict.fromkeys(shot.page for shot in LIVE))


async def leave(desk: Stage, after: object) -> None:
    """Esc, a few times; only what the key itself does is drawn."""
    if desk.desk.ui.sending:
        await desk.settle()
    for _ in range(MOST_ESCAPES):
        if (desk.page(), desk.desk.editor.text, desk.choosing()) == (Page.DESK, "", False):
            break
        press(desk.desk, "escape", None)
    assert (desk.page(), desk.desk.editor.text, desk.choosing()) == (Page.DESK, "", False), after
    assert desk.app._exception is None, after


@pytest.mark.parametrize("keymap", SHIPPED)
async def test_every_key_on_every_screen(keymap: str) -> None:
    async with stage(SMALL, keymap=keymap) as desk:
        await with_work(desk)
        with patch.object(desk.app, "leave"):
            for page in await opened(desk):
                for binding in desk.desk.setup.keymap.bindings:
                    desk.desk.ui.open(page)
                    desk.app.press(binding.key, None)
                    await leave(desk, (page, binding.key))
                await desk.settle()
                hold_harmless(desk)
        await desk.settle()
        assert desk.desk.board.image() == desk.core.engine.board.image()


async def test_every_action_of_the_desk_on_every_screen(tmp_path: Path) -> None:
    async with stage(SMALL, folders=(Folder(tmp_path, "user"),)) as desk:
        await with_work(desk)
        with patch.object(desk.app, "leave"):
            for page in await opened(desk):
                for line in actions():
                    desk.desk.ui.open(page)
                    type_text(desk.desk, line)
                    desk.app.press("enter", "\r")
                    await leave(desk, (page, line))
                    desk.desk.ui.commanding = False
                await desk.settle()
                hold_harmless(desk)
