"""Cover (圈层、快反圈): which part of the city somebody free can reach in time, and what a unit takes away by leaving.

The ground is a set of places where calls come from, each with its share of all calls and its grid. What a unit reaches
is a bit set over these places, so that cover, holes and gains are a few operations on whole numbers and take
microseconds: no third-party package is needed for them (ADR 51).

A free unit counts where it stands or is going to stand: at its post. Second-line cars are not counted: they are the
answer to a hole, not a reason to have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from zz110_tui.core.board import Board
from zz110_tui.core.places import Point
from zz110_tui.core.records import dataclass
from zz110_tui.core.units import UnitKind

COVER_S = 300.0
"""A place is covered when somebody free can be there within five minutes (product.md)."""
HOLE_SHARE = 0.5
"""A grid of whose calls less than this share can be reached in time is a hole."""
LEAST_LOSS = 0.01
"""A grid counts as losing cover when at least this share of its calls loses it."""

Reach = Callable[[Point, UnitKind, float], int]
"""The places that a unit of a kind which stands at a point reaches within some seconds, as a bit set over the ground;
``gis.ground`` makes one for an hour of the day."""


FEW = 24
"""A bit set with so few places is weighed place by place."""


def numbers_in(places: int) -> Iterator[int]:
    """The numbers of the places in a bit set, the lowest first."""
    while places:
        lowest = places & -places
        yield lowest.bit_length() - 1
        places ^= lowest


class Ground:
    """Where calls come from. ``weights`` are shares of all calls, ``grids`` the grid of each place, in one order."""

    def __init__(
        self, weights: Sequence[float], grids: Sequence[str], neighbours: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        if len(weights) != len(grids):
            raise ValueError("weights and grids differ in length")
        total = sum(weights)
        self.weights = tuple(weight / total for weight in weights) if total > 0 else tuple(weights)
        self.grids = tuple(grids)
        self.neighbours: Mapping[str, tuple[str, ...]] = {k: tuple(v) for k, v in (neighbours or {}).items()}
        self._bytes = (len(self.weights) + 7) // 8
        masks: dict[str, int] = {}
        for number, grid in enumerate(self.grids):
            if grid:
                masks[grid] = masks.get(grid, 0) | 1 << number
        self.masks: Mapping[str, int] = masks
        """The places of each grid, in the order of the ground."""

    def __len__(self) -> int:
        return len(self.weights)

    @cached_property
    def everywhere(self) -> int:
        return (1 << len(self.weights)) - 1

    @cached_property
    def _tables(self) -> list[list[float]]:
        """For each byte of a bit set, what each of its 256 values weighs."""
        tables = []
        for start in range(0, len(self.weights), 8):
            table = [0.0]
            for weight in self.weights[start : start + 8]:
                table += [known + weight for known in table]
            tables.append(table + [0.0] * (256 - len(table)))
        return tables

    def weight(self, places: int) -> float:
        """The share of all calls (0 to 1) that comes from these places."""
        if places.bit_count() <= FEW:
            return sum(map(self.weights.__getitem__, numbers_in(places)))
        return sum(map(list.__getitem__, self._tables, places.to_bytes(self._bytes, "little"))) if places else 0.0

    @cached_property
    def grid_weights(self) -> dict[str, float]:
        return {grid: self.weight(mask) for grid, mask in self.masks.items()}


@dataclass(frozen=True, slots=True)
class GridCover:
    """A grid and the share of its calls (0 to 1) that can be reached in time; ``weight`` is its share of all calls."""

    grid: str
    share: float
    weight: float


@dataclass(frozen=True, slots=True)
class GridLoss:
    """A grid that loses cover: the share of its calls (0 to 1) reached in time before and after."""

    grid: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Cover:
    """Who covers what. ``reached`` has the places of each free first-line unit, ``once`` those that somebody reaches,
    ``twice`` those that at least two do."""

    ground: Ground
    radius_s: float
    reached: Mapping[str, int]
    once: int
    twice: int

    @property
    def share(self) -> float:
        """The share of all calls (0 to 1) that somebody free can reach in time."""
        return self.ground.weight(self.once)

    def only(self, call_sign: str) -> int:
        """The places that nobody else reaches in time."""
        return self.reached.get(call_sign, 0) & ~self.twice

    def loss(self, call_sign: str) -> float:
        """The share of all calls (0 to 1) that loses its cover when this unit leaves."""
        return self.ground.weight(self.only(call_sign))

    def losses(self, leaving: Iterable[str]) -> tuple[GridLoss, ...]:
        """The grids that lose cover when these units leave, the worst first."""
        gone = frozenset(leaving)
        once = 0
        if len(gone) == 1:
            once = self.once & ~self.only(next(iter(gone)))
        else:
            for call_sign, places in self.reached.items():
                if call_sign not in gone:
                    once |= places
        lost = self.once & ~once
        if not lost:
            return ()
        found = []
        ground = self.ground
        # Only the grids it is lost in: there are few of them, and 500 units are asked about at once.
        for grid in dict.fromkeys(map(ground.grids.__getitem__, numbers_in(lost))):
            if grid and (whole := ground.grid_weights[grid]) > 0:
                mask = ground.masks[grid]
                before = ground.weight(self.once & mask) / whole
                after = ground.weight(once & mask) / whole
                if before - after >= LEAST_LOSS:
                    found.append(GridLoss(grid, before, after))
        found.sort(key=lambda loss: (loss.after - loss.before, loss.grid))
        return tuple(found)

    def by_grid(self) -> tuple[GridCover, ...]:
        """Every grid with its cover, in the order of the ground."""
        ground = self.ground
        return tuple(
            GridCover(grid, ground.weight(self.once & mask) / whole if whole > 0 else 1.0, whole)
            for grid, mask in ground.masks.items()
            for whole in (ground.grid_weights[grid],)
        )

    def holes(self, below: float = HOLE_SHARE) -> tuple[GridCover, ...]:
        """The grids with too little cover, the worst first."""
        return tuple(sorted((g for g in self.by_grid() if g.share < below), key=lambda g: (g.share, g.grid)))


def cover(ground: Ground, reached: Mapping[str, int], radius_s: float = COVER_S) -> Cover:
    """From what each unit reaches to who covers what."""
    once = twice = 0
    for places in reached.values():
        twice |= once & places
        once |= places
    return Cover(ground, radius_s, reached, once, twice)


def cover_of(board: Board, ground: Ground, reach: Reach, radius_s: float = COVER_S) -> Cover:
    """The cover that the free first-line units of a board give now."""
    reached = {
        unit.call_sign: reach(unit.profile.post_point, unit.profile.kind, radius_s)
        for unit in board.units.values()
        if unit.available and not unit.profile.second_line
    }
    return cover(ground, reached, radius_s)
