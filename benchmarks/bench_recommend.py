"""What a recommendation with all its columns costs: the desk's own question, on a city's roads and on a large net.

``python -m benchmarks.bench_recommend [--nodes 100000] [--times 25] [--json FILE]``. Each question is a new incident at
a new place, asked of ``language.recommending.candidates``: arrival and spread of every unit, chances, what it does,
skills against the plan, fatigue, the hole it leaves, units on lesser incidents and about to be free. Units stand at
their posts, are out with a position of their own that is new each time, or work on one of the open slips. Beside it in
the same run: the router alone, scipy's csgraph and rustworkx over all nodes. "first of the hour" is the question after
the clock has struck, when cover is asked for another hour. scipy is for benchmarks and tests only; the product never
imports it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.bench_roads import measure
from benchmarks.roadnets import city_graph, made_up_graph
from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Assignment, AssignmentStage, Incident, IncidentStage
from zz110_tui.core.places import Place, Point
from zz110_tui.core.units import Unit, UnitKind, UnitProfile, UnitStatus
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.features import DemandPoint, Grid, Post, Spelling
from zz110_tui.gis.gazetteer import Gazetteer
from zz110_tui.gis.geometry import Area
from zz110_tui.gis.roadgraph import RoadGraph
from zz110_tui.gis.roadtimes import RoadTimes
from zz110_tui.gis.travel import travel_of
from zz110_tui.language.recommending import candidates
from zz110_tui.language.scene import Scene

NOON_MS = 1_700_020_800_000
HOUR_MS = 3_600_000
OUT_SHARE, BUSY_SHARE = 0.3, 0.3
"""Of the units so many are out with a position of their own, and so many work on a slip."""
KINDS = (UnitKind.PATROL_RESPONSE, UnitKind.PATROL_RESPONSE, UnitKind.MOBILE_RESERVE, UnitKind.PLAIN_CLOTHES)
Row = dict[str, float | int | str]


@dataclass(frozen=True, slots=True)
class Case:
    """A net and who works on it; ``target_ms`` is what a recommendation may cost."""

    name: str
    graph: RoadGraph
    units: int
    grids: int
    places: int
    target_ms: float


class Room:
    """A board in the middle of a day, and questions to it."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.dice = random.Random(1)
        self.rules = load_rulebook(bundled("rulebook"))
        self.city = self._city()
        self.travel = travel_of(self.city)
        self.gazetteer = Gazetteer(self.city)
        self.board = Board()
        for number, unit in enumerate(self.city.units):
            self._put(number, unit)

    def anywhere(self) -> Point:
        graph, dice = self.case.graph, self.dice
        node = dice.randrange(graph.nodes)
        return graph.frame.at(
            float(graph.x[node]) + dice.uniform(-80, 80), float(graph.y[node]) + dice.uniform(-80, 80)
        )

    def _city(self) -> City:
        case, graph, dice = self.case, self.case.graph, self.dice
        side = max(1, round(case.grids**0.5))
        west, south = float(graph.x.min()), float(graph.y.min())
        wide, high = (float(graph.x.max()) - west) / side, (float(graph.y.max()) - south) / side

        def grid_of(where: Point) -> str:
            x, y = graph.frame.xy(where)
            column, row = int((x - west) // wide), int((y - south) // high)
            return f"G{min(side - 1, max(0, row)) * side + min(side - 1, max(0, column)):03}"

        def square(number: int) -> Area:
            row, column = divmod(number, side)
            corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
            return Area(
                ((tuple(graph.frame.at(west + (column + i) * wide, south + (row + j) * high) for i, j in corners),),)
            )

        grids = tuple(Grid(f"G{n:03}", Spelling(f"G{n:03}"), "", square(n), "", (), "") for n in range(side * side))
        posts = tuple(
            Post(f"P{n:03}", Spelling(f"P{n:03}"), "", where, grid_of(where))
            for n, where in enumerate(self.anywhere() for _ in range(case.units))
        )
        units = tuple(
            UnitProfile(f"{n:03}", dice.choice(KINDS), "", dice.randint(2, 5), post.grid, post.id, post.point)
            for n, post in enumerate(posts, 1)
        )
        spots = [self.anywhere() for _ in range(case.places)]
        demand = tuple(DemandPoint(where, grid_of(where), 1 / len(spots)) for where in spots)
        model = load_city(bundled("cities", "zhangzhou"))
        city = replace(
            model,
            grids=grids,
            posts=posts,
            units=units,
            roads=(),
            junctions=(),
            landmarks=(),
            demand=replace(model.demand, points=demand),
        )
        city.__dict__["road_times"] = RoadTimes(graph, city.travel)  # the net as if its pack had it
        return city

    def _put(self, number: int, profile: UnitProfile) -> None:
        draw, unit = self.dice.random(), Unit(profile, UnitStatus.FREE, NOON_MS - 2 * HOUR_MS)
        if draw < BUSY_SHARE:
            sent = NOON_MS - self.dice.randrange(1_800_000)
            work = Assignment(profile.call_sign, AssignmentStage.ON_SCENE, sent, on_scene_at=sent + 300_000)
            slip = self._slip(number + 1, self.dice.choice((2, 3, 4)), IncidentStage.ON_SCENE, (work,))
            self.board.put_incident(slip)
            unit = replace(unit, incidents=(slip.number,), position=slip.place.point, position_at=sent + 300_000)
        elif draw < BUSY_SHARE + OUT_SHARE:
            unit = replace(unit, position=self.anywhere(), position_at=NOON_MS - self.dice.randrange(600_000))
        self.board.put_unit(unit)

    def _slip(self, number: int, priority: int, stage: IncidentStage, work: tuple[Assignment, ...] = ()) -> Incident:
        where = self.anywhere()
        grid = next((g.id for g in self.city.grids if g.area.holds(where)), "")
        return Incident(
            number,
            "fight",
            priority,
            Place("somewhere", where, grid),
            NOON_MS,
            NOON_MS,
            NOON_MS,
            stage=stage,
            assignments=work,
        )

    def move(self) -> None:
        """Everybody who is out is somewhere else, and was just seen there."""
        for unit in list(self.board.units.values()):
            if unit.position is not None and not unit.incidents:
                self.board.put_unit(replace(unit, position=self.anywhere(), position_at=NOON_MS))

    def scene(self, now: int = NOON_MS) -> Scene:
        return Scene(
            board=self.board,
            rules=self.rules,
            now=now,
            desk="01",
            gazetteer=self.gazetteer,
            travel=self.travel,
            timezone=self.city.timezone,
        )

    def slip(self) -> Incident:
        return self._slip(10_000, 1, IncidentStage.QUEUED)


def timed(works: Iterable[Callable[[], object]]) -> tuple[float, float]:
    """Median and worst milliseconds."""
    taken = []
    for work in works:
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1e3)
    return statistics.median(taken), max(taken)


