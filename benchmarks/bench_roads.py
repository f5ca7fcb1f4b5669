"""How long the times from everywhere to one place take: ours beside rustworkx over all nodes and scipy's csgraph.

``python -m benchmarks.bench_roads [--nodes 100000] [--json FILE]``. Two road nets: a city's own from ``../shared``
where it is there (8,700 nodes), and a made-up one of 100,000 nodes with about as many edges for each node. "units" is
the whole question of a recommendation: where on the roads are the units (their places new each time), and how long does
each need to the incident; a new place and a cold cache each time. scipy is the bound, a compiled library that is too
slow to import for a desk; the search alone is compared on the same edges.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.roadnets import city_graph, made_up_graph
from zz110_tui.core.places import Point
from zz110_tui.gis.features import TravelRules
from zz110_tui.gis.roadcontract import ContractedSearch
from zz110_tui.gis.roadgraph import RoadGraph
from zz110_tui.gis.roadsearch import PlainSearch
from zz110_tui.gis.roadtimes import RoadTimes, speeds_at

HOUR = 8
Row = dict[str, float | int | str]


def timed(work: Callable[[int], object], times: int) -> float:
    """Median milliseconds."""
    taken = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - start) * 1e3)
    return statistics.median(taken)


def measure(name: str, graph: RoadGraph, units: int, times: int) -> list[Row]:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import dijkstra

    rules = TravelRules()
    seconds = graph.metres / np.array(speeds_at(rules, HOUR))[graph.kind]
    rng = random.Random(1)
    targets = [rng.randrange(graph.nodes) for _ in range(times)]
    # Of parallel edges scipy's matrix would add up the times.
    order = np.lexsort((seconds, graph.head, graph.tail))
    tail, head, quick = graph.tail[order], graph.head[order], seconds[order]
    first = np.concatenate([[True], (np.diff(tail) != 0) | (np.diff(head) != 0)])
    matrix = coo_matrix((quick[first], (head[first], tail[first])), shape=(graph.nodes,) * 2).tocsr()
    bound = timed(lambda i: dijkstra(matrix, indices=targets[i]), times)
    start = time.perf_counter()
    ours = ContractedSearch(graph.nodes, graph.head, graph.tail, seconds)
    built = (time.perf_counter() - start) * 1e3
    plain = PlainSearch(graph.nodes, graph.head, graph.tail, seconds)
    apart = max(
        float(np.max(np.abs(ours.times([(t, 0.0)]) - dijkstra(matrix, indices=t)))) for t in targets[: min(5, times)]
    )
    start = time.perf_counter()
    net = RoadTimes(graph, rules)
    net.to(graph.node_point(0), HOUR)
    ready = (time.perf_counter() - start) * 1e3
    places = [[_place(graph, rng) for _ in range(units + 1)] for _ in range(times)]
    whole = timed(lambda i: net.from_all(places[i][1:], places[i][0], HOUR), times)
    again = timed(lambda i: net.from_all(places[i][1:], places[i][0], HOUR), times)
    common: Row = {"net": name, "nodes": graph.nodes, "edges": graph.edges}
    return [
        {**common, "what": "scipy csgraph, all nodes to one (bound)", "ms": bound, "ratio": 1.0},
        {**common, "what": "rustworkx, all nodes to one", **_ratio(timed(_one(plain, targets), times), bound)},
        {**common, "what": "zz110, all nodes to one", **_ratio(timed(_one(ours, targets), times), bound)},
        {**common, "what": f"zz110, {units} units to a new place", **_ratio(whole, bound)},
        {**common, "what": f"zz110, {units} units, the same places again", **_ratio(again, bound)},
        {**common, "what": "zz110, setting one hour's search up", **_ratio(built, bound)},
        {**common, "what": "zz110, ready from the arrays (raster, search, first answer)", **_ratio(ready, bound)},
        {**common, "what": "largest difference from scipy, seconds", "ms": apart, "ratio": 0.0},
    ]


def _one(search: PlainSearch | ContractedSearch, targets: list[int]) -> Callable[[int], object]:
    return lambda i: search.times([(targets[i], 0.0)])


def _ratio(ms: float, bound: float) -> Row:
    return {"ms": ms, "ratio": ms / bound}


def _place(graph: RoadGraph, rng: random.Random) -> Point:
    x, y = rng.randrange(graph.nodes), rng.uniform(-80, 80)
    return graph.frame.at(float(graph.x[x]) + y, float(graph.y[x]) - y)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--nodes", type=int, default=100_000, help="nodes of the made-up net")
    options.add_argument("--times", type=int, default=15, help="how often each is measured")
    options.add_argument("--json", type=Path, help="write the figures there")
    wanted = options.parse_args()
    nets: list[tuple[str, RoadGraph, int]] = []
    if (city := city_graph()) is not None:
        nets.append(("city", city, 15))
    nets.append(("made up", made_up_graph(wanted.nodes), 500))
    rows = [row for name, graph, units in nets for row in measure(name, graph, units, wanted.times)]
    print(f"{'net':<8} {'nodes':>7} {'edges':>7}  {'what':<62} {'ms':>9} {'x bound':>8}")
    for row in rows:
        size = f"{row['net']:<8} {row['nodes']:>7} {row['edges']:>7}"
        print(f"{size}  {row['what']:<62} {row['ms']:>9.3g} {row['ratio']:>8.2f}")
    if wanted.json:
        wanted.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
