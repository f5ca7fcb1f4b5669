"""The Textual app: it wires the desk to the terminal and does nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Coroutine, Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.filter import LineFilter

from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.desk import Desk
from zz110_tui.station.entry import press, type_text
from zz110_tui.station.frame import TYPING, cursor_column, draw
from zz110_tui.station.room import Room
from zz110_tui.station.setup import set_up
from zz110_tui.station.term.crash import crash_report
from zz110_tui.station.term.driver import DeskDriver
from zz110_tui.station.term.filters import Gate
from zz110_tui.station.views.layout import Pane, Rect
from zz110_tui.station.widgets.commandline import CommandLine
from zz110_tui.station.widgets.surface import Surface

FIRST_PAINT_S = 0.25
"""How long the first paint waits for the core's board."""
COALESCE_S = 0.03
LONGEST_WAIT_S = 0.25
"""Facts that arrive within this time are painted together."""

_NOWHERE = Rect(0, 0, 0, 0)
"""Where a pane is that is not shown: hiding it by its size does not draw the whole screen again."""

_ORDER = tuple(pane for pane in Pane if pane is not Pane.CHOICES)


class DeskApp(App[None], inherit_bindings=False):
    """A desk in a terminal. ``clock_runs`` False leaves the ticking to the caller (tests)."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "zz110"
    CSS = """
    /* Panes cover every cell: a ground of its own would only be drawn for nothing. */
    Screen { layers: body over; overflow: hidden; background: ansi_default; }
    Surface { layer: body; }
    #choices { layer: over; }
    """

    def __init__(self, room: Room, *, clock_runs: bool = True) -> None:
        setup = set_up(room, tuple(ACTIONS))
        super().__init__(driver_class=DeskDriver, ansi_color=True)
        self.desk = Desk(room, setup)
        self.desk.screen = self
        self._clock_runs = clock_runs
        self._gate = Gate(setup.tier)
        self._surfaces: dict[Pane, Surface] = {}
        self._rects = dict.fromkeys(Pane, _NOWHERE)
        self._paint_due = self._begun = False
        self._paint_took = 0.0
        self._tasks: list[asyncio.Task[None]] = []

    # -- life --------------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        looks = self.desk.setup.looks
        for pane in (*_ORDER, Pane.CHOICES):
            if pane is Pane.LINE:
                surface: Surface = CommandLine(looks, id=pane.value, on_press=self.press, on_text=self.type_text)
            else:
                surface = Surface(looks, id=pane.value)
            self._surfaces[pane] = surface
            yield surface

    def on_mount(self) -> None:
        self.line.focus()
        self._tasks = [
            asyncio.create_task(self._guarded(self.desk.follow_forever()), name="zz110-follow"),
            asyncio.create_task(self._guarded(self.desk.sender.send_forever()), name="zz110-send"),
            asyncio.create_task(self._guarded(self.desk.watch_forever()), name="zz110-watch"),
        ]
        self.set_timer(FIRST_PAINT_S, self._begin)

    def _begin(self) -> None:
        """The first paint: with the board, or without where the core does not come at once."""
        if self._begun:
            return
        self._begun = True
        self.paint_now()
        if self._clock_runs:
            self._tick()

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """A bug in the background must end the desk, not silence it."""
        try:
            await work
        except asyncio.CancelledError:
            raise
        except Exception as bug:  # noqa: BLE001 (handed on, not swallowed)
            self._handle_exception(bug)

    async def on_unmount(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def line(self) -> CommandLine:
        line = self._surfaces[Pane.LINE]
        assert isinstance(line, CommandLine)
        return line

    # -- what the terminal shows -------------------------------------------------------------------------------------

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._gate]

    def paint(self) -> None:
        """Draw soon; what happens meanwhile is drawn with it."""
        self._begin()
        if not self._paint_due:
            self._paint_due = True
            # In a storm painting takes a quarter of the time at most, so that keys are never waited for.
            self.set_timer(min(LONGEST_WAIT_S, max(COALESCE_S, 3 * self._paint_took)), self.paint_now)

    def paint_now(self, only: Collection[Pane] = ()) -> None:
        """Draw what changed. With ``only``, other panes are not looked at."""
        if not self._begun or not self.size:
            return
        self.desk.size = (self.size.width, self.size.height)
        began = time.perf_counter()
        if not only:
            self._paint_due = False
        drawn = draw(self.desk, only)
        for pane in only or tuple(Pane):
            if pane in drawn:
                rect, rows = drawn[pane]
                self._place(pane, rect)
                self._surfaces[pane].show(rows)
            else:
                self._place(pane, _NOWHERE)
        if Pane.LINE in drawn:
            self.line.put_cursor(cursor_column(self.desk))
        if not only:
            self._paint_took = time.perf_counter() - began

    def _place(self, pane: Pane, rect: Rect) -> None:
        if self._rects[pane] == rect:
            return
        self._rects[pane] = rect
        surface = self._surfaces[pane]
        surface.styles.width, surface.styles.height = rect.width, rect.height
        surface.styles.offset = (rect.x, rect.y)

    def restyle(self) -> None:
        self._gate = Gate(self.desk.setup.tier)
        for surface in self._surfaces.values():
            surface.restyle(self.desk.setup.looks)

    def ring(self) -> None:
        self.bell()

    def leave(self) -> None:
        self.exit(return_code=0)

    def on_resize(self) -> None:
        self.paint_now()

    def _tick(self) -> None:
        """Once a second, on the second: clocks move, and what changed two seconds ago is no longer new."""
        self.tick()
        rest = 1000 - self.desk.now % 1000
        self.set_timer(rest / 1000 + 0.002, self._tick)

    def tick(self) -> None:
        self.desk.ui.forget_stale(self.desk.now)
        self.paint_now()

    # -- what the keys do --------------------------------------------------------------------------------------------

    def press(self, key: str, character: str | None) -> None:
        before = (self.desk.ui.page, self.desk.ui.selected, self.desk.ui.language)
        typing = bool(self.desk.editor.text)
        press(self.desk, key, character)
        after = (self.desk.ui.page, self.desk.ui.selected, self.desk.ui.language)
        only_typed = typing and before == after and character is not None and character.isprintable()
        self.paint_now(TYPING if only_typed else ())

    def type_text(self, text: str) -> None:
        type_text(self.desk, text)
        self.paint_now()

    # -- what must not happen ----------------------------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """Textual would print the values of every frame: callers' data. This names the place and nothing else."""
        if self._exception is not None and not self._exit_renderables:
            self._exit_renderables.append(crash_report(self._exception, self.desk.ui.language))
        self._close_messages_no_wait()
