"""A whole paint in turns: keys go between, nobody sees half of it, and nothing stale is shown over something newer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.station.stage import Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import Channel
from zz110_tui.station import turns
from zz110_tui.station.frame import TYPING, Drawn, draw
from zz110_tui.station.turns import MOST_PASSES, TURNS, Turns
from zz110_tui.station.views.layout import Pane


class Seen:
    """The turns of a desk: ``shown`` are the whole paints, ``between`` happens after each turn but the last."""

    def __init__(self, desk: Stage, monkeypatch: pytest.MonkeyPatch, between: Callable[[], Any] = lambda: None) -> None:
        self.shown: list[Drawn] = []
        self.turns = Turns(desk.desk, self.shown.append)
        self.drawn: list[tuple[Pane, ...]] = []
        desk.app.turns.whole(0.0)
        monkeypatch.setattr(desk.app, "_paint_in_turns", lambda: None)  # its own would be seen as well
        real = draw

        def watched(of: Any, only: Any = ()) -> Drawn:
            self.drawn.append(tuple(only))
            if only and tuple(only) != TYPING:
                asyncio.get_running_loop().call_soon(between)
            return real(of, only)

        monkeypatch.setattr(turns, "draw", watched)


def test_every_pane_has_its_turn() -> None:
    assert sorted([*(pane for panes in TURNS for pane in panes), *TYPING]) == sorted(Pane)


async def test_it_is_shown_at_once_and_as_if_it_had_been_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        await desk.do(c.ReceiveReport(Channel.PHONE, text="来电"))
        seen = Seen(desk, monkeypatch)
        await seen.turns.paint()
        assert seen.drawn == [*TURNS, TYPING]
        assert seen.shown == [draw(desk.desk)]


async def test_a_letter_typed_between_is_in_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        letters = iter("n 打架")
        seen = Seen(desk, monkeypatch, lambda: desk.app.press(letter := next(letters, "x"), letter))
        await seen.turns.paint()
        (shown,) = seen.shown
        assert "n 打架" in "".join(text for text, _ in shown[Pane.LINE][1][0])


async def test_what_is_older_than_a_whole_paint_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        seen = Seen(desk, monkeypatch, lambda: seen.turns.whole(0.01))
        await seen.turns.paint()
        assert seen.shown == []
        assert len(seen.drawn) == 1
        assert seen.turns.took_s == 0.01


async def test_panes_that_move_meanwhile_are_drawn_together(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        seen = Seen(desk, monkeypatch, lambda: setattr(desk.desk.ui, "lost_at", desk.desk.now - 5_000))
        before = desk.desk.places()
        await seen.turns.paint()
        (shown,) = seen.shown
        assert shown == draw(desk.desk)
        assert {p: rect for p, (rect, _) in shown.items()} != before


async def test_asked_again_while_it_paints_it_paints_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        seen = Seen(desk, monkeypatch)
        await asyncio.gather(*(seen.turns.paint() for _ in range(5)))
        assert len(seen.shown) == 2


async def test_a_turn_waits_for_a_key_that_is_on_its_way_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage() as desk:
        seen = Seen(desk, monkeypatch)
        painting = asyncio.create_task(seen.turns.paint())
        seen.turns.key_read()
        for _ in range(MOST_PASSES):
            await asyncio.sleep(0)
            assert len(seen.drawn) == 1, "the second turn waits"
        await painting
        assert len(seen.shown) == 1, "nobody took that key, and the screen is painted all the same"
        seen.turns.key_read()
        seen.turns.key_taken()
        seen.drawn.clear()
        painting = asyncio.create_task(seen.turns.paint())
        for _ in range(3):
            await asyncio.sleep(0)
        assert len(seen.drawn) > 1
        await painting