def recommendation(case: Case, times: int) -> list[Row]:
    room = Room(case)
    scene = room.scene()
    first = room.slip()
    cold, _ = timed([lambda: candidates(scene, first)])

    def question() -> Callable[[], object]:
        room.move()
        slip = room.slip()
        return lambda: candidates(scene, slip)

    works = [question() for _ in range(2)]
    timed(works)
    found = [timed([question()])[0] for _ in range(times)]
    slip = room.slip()
    again = [timed([lambda: candidates(scene, slip)])[0] for _ in range(times)]
    strike = timed([lambda: candidates(room.scene(NOON_MS + HOUR_MS), slip)])[0]
    listed = candidates(scene, slip)
    common: Row = {"net": case.name, "nodes": case.graph.nodes, "units": case.units, "listed": len(listed)}
    return [
        {
            **common,
            "what": "recommendation, all columns, a new place",
            "ms": statistics.median(found),
            "worst": max(found),
        },
        {**common, "what": "target", "ms": case.target_ms, "worst": case.target_ms},
        {**common, "what": "the same place again", "ms": statistics.median(again), "worst": max(again)},
        {**common, "what": "first of the hour", "ms": strike, "worst": strike},
        {**common, "what": "first of all", "ms": cold, "worst": cold},
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--nodes", type=int, default=100_000, help="nodes of the made-up net")
    options.add_argument("--times", type=int, default=25, help="how often each is measured")
    options.add_argument("--json", type=Path, help="write the figures there")
    wanted = options.parse_args()
    cases = []
    if (city := city_graph()) is not None:
        cases.append(Case("city", city, 15, 12, 711, 5.0))
    cases.append(Case("made up", made_up_graph(wanted.nodes), 500, 100, 2_000, 50.0))
    rows: list[Row] = []
    print(f"{'net':<8} {'nodes':>7} {'units':>6}  {'what':<62} {'ms':>9} {'worst':>9}")
    for case in cases:
        for row in [*recommendation(case, wanted.times), *measure(case.name, case.graph, case.units, wanted.times)]:
            rows.append(row)
            worst = f"{row['worst']:>9.3g}" if "worst" in row else ""
            print(f"{case.name:<8} {case.graph.nodes:>7} {case.units:>6}  {row['what']:<62} {row['ms']:>9.3g} {worst}")
    if wanted.json:
        wanted.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
