"""The command line: always focused, it gives every key and every paste to the desk, and shows where the cursor is."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip

from zz110_tui.station.looks import Looks
from zz110_tui.station.widgets.surface import Surface

KeyTaker = Callable[[str, str | None], None]
TextTaker = Callable[[str], None]


class CommandLine(Surface, can_focus=True):
    """``on_press`` takes keys and ``on_text`` pasted text; neither ever leaves this widget. The cursor does not blink:
    a desk that nothing happens at writes nothing."""

    def __init__(self, looks: Looks, *, id: str, on_press: KeyTaker, on_text: TextTaker) -> None:  # noqa: A002
        super().__init__(looks, id=id)
        self._on_press = on_press
        self._on_text = on_text
        self._cursor = 0

    def put_cursor(self, column: int) -> None:
        """The cursor's column. The terminal's own cursor follows, hidden, so that an input method opens there."""
        if column != self._cursor:
            self._cursor = column
            self.refresh()
        self.app.cursor_position = self.region.offset + Offset(column, 0)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if y != 0:
            return strip
        before, under, after = (
            strip.crop(0, self._cursor),
            strip.crop(self._cursor, self._cursor + _width_at(strip, self._cursor)),
            strip.crop(self._cursor + _width_at(strip, self._cursor)),
        )
        reverse = Style(reverse=True)
        marked = Strip([Segment(s.text, (s.style or Style()) + reverse) for s in under], under.cell_length)
        return Strip.join([before, marked, after])

    async def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self._on_press(event.key, event.character)

    async def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self._on_text(event.text)


def _width_at(strip: Strip, column: int) -> int:
    """1, or 2 where a wide character stands at a column."""
    letter = strip.crop(column, column + 2).text
    return 2 if len(letter) == 1 else 1
