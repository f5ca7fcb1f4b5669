"""What a terminal shows after the diff equals what Textual composed, on the real desk: random keys, facts, sizes,
pages, a modal screen, and a terminal that is sometimes not ready for the next frame."""

from __future__ import annotations

import random
from importlib.metadata import version
from typing import Any

import pytest
from rich.color import ColorSystem
from textual._compositor import CompositorUpdate
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from tests.station.stage import Stage, stage
from tests.support.emulated import emulator, seen_rows
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Place
from zz110_tui.station.term.profile import KNOWN_VERSION, SWITCH, diff_is_on

SIZES = ((160, 50), (100, 30), (80, 24), (61, 17), (132, 43), (40, 10))
KEYS = ("f3", "f4", "f5", "f6", "escape", "pageup", "pagedown", "enter", "tab", "backspace", "+", "-", "shift+left")
WORDS = ("n 打架 @胜利路", "find 漳州", "d 3,7 1", ":theme day", "nt 1 / 中文abc", "tr ", "?", "持刀")


class Line:
    """A terminal that takes frames when it likes."""

    def __init__(self, width: int, height: int) -> None:
        self.ready = True
        self.busy_s = 0.0
        self.slow = self.thin = False
        self.bytes = self.frames = 0
        self.screen, self.stream = emulator(width, height)

    def frame(self, text: str) -> None:
        assert self.ready, "no frame is made before the last one was taken"
        self.frames += 1
        self.bytes += len(text.encode())
        self.stream.feed(text)


class Overlay(ModalScreen[None]):
    CSS = "Overlay { align: center middle; } Static { width: 31; height: 7; background: blue; }"

    def compose(self) -> ComposeResult:
        yield Static("一个对话框 — a modal screen\n" * 5, markup=False)


def attach(desk: Stage) -> Line:
    width, height = desk.app.size
    line = Line(width, height)
    painter = desk.app.painter
    assert painter is not None
    painter.attach(line)
    painter.open()
    desk.app.screen.refresh(layout=True)
    return line


def composed(desk: Stage) -> list[list[object]]:
    """The whole screen as Textual itself would write it, as the emulator sees that."""
    update = desk.app.screen._compositor.render_full_update()
    assert isinstance(update, CompositorUpdate)
    screen, stream = emulator(*desk.app.size)
    desk.app.console._color_system = ColorSystem.TRUECOLOR
    # LF moves to the next row only where the line discipline adds CR, as a real terminal's does.
    stream.feed(update.render_segments(desk.app.console).replace("\n", "\r\n"))
    return [list(row) for row in seen_rows(screen)]


async def compare(desk: Stage, line: Line, told: str) -> None:
    await desk.settle()
    line.ready = True
    desk.app.on_taken()
    shown = [list(row) for row in seen_rows(line.screen)]
    wanted = composed(desk)
    for y, (a, b) in enumerate(zip(shown, wanted, strict=True)):
        assert a == b, f"{told}, row {y}"


@pytest.mark.parametrize("seed", range(3))
async def test_the_terminal_shows_what_textual_composed(seed: int) -> None:
    chance = random.Random(seed)
    options: dict[str, Any] = {
        "colour": chance.choice(("true", "256", "16", "none")),
        "glyphs": chance.choice(("full", "narrow")),
    }
    async with stage(chance.choice(SIZES), chance.choice(("zh", "en")), **options) as desk:
        line = attach(desk)
        await compare(desk, line, "at the start")
        for step in range(25):
            told = f"seed {seed} step {step}"
            line.ready = chance.random() < 0.6
            match chance.randrange(8):
                case 0:
                    width, height = chance.choice(SIZES)
                    line.screen.resize(height, width)
                    await desk.resize(width, height)
                case 1:
                    await desk.do(c.ReceiveReport(Channel.PHONE, contact="139", text="有人打架 fight"))
                case 2:
                    await desk.do(c.OpenIncident("fight", Place("胜利路")))
                case 3:
                    line.stream.feed("\x1b[5;5H\x1b[1mbroken by another program")
                    desk.app.redraw()
                case 4:
                    await desk.app.push_screen(Overlay())
                    await desk.pilot.pause()
                    await compare(desk, line, f"{told} with a modal screen")
                    desk.app.pop_screen()
                case 5:
                    await desk.pass_time(chance.randint(1, 70))
                case 6:
                    await desk.type(chance.choice(WORDS))
                case _:
                    await desk.press(chance.choice(KEYS))
            if chance.random() < 0.5:
                await compare(desk, line, told)
        await compare(desk, line, f"seed {seed} at the end")


async def test_the_first_screen_is_painted_once_and_what_does_not_change_costs_nothing() -> None:
    async with stage() as desk:
        line = attach(desk)
        await desk.settle()
        assert line.frames == 1
        first = line.bytes
        assert 4_000 < first < 32_000
        desk.app.tick()
        desk.app.paint()
        await desk.settle()
        assert line.bytes == first, "the clock stands: nothing is written, not even the cursor's place"


async def test_a_slow_terminal_gets_one_frame_with_everything_and_none_that_is_stale() -> None:
    async with stage() as desk:
        line = attach(desk)
        await desk.settle()
        frames = line.frames
        line.ready = False
        for letter in "n 打架 @胜利路":
            await desk.type(letter)
        for _ in range(5):
            await desk.do(c.ReceiveReport(Channel.PHONE, text="来电"))
        assert line.frames == frames
        line.ready = True
        desk.app.on_taken()
        assert line.frames == frames + 1
        assert [list(row) for row in seen_rows(line.screen)] == composed(desk)
        desk.app.on_taken()
        assert line.frames == frames + 1


async def test_redraw_sends_the_whole_screen_again() -> None:
    async with stage() as desk:
        line = attach(desk)
        await desk.settle()
        line.stream.feed("\x1b[2J\x1b[5;5Hbroken")
        await desk.press("ctrl+l")
        await compare(desk, line, "after Ctrl-L")


def test_the_diff_is_off_for_another_textual_and_where_it_is_switched_off() -> None:
    assert version("textual") == KNOWN_VERSION, "read term/painter.py again before another version is pinned"
    assert diff_is_on({})
    assert not diff_is_on({SWITCH: "0"})
    assert not diff_is_on({}, textual="8.2.9")
    assert diff_is_on({SWITCH: "1"})
