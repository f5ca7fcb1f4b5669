"""Where standing posts should be in a city: reckoned over its roads and its calls, beside the posts it has now.

A place answers to the post that is quickest to it, as if the unit there were free: what the reach of the posts is, not
what a busy evening makes of it; that is for the laboratory. Times are medians, turning out included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zz110_tui.core.matching import least_total
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind, UnitProfile
from zz110_tui.gis.bilingual import both
from zz110_tui.gis.city import City
from zz110_tui.gis.features import ROAD_CLASSES, DemandPoint, Post, RoadClass, Spelling
from zz110_tui.gis.ground import CoverGround
from zz110_tui.gis.nearby import Nearby
from zz110_tui.gis.siting import By, covering_sites, nearest_sites
from zz110_tui.gis.travel import travel_of

if TYPE_CHECKING:
    from zz110_tui.gis.roadgraph import Floats, RoadGraph

LIMITS_S = (180.0, 300.0, 600.0)
"""The rings: three, five and ten minutes."""
MOST_SITES = 1200
"""Places where a post may be: those with the most calls. More make the search slower, hardly better."""
NEAREST_TRIED = 16
"""How many vertices of the net are looked at for one that lies in a grid."""
ROUNDS = 12
"""How often the answer is shaken; on random instances none was left short of the optimum."""
AWAY_FROM_HOME_S = 600.0
"""A unit leaves its home grid only where this much driving is saved by it."""


@dataclass(frozen=True, slots=True)
class WantedPosts:
    """``within_s`` is what counts as covered (``By.COVER``); ``hour`` the local hour of the day (0 to 23) whose traffic
    counts, None for the one with most calls."""

    count: int
    by: By = By.MEDIAN
    within_s: float = 300.0
    hour: int | None = None
    rounds: int = ROUNDS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class GridReach:
    """A grid: its share of all calls, its mean response time, and the shares of its calls within three, five and ten
    minutes."""

    grid: str
    weight: float
    mean_s: float
    within: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PostsReach:
    """What some posts reach: mean response time of a call in seconds, the shares within three, five and ten minutes,
    the same by grid, and the seconds to each place of the ground."""

    mean_s: float
    within: tuple[float, ...]
    grids: tuple[GridReach, ...]
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlacedPost:
    """A post as placed. ``kept`` is a post the city has already; ``unit`` is who would stand there (empty: nobody yet),
    ``share`` the share of all calls that it is nearest to."""

    post: Post
    kept: bool
    unit: str
    share: float


@dataclass(frozen=True, slots=True)
class Posting:
    """``places`` are where calls come from, with their ``weights``; ``before`` is None for a city without street units.
    ``free`` are units for which there is no post among those placed."""

    city: City
    wanted: WantedPosts
    kind: UnitKind
    hour: int
    sites: int
    places: tuple[Point, ...]
    weights: tuple[float, ...]
    before: PostsReach | None
    after: PostsReach
    posts: tuple[PlacedPost, ...]
    free: tuple[str, ...]


def busiest_hour(city: City) -> int:
    """The local hour of the day (0 to 23) with the most calls."""
    hours = [sum(city.demand.week[day * 24 + hour] for day in range(7)) for hour in range(24)]
    return hours.index(max(hours))


def street(city: City) -> tuple[UnitProfile, ...]:
    """The first-line units: those whose posts these are."""
    return tuple(unit for unit in city.units if not unit.second_line)


def place_posts(city: City, wanted: WantedPosts) -> Posting:
    """``wanted.count`` posts for a city. The same city, wishes and seed give the same posts.

    Raises Trouble when the city knows no calls, or has fewer places to stand at than posts asked for.
    """
    import numpy as np

    if not city.demand.points:
        raise _refusal(
            both("这个城市包不知道警情从哪里来", "the pack does not know where calls come from"),
            both("用 --calls 给警情记录", "give call records with --calls"),
        )
    hour = busiest_hour(city) if wanted.hour is None else wanted.hour % 24
    ground, weights = CoverGround(city, travel_of(city)), np.array([spot.weight for spot in city.demand.points])
    units = street(city)
    kinds = Counter(unit.kind for unit in units)
    kind = min(kinds, key=lambda one: (-kinds[one], one), default=UnitKind.PATROL_RESPONSE)
    sites = _sites(city, units)
    if wanted.count > len(sites):
        raise _refusal(
            both(
                f"能停靠的地方只有 {len(sites)} 处，要 {wanted.count} 处",
                f"there are {len(sites)} places to stand at, and {wanted.count} are asked for",
            ),
            both("减少 --count", "ask for fewer with --count"),
        )
    away = np.array([ground.seconds(site.point, kind, hour) for site in sites]).T
    if wanted.by is By.COVER:
        within = away <= wanted.within_s
        chosen = covering_sites(within, weights, wanted.count, rounds=wanted.rounds, seed=wanted.seed)
    else:
        chosen = nearest_sites(away, weights, wanted.count, rounds=wanted.rounds, seed=wanted.seed)
    now = sorted({site.point for site in sites} & {unit.post_point for unit in units}, key=_order)
    number = {site.point: i for i, site in enumerate(sites)}
    placed = _named(city, [sites[i] for i in chosen])
    placed.sort(key=lambda post: (post.grid, _order(post.point)))
    mine = away[:, [number[post.point] for post in placed]]
    owner = mine.argmin(axis=1)
    stands = _assigned(city, units, placed)
    return Posting(
        city,
        wanted,
        kind,
        hour,
        len(sites),
        ground.points,
        tuple(weights.tolist()),
        _reach(city, weights, away[:, [number[point] for point in now]].min(axis=1)) if now else None,
        _reach(city, weights, mine.min(axis=1)),
        tuple(
            PlacedPost(post, city.post(post.id) is not None, stands.get(i, ""), float(weights[owner == i].sum()))
            for i, post in enumerate(placed)
        ),
        tuple(unit.call_sign for unit in units if unit.call_sign not in stands.values()),
    )


def _refusal(cause: str, remedy: str) -> Trouble:
    return Trouble(both("没有排出停靠点", "no posts were placed"), cause, remedy)


def _order(where: Point) -> tuple[float, float]:
    return where.lon, where.lat


def _sites(city: City, units: Sequence[UnitProfile]) -> list[Post]:
    """Where a post may be: the posts there are, and the roads beside the places with the most calls."""
    known = {post.id: post for post in city.posts}
    found = {known[unit.post].point: known[unit.post] for unit in units if unit.post in known}
    for post in city.posts:
        found.setdefault(post.point, post)
    spots = sorted(city.demand.points, key=lambda spot: (-spot.weight, _order(spot.point)))[:MOST_SITES]
    roads = city.road_times
    for point in _on_roads(city, roads.graph, spots) if roads is not None else (spot.point for spot in spots):
        grid = city.grid_at(point)
        if grid is not None:
            found.setdefault(point, Post("", Spelling(""), "", point, grid.id))
    return list(found.values())


def _on_roads(city: City, graph: RoadGraph, spots: Iterable[DemandPoint]) -> Iterator[Point]:
    """The nearest vertex of the net to each place, in one of the grids; nobody waits on an expressway."""
    import numpy as np

    kinds = np.zeros(len(graph.begin) - 1, dtype=np.uint8)
    kinds[graph.line] = graph.kind
    usable = np.repeat(kinds, np.diff(graph.begin)) != ROAD_CLASSES.index(RoadClass.EXPRESSWAY)
    if not usable.any():
        usable[:] = True
    x, y = graph.vertex_x[usable], graph.vertex_y[usable]
    few = min(NEAREST_TRIED, len(x))
    for spot in spots:
        px, py = graph.frame.xy(spot.point)
        away = (x - px) ** 2 + (y - py) ** 2
        nearest = np.argpartition(away, few - 1)[:few]
        for vertex in nearest[np.lexsort((nearest, away[nearest]))].tolist():
            point = graph.frame.at(float(x[vertex]), float(y[vertex]))
            if city.grid_at(point) is not None:
                yield point
                break


def _reach(city: City, weights: Floats, seconds: Floats) -> PostsReach:
    import numpy as np

    grids = np.array([spot.grid for spot in city.demand.points])
    rows = []
    for grid in city.grids:
        mine = grids == grid.id
        weight = float(weights[mine].sum())
        if weight > 0:
            rows.append(
                GridReach(grid.id, weight, *_figures(weights[mine] / weight, seconds[mine])),
            )
    return PostsReach(*_figures(weights / weights.sum(), seconds), tuple(rows), tuple(seconds.tolist()))


def _figures(shares: Floats, seconds: Floats) -> tuple[float, tuple[float, ...]]:
    return float(shares @ seconds), tuple(float(shares @ (seconds <= limit)) for limit in LIMITS_S)


def _named(city: City, chosen: Iterable[Post]) -> list[Post]:
    """The chosen sites as posts: new ones get a number nobody has and the name of what stands there."""
    from zz110_tui.gis.pinyin import spell

    nearby = Nearby(city)
    numbers = [int(post.id[1:]) for post in city.posts if post.id[:1] == "P" and post.id[1:].isdigit()]
    taken = {post.name.text for post in city.posts}
    following = max(numbers, default=0) + 1
    posts = []
    for site in chosen:
        if site.id:
            posts.append(site)
            continue
        name, english = nearby.words(site.point), nearby.words(site.point, english=True)
        post_id = f"P{following:02}"
        if name in taken:
            name, english = f"{name}（{post_id}）", f"{english} ({post_id})"
        taken.add(name)
        following += 1
        posts.append(Post(post_id, spell(name), english, site.point, site.grid))
    return posts


def _assigned(city: City, units: Sequence[UnitProfile], posts: Sequence[Post]) -> dict[int, str]:
    """Who stands at which post: least driving from where they stand now, and each in its home grid where it can."""
    travel = travel_of(city)
    hour = busiest_hour(city)
    costs = [
        [
            travel.drive_s(unit.post_point, post.point, unit.kind, hour)
            + (0.0 if post.grid == unit.home_grid else AWAY_FROM_HOME_S)
            for unit in units
        ]
        for post in posts
    ]
    return {i: units[who].call_sign for i, who in enumerate(least_total(costs)) if who is not None}


def with_posts(posting: Posting) -> City:
    """The city with its street units at the placed posts. Posts they leave are gone, unless somebody else stands there;
    other posts stay.

    Raises Trouble when there are fewer posts than street units: each has to stand somewhere.
    """
    city = posting.city
    if posting.free:
        raise _refusal(
            both(
                f"{len(posting.posts)} 个停靠点，{len(street(city))} 组街面警力：{'、'.join(posting.free)} 没有停靠点",
                f"{len(posting.posts)} posts for {len(street(city))} street units: none for {', '.join(posting.free)}",
            ),
            both("停靠点不要少于警力，或不加 --write", "ask for as many posts as units, or leave --write out"),
        )
    at = {placed.unit: placed.post for placed in posting.posts if placed.unit}
    units = tuple(
        replace(unit, post=at[unit.call_sign].id, post_point=at[unit.call_sign].point) if unit.call_sign in at else unit
        for unit in city.units
    )
    placed = {one.post.id: one.post for one in posting.posts}
    left = {unit.post for unit in street(city)} - {unit.post for unit in units} - placed.keys()
    posts = [post for post in city.posts if post.id not in left and post.id not in placed] + list(placed.values())
    return replace(city, units=units, posts=tuple(sorted(posts, key=lambda post: (len(post.id), post.id))))
