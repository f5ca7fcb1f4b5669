"""Grids drawn anew: balanced, each in one piece, all of the ground; beside every way to divide small grounds."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon, unary_union
from shapely.affinity import translate

from tests.support.cities import FRAME, at, square_city, zhangzhou
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.check import check_city
from zz110_tui.gis.city import City
from zz110_tui.gis.features import DemandPoint
from zz110_tui.gis.geometry import Area
from zz110_tui.gis.griddraw import GAP_M2, WantedGrids, draw_grids
from zz110_tui.gis.gridput import with_grids
from zz110_tui.gis.hull import Cell, connected
from zz110_tui.gis.partition import divide
from zz110_tui.gis.tiling import area_of, shape_of

TRIES = 8


def town(outline: Polygon, spots: list[tuple[float, float, float]]) -> City:
    """A city with this outline (metres), and calls from these places with their weights."""
    total = sum(weight for *_, weight in spots)
    points = tuple(DemandPoint(at(x, y), "G01", weight / total) for x, y, weight in spots)
    whole = area_of(outline, FRAME)
    city = square_city()
    first = replace(city.grids[0], area=whole, neighbours=())
    return replace(
        city,
        outline=whole,
        grids=(first,),
        demand=replace(city.demand, points=points, spread_m=50.0),
        posts=tuple(replace(post, grid="G01") for post in city.posts),
        units=tuple(replace(unit, home_grid="G01") for unit in city.units),
    )


@st.composite
def outlines(draw: st.DrawFn) -> Polygon:
    """A star around a middle: concave, without crossings of its own border."""
    import math

    corners = draw(st.integers(5, 11))
    radii = draw(st.lists(st.integers(600, 2500), min_size=corners, max_size=corners))
    return Polygon(
        [
            (radius * math.cos(2 * math.pi * i / corners), radius * math.sin(2 * math.pi * i / corners))
            for i, radius in enumerate(radii)
        ]
    )


@given(outlines(), st.integers(1, 6), st.integers(0, 3))
@settings(max_examples=12, deadline=None)
def test_every_grid_is_in_one_piece_and_together_they_are_the_ground(outline: Polygon, count: int, seed: int) -> None:
    rng = random.Random(seed)
    spots = [(rng.uniform(-500, 500), rng.uniform(-500, 500), rng.random() + 0.1) for _ in range(30)]
    city = town(outline, spots)
    found = draw_grids(city, WantedGrids(count, seed=seed, tries=1)).after
    assert len(found.shapes) == count
    assert all(shape.geom_type == "Polygon" and shape.is_valid for shape in found.shapes)
    whole = unary_union(list(found.shapes))
    assert whole.symmetric_difference(shape_of(city.outline, city.frame)).area < GAP_M2
    for one, other in itertools.combinations(found.shapes, 2):
        assert one.intersection(other).area < 1.0
    assert found.whole
    assert sum(one.area for one in found.figures) == pytest.approx(1.0)
    assert sum(one.calls for one in found.figures) == pytest.approx(1.0)
    assert sum(one.load for one in found.figures) == pytest.approx(count)


def best_of_all(weights: dict[Cell, float], count: int) -> float:
    """The most even way to divide cells into regions in one piece, of every way there is: how far the region farthest
    from the mean is off it, over the mean."""
    cells, mean, best = sorted(weights), sum(weights.values()) / count, float("inf")
    for rest in itertools.product(range(count), repeat=len(cells) - 1):
        owner = (0, *rest)
        loads = [0.0] * count
        for cell, who in zip(cells, owner, strict=True):
            loads[who] += weights[cell]
        worst = max(abs(load - mean) for load in loads) / mean
        if worst < best and all(
            len(connected(cell for cell, who in zip(cells, owner, strict=True) if who == one)) == 1
            for one in range(count)
        ):
            best = worst
    return best


def test_small_grounds_are_divided_as_evenly_as_can_be_or_nearly() -> None:
    """One cell may weigh as much as a third of a region here; in a city it is a hundredth."""
    rng, off = random.Random(1), []
    for wide, high, count in [(3, 3, 2), (4, 3, 2), (3, 3, 3), (5, 2, 3)] * 3:
        weights = {(i, j): float(rng.choice([1, 1, 2, 3, 5, 8])) for i in range(wide) for j in range(high)}
        mean = sum(weights.values()) / count
        tries = [[sum(weights[cell] for cell in part) for part in divide(weights, count, s)] for s in range(TRIES)]
        found = min(max(abs(load - mean) for load in loads) / mean for loads in tries)
        best = best_of_all(weights, count)
        assert found >= best - 1e-9
        off.append(found - best)
    assert max(off) < 0.08
    assert sum(gap < 1e-9 for gap in off) >= 8


def test_zhangzhou_is_evened_out_and_stays_compact() -> None:
    found = draw_grids(zhangzhou(), WantedGrids(12, tries=1))
    assert found.before.spread > 0.2
    assert found.after.spread < 0.03
    assert found.after.lightest > 0.95
    assert found.after.heaviest < 1.05
    assert found.after.compact > 0.85


def test_weights_decide_what_is_evened_out() -> None:
    by_calls = draw_grids(zhangzhou(), WantedGrids(6, 0, 0, 1, tries=1)).after
    assert max(one.calls for one in by_calls.figures) < 1.05 / 6
    by_area = draw_grids(zhangzhou(), WantedGrids(6, 1, 0, 0, tries=1)).after
    assert max(one.area for one in by_area.figures) < 1.05 / 6
    west = [(spot.point, 1.0 if spot.point.lon < 117.66 else 0.1) for spot in zhangzhou().demand.points]
    by_people = draw_grids(zhangzhou(), WantedGrids(6, 0, 1, 0, tries=1), west)
    assert max(one.people for one in by_people.after.figures) < 1.06 / 6
    assert max(one.people for one in by_people.before.figures) > 1.06 / 12


def test_the_same_seed_gives_the_same_grids() -> None:
    one, other = (draw_grids(zhangzhou(), WantedGrids(7, seed=3, tries=1)) for _ in range(2))
    assert one.after.shapes == other.after.shapes


@pytest.mark.parametrize("count", [9, 12, 16])
def test_what_is_put_into_the_pack_is_sound(count: int) -> None:
    city = zhangzhou()
    changed = with_grids(draw_grids(city, WantedGrids(count, tries=1)), city)
    assert len(changed.grids) == count
    assert [one for one in check_city(changed) if one.severity.value == "error"] == []
    homes = {unit.home_grid for unit in changed.units}
    assert homes <= {grid.id for grid in changed.grids}
    names = {grid.id: grid.name for grid in city.grids}
    kept = [grid for grid in changed.grids if grid.id in names]
    assert [grid.name for grid in kept] == [names[grid.id] for grid in kept]
    if count == 12:
        assert [unit.home_grid for unit in changed.units] == [unit.home_grid for unit in city.units]
        moved = [
            shape_of(grid.area, city.frame).centroid.distance(shape_of(old.area, city.frame).centroid)
            for grid in changed.grids
            if (old := city.grid(grid.id)) is not None
        ]
        assert max(moved) < 2500, "a name goes to a grid near the one that had it"


def test_separate_parts_each_get_grids_and_too_few_are_refused() -> None:
    city = square_city()
    here = shape_of(city.outline, city.frame)
    island = translate(here, 5000, 0)
    area = Area((*area_of(here, FRAME).polygons, *area_of(island, FRAME).polygons))
    two = replace(city, outline=area)
    found = draw_grids(two, WantedGrids(5, 1, 0, 0, tries=1)).after
    assert found.whole
    parts = [shape_of(Area((polygon,)), two.frame).buffer(1) for polygon in area.polygons]
    assert sorted(sum(shape.within(part) for shape in found.shapes) for part in parts) == [2, 3]
    with pytest.raises(Trouble, match="at least 2"):
        draw_grids(two, WantedGrids(1))


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        (WantedGrids(4, 0, 0, 0), "above 0"),
        (WantedGrids(4, -1, 0, 1), "above 0"),
        (WantedGrids(4, 0.5, 0.5, 0.5), "--population"),
    ],
)
def test_wishes_nothing_can_be_drawn_by_are_refused_in_words(wanted: WantedGrids, word: str) -> None:
    with pytest.raises(Trouble, match=word):
        draw_grids(square_city(), wanted)


def test_no_calls_and_more_grids_than_ground_are_refused_too() -> None:
    silent = replace(square_city(), demand=replace(square_city().demand, points=()))
    with pytest.raises(Trouble, match="--calls"):
        draw_grids(silent, WantedGrids(4))
    assert draw_grids(silent, WantedGrids(4, 1, 0, 0, tries=1)).after.whole
    tiny = town(Polygon([(0, 0), (60, 0), (60, 60), (0, 60)]), [(30, 30, 1.0)])
    with pytest.raises(Trouble, match="too many"):
        draw_grids(tiny, WantedGrids(50))
