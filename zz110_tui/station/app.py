"""The Textual app: it wires the desk to the terminal and does nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Coroutine, Sequence
from typing import Any

from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.filter import LineFilter
from textual.screen import Screen

from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.bell import FLASH_MS
from zz110_tui.station.desk import Desk
from zz110_tui.station.editor import EDITING
from zz110_tui.station.entry import press, type_text
from zz110_tui.station.frame import TYPING, Drawn, cursor_column, draw
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.hearing import remind
from zz110_tui.station.room import Room
from zz110_tui.station.setup import set_up
from zz110_tui.station.sweeping import Sweeper
from zz110_tui.station.term.appearance import Looks as Appearances
from zz110_tui.station.term.crash import crash_report
from zz110_tui.station.term.driver import DeskDriver
from zz110_tui.station.term.filters import Gate
from zz110_tui.station.term.locked import Locked
from zz110_tui.station.term.outlet import Outlet
from zz110_tui.station.term.painter import Painter, compose
from zz110_tui.station.term.profile import diff_is_on
from zz110_tui.station.term.shadow import Shadow
from zz110_tui.station.term.terminal import Terminal
from zz110_tui.station.turns import Turns
from zz110_tui.station.ui import Page
from zz110_tui.station.views.layout import Pane, Rect
from zz110_tui.station.wallkeys import press_on_wall
from zz110_tui.station.widgets.commandline import CommandLine
from zz110_tui.station.widgets.surface import Surface

FIRST_PAINT_S = 0.25
"""How long the first paint waits for the core's board."""
COALESCE_S = 0.03
LONGEST_WAIT_S = 0.25
LONGEST_LINE_S = 1.0
LINE_SHARE = 3
"""Between two paints of what others do the line rests, so that they take one part in so many of it, but not longer."""
THIN_COALESCE_S = 2.0
"""On a thin line what others do is gathered for this long."""
TICK_MS, THIN_TICK_MS = 1_000, 5_000
"""Facts that arrive within this time are painted together."""

_NOWHERE = Rect(0, 0, 0, 0)
"""Where a pane is that is not shown: hiding it by its size does not draw the whole screen again."""

_ORDER = tuple(pane for pane in Pane if pane is not Pane.CHOICES)


