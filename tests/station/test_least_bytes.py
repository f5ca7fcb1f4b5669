"""How many bytes a change of the screen needs at least, found by trying everything on tiny screens; and how near the
desk's diff comes to it.

The search knows every sequence that is sure on a VT100: letters, absolute and relative moves, CR, LF, erasing to the
end of a row, bold on and off. It finds the cheapest way from one screen to every other (Dijkstra).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from statistics import fmean

import pytest
from rich.segment import Segment
from rich.style import Style

from tests.support.emulated import emulator
from zz110_tui.station.term.appearance import Looks
from zz110_tui.station.term.shadow import Shadow

CELLS = (" ", "a", "A")
"""A blank, a letter, and the same letter in bold (written as a capital here)."""
SHAPES = ((3, 2), (6, 1))
UNSURE = -1
"""Where the cursor is behind the last column: terminals differ, and only an absolute move is sure."""

Change = Callable[[random.Random, tuple[str, ...]], tuple[str, ...]]
State = tuple[tuple[str, ...], int, bool]
"""The cells row by row, the cursor's cell, and whether bold is on."""


def ways_on(state: State, width: int, height: int) -> Iterator[tuple[int, State]]:
    """Everything that can be sent next, with its bytes and what the terminal is then."""
    cells, at, bold = state
    yield (3, (cells, at, False)) if bold else (4, (cells, at, True))
    for to in range(width * height):
        x, y = to % width, to // width
        yield (6 if x else 4 if y else 3), (cells, to, bold)
    if at == UNSURE:
        return
    x, y = at % width, at // width
    for letter in (" ", "A" if bold else "a"):
        made = (*cells[:at], letter, *cells[at + 1 :])
        yield 1, (made, at + 1 if x + 1 < width else UNSURE, bold)
    yield 1, (cells, y * width, bold)
    for to in range(width * height):
        across, down = to % width - x, to // width - y
        if (across == 0) != (down == 0):
            yield (3 if abs(across + down) == 1 else 4), (cells, to, bold)
    if y + 1 < height:
        yield 2, (cells, (y + 1) * width, bold)
    yield 3, ((*cells[:at], *[" "] * (width - x), *cells[at + width - x :]), at, bold)


def least_bytes(start: State, width: int, height: int) -> dict[tuple[tuple[str, ...], int], int]:
    """For each screen and place of the cursor the fewest bytes that lead there."""
    best = {start: 0}
    found: dict[tuple[tuple[str, ...], int], int] = {}
    waiting = [(0, start)]
    while waiting:
        cost, state = heappop(waiting)
        if cost > best[state]:
            continue
        found.setdefault(state[:2], cost)
        for bytes_, then in ways_on(state, width, height):
            if cost + bytes_ < best.get(then, 1 << 30):
                best[then] = cost + bytes_
                heappush(waiting, (cost + bytes_, then))
    return found


def show(shadow: Shadow, cells: tuple[str, ...], at: int, width: int) -> str:
    for y in range(len(cells) // width):
        row = cells[y * width : (y + 1) * width]
        shadow.put(0, y, [Segment(c.lower(), Style(bold=True) if c == "A" else Style()) for c in row])
    return shadow.frame((at % width, at // width))


def anything(chance: random.Random, cells: tuple[str, ...]) -> tuple[str, ...]:
    """A screen that has nothing to do with the one before."""
    return tuple(chance.choices(CELLS, k=len(cells)))


def one_word(chance: random.Random, cells: tuple[str, ...]) -> tuple[str, ...]:
    """Some neighbouring cells in one look, as when a clock moves or somebody types."""
    first, size = chance.randrange(len(cells)), chance.randrange(1, 4)
    word = chance.choices(chance.choice((" a", " A")), k=size)
    return (*cells[:first], *word, *cells[first + size :])[: len(cells)]


def diff_and_least(shape: tuple[int, int], change: Change, seed: int) -> Iterator[tuple[int, int]]:
    """Bytes of the diff and the fewest there are, for some changes from one screen."""
    width, height = shape
    chance = random.Random(f"{shape}{seed}")
    start = tuple(chance.choices(CELLS, k=width * height)), chance.randrange(width * height)
    least: dict[tuple[tuple[str, ...], int], int] = {}
    for _ in range(80):
        shadow = Shadow(Looks(), erases=True)
        shadow.resize(width, height)
        screen, stream = emulator(width, height)
        stream.feed(show(shadow, *start, width))
        if not least:
            least = least_bytes((*start, screen.cursor.attrs.bold), width, height)
        cells, at = change(chance, start[0]), chance.randrange(width * height)
        sent = show(shadow, cells, at, width)
        stream.feed(sent)
        seen = [screen.buffer[y][x] for y in range(height) for x in range(width)]
        assert tuple("A" if c.bold and c.data == "a" else c.data for c in seen) == cells, "what was asked for is shown"
        yield len(sent), least[cells, at]


@pytest.mark.parametrize(("change", "most"), [(anything, 1.35), (one_word, 1.25)])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_diff_is_near_the_least_there_is(shape: tuple[int, int], change: Change, most: float) -> None:
    pairs = [pair for seed in range(5) for pair in diff_and_least(shape, change, seed)]
    assert all(sent >= least for sent, least in pairs), "nothing beats a search of everything"
    assert any(sent == least for sent, least in pairs)
    assert fmean(sent for sent, _ in pairs) / fmean(least for _, least in pairs) <= most
