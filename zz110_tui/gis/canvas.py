"""Where lines and areas become characters: braille with 2 x 4 dots to a cell, or plain ASCII.

Coordinates are in cells, ``x`` to the right and ``y`` down from the top left corner. What is drawn with a higher role
takes the cell; dots of the same kind in one cell are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import Protocol

XY = tuple[float, float]


class Role(IntEnum):
    """What a cell of the map shows, for the theme to colour. A higher role hides a lower one in the same cell."""

    BLANK = 0
    WATER = 1
    LANE = 2
    ROAD_MINOR = 3
    ROAD_MAIN = 4
    ROAD_TRUNK = 5
    BORDER = 6
    OUTLINE = 7
    PLACE = 8
    STATION = 9
    POST = 10
    NAME_WATER = 11
    NAME_ROAD = 12
    NAME_PLACE = 13
    NAME_GRID = 14


LINES = (Role.LANE, Role.ROAD_MINOR, Role.ROAD_MAIN, Role.ROAD_TRUNK, Role.BORDER, Role.OUTLINE)


class Canvas(Protocol):
    """A rectangle of cells to draw on."""

    def line(self, points: Sequence[XY], role: Role, dash: int = 0) -> None:
        """A polyline; with ``dash`` n, every n-th dot only."""

    def fill(self, rings: Sequence[Sequence[XY]], role: Role) -> None:
        """Shade the inside of rings (even-odd)."""

    def cells(self) -> list[list[tuple[str, Role]]]:
        """What has been drawn, row by row."""


class BrailleCanvas:
    """Eight dots to a cell."""

    _BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))

    def __init__(self, cols: int, rows: int) -> None:
        self.cols, self.rows = cols, rows
        self._dots = {role: bytearray(cols * rows) for role in (Role.WATER, *LINES)}

    def line(self, points: Sequence[XY], role: Role, dash: int = 0) -> None:
        dots, wide, high, cols, bits = self._dots[role], self.cols * 2, self.rows * 4, self.cols, self._BITS
        for a, b in pairwise(points):
            piece = clip(a, b, self.cols, self.rows)
            if piece is None:
                continue
            (x1, y1), (x2, y2) = piece
            level = abs(x2 - x1) * 2 >= abs(y2 - y1) * 4
            for x, y in _dots_between(int(x1 * 2), int(y1 * 4), int(x2 * 2), int(y2 * 4)):
                # Dashes are counted along the canvas: a border drawn from both its sides stays one dashed line.
                if (dash and (x if level else y) % dash) or not (0 <= x < wide and 0 <= y < high):
                    continue
                dots[(y >> 2) * cols + (x >> 1)] |= bits[y & 3][x & 1]

    def fill(self, rings: Sequence[Sequence[XY]], role: Role) -> None:
        dots, cols, bits = self._dots[role], self.cols, self._BITS
        for y in range(self.rows * 4):
            for left, right in spans(rings, (y + 0.5) / 4):
                first, last = max(0, round(left * 2)), min(cols * 2, round(right * 2))
                for x in range(first + (first + 2 * y) % 4, last, 4):
                    dots[(y >> 2) * cols + (x >> 1)] |= bits[y & 3][x & 1]

    def cells(self) -> list[list[tuple[str, Role]]]:
        rows = []
        for row in range(self.rows):
            line = []
            for at in range(row * self.cols, (row + 1) * self.cols):
                bits, role = 0, Role.BLANK
                for layer in LINES:
                    if here := self._dots[layer][at]:
                        bits, role = bits | here, layer
                if not bits and (bits := self._dots[Role.WATER][at]):
                    role = Role.WATER
                line.append((chr(0x2800 + bits), role) if bits else (" ", Role.BLANK))
            rows.append(line)
        return rows


class AsciiCanvas:
    """One character to a cell: ``-``, ``|``, ``/``, ``\\`` for lines, ``+`` where they cross, ``~`` for water."""

    def __init__(self, cols: int, rows: int) -> None:
        self.cols, self.rows = cols, rows
        self._cells: list[list[tuple[str, Role]]] = [[(" ", Role.BLANK)] * cols for _ in range(rows)]

    def line(self, points: Sequence[XY], role: Role, dash: int = 0) -> None:
        for a, b in pairwise(points):
            piece = clip(a, b, self.cols, self.rows)
            if piece is None:
                continue
            (x1, y1), (x2, y2) = piece
            letter = _stroke(x2 - x1, y2 - y1, role, dash)
            for x, y in _dots_between(int(x1), int(y1), int(x2), int(y2)):
                if 0 <= x < self.cols and 0 <= y < self.rows:
                    self._put(x, y, letter, role)

    def _put(self, x: int, y: int, letter: str, role: Role) -> None:
        there, what = self._cells[y][x]
        if what in LINES and role in LINES and letter not in ".:" and there not in ".:":
            crossing = {there, letter} == {"-", "|"} or there == "+"
            self._cells[y][x] = ("+" if crossing else letter if role >= what else there, max(role, what))
        elif role >= what:
            self._cells[y][x] = (letter, role)

    def fill(self, rings: Sequence[Sequence[XY]], role: Role) -> None:
        for y in range(self.rows):
            for left, right in spans(rings, y + 0.5):
                for x in range(max(0, round(left)), min(self.cols, round(right))):
                    if self._cells[y][x][1] < role:
                        self._cells[y][x] = ("~", role)

    def cells(self) -> list[list[tuple[str, Role]]]:
        return self._cells


def _stroke(dx: float, dy: float, role: Role, dash: int) -> str:
    """The character nearest to a direction; cells are twice as high as wide."""
    if role is Role.WATER:
        return "~"
    if dash:
        return ":" if abs(dy) * 2 > abs(dx) else "."
    if abs(dy) * 4 <= abs(dx):
        return "-"
    if abs(dx) <= abs(dy):
        return "|"
    return "\\" if dx * dy > 0 else "/"


def clip(a: XY, b: XY, cols: int, rows: int) -> tuple[XY, XY] | None:
    """The part of a segment inside the canvas (Liang and Barsky 1984), or None."""
    (x1, y1), (x2, y2) = a, b
    dx, dy = x2 - x1, y2 - y1
    start, end = 0.0, 1.0
    for towards, room in ((-dx, x1), (dx, cols - x1), (-dy, y1), (dy, rows - y1)):
        if towards == 0:
            if room < 0:
                return None
            continue
        share = room / towards
        if towards < 0:
            start = max(start, share)
        else:
            end = min(end, share)
        if start > end:
            return None
    return (x1 + start * dx, y1 + start * dy), (x1 + end * dx, y1 + end * dy)


def _dots_between(x1: int, y1: int, x2: int, y2: int) -> Iterable[tuple[int, int]]:
    """The dots of a straight line (Bresenham 1965), both ends included."""
    dx, dy = abs(x2 - x1), -abs(y2 - y1)
    right, down = (1 if x1 < x2 else -1), (1 if y1 < y2 else -1)
    error = dx + dy
    while True:
        yield x1, y1
        if x1 == x2 and y1 == y2:
            return
        double = 2 * error
        if double >= dy:
            error += dy
            x1 += right
        if double <= dx:
            error += dx
            y1 += down


def spans(rings: Sequence[Sequence[XY]], y: float) -> Iterable[tuple[float, float]]:
    """Where a level line lies inside rings: pairs of left and right ends."""
    crossings = []
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 <= y) != (y2 <= y):
                crossings.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    crossings.sort()
    return zip(crossings[::2], crossings[1::2], strict=False)
