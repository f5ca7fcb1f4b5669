"""Random keys never crash the desk, never put it where a key cannot lead out, and never lose what was acknowledged.

A seeded slice for the suite; ``python -m benchmarks.prove_keys --minutes 10`` presses for as long as one likes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.random_hands import CHECK_EVERY, Hands, Listening
from tests.station.stage import stage
from zz110_tui.config.bundled import bundled
from zz110_tui.config.folders import Folder
from zz110_tui.station.ui import Page

SHIPPED = sorted(path.stem for path in bundled("keymaps").glob("*.toml"))
STEPS = 120


@pytest.mark.parametrize("keymap", SHIPPED)
async def test_random_keys(keymap: str, tmp_path: Path) -> None:
    async with stage(keymap=keymap, folders=(Folder(tmp_path, "user"),)) as desk:
        hands = Hands(desk, 1, keymap)
        with Listening(hands):
            for step in range(1, STEPS + 1):
                await hands.step()
                if step % CHECK_EVERY == 0:
                    await hands.check()
            hands.hold_the_facts()
        assert hands.tally.accepted > 3, "the keys did something"


async def test_a_digit_on_the_search_page_of_a_window_of_one_cell() -> None:
    """Found by seed 119 under ``cad``: a page without a row for its lines was divided by."""
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.enter("find 打架")
        await desk.resize(1, 1)
        await desk.settle()
        await desk.press("1")
        await desk.resize(80, 24)
        await desk.press("escape", "escape")
        assert desk.page() is Page.DESK
