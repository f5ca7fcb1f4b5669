"""Themes, keymaps and layouts are tried on before they are chosen."""

from __future__ import annotations

import pytest

from tests.station.stage import SMALL, WIDE, stage
from zz110_tui.station.setup import names_of
from zz110_tui.station.trying import KINDS, worn
from zz110_tui.station.ui import Page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_one_at_the_cursor_is_on_at_once_and_escape_puts_back(kind: str, size: tuple[int, int]) -> None:
    async with stage(size) as desk:
        before, all_of_them = worn(desk.desk, kind), names_of(kind, desk.desk.room)
        await desk.enter(f":try {kind}")
        assert all(name in desk.text() for name in all_of_them)
        await desk.press("home")
        seen = [worn(desk.desk, kind)]
        for _ in all_of_them[1:]:
            await desk.press("down")
            seen.append(worn(desk.desk, kind))
        assert tuple(seen) == all_of_them
        await desk.press("escape")
        assert (desk.page(), worn(desk.desk, kind)) == (Page.DESK, before)


@pytest.mark.parametrize("kind", KINDS)
async def test_enter_keeps_it(kind: str) -> None:
    async with stage() as desk:
        await desk.enter(f":try {kind}")
        await desk.press("end")
        last = names_of(kind, desk.desk.room)[-1]
        await desk.press("enter")
        assert (desk.page(), worn(desk.desk, kind)) == (Page.DESK, last)


async def test_what_is_typed_meanwhile_stays_on_the_line() -> None:
    async with stage() as desk:
        await desk.enter(":try themes")
        await desk.type("n 打架")
        await desk.press("pagedown", "escape", "escape")
        assert desk.desk.editor.text == ""
        await desk.press("up")
        assert desk.page() is Page.DESK
