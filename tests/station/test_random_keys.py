"""Random keys never crash the desk, never put it where a key cannot lead out, and never lose what was acknowledged."""

from __future__ import annotations

import random

import pytest

from tests.station.stage import SMALL, WIDE, stage
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import Channel
from zz110_tui.station.ui import Page

KEYS = [
    *(f"f{n}" for n in range(1, 11)),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "tab", "escape", "backspace"),
    *("delete", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+a", "ctrl+e", "ctrl+l", "ctrl+n", "shift+up", "shift+left"),
]
WORDS = [
    "n 打架 @F7 / 两人", "n 抢劫 @漳州医院", "d .", "d 3,7 1", "ack 3", "er 3", "os 3", "cl 3 调解", "fb 1", "close 1",
    "u", "a", "find 打架", "show 1", "? d", "h . / 等", "tr 1 12345 / 占道", "x 3 7", "take", "sos 7", "clr 7 / 误触",
    ":zoom in", ":pan left", ":goto @F7", ":theme", ":language en", ":layer posts", ":language zh", ":glyphs ascii",
    ":glyphs full", ":bell off", "@@@", "/", ".", "^", "。，", "Ｄ　１７", "\u202e", "[/]", ":",
]  # fmt: skip
ROUNDS = 250


@pytest.mark.parametrize(("size", "seed"), [(WIDE, 1), (SMALL, 2)])
async def test_random_keys(size: tuple[int, int], seed: int) -> None:
    dice = random.Random(seed)
    async with stage(size) as desk:
        for step in range(ROUNDS):
            what = dice.random()
            if what < 0.45:
                key = dice.choice(KEYS)
                desk.app.press(key, "\r" if key == "enter" else None)
            elif what < 0.85:
                for letter in dice.choice(WORDS):
                    desk.app.press(letter, letter)
                if dice.random() < 0.7:
                    desk.app.press("enter", "\r")
            elif what < 0.9:
                await desk.core.pass_time(dice.randrange(60_000))
            elif what < 0.95:
                desk.app.type_text(dice.choice(WORDS) + "\n" + dice.choice(WORDS))
            else:
                await desk.do(c.ReceiveReport(Channel.PHONE, text=f"第 {step} 个来电"))
            if step % 10 == 0:
                await desk.settle()
                assert desk.app.return_code is None
        await desk.settle()
        assert desk.desk.board.image() == desk.core.engine.board.image(), "the desk shows what the core has"
        for _ in range(4):
            await desk.press("escape")
        assert desk.desk.ui.page is Page.DESK
        assert desk.desk.editor.text == ""
