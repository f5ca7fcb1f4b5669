"""A time in a refusal is one of the room's wall clock, at the desk and in ``zz110 do``, never one of UTC."""

from __future__ import annotations

import json

import pytest

from tests.station.stage import WIDE, stage
from zz110_tui.cli.documents import refusal
from zz110_tui.core.commands_matters import ReadMessage
from zz110_tui.core.desks import Actor

AT_HAND = "10:32:07"
"""When the stage begins, in Shanghai; it is 02:32:07 UTC."""


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_times_of_a_refusal_are_local(language: str) -> None:
    async with stage(WIDE, language) as desk:
        await desk.enter("msg 3 / 向北跑了")
        await desk.enter("ack m1 3")
        await desk.enter("ack m1 3")
        assert AT_HAND in desk.said()
        assert "UTC" not in desk.said()
        assert "02:32" not in desk.said()

        answer = await desk.core.link(Actor("李", "03")).submit(ReadMessage(1, unit="03"))
        assert answer.refusal is not None
        written = refusal(answer.refusal, desk.desk.scene())
        assert written["values"]["at"] == AT_HAND
        for key in ("zh", "en"):
            assert AT_HAND in written[key]
        assert "UTC" not in json.dumps(written)
        assert "02:32" not in json.dumps(written)
