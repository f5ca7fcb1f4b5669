"""What stands on one view of the map, kept from paint to paint: a slip that nobody touched has its mark and its cell
still, and a row whose marks are the same is written as it was.

Nothing here changes what is drawn: the same marks give the same rows, kept or new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from zz110_tui.config.themes import Role
from zz110_tui.core.alarms import Subject
from zz110_tui.core.places import Point
from zz110_tui.gis.city import City
from zz110_tui.gis.marks import Mark, Sign, heaviest_first, signs
from zz110_tui.gis.view import View
from zz110_tui.station.views.cells import Row

Thing = Subject | tuple[str, int]
Signs = tuple[Sign[Role], ...]
Placed = dict[tuple[int, int], tuple[Mark[Role], ...]]
"""Marks by their cell (row, column), those of one row."""

_MOST = 4_000
"""Places remembered; more than this, and they are forgotten all at once."""


class Kept:
    """For one view. ``look`` of :meth:`mark` and ``drawn`` of :meth:`row` are all that the result is made of, beside
    the thing and the signs."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._cells: dict[Point, tuple[int, int] | None] = {}
        self._marks: dict[Thing, tuple[object, object, Mark[Role]]] = {}
        self._signs: dict[int, tuple[Placed, Signs]] = {}
        self._rows: dict[int, tuple[object, Signs, Row]] = {}

    def mark(self, at: Thing, thing: object, look: object, make: Callable[[], Mark[Role]]) -> Mark[Role]:
        """The mark of a thing, made again where the thing or its look is another."""
        kept = self._marks.get(at)
        if kept is None or kept[0] is not thing or kept[1] != look:
            if len(self._marks) > _MOST:
                self._marks.clear()
            kept = self._marks[at] = (thing, look, make())
        return kept[2]

    def signs(self, marks: Iterable[Mark[Role]]) -> dict[int, Signs]:
        """What to write in each row where something stands, from the top."""
        rows: dict[int, dict[tuple[int, int], list[Mark[Role]]]] = {}
        for mark in marks:
            cell = self._cell(mark.point)
            if cell is not None:
                rows.setdefault(cell[0], {}).setdefault(cell, []).append(mark)
        return {row: self._of_row(row, rows[row]) for row in sorted(rows)}

    def row(self, y: int, here: Signs, drawn: object, make: Callable[[], Row]) -> Row:
        """One row as it was, where neither what is drawn under it nor its signs are others."""
        kept = self._rows.get(y)
        if kept is None or kept[1] != here or kept[0] != drawn:
            kept = self._rows[y] = (drawn, here, make())
        return kept[2]

    def _cell(self, point: Point) -> tuple[int, int] | None:
        if point not in self._cells:
            if len(self._cells) > _MOST:
                self._cells.clear()
            self._cells[point] = self._view.cell_of(point)
        return self._cells[point]

    def _of_row(self, row: int, found: dict[tuple[int, int], list[Mark[Role]]]) -> Signs:
        placed = {cell: tuple(sorted(here, key=heaviest_first)) for cell, here in sorted(found.items())}
        kept = self._signs.get(row)
        if kept is None or kept[0] != placed:
            kept = self._signs[row] = (placed, signs(self._view, placed))
        return kept[1]


@lru_cache(maxsize=6)
def kept_of(city: City, view: View) -> Kept:
    """What was kept of a view; of the last few: the pane, the page and the wall have one each."""
    return Kept(view)
