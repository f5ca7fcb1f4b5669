"""Travel times learned from trips: factors by class of road and hours of the day, shrunk to the pack's own numbers.

A trip takes ``turn_out + sum over classes (seconds on roads of the class)``, each part times its factor, times a
log-normal scatter. The logarithms of the factors are normal around nothing: one for all roads together (the pack's
speeds are trusted to a quarter), one for turning out, and one for each class in each band of hours, whose common
variance is estimated from the data as well (empirical Bayes: Morris, Parametric empirical Bayes inference, JASA 1983;
by the steps of Dempster, Laird and Rubin, JRSS B 1977, around a Gauss-Newton fit). With few trips a factor stays near
that of all roads, with none it is 1 exactly. Intervals are those of the normal approximation at the most likely
factors.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING

from zz110_tui.core.places import Point
from zz110_tui.core.statistics import Z_95, Interval, interval_of
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.features import HOUR_BANDS, ROAD_CLASSES, RoadClass, TravelRules
from zz110_tui.gis.travel import TravelModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from zz110_tui.gis.roadgraph import Floats, Ints

ALL_SD, TURN_OUT_SD, CELL_SD = 0.25, 0.3, 0.12
"""Standard deviations of the logarithms of factors before anything is known: all roads together, turning out, and a
class in a band (where the estimate begins)."""
CELL_WEIGHT, SPREAD_WEIGHT = 6.0, 20.0
"""How many cells and trips what is believed beforehand of the two variances is worth."""
MOST_OFF = 4.0
"""A trip so many times quicker or slower than the pack says was no drive to the scene: it is left out, and counted."""
ROUNDS, STEPS, SETTLED = 60, 12, 1e-7
FOLDS = 5
GROUND = "ground"
"""What stands for a class in a pack without roads."""
NAMES: tuple[str, ...] = (*(kind.value for kind in ROAD_CLASSES), GROUND)
BANDS = len(HOUR_BANDS)
CELLS = len(NAMES) * BANDS


@dataclass(frozen=True, slots=True)
class Drive:
    """A measured trip on the roads of a pack: ``parts`` are the seconds by class (:data:`NAMES`) that the pack expects
    at that hour for that unit, ``seconds`` what it took from being sent to having arrived."""

    key: str
    hour: int
    parts: tuple[float, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Factor:
    """How much longer (above 1) or shorter driving takes than the pack says, with its 95 % interval; ``trips`` is how
    many trips' worth of driving it stands on."""

    name: str
    band: tuple[int, int]
    factor: float
    low: float
    high: float
    trips: float


@dataclass(frozen=True, slots=True)
class Learned:
    """What trips say. ``spread`` is the scatter of whole times (standard deviation of the logarithm)."""

    trips: int
    left_out: int
    overall: Factor
    turn_out: Factor
    factors: tuple[Factor, ...]
    spread: float

    def rules(self, prior: TravelRules) -> TravelRules:
        """A pack's travel rules with the learned factors in them; unchanged where nothing was learned."""
        if not self.trips:
            return prior
        table = {
            name: tuple(factor.factor for factor in found)
            for name, found in groupby(self.factors, key=lambda factor: factor.name)
        }
        return with_factors(prior, table, prior.turn_out_s * self.turn_out.factor, self.spread)


@dataclass(frozen=True, slots=True)
class Trial:
    """How far expected times were off on trips that were not learned from, in seconds: before, after, and the
    difference trip by trip (below 0: better)."""

    trips: int
    before: Interval
    after: Interval
    change: Interval


def with_factors(
    prior: TravelRules, factors: dict[str, tuple[float, ...]], turn_out_s: float, spread: float
) -> TravelRules:
    """Travel rules in which driving takes ``factors[class][band]`` times as long."""
    by_class = dict(prior.road_hours)

    def slowed(base: tuple[float, ...], name: str) -> tuple[float, ...]:
        return tuple(base[hour] / factors[name][band_of(hour)] for hour in range(24))

    own = {kind: slowed(by_class.get(kind, prior.hour_factors), kind.value) for kind in RoadClass if kind in factors}
    hours = slowed(prior.hour_factors, GROUND) if GROUND in factors else prior.hour_factors
    return replace(
        prior,
        road_hours=tuple({**by_class, **own}.items()),
        hour_factors=hours,
        turn_out_s=round(turn_out_s, 3),
        spread=round(spread, 4),
    )


def band_of(hour: int) -> int:
    """The number of the band of hours that holds a local hour of the day."""
    return next(number for number, (first, last) in enumerate(HOUR_BANDS) if first <= hour % 24 < last)