class DeskApp(Locked, App[None], inherit_bindings=False):
    """A desk in a terminal. ``clock_runs`` False leaves the ticking to the caller (tests)."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "zz110"
    CSS = """
    /* Panes cover every cell: a ground of its own would only be drawn for nothing. */
    Screen { layers: body over; overflow: hidden; background: ansi_default; }
    Surface { layer: body; }
    #choices { layer: over; }
    """

    def __init__(self, room: Room, *, terminal: Terminal | None = None, clock_runs: bool = True) -> None:
        setup = set_up(room, tuple(ACTIONS))
        super().__init__(driver_class=DeskDriver, ansi_color=True)
        self.terminal = Terminal() if terminal is None else terminal
        self.painter = self._make_painter() if diff_is_on() else None
        self.desk = Desk(room, setup)
        self.desk.screen = self
        self.sweeper = Sweeper()
        self._clock_runs = clock_runs
        self._gate = Gate(setup.tier, links=self.terminal.links)
        self._surfaces: dict[Pane, Surface] = {}
        self._rects = dict.fromkeys(Pane, _NOWHERE)
        self._paint_due = self._paint_waits = self._begun = self._opened = False
        self.turns = Turns(self.desk, self._show)
        self._painted_at = self._busy_before = 0.0
        self._turning: asyncio.Task[None] | None = None
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
            asyncio.create_task(self._guarded(self.desk.cover.agree_forever()), name="zz110-cover"),
            asyncio.create_task(self._guarded(self.desk.wondering.wonder_forever()), name="zz110-wonder"),
        ]
        if self.desk.tour is not None:
            self._tasks.append(asyncio.create_task(self._guarded(self.desk.tour.go()), name="zz110-tour"))
        self.set_timer(FIRST_PAINT_S, self._begin)

    def _begin(self) -> None:
        """The first paint: with the board, or without where the core does not come at once."""
        if self._begun:
            return
        self._begun = True
        self.paint_now()
        if self.painter is not None:
            self.call_after_refresh(self.painter.open)
        self.call_after_refresh(self._tidy)
        if self._clock_runs:
            self._tick()

    def _tidy(self) -> None:
        """After the first paint."""
        self.sweeper.begin(self.desk.now)
        self._opened = True
        self._tasks.append(asyncio.create_task(self._guarded(self.desk.know_cover()), name="zz110-cover"))

    async def _guarded(self, work: Coroutine[Any, Any, None]) -> None:
        """A bug in the background must end the desk, not silence it."""
        try:
            await work
        except asyncio.CancelledError:
            raise
        except Exception as bug:  # noqa: BLE001 (handed on, not swallowed)
            self._handle_exception(bug)

    async def on_unmount(self) -> None:
        self.desk.past.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def line(self) -> CommandLine:
        line = self._surfaces[Pane.LINE]
        assert isinstance(line, CommandLine)
        return line

    # -- what the terminal shows -------------------------------------------------------------------------------------

    def _make_painter(self) -> Painter:
        known = self.terminal
        looks = Appearances(partial=known.partial, links=known.links)
        return Painter(Shadow(looks, erases=known.erases), self._cursor_place)

    def _cursor_place(self) -> tuple[int, int]:
        return self.screen.outer_size.clamp_offset(self.cursor_position)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Textual hands over what it composed: it goes through the cell-diff, where that is on."""
        painter = self.painter
        if painter is None or not painter.attached or self._batch_count or not isinstance(renderable, CompositorUpdate):
            super()._display(screen, renderable)
            return
        try:
            painter.take(renderable)
        finally:
            self.post_display_hook()

    def _set_pointer_shape(self, shape: str) -> None:
        """Old terminals print the sequence for it, and there is no mouse."""

    def on_outlet(self, outlet: Outlet | None) -> None:
        if self.painter is not None:
            self.painter.attach(outlet)

    def on_key_read(self) -> None:
        self.turns.key_read()

    def on_taken(self) -> None:
        if self.painter is not None:
            self.painter.flush()
            if self._paint_waits and self.painter.ready:
                self._paint_gathered()

    def on_woken(self) -> None:
        self.redraw()

    def on_widths(self, tier: Tier) -> None:
        """The terminal said how wide its signs are; one that cannot show Chinese gets English."""
        if tier is self.desk.setup.tier:
            return
        self.desk.setup.tier = tier
        if tier is Tier.ASCII:
            self.desk.setup.language = self.desk.ui.language = "en"
        self.restyle()
        self.paint_now()

    def redraw(self) -> None:
        """Nothing is known of what the terminal shows: send it all."""
        if self.painter is not None:
            self.painter.forget()
            self.painter.flush()
        else:
            for surface in self._surfaces.values():
                surface.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._gate]

    def paint(self) -> None:
        """Draw soon; what happens meanwhile is drawn with it."""
        self._begin()
        if not self._paint_due:
            self._paint_due = True
            self.set_timer(self._gathering_s(), self._paint_gathered)

    def _gathering_s(self) -> float:
        """In a storm painting takes a quarter of the time: keys are never waited for."""
        return max(THIN_COALESCE_S if self.thin else COALESCE_S, min(LONGEST_WAIT_S, 3 * self.turns.took_s))

    def _resting_s(self) -> float:
        """How long the line still rests from the last paint: what others do takes a third of it, keys have the rest."""
        if self.painter is None:
            return 0.0
        gone = time.monotonic() - self._painted_at
        return min(LONGEST_LINE_S, LINE_SHARE * (self.painter.busy_s - self._busy_before)) - gone

    @property
    def thin(self) -> bool:
        """Whether the line to the terminal is thin: said so, or measured."""
        wanted = self.terminal.bandwidth
        measured = self.painter is not None and self.painter.thin
        return wanted == "low" or (wanted == "auto" and measured)

    def _paint_gathered(self) -> None:
        """Where the terminal has not taken the last frame, what happened is drawn when it has."""
        if (resting := self._resting_s()) > 0:
            self.set_timer(resting, self._paint_gathered)
            return
        self._paint_waits = self.painter is not None and not self.painter.ready
        if not self._paint_waits:
            self._paint_in_turns()

    def _paint_in_turns(self) -> None:
        """The whole screen, where nobody waits for it: keys go between."""
        if self._may_paint():
            self._paint_due = False
            self._painted_at, self._busy_before = time.monotonic(), 0.0 if self.painter is None else self.painter.busy_s
            self._turning = asyncio.create_task(self._guarded(self.turns.paint()), name="zz110-paint")

    def paint_now(self, only: Collection[Pane] = ()) -> None:
        """Draw what changed. With ``only``, other panes are not looked at."""
        if not self._may_paint():
            return
        began = time.perf_counter()
        if not only:
            self._paint_due = False
        self._show(draw(self.desk, only), only)
        if not only:
            self.turns.whole(time.perf_counter() - began)

    def _may_paint(self) -> bool:
        """Whether there is a screen; the desk then knows how large it is."""
        if not self._begun or not self.size or not self.screen_stack:
            return False
        self.desk.size = (self.size.width, self.size.height)
        self.desk.ui.thin_line = self.thin
        return True

    def _show(self, drawn: Drawn, only: Collection[Pane] = ()) -> None:
        for pane in only or tuple(Pane):
            if pane in drawn:
                rect, rows = drawn[pane]
                self._place(pane, rect)
                self._surfaces[pane].show(rows)
            else:
                self._place(pane, _NOWHERE)
        if Pane.LINE in drawn:
            self.line.put_cursor(cursor_column(self.desk))
        if self.painter is not None and self._opened:
            compose(self.screen, self._surfaces.values())

    def _place(self, pane: Pane, rect: Rect) -> None:
        if self._rects[pane] == rect:
            return
        self._rects[pane] = rect
        surface = self._surfaces[pane]
        surface.styles.width, surface.styles.height = rect.width, rect.height
        surface.styles.offset = (rect.x, rect.y)

    def restyle(self) -> None:
        self._gate = Gate(self.desk.setup.tier, links=self.terminal.links)
        for surface in self._surfaces.values():
            surface.restyle(self.desk.setup.looks)

    def ring(self) -> None:
        self.bell()

    def leave(self) -> None:
        self.exit(return_code=0)

    def on_resize(self) -> None:
        """A terminal may have lost or moved what it showed, even where it is as large as before."""
        if self.painter is not None:
            self.painter.forget()
        self.paint_now()

    def _tick(self) -> None:
        """Once a second, on the second (on a thin line in greater steps): clocks move, and what changed two seconds ago
        is no longer new."""
        self._tock()
        self._paint_in_turns()
        self.on_taken()
        if self.desk.flashes:
            self.set_timer((FLASH_MS - self.desk.now % FLASH_MS) / 1000 + 0.002, self.flash)
        step = THIN_TICK_MS if self.thin else TICK_MS
        self.set_timer((step - self.desk.now % step) / 1000 + 0.002, self._tick)

    def tick(self) -> None:
        """A second has passed: all of it at once."""
        self._tock()
        self.paint_now()
        self.on_taken()

    def _tock(self) -> None:
        self.desk.ui.forget_stale(self.desk.now)
        self.desk.cover.idle()
        remind(self.desk, self.desk.now)
        self.sweeper.tick(self.desk.now, self.desk.cover.untouched_ms)

    def flash(self) -> None:
        """Half a second after the tick: the marks of untaken alarms alone."""
        self.paint_now((Pane.PAGE if self.desk.ui.page is Page.WALL else Pane.ALARMS,))

    # -- what the keys do --------------------------------------------------------------------------------------------

    def press(self, key: str, character: str | None) -> None:
        self.turns.key_taken()
        before, text = (self.desk.ui.page, self.desk.ui.selected, self.desk.ui.language), self.desk.editor.text
        if self.desk.room.wall:
            press_on_wall(self.desk, key)
        else:
            press(self.desk, key, character)
        self._on_tour()
        after = (self.desk.ui.page, self.desk.ui.selected, self.desk.ui.language)
        types = key in EDITING or (character is not None and character.isprintable())
        only_typed = types and before == after and text != self.desk.editor.text
        self.paint_now(TYPING if only_typed else ())

    def _on_tour(self) -> None:
        """What a key has put on the screen may be what the tour waits for."""
        if self.desk.tour is not None:
            self.desk.tour.look()

    def type_text(self, text: str) -> None:
        self.turns.key_taken()
        if self.desk.room.wall:
            return
        type_text(self.desk, text)
        self.paint_now()

    # -- what must not happen ----------------------------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """Textual would print the values of every frame: callers' data. This names the place and nothing else."""
        if self._exception is not None and not self._exit_renderables:
            self._exit_renderables.append(crash_report(self._exception, self.desk.ui.language))
        self._close_messages_no_wait()
