"""Somebody who has never seen a desk takes, sends and closes a call with only what the screen says."""

from __future__ import annotations

import re

import pytest

from tests.station.stage import SMALL, WIDE, stage
from zz110_tui.config.bundled import bundled
from zz110_tui.core.incidents import IncidentStage
from zz110_tui.station.views.cells import plain
from zz110_tui.station.views.pages import TEACH, teaching

KEYMAPS = sorted(path.stem for path in bundled("keymaps").glob("*.toml"))


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_after_each_step_the_screen_says_the_next_one(size: tuple[int, int], language: str) -> None:
    """Nothing is typed but what stands on the screen, from an empty desk to a closed slip."""
    async with stage(size, language) as desk:
        taught = next(line for line in desk.text().splitlines() if re.search(r"[：:]\s+n ", line))
        first = re.search(r"n (打架|fight) @\S+ / (两人持刀|two with knives)", taught)
        assert first is not None
        await desk.enter(first[0])
        assert re.search(r"F8 (派首选|sends the first)", desk.text()), "how to send is said"
        await desk.press("f8")
        for _ in range(8):
            said = re.search(r"(?:接着|next:) ((?:ack|er|os|fb|close) [\w,]+|cl \w+|cb \d+ (?:满意|yes))", desk.text())
            if said is None:
                break
            await desk.enter(said[1])
            if desk.choosing():
                await desk.press("1", "enter")
        assert desk.incident(1).stage is IncidentStage.CLOSED


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("keymap", KEYMAPS)
async def test_what_an_empty_desk_teaches_is_whole_and_names_the_keys_there_are(keymap: str, language: str) -> None:
    async with stage(SMALL, language, keymap=keymap) as desk:
        keys = desk.desk.setup.keymap
        rows = [plain(row) for row in teaching(language, keys, 62)]
        assert not [row for row in rows if "…" in row], "cut nowhere, also beside the map"
        assert len(rows) == len(TEACH[language])
        send = next((b.key for b in keys.bindings if b.line == "d ."), "")
        assert (send.upper() if send.startswith("f") else send) in "".join(rows)


async def test_of_a_slip_with_two_units_each_step_says_what_is_left() -> None:
    """What the first one leaves is not his to end; when the last is called off the slip waits again: that is said."""
    async with stage(SMALL) as desk:
        await desk.enter("rp phone @F7 / 打起来了")
        assert "接着 Ctrl+N 接起" in desk.text()
        await desk.press("ctrl+n")
        assert "同一件事 lk 警情号" in desk.text()
        await desk.enter("n 打架")
        assert "立警情 0001" in desk.text(), "not hidden behind the report"
        await desk.enter("d 3,5 1")
        await desk.enter("os 3")
        assert "cl 03 处毕离开（05 还在，最后离开的写处置结果）" in desk.text()
        await desk.enter("cl 3")
        assert "0001 还有 05 没到：os 05 到场，或 av 05 撤回" in desk.text()
        await desk.enter("av 5")
        assert "0001 回到待派：F8 再派；不必再去 can 0001 / 理由" in desk.text()
        await desk.enter("u")
        assert "撤销上一步：0001 已派、05" in desk.text()
        await desk.enter("os 5")
        assert "接着 cl 05 列出处置结果" in desk.text()
