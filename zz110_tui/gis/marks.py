"""Units and incidents over the drawn map. They move, the map below does not: only touched rows are rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.gis.labels import columns
from zz110_tui.gis.view import View

RoleT = TypeVar("RoleT")


@dataclass(frozen=True, slots=True)
class Mark(Generic[RoleT]):
    """Something that moves. ``key`` tells it from all others, ``label`` is what its cell shows, ``role`` is the
    station's own; of several marks in one place the one with the greatest ``weight`` gives the label."""

    key: str
    label: str
    role: RoleT
    point: Point
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Sign(Generic[RoleT]):
    """What is written on the map for the marks of one place: ``07``, or ``07+2`` where there are three."""

    row: int
    col: int
    text: str
    role: RoleT
    marks: tuple[Mark[RoleT], ...]


def place_marks(view: View, marks: Iterable[Mark[RoleT]]) -> dict[tuple[int, int], tuple[Mark[RoleT], ...]]:
    """The marks by the cell (row, column) that holds them, the heaviest first; those outside the view are left out."""
    placed: dict[tuple[int, int], list[Mark[RoleT]]] = {}
    for mark in marks:
        cell = view.cell_of(mark.point)
        if cell is not None:
            placed.setdefault(cell, []).append(mark)
    return {cell: tuple(sorted(here, key=heaviest_first)) for cell, here in sorted(placed.items())}


def signs(view: View, placed: Mapping[tuple[int, int], tuple[Mark[RoleT], ...]]) -> tuple[Sign[RoleT], ...]:
    """What to write where. Marks whose labels would run into each other share one sign with a count."""
    rows: dict[int, list[Sign[RoleT]]] = {}
    for (row, col), marks in sorted(placed.items(), key=lambda item: item[0]):
        line = rows.setdefault(row, [])
        line.append(_sign(view, row, col, marks))
        while clash := _first_clash(line):
            _merge(view, line, *clash)
    return tuple(sign for line in rows.values() for sign in line)


def _first_clash(line: list[Sign[RoleT]]) -> tuple[int, int] | None:
    """Two signs of a row, side by side, of which the first runs into the second."""
    for i in range(len(line) - 1):
        if line[i].col + columns(line[i].text) > line[i + 1].col:
            return i, i + 1
    return None


def _merge(view: View, line: list[Sign[RoleT]], one: int, other: int) -> None:
    """The two become one sign, where the heavier of them stood; its count may now reach the next."""
    marks = tuple(sorted((*line[one].marks, *line[other].marks), key=heaviest_first))
    stood = line[one] if marks[0] in line[one].marks else line[other]
    line[one : other + 1] = [_sign(view, stood.row, stood.col, marks)]
    line.sort(key=lambda sign: sign.col)


def overlay(row: Iterable[tuple[str, RoleT]], signs_here: Iterable[Sign[RoleT]]) -> list[tuple[str, RoleT]]:
    """One row of map cells with the signs of that row written over it. Half a wide character that is left over becomes
    a blank, so the row keeps its width."""
    cells = list(row)
    for sign in signs_here:
        at = sign.col
        for letter in sign.text:
            wide = columns(letter) == 2
            if at + wide >= len(cells):
                break
            _clear(cells, at)
            if wide:
                _clear(cells, at + 1)
                cells[at + 1] = ("", sign.role)
            cells[at] = (letter, sign.role)
            at += 1 + wide
    return cells


def _clear(cells: list[tuple[str, RoleT]], at: int) -> None:
    letter, role = cells[at]
    if letter == "" and at > 0:
        cells[at - 1] = (" ", cells[at - 1][1])
    elif columns(letter) == 2 and at + 1 < len(cells):
        cells[at + 1] = (" ", role)
    cells[at] = (" ", role)


def heaviest_first(mark: Mark[RoleT]) -> tuple[int, str]:
    """What marks in one place are sorted by."""
    return -mark.weight, mark.key


def _sign(view: View, row: int, col: int, marks: tuple[Mark[RoleT], ...]) -> Sign[RoleT]:
    first = marks[0]
    text = first.label if len(marks) == 1 else f"{first.label}+{len(marks) - 1}"
    sign = Sign(row, col, text, first.role, marks)
    return replace(sign, col=max(0, min(col, view.cols - columns(text))))
