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
