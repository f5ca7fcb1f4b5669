"""Whatever is typed, pasted, completed, recalled or walked through: nothing is sent before Enter, or a key that is a
command of its own."""

from __future__ import annotations

import random

import pytest

from tests.station.stage import SMALL, WIDE, stage
from tests.unit.language.test_preview_tells import PIECES, TEXTS
from zz110_tui.language.verbs import VERBS

EDITING = (
    "up", "down", "left", "right", "home", "end", "tab", "backspace", "delete", "escape", "ctrl+w", "ctrl+a", "ctrl+e",
    "ctrl+k", "ctrl+g", "ctrl+up", "pageup", "pagedown",
)  # fmt: skip
HOSTILE = ("\r\n", "\n", "\x1b[A", "d .\nu\n", "os 3\r", "\u202e", "n 打架 @F7\r\n", "\x00", "？", "０")


@pytest.mark.parametrize(("size", "seed"), [(WIDE, 11), (SMALL, 12)])
async def test_nothing_is_sent_without_enter(size: tuple[int, int], seed: int) -> None:
    dice = random.Random(seed)
    async with stage(size) as desk:
        await desk.enter("n 打架 @胜利路x延安路 / 两人持刀")
        await desk.enter("d 3 1")
        before = desk.core.engine.board.position
        for _ in range(30):
            verb = dice.choice(VERBS)
            line = " ".join([dice.choice(verb.names), *dice.sample(PIECES, dice.randrange(4))]) + dice.choice(TEXTS)
            if dice.random() < 0.4:
                desk.app.type_text(line + dice.choice(HOSTILE) + dice.choice(HOSTILE))
            else:
                for letter in line:
                    desk.app.press(letter, letter)
            for key in dice.sample(EDITING, 3):
                desk.app.press(key, None)
            if dice.random() < 0.5:
                desk.app.press("ctrl+u", None)
        await desk.settle()
        assert desk.core.engine.board.position == before
        assert desk.desk.ui.sending == 0
        assert desk.app.return_code is None
