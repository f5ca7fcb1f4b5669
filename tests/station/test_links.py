"""Addresses of photographs are links where the terminal knows them, text elsewhere, and nothing else ever is one."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from tests.station.stage import SMALL, WIDE, stage
from zz110_tui.core.weblinks import WebLink
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.term.filters import Gate
from zz110_tui.station.term.terminal import Terminal
from zz110_tui.station.views.cells import Hyper, plain, row_width
from zz110_tui.station.views.incidentpage import link_rows

PHOTO = "https://media.example/7.jpg?token=" + "a" * 120
BLACK = Color(0, 0, 0)


def _links(strips: list[Strip]) -> set[str]:
    segments = [segment for strip in strips for segment in strip]
    return {segment.style.link for segment in segments if segment.style is not None and segment.style.link}


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_an_address_is_shown_whole_and_every_piece_leads_there(size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        desk.app._gate = Gate(Tier.FULL, links=True)
        await desk.enter("n 打架 @F7 / 两人")
        await desk.enter(f"att 1 url={PHOTO} / 现场照片")
        await desk.press("enter")
        shown = "".join(line.strip() for line in desk.lines())
        assert PHOTO in shown.replace(" ", "") or PHOTO in "".join(line[:79].strip() for line in desk.lines())
        assert _links(desk.app.screen._compositor.render_strips()) == {PHOTO}


async def test_a_terminal_that_does_not_know_links_gets_plain_text() -> None:
    async with stage(SMALL) as desk:
        desk.app._gate = Gate(Tier.FULL, links=False)
        await desk.enter("n 打架 @F7 / 两人")
        await desk.enter(f"att 1 url={PHOTO}")
        await desk.press("enter")
        assert _links(desk.app.screen._compositor.render_strips()) == set()
        assert PHOTO[:40] in desk.text()


def test_old_and_plain_terminals_know_no_links() -> None:
    assert Terminal().links
    assert not Terminal(links=False).links


@pytest.mark.parametrize(
    "url", ["javascript:x", "file:///etc/passwd", "https://a.example/\x1b]0;x\x07", "https://u:p@a/"]
)
def test_the_gate_keeps_no_link_that_a_slip_may_not_keep(url: str) -> None:
    segments = [Segment("x", Style(link=url)), Segment("y", Style(link="https://a.example/"))]
    kept = Gate(Tier.FULL, links=True).apply(segments, BLACK)
    assert [segment.style.link for segment in kept if segment.style] == [None, "https://a.example/"]


def test_a_board_from_elsewhere_cannot_make_a_link_either() -> None:
    rows = link_rows((WebLink("https://a.example/\x1b]8;;x", "照片", 0),), 40)
    assert not [cell for row in rows for cell in row if isinstance(cell[0], Hyper)]
    assert "\x1b" not in "".join(map(plain, rows))


@pytest.mark.parametrize("columns", [30, 60, 80])
def test_a_long_address_is_cut_nowhere(columns: int) -> None:
    rows = link_rows((WebLink(PHOTO, "", 0),), columns)
    assert "".join(plain(row).strip() for row in rows) == PHOTO
    assert all(row_width(row) <= columns for row in rows)
