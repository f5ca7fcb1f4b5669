"""Divide the ground of a city into grids of like weight, each in one piece.

Weight is half area, half calls: a grid must be small enough to cross and quiet enough to serve. A power diagram around
moving centres gives compact regions of about equal weight; what it tears apart is joined again; then cells at a border
change sides one by one, as long as that evens the weights out and leaves every region in one piece.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from zz110_tui.gis.hull import AROUND, Cell, around, connected

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ROUNDS = 160
COMPACTNESS = 0.15
"""How much a longer way from the centre weighs against evenness when a border cell changes sides."""
MOST_PASSES = 200
EVEN_ENOUGH = 0.02


def divide(weights: Mapping[Cell, float], count: int, seed: int) -> list[set[Cell]]:
    """``count`` regions, each in one piece, from west to east and north to south.

    Raises ValueError when there are fewer cells than regions.
    """
    import numpy as np

    if count < 1 or len(weights) < count:
        raise ValueError(f"cannot make {count} grids of {len(weights)} cells")
    cells = sorted(weights)
    places = np.array([(i + 0.5, j + 0.5) for i, j in cells])
    load = np.array([weights[cell] for cell in cells])
    owner = _power_diagram(places, load / load.sum(), count, np.random.Generator(np.random.PCG64(seed)))
    regions = _in_one_piece({cell: int(who) for cell, who in zip(cells, owner, strict=True)}, weights, count)
    _even_out(regions, weights, count)
    parts: list[set[Cell]] = [set() for _ in range(count)]
    for cell, who in regions.items():
        parts[who].add(cell)
    return sorted(parts, key=_reading_order)


def _reading_order(part: set[Cell]) -> tuple[int, float]:
    east, north = sum(i for i, _ in part) / len(part), sum(j for _, j in part) / len(part)
    return -round(north / 8), east


def _power_diagram(places: Floats, load: Floats, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Owners of the places: nearest centre, where a centre with too much load gives ground."""
    import numpy as np

    centres = _spread_out(places, load, count, rng)
    handicap = np.zeros(count)
    target = 1 / count
    scale = float(np.var(places, axis=0).sum()) / count
    best: tuple[float, NDArray[np.int64]] | None = None
    for turn in range(ROUNDS):
        away = ((places[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2) - handicap
        owner = np.argmin(away, axis=1).astype(np.int64)
        loads = np.bincount(owner, weights=load, minlength=count)
        worst = float(np.abs(loads - target).max())
        if loads.min() > 0 and (best is None or worst < best[0] - 1e-12):
            best = worst, owner
        handicap += (target - loads) / target * scale * 0.12 * (1 - turn / ROUNDS)
        if turn < ROUNDS // 2:
            for who in np.flatnonzero(loads > 0):
                mine = owner == who
                centres[who] = np.average(places[mine], axis=0, weights=load[mine])
    return owner if best is None else best[1]


def _spread_out(places: Floats, load: Floats, count: int, rng: np.random.Generator) -> Floats:
    """First centres, far from each other and where the load is (k-means++, Arthur and Vassilvitskii 2007)."""
    import numpy as np

    chosen = [int(rng.choice(len(places), p=load))]
    while len(chosen) < count:
        gap = np.min(((places[:, None, :] - places[chosen][None, :, :]) ** 2).sum(axis=2), axis=1)
        chance = load * gap
        if chance.sum() <= 0:
            chance = (gap > 0).astype(float)
        chosen.append(int(rng.choice(len(places), p=chance / chance.sum())))
    return places[chosen].copy()


def _in_one_piece(owner: dict[Cell, int], weights: Mapping[Cell, float], count: int) -> dict[Cell, int]:
    """Each region keeps its heaviest piece; the others go to neighbours, and a region with nothing takes a cell."""
    loose: set[Cell] = set()
    for who in range(count):
        pieces = connected(cell for cell, mine in owner.items() if mine == who)
        pieces.sort(key=lambda piece: (-sum(weights[cell] for cell in piece), min(piece)))
        for piece in pieces[1:]:
            loose |= piece
    while loose:
        given = {}
        for cell in sorted(loose):
            near = [owner[step] for step in around(cell) if step in owner and step not in loose]
            if near:
                given[cell] = max(sorted(set(near)), key=near.count)
        if not given:
            break
        owner.update(given)
        loose -= given.keys()
    for who in range(count):
        if who not in owner.values():
            sizes = [sum(mine == other for mine in owner.values()) for other in range(count)]
            largest = sizes.index(max(sizes))
            spare = (cell for cell in sorted(owner) if owner[cell] == largest and _may_leave(cell, owner))
            owner[next(spare)] = who
    return owner


def _may_leave(cell: Cell, owner: Mapping[Cell, int]) -> bool:
    """Whether a region stays in one piece without a cell: its own cells around the cell hang together without it.

    Looking at the eight cells around it only is stricter than needed, never laxer.
    """
    who = owner[cell]
    ring = [step for step in around(cell, AROUND) if owner.get(step) == who]
    sides = [step for step in around(cell) if step in ring]
    if not sides:
        return False
    together = next(piece for piece in connected(ring) if sides[0] in piece)
    return all(side in together for side in sides)


class _Regions:
    """The regions while cells change sides: who owns each cell, and the load, size and middle of each region."""

    def __init__(self, owner: dict[Cell, int], weights: Mapping[Cell, float], count: int) -> None:
        self.owner, self.weights = owner, weights
        self.loads, self.sizes = [0.0] * count, [0] * count
        self.sums = [[0.0, 0.0] for _ in range(count)]
        for cell, who in owner.items():
            self._count(cell, who, 1)
        self.target = sum(self.loads) / count
        self.span = math.sqrt(len(owner) / count)

    def _count(self, cell: Cell, who: int, sign: int) -> None:
        self.loads[who] += sign * self.weights[cell]
        self.sizes[who] += sign
        self.sums[who][0] += sign * cell[0]
        self.sums[who][1] += sign * cell[1]

    def uneven(self) -> float:
        return max(abs(load - self.target) for load in self.loads) / self.target

    def improve(self, cell: Cell) -> bool:
        """Give a border cell to the neighbour where it helps most; False when it helps nowhere."""
        who = self.owner[cell]
        others = sorted({self.owner[step] for step in around(cell) if step in self.owner} - {who})
        gain, other = max(((self._gain(cell, who, other), -other) for other in others), default=(0.0, 0))
        if gain <= 1e-9 or self.sizes[who] < 2 or not _may_leave(cell, self.owner):
            return False
        self.owner[cell] = -other
        self._count(cell, who, -1)
        self._count(cell, -other, 1)
        return True

    def _gain(self, cell: Cell, who: int, other: int) -> float:
        weight = self.weights[cell]
        even = (self.loads[who] - self.loads[other] - weight) * weight / (self.target * self.target)
        farther = self._away(cell, other) - self._away(cell, who)
        return even - COMPACTNESS * weight / self.target * max(0.0, farther) / self.span if even > 0 else even

    def _away(self, cell: Cell, who: int) -> float:
        east, north = self.sums[who]
        return math.hypot(cell[0] - east / self.sizes[who], cell[1] - north / self.sizes[who])


def _even_out(owner: dict[Cell, int], weights: Mapping[Cell, float], count: int) -> None:
    """Hand border cells from heavy to light regions as long as it helps."""
    regions = _Regions(owner, weights, count)
    cells = sorted(owner)
    for _ in range(MOST_PASSES):
        moved = sum(regions.improve(cell) for cell in cells)
        if not moved or regions.uneven() <= EVEN_ENOUGH:
            return
