"""The one widget of the desk: rows of styled text, of which only changed pieces are drawn again."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from zz110_tui.config.themes import Role
from zz110_tui.station.looks import Looks
from zz110_tui.station.views.cells import Row


class Surface(Widget):
    """Shows exactly the rows it was given last, by the line API; a row it was not given is blank."""

    DEFAULT_CSS = """
    Surface {
        position: absolute;
        padding: 0;
        margin: 0;
    }
    """

    can_focus = False

    def __init__(self, looks: Looks, *, id: str) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id, markup=False)
        self._looks = looks
        self._rows: list[Row] = []
        self._strips: dict[int, Strip] = {}

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def show(self, rows: list[Row]) -> None:
        """Take new rows and mark as dirty what differs from the old ones."""
        old, self._rows = self._rows, rows
        for y in range(max(len(old), len(rows))):
            before = old[y] if y < len(old) else ()
            after = rows[y] if y < len(rows) else ()
            if before != after:
                self._strips.pop(y, None)
                start, end = _changed(before, after)
                self.refresh(Region(start, y, max(1, end - start), 1))

    def restyle(self, looks: Looks) -> None:
        """Everything looks different now."""
        self._looks = looks
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        strip = self._strips.get(y)
        if strip is None:
            row = self._rows[y] if y < len(self._rows) else ()
            strip = self._strip(row)
            self._strips[y] = strip
        return strip.adjust_cell_length(self.size.width, self._looks[Role.TEXT])

    def _strip(self, row: Row) -> Strip:
        segments = [Segment(text, self._looks[role]) for text, role in row if text]
        return Strip(segments, sum(cell_len(text) for text, _ in row))


def _changed(before: Row, after: Row) -> tuple[int, int]:
    """The columns from the first to the last cell that differs."""
    start = 0
    for a, b in zip(before, after, strict=False):
        if a != b:
            break
        start += cell_len(a[0])
    widths = [sum(cell_len(text) for text, _ in row) for row in (before, after)]
    end = 0
    for a, b in zip(reversed(before), reversed(after), strict=False):
        if a != b:
            break
        end += cell_len(a[0])
    return start, max(start + 1, max(widths) - end)