# -- from trips to drives ----------------------------------------------------------------------------------------------


def drive_of(
    travel: TravelModel, key: str, start: Point, end: Point, kind: UnitKind, hour: int, seconds: float
) -> Drive:
    """A trip by the quickest way that the pack knows, in the parts that its classes of road make of it."""
    parts = [0.0] * len(NAMES)
    way = travel.way(start, end, hour)
    if way is None:
        parts[NAMES.index(GROUND)] = travel.drive_s(start, end, kind, hour)
        return Drive(key, hour, tuple(parts), seconds)
    lane = ROAD_CLASSES.index(RoadClass.LANE)
    pace = travel.pace(kind)
    # seconds: at the start, at the first road, after each stretch, at the place
    legs = [after - before for before, after in zip(way.seconds, way.seconds[1:], strict=False)]
    if not way.stretches:
        parts[lane] = way.seconds[-1] / pace
    else:
        parts[lane] = (legs[0] + legs[-1]) / pace
        for (edge, _, _), leg in zip(way.stretches, legs[1:-1], strict=True):
            parts[int(way.graph.kind[edge])] += leg / pace
    return Drive(key, hour, tuple(parts), seconds)


# -- from drives to factors --------------------------------------------------------------------------------------------


def learn(drives: Sequence[Drive], prior: TravelRules) -> Learned:
    """The factors that some drives make likely; all of them 1 where there are no drives."""
    usable = _believable(drives, prior)
    model = _Model(usable, prior)
    model.fit()
    weight = model.weight_of_cells()
    factors = tuple(
        _factor(NAMES[cell // BANDS], HOUR_BANDS[cell % BANDS], *model.joint(cell), weight[cell])
        for cell in range(CELLS)
        if model.concerns(cell // BANDS)
    )
    everything = (0, 24)
    return Learned(
        trips=len(usable),
        left_out=len(drives) - len(usable),
        overall=_factor("all", everything, *model.one(0), float(len(usable))),
        turn_out=_factor("turn_out", everything, *model.one(1), float(len(usable))),
        factors=factors,
        spread=round(model.spread, 4),
    )


def _factor(name: str, band: tuple[int, int], mean: float, sd: float, trips: float) -> Factor:
    low, high = math.exp(mean - Z_95 * sd), math.exp(mean + Z_95 * sd)
    return Factor(name, band, round(math.exp(mean), 4), round(low, 4), round(high, 4), round(trips, 1))


def _believable(drives: Iterable[Drive], prior: TravelRules) -> list[Drive]:
    found = []
    for drive in drives:
        expected = prior.turn_out_s + sum(drive.parts)
        if drive.seconds > 0 and expected > 0 and 1 / MOST_OFF <= drive.seconds / expected <= MOST_OFF:
            found.append(drive)
    return found


class _Model:
    """Logarithms of factors: number 0 is all roads together, 1 turning out, then class by class its bands."""

    def __init__(self, drives: Sequence[Drive], prior: TravelRules) -> None:
        import numpy as np

        self.parts: Floats = np.array([drive.parts for drive in drives]).reshape(len(drives), len(NAMES))
        self.band: Ints = np.array([band_of(drive.hour) for drive in drives], dtype=np.int32)
        self.logs: Floats = np.log(np.array([drive.seconds for drive in drives]))
        self.turn_out = max(prior.turn_out_s, 1e-3)
        self.known_spread = max(prior.spread, 0.01)
        self.spread, self.cell_sd = self.known_spread, CELL_SD
        self.at: Floats = np.zeros(2 + CELLS)
        self.variance: Floats = np.diag(self._prior_variances())

    def _prior_variances(self) -> Floats:
        import numpy as np

        cells = np.full(CELLS, self.cell_sd**2)
        variances: Floats = np.concatenate([[ALL_SD**2, TURN_OUT_SD**2], cells])
        return variances

    def concerns(self, name: int) -> bool:
        """Whether a class is told of: all classes of a net, or the ground of a pack without one."""
        on_ground = NAMES.index(GROUND)
        grounded = len(self.logs) > 0 and bool((self.parts[:, on_ground] > 0).any())
        return grounded if name == on_ground else not grounded

    def _expected(self) -> tuple[Floats, NDArray[np.float64]]:
        """The logarithms of expected times, and how each changes with the logarithm of each factor."""
        import numpy as np

        count = len(self.logs)
        cells = self.at[2:].reshape(len(NAMES), BANDS)
        roads = self.parts * np.exp(self.at[0] + cells[:, self.band].T)
        told = self.turn_out * np.exp(self.at[1])
        whole = told + roads.sum(axis=1)
        slope = np.zeros((count, 2 + CELLS))
        slope[:, 0], slope[:, 1] = roads.sum(axis=1) / whole, told / whole
        columns = 2 + np.arange(len(NAMES))[None, :] * BANDS + self.band[:, None]
        np.put_along_axis(slope, columns, roads / whole[:, None], axis=1)
        return np.log(whole), slope

    def fit(self) -> None:
        import numpy as np

        if not len(self.logs):
            return
        for _ in range(ROUNDS):
            before = self.at.copy()
            for _ in range(STEPS):
                step = self._step()
                if float(np.abs(step).max()) < SETTLED:
                    break
            expected, slope = self._expected()
            left = self.logs - expected
            unsure = float(np.einsum("ij,jk,ik->", slope, self.variance, slope))
            square = SPREAD_WEIGHT * self.known_spread**2 + float(left @ left) + unsure
            self.spread = float(np.sqrt(square / (SPREAD_WEIGHT + len(self.logs))))
            driven = np.flatnonzero((slope[:, 2:] > 0).any(axis=0))
            cells = self.at[2:][driven] ** 2 + np.diag(self.variance)[2:][driven]
            square = CELL_WEIGHT * CELL_SD**2 + float(cells.sum())
            self.cell_sd = float(np.sqrt(square / (CELL_WEIGHT + len(driven))))
            if float(np.abs(self.at - before).max()) < SETTLED * 10:
                break
        self._step()

    def _step(self) -> Floats:
        """One step of Gauss and Newton towards the most likely factors under the variances of now."""
        import numpy as np

        expected, slope = self._expected()
        certain = 1.0 / self._prior_variances()
        precision = slope.T @ slope / self.spread**2 + np.diag(certain)
        self.variance = np.asarray(np.linalg.inv(precision), dtype=np.float64)
        step: Floats = self.variance @ (slope.T @ (self.logs - expected) / self.spread**2 - certain * self.at)
        self.at = self.at + step
        return step

    def one(self, number: int) -> tuple[float, float]:
        """The logarithm of a factor and its standard deviation."""
        return float(self.at[number]), float(self.variance[number, number]) ** 0.5

    def joint(self, cell: int) -> tuple[float, float]:
        """Those of a class in a band: what all roads have together, and what is its own."""
        i = 2 + cell
        square = self.variance[0, 0] + self.variance[i, i] + 2 * self.variance[0, i]
        return float(self.at[0] + self.at[i]), max(0.0, float(square)) ** 0.5

    def weight_of_cells(self) -> list[float]:
        """How many trips' worth of driving each cell has."""

        if not len(self.logs):
            return [0.0] * CELLS
        _, slope = self._expected()
        weights: list[float] = slope[:, 2:].sum(axis=0).tolist()
        return weights


# -- whether it helps --------------------------------------------------------------------------------------------------


def trial(drives: Sequence[Drive], prior: TravelRules) -> Trial | None:
    """How far off expected times are on trips held out: in five parts, each foretold by what the other four teach.

    A trip's part hangs on its key alone, so that the same trips give the same answer. None for fewer than ten trips.
    """
    usable = _believable(drives, prior)
    if len(usable) < 2 * FOLDS:
        return None
    before: list[float] = []
    after: list[float] = []
    for fold in range(FOLDS):
        held = [drive for drive in usable if _fold(drive) == fold]
        taught = learn([drive for drive in usable if _fold(drive) != fold], prior)
        for drive in held:
            before.append(abs(drive.seconds - prior.turn_out_s - sum(drive.parts)))
            after.append(abs(drive.seconds - expected_s(drive, prior, taught)))
    change = interval_of([b - a for a, b in zip(before, after, strict=True)])
    return Trial(len(before), interval_of(before), interval_of(after), change)


def expected_s(drive: Drive, prior: TravelRules, learned: Learned) -> float:
    """How long a drive would take by what was learned, in seconds."""
    band = HOUR_BANDS[band_of(drive.hour)]
    by_name = {factor.name: factor.factor for factor in learned.factors if factor.band == band}
    roads = sum(part * by_name.get(name, learned.overall.factor) for name, part in zip(NAMES, drive.parts, strict=True))
    return prior.turn_out_s * learned.turn_out.factor + roads


def _fold(drive: Drive) -> int:
    return blake2b(drive.key.encode(), digest_size=4).digest()[0] % FOLDS
