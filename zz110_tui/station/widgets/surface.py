"""The one widget of the desk: rows of styled text, of which only changed pieces are drawn again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from zz110_tui.config.themes import Role
from zz110_tui.station.looks import Looks
from zz110_tui.station.views.cells import Cell, Hyper, Row, row_width


class Surface(Widget):
    """Shows exactly the rows it was given last, by the line API; a row it was not given is blank."""

    DEFAULT_CSS = """
    Surface {
        position: absolute;
        width: 0;
        height: 0;
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
                if end > start and self.size:
                    # Before it has a place it will be drawn whole anyway.
                    self.refresh(Region(start, y, end - start, 1))

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
        """One segment for each run of one role: each segment costs a terminal its whole style."""
        segments = []
        for (role, url), run in groupby((cell for cell in row if cell[0]), key=lambda cell: (cell[1], _url(cell))):
            segments.append(Segment("".join(text for text, _ in run), self._look(role, url)))
        return Strip(segments, row_width(row))

    def _look(self, role: Role, url: str) -> Style:
        return self._looks[role] + Style(link=url) if url else self._looks[role]


def _url(cell: Cell) -> str:
    """Where a piece of an address leads; empty for any other text."""
    text = cell[0]
    return text.url if isinstance(text, Hyper) else ""


def _changed(before: Row, after: Row) -> tuple[int, int]:
    """The columns from the first cell to behind the last one that differs."""
    least = min(len(before), len(after))
    same = next((i for i in range(least) if before[i] != after[i]), least)
    start, old, new = row_width(after[:same]), row_width(before), row_width(after)
    if old != new:
        return start, max(old, new)
    ends = next((i for i in range(1, least - same + 1) if before[-i] != after[-i]), least - same + 1)
    return start, new - (row_width(after[len(after) - ends + 1 :]) if ends > 1 else 0)
