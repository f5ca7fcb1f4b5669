"""Map cells: letters across, numbers down, ``A1`` in the north-west corner (地图方格).

The letters I and O are left out, as on printed map sheets, because over the radio and in a narrow font they are a one
and a zero. After ``Z`` comes ``AA``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from zz110_tui.core.places import Point
from zz110_tui.gis.geometry import Box, Frame, frame_around

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_NAME = re.compile(r"([A-Za-z]{1,3})([0-9]{1,4})")


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA, AB …"""
    letters = ""
    column += 1
    while column > 0:
        column, rest = divmod(column - 1, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters


def column_number(letters: str) -> int:
    """The column of its letters, counted from 0. Raises ValueError for letters that name no column."""
    column = 0
    if not letters or set(letters.upper()) - set(LETTERS):
        raise ValueError(f"not the letters of a map cell: {letters!r}")
    for letter in letters.upper():
        column = column * len(LETTERS) + LETTERS.index(letter) + 1
    return column - 1


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Square cells of ``size_m`` metres over a box, counted from its north-west corner."""

    box: Box
    frame: Frame
    size_m: float
    columns: int
    rows: int

    def name(self, column: int, row: int) -> str:
        return f"{column_letters(column)}{row + 1}"

    def index_at(self, where: Point) -> tuple[int, int] | None:
        """Column and row of a point, counted from 0, or None outside the box."""
        if not self.box.holds(where.lon, where.lat):
            return None
        column = int((where.lon - self.box.west) * self.frame.east_m / self.size_m)
        row = int((self.box.north - where.lat) * self.frame.north_m / self.size_m)
        return min(column, self.columns - 1), min(row, self.rows - 1)

    def name_at(self, where: Point) -> str:
        index = self.index_at(where)
        return "" if index is None else self.name(*index)

    def index(self, name: str) -> tuple[int, int]:
        """Column and row of a cell name. Raises ValueError when this map has no such cell."""
        match = _NAME.fullmatch(name.strip())
        if match is None:
            raise ValueError(f"not a map cell: {name!r}")
        column, row = column_number(match[1]), int(match[2]) - 1
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            raise ValueError(f"no such map cell here: {name!r}")
        return column, row

    def middle(self, name: str) -> Point:
        """The middle of a cell. Raises ValueError when this map has no such cell."""
        column, row = self.index(name)
        west, north = self.frame.xy(Point(self.box.west, self.box.north))
        return self.frame.at(west + (column + 0.5) * self.size_m, north - (row + 0.5) * self.size_m)


def cell_grid(box: Box, size_m: float) -> CellGrid:
    """The cells that cover a box."""
    frame = frame_around(box.middle)
    across = (box.east - box.west) * frame.east_m / size_m
    down = (box.north - box.south) * frame.north_m / size_m
    return CellGrid(box, frame, size_m, max(1, math.ceil(across)), max(1, math.ceil(down)))
