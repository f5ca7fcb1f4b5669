"""Panes are moved, sized, given the whole body and kept under a name, by typed words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.stage import SMALL, Stage, stage
from zz110_tui.config.folders import Folder
from zz110_tui.station.setup import names_of
from zz110_tui.station.ui import Page
from zz110_tui.station.views.layout import Pane


def columns(desk: Stage) -> list[Pane]:
    places = desk.desk.places()
    return sorted((pane for pane in (Pane.LIST, Pane.MAP, Pane.UNITS) if pane in places), key=lambda p: places[p].x)


def size(desk: Stage, pane: str) -> int:
    rect = desk.desk.places()[Pane(pane)]
    return rect.width * rect.height


async def test_another_layout_is_there_at_once_and_nothing_typed_is_lost() -> None:
    async with stage() as desk:
        assert columns(desk) == [Pane.LIST, Pane.MAP, Pane.UNITS]
        await desk.enter(":layout mirror")
        assert columns(desk) == [Pane.UNITS, Pane.MAP, Pane.LIST]
        await desk.enter(":layout nosuch")
        assert "mirror" in desk.said()
        assert desk.desk.editor.text == ":layout nosuch"


@pytest.mark.parametrize("pane", ["list", "units", "map"])
async def test_a_pane_grows_and_shrinks_to_an_end_that_is_said(pane: str) -> None:
    async with stage() as desk:
        before = size(desk, pane)
        await desk.enter(f":grow {pane}")
        assert size(desk, pane) > before
        await desk.enter(f":shrink {pane}")
        assert size(desk, pane) == before
        for _ in range(20):
            await desk.enter(f":shrink {pane}")
            await desk.press("escape")
        await desk.enter(f":shrink {pane}")
        assert "不能再" in desk.said()


async def test_at_80x24_the_list_takes_from_the_selected_one() -> None:
    async with stage(SMALL) as desk:
        before = desk.desk.places()[Pane.LIST].height
        await desk.enter(":grow list")
        assert desk.desk.places()[Pane.LIST].height > before


async def test_columns_change_places() -> None:
    async with stage() as desk:
        await desk.enter(":swap list units")
        assert columns(desk) == [Pane.UNITS, Pane.MAP, Pane.LIST]
        await desk.enter(":swap list list")
        assert "list map units" in desk.said()


@pytest.mark.parametrize("pane", ["list", "units", "map", "detail"])
async def test_one_pane_has_the_whole_body_and_gives_it_back(pane: str) -> None:
    async with stage() as desk:
        await desk.enter("n 打架 @F7")
        await desk.enter(f":full {pane}")
        assert Pane.PAGE in desk.desk.places()
        await desk.enter(f":full {pane}")
        assert desk.page() is Page.DESK
        await desk.enter(f":full {pane}")
        await desk.press("escape")
        assert desk.page() is Page.DESK


async def test_a_layout_is_kept_and_found_again(tmp_path: Path) -> None:
    async with stage(folders=(Folder(tmp_path, "user"),)) as desk:
        await desk.enter(":grow list")
        wide = desk.desk.places()[Pane.LIST].width
        await desk.enter(":save-layout mine")
        await desk.enter(":layout default")
        assert desk.desk.places()[Pane.LIST].width < wide
        await desk.enter(":layout mine")
        assert desk.desk.places()[Pane.LIST].width == wide
        await desk.enter(":save-layout ../../etc/passwd")
        assert "night-shift" in desk.text()
        assert names_of("layouts", desk.desk.room) == ("default", "list", "map", "mine", "mirror")
