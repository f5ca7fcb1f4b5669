"""Text from outside in every field, on every view: it neither steers the terminal nor is markup nor breaks a line."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.color import Color

from tests.station.harmless import DANGEROUS, hold_harmless
from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage, Channel
from zz110_tui.core.places import Place, point
from zz110_tui.core.units import UnitStatus
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.term.filters import Gate

HERE = point(117.652, 24.513)
LONGEST = 300


def _texts(shared_data: Callable[[str], Path]) -> list[str]:
    strings = json.loads(shared_data("vectors/security_text.json").read_text("utf-8"))["strings"]
    assert len(strings) > 10
    return [item["text"] for item in strings]


async def _fill(desk: Stage, text: str) -> None:
    """The text in every field that anybody can write to."""
    text = text[:LONGEST]
    submit = desk.other.submit
    place = Place(text, HERE, "G05", "F7")
    await submit(c.ReceiveReport(Channel.PHONE, caller=text, contact=text, place=place, text=text, source=text))
    await submit(c.OpenIncident("fight", place, text=text, caller=text, contact=text))
    number = max(desk.core.engine.board.incidents)
    await submit(c.Hold(number, reason=text))
    await submit(c.Release(number))
    await submit(c.Dispatch(number, ("01",), AssignmentStage.ON_SCENE))
    await submit(c.AddNote(number, text, unit="01"))
    await submit(c.SetStatus(("09",), UnitStatus.OUT_OF_SERVICE, text))
    await submit(c.Clear(number, disposition="mediated", text=text))
    assert (await submit(c.MakeAvailable(("09",), text))).accepted


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_hostile_text_is_harmless_on_every_view(
    size: tuple[int, int], shared_data: Callable[[str], Path]
) -> None:
    async with stage(size) as desk:
        texts = _texts(shared_data)
        for text in texts:
            await _fill(desk, text)
        assert len(desk.core.engine.board.incidents) == len(texts)
        for number, text in enumerate(texts, 1):
            await desk.enter(f"show i={number}")
            hold_harmless(desk)
            await desk.press("escape")
            hold_harmless(desk)
            desk.app.type_text(f"find {text}")
            await desk.press("enter")
            hold_harmless(desk)
            await desk.press("escape", "escape")
            desk.app.type_text(f"nt {number} / {text}")
            await desk.settle()
            hold_harmless(desk)
            await desk.press("enter", "escape")
        for keys in (("f4", "pagedown", "enter"), ("escape", "f5"), ("+", "+"), ("escape", "f10"), ("escape", "f1")):
            await desk.press(*keys)
            hold_harmless(desk)


async def test_what_was_sent_can_be_seen(shared_data: Callable[[str], Path]) -> None:
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="\x1b]0;PWNED\x1b\\ [/] [red]x[/red]"))
        shown = desk.text()
        assert "␛]0;PWNED" in shown
        assert "[/]" in shown
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="\u2066支援\u2069"))
        assert "‹U+2066›支援" in desk.text()


def test_the_gate_lets_nothing_through_that_a_view_forgot_to_clean(shared_data: Callable[[str], Path]) -> None:
    for text in [*_texts(shared_data), "".join(map(chr, range(0x20))), "\x7f\x80\x9f\u202e\u200b\u2028\ufeff"]:
        for tier in Tier:
            out = Gate(tier).apply([Segment(text)], Color(0, 0, 0))
            assert not [x for x in out[0].text if unicodedata.category(x) in DANGEROUS]
            assert out[0].cell_length == Segment(text).cell_length, "a line keeps its width"


def test_no_widget_reads_markup_from_data() -> None:
    """Rows become segments directly; nothing in the room calls for markup."""
    for path in Path(__file__).parents[2].joinpath("zz110_tui", "station").rglob("*.py"):
        source = path.read_text("utf-8")
        assert not re.search(r"markup=True|from_markup|Text\.from_ansi|\.notify\(", source), path
