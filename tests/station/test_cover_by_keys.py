"""The right unit and the city still covered, by keyboard alone: candidates, the hole, the fill-in, rings."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.facts_cover import RingClosed, UnitFilledIn
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.recommending import candidates
from zz110_tui.language.words import minutes, post_name
from zz110_tui.station.ui import Page

SIZES = pytest.mark.parametrize("size", [WIDE, SMALL])
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])


async def leave_a_hole(room: Stage) -> None:
    """All units of the east are sent somewhere."""
    await room.enter("n 盗窃 @T6")
    await room.enter("d 12,13,14,15 .")


@SIZES
@LANGUAGES
async def test_a_robbery_its_candidates_a_hole_and_the_fill_in(size: tuple[int, int], language: str) -> None:
    async with stage(size, language) as room:
        await room.enter("n 抢劫 @胜利路x延安路 / 持刀")
        await room.press("ctrl+p")
        assert room.page() is Page.STUDY
        page = room.text()
        best = candidates(room.desk.scene(), room.incident(1), 1)[0]
        assert f"{best.unit} " in page
        assert f"{minutes(best.seconds)} ({minutes(best.low)}-{minutes(best.high)})" in page
        await room.press("pagedown")
        page += room.text()
        assert ("缺口" if language == "zh" else "hole") in page
        await room.press("escape", "f8")
        assert room.incident(1).working
        await leave_a_hole(room)
        look = room.desk.coverage.look(room.desk.scene())
        assert "G12" in look.holes
        assert look.fill_in is not None
        assert "Ctrl+F" in room.text()
        before = room.core.engine.board.units[look.fill_in.unit].profile
        await room.press("ctrl+f")
        moved = room.core.engine.board.units[look.fill_in.unit].profile
        assert moved.post_point == look.fill_in.place.point
        assert isinstance(room.desk.events[-1].fact, UnitFilledIn)
        assert (room.desk.coverage.look(room.desk.scene()).share or 0) > (look.share or 1) + 0.01
        assert post_name(room.desk.scene(), look.fill_in.place.name) in room.text()
        await room.press("ctrl+down")
        assert room.core.engine.board.units[before.call_sign].profile == before


async def test_nothing_is_proposed_over_what_is_typed_or_while_a_slip_waits() -> None:
    async with stage() as room:
        await leave_a_hole(room)
        assert "补位建议" in room.text()
        await room.type("find")
        assert "补位建议" not in room.text()
        await room.press("escape")
        await room.enter("n 打架 @漳州医院")
        assert "补位建议" not in room.text()
        await room.enter("f")
        assert "待派" in room.said()


@SIZES
async def test_rings_are_drawn_and_taken_away(size: tuple[int, int]) -> None:
    async with stage(size) as room:
        await room.enter("rg 05")
        assert room.desk.ui.map.rings
        assert all(ring in room.text() for ring in ("5'", "10'"))
        await room.enter("rg 05")
        assert not room.desk.ui.map.rings
        assert "10'" not in room.text()


async def test_a_post_has_rings_too_and_the_oldest_of_four_goes() -> None:
    async with stage() as room:
        for line in ("rg to=P06", "rg 01", "rg 02", "rg 03"):
            await room.enter(line)
        assert [ring.unit for ring in room.desk.ui.map.rings] == ["01", "02", "03"]


@SIZES
async def test_cover_is_a_layer_of_the_map(size: tuple[int, int]) -> None:
    async with stage(size) as room:
        await leave_a_hole(room)
        if size == SMALL:
            await room.press("f5")
        plain = room.text()
        await room.press("ctrl+v")
        assert room.text().count("⠶") > plain.count("⠶") + 3
        await room.press("ctrl+v")
        assert room.text().count("⠶") == plain.count("⠶")


async def test_a_ring_is_previewed_sent_shown_and_taken_back() -> None:
    async with stage() as room:
        await room.enter("n 抢劫 @胜利路x延安路")
        await room.press("ctrl+b")
        assert "围堵 0001" in room.text()
        await room.press("enter")
        ring = room.desk.events[-1].fact
        assert isinstance(ring, RingClosed)
        assert {hold.unit for hold in ring.holds} == {a.unit for a in room.incident(1).working}
        assert len({hold.point for hold in ring.holds}) == len(ring.holds) > 3
        assert " x" in room.text() or "x " in room.text()
        await room.press("ctrl+down")
        assert not room.incident(1).working


@LANGUAGES
async def test_a_search_area_grows_and_goes(language: str) -> None:
    async with stage(language=language) as room:
        await room.enter("n 抢劫 @胜利路x延安路")
        await room.enter("sa 1 car")
        first = room.text().count("⠿")
        await room.pass_time(120)
        assert room.text().count("⠿") > first
        await room.enter("sa 1 car")
        assert room.desk.ui.map.area is None


async def test_several_slips_are_matched_and_sent_in_one_step() -> None:
    async with stage() as room:
        await room.enter("n 打架 @胜利路x延安路")
        await room.enter("n 盗窃 @T6")
        await room.enter("dt")
        assert room.incident(1).working
        assert room.incident(2).working
        assert {a.unit for a in room.incident(1).working}.isdisjoint(a.unit for a in room.incident(2).working)
        await room.press("ctrl+down")
        assert not room.incident(1).working
        assert not room.incident(2).working


@LANGUAGES
async def test_every_number_is_explained(language: str) -> None:
    async with stage(SMALL, language) as room:
        await room.enter("n 抢劫 @胜利路x延安路")
        await room.enter("why 07")
        assert room.page() is Page.STUDY
        page = room.text()
        assert ("沿路网" if language == "zh" else "km over the roads") in page
        assert ("出动 40 秒" if language == "zh" else "40 s to turn out") in page
        assert ("覆盖" if language == "zh" else "cover") in page
        await room.press("escape")
        assert room.page() is Page.DESK


@SIZES
@LANGUAGES
async def test_the_story_of_a_robbery_by_keys_alone(size: tuple[int, int], language: str) -> None:
    """A robbery at a crossing; whom to send; the hole; the fill-in accepted and taken back; rings; the ring closed; the
    search area. Nothing that matters is cut or hidden at either size."""
    async with stage(size, language) as room:
        await room.enter("n 抢劫 @胜利路x延安路 / 持刀抢包")
        await room.press("ctrl+p")
        page = room.text()
        while "PgDn" in room.lines()[1]:
            await room.press("pagedown")
            page += room.text()
        assert page.count("…") == 0
        for unit in ("05", "03", "15"):
            assert f" {unit} " in page
        await room.press("escape", "f8")
        first = {a.unit for a in room.incident(1).working}
        assert "05" in first
        await room.enter("n 盗窃 @T6")
        await room.enter("d 12,13,14,15 2")
        proposal = next(line for line in room.lines() if "Ctrl+F" in line)
        look = room.desk.coverage.look(room.desk.scene())
        assert look.fill_in is not None
        named = post_name(room.desk.scene(), look.fill_in.place.name)
        assert (named != look.fill_in.place.name) == (language == "en")
        gain = f"{100 * look.fill_in.before:.0f}→{100 * look.fill_in.after:.0f}%"
        assert named in proposal
        assert gain in proposal
        await room.press("ctrl+f")
        moved = room.desk.events[-1].fact
        assert isinstance(moved, UnitFilledIn)
        assert named in room.said()
        await room.press("ctrl+down")
        assert room.core.engine.board.units[moved.unit].profile.post == moved.leaves
        await room.press("ctrl+f")
        await room.enter("rg 01")
        assert all(ring in room.text() for ring in ("3'", "5'", "10'"))
        await room.enter("rg 01")
        await room.enter("wd 1")
        ring = room.desk.events[-1].fact
        assert isinstance(ring, RingClosed)
        assert first <= {a.unit for a in room.incident(1).working}
        await room.enter("sa 1 car")
        await room.pass_time(60)
        drawn = room.text().count("⠿")
        assert drawn
        await room.pass_time(120)
        assert room.text().count("⠿") > drawn


async def test_a_ring_that_cannot_be_closed_says_first_who_is_missing() -> None:
    """On a small screen the end of the preview is cut: what is open stands before who holds what."""
    async with stage(SMALL, "en") as room:
        await room.enter("n 抢劫 @胜利路x延安路")
        free = [unit.call_sign for unit in room.core.engine.board.units.values()][3:]
        await room.do(c.SetStatus(tuple(free), UnitStatus.OFF_DUTY))
        await room.type("wd 1")
        shown = room.text()
        assert "nobody for" in shown
        assert shown.index("ways out") < shown.index("nobody for")
