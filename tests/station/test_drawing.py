"""Only what is visible is made, and only what changed is drawn again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.station.stage import MONDAY, SMALL, WIDE, Stage, rulebook, stage
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Channel, Incident
from zz110_tui.core.places import Place
from zz110_tui.language.scene import Scene
from zz110_tui.station.ui import Ui
from zz110_tui.station.views import worklist
from zz110_tui.station.views.layout import Pane
from zz110_tui.station.views.work import work_of
from zz110_tui.station.widgets.surface import Surface

MANY = 20_000


def test_a_list_of_20000_makes_only_the_rows_that_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board()
    for n in range(1, MANY + 1):
        board.put_incident(Incident(n, "fight", 1 + n % 4, Place("某路"), MONDAY, MONDAY, MONDAY + n))
    work = work_of(board, rulebook())
    made: list[Any] = []
    real = worklist.item_row

    def counting(*arguments: Any) -> Any:
        made.append(arguments)
        return real(*arguments)

    monkeypatch.setattr(worklist, "item_row", counting)
    scene = Scene(board, rulebook(), MONDAY + 60_000, "03")
    for selected in (None, of_incident(MANY), of_incident(MANY // 2)):
        made.clear()
        rows = worklist.rows(work, scene, Ui("zh", selected=selected), 60, 40)
        assert len(rows) == 40
        assert len(made) <= 40
        if selected is not None:
            assert any(row[0][0] == ">" for row in rows), "the selected one is among them"


def _watch(desk: Stage, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every line that a widget is asked to draw from now on: pane and row."""
    drawn: list[tuple[str, int]] = []
    real = Surface.refresh

    def refresh(self: Surface, *regions: Any, **options: Any) -> Any:
        drawn.extend((self.id or "", region.y) for region in regions)
        if not regions:
            drawn.append((self.id or "", -1))
        return real(self, *regions, **options)

    monkeypatch.setattr(Surface, "refresh", refresh)
    return drawn


async def test_a_tick_draws_only_lines_whose_text_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="来电"))
        await desk.pass_time(5)
        drawn = _watch(desk, monkeypatch)
        desk.app.tick()
        assert drawn == [], "the clock stands, nothing is drawn"
        desk.core.clock.set(desk.core.clock.now() + 1000)
        desk.app.tick()
        assert set(drawn) == {(Pane.TOP, 0), (Pane.LIST, 1)}, "the clock of the room and that of the one waiting call"


async def test_a_typed_letter_draws_the_line_and_the_preview(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        await desk.type("n 打")
        drawn = _watch(desk, monkeypatch)
        desk.app.press("架", "架")
        assert {pane for pane, _ in drawn} <= {Pane.LINE, Pane.PREVIEW, Pane.CHOICES}
        assert (Pane.LINE, 0) in drawn


async def test_one_unit_that_moves_draws_its_rows_and_not_the_whole_map(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        await desk.do(c.OpenIncident("fight", Place("某处", desk.app.desk.room.city.posts[3].point)))
        await desk.pass_time(5)
        drawn = _watch(desk, monkeypatch)
        await desk.do(c.Dispatch(1, ("15",)))
        rows_of_map = {y for pane, y in drawn if pane == Pane.MAP}
        rows_of_units = {y for pane, y in drawn if pane == Pane.UNITS}
        assert len(rows_of_map) <= 4
        assert 1 <= len(rows_of_units) <= 2


async def test_what_changed_is_brighter_for_two_seconds_once() -> None:
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="来电"))
        assert "new" in _roles(desk, Pane.LIST)
        await desk.pass_time(1)
        assert "new" in _roles(desk, Pane.LIST)
        await desk.pass_time(1.1)
        assert "new" not in _roles(desk, Pane.LIST)


def _roles(desk: Stage, pane: Pane) -> set[str]:
    surface = desk.app.query_one(f"#{pane.value}", Surface)
    return {role.value for row in surface.rows for _, role in row}


async def test_any_size_of_window_can_be_drawn_at_any_moment() -> None:
    async with stage() as desk:
        await desk.do(c.OpenIncident("robbery", Place("某处")))
        for width, height in ((80, 24), (100, 30), (60, 16), (40, 10), (200, 60), (132, 43), (81, 25), (1, 1), WIDE):
            await desk.resize(width, height)
            await desk.settle()
            lines = desk.lines()
            assert len(lines) == height
        await desk.resize(*SMALL)
        await desk.settle()
        assert "0001" in desk.text()
