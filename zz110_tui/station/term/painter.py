"""The cell-diff between Textual's compositor and the driver. This file alone leans on how Textual 8.2.8 composes.

Textual rewrites a changed line from the left edge of its widget, and paints the first screen three or four times. Here
what it composes goes into a shadow screen, and only cells that differ from what the terminal was sent last are written.
``ZZ110_CELL_DIFF=0`` turns it off; another version of Textual does too, and says so in ``zz110 doctor``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from zz110_tui.station.term.shadow import Shadow

SLICE_BYTES = 300
"""A slow line gets what changed in slices, what is nearest to the cursor first."""


def compose(screen: Screen[Any], widgets: Iterable[Widget]) -> None:
    """Compose now what these widgets asked to have drawn again. By itself Textual passes two messages and waits for
    a timer of a sixtieth of a second: most of what a keystroke takes to its echo. Where a widget moved or changed its
    size, the screen must be arranged first, and that stays with Textual."""
    asking = [widget for widget in widgets if widget._repaint_required]
    if any(widget._layout_required for widget in asking) or screen._layout_required or not screen.is_current:
        return
    for widget in asking:
        widget._repaint_required = False
    if asking:
        screen._dirty_widgets.update(asking)
        screen._on_timer_update()


class Way(Protocol):
    """Where frames go."""

    @property
    def ready(self) -> bool: ...

    @property
    def slow(self) -> bool: ...

    @property
    def busy_s(self) -> float: ...

    @property
    def thin(self) -> bool: ...

    def frame(self, text: str) -> None: ...


class Painter:
    """Takes what Textual composed; sends what changed as soon as the terminal can take it.

    Nothing is sent before :meth:`open`: what is composed until then becomes one first frame. ``where`` gives the place
    of the cursor (column, row).
    """

    def __init__(self, shadow: Shadow, where: Callable[[], tuple[int, int]]) -> None:
        self.shadow = shadow
        self._where = where
        self._way: Way | None = None
        self._open = False
        self.frames = 0

    @property
    def attached(self) -> bool:
        return self._way is not None

    @property
    def thin(self) -> bool:
        """Whether the line was found to carry little."""
        return self._way is not None and self._way.thin

    @property
    def busy_s(self) -> float:
        """For how long the line has been busy since the desk began."""
        return 0.0 if self._way is None else self._way.busy_s

    @property
    def ready(self) -> bool:
        """Whether a frame made now would be sent now."""
        return self._way is None or self._way.ready

    def attach(self, way: Way | None) -> None:
        self._way = way

    def open(self) -> None:
        """The first screen is complete: from now on everything is sent."""
        self._open = True
        self.flush()

    def take(self, update: CompositorUpdate) -> bool:
        """What the compositor made; False for a kind that is not known here, which Textual must write itself."""
        if isinstance(update, LayoutUpdate):
            self._take_layout(update)
        elif isinstance(update, ChopsUpdate):
            self._take_chops(update)
        else:
            return False
        self.flush()
        return True

    def forget(self) -> None:
        """What the terminal shows is unknown; the whole screen is sent with the next frame."""
        self.shadow.forget()

    def flush(self) -> None:
        """Send what changed, unless the terminal is still busy with the last frame: then :meth:`flush` is called again
        when it has been taken, and everything that happened meanwhile goes in one frame."""
        if not self._open or self._way is None or not self.shadow.pending or not self._way.ready:
            return
        most = SLICE_BYTES if self._way.slow else 0
        text = self.shadow.frame(self._where(), most)
        if text:
            self.frames += 1
            self._way.frame(text)

    def _take_layout(self, update: LayoutUpdate) -> None:
        x, y, width, height = update.region
        if (x, y) == (0, 0) and (width, height) != (self.shadow.width, self.shadow.height):
            self.shadow.resize(width, height)
        for row, strips in enumerate(update.strips, y):
            self._put(x, row, strips)

    def _take_chops(self, update: ChopsUpdate) -> None:
        for y, x1, x2 in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is not None and x < x2 and end > x1:
                    self.shadow.put(x, y, strip)

    def _put(self, x: int, y: int, strips: Iterable[Strip]) -> None:
        for strip in strips:
            self.shadow.put(x, y, strip)
            x += strip.cell_length
