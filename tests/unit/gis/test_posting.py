"""Posts placed over a city's own roads and calls: what is reckoned, who stands where, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.cities import at, square_city, zhangzhou
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind
from zz110_tui.gis.callplaces import FEWEST_CALLS, with_calls
from zz110_tui.gis.check import check_city
from zz110_tui.gis.city import City
from zz110_tui.gis.features import DemandPoint
from zz110_tui.gis.posting import LIMITS_S, WantedPosts, busiest_hour, place_posts, street, with_posts
from zz110_tui.gis.siting import By
from zz110_tui.gis.travel import travel_of


def one_busy_corner(city: City) -> City:
    """Nine of ten calls come from beside the north end of a road."""
    north = replace(city.roads[1], lines=((at(0, 0), at(0, 900)),))
    spots = (DemandPoint(at(30, 890), "G02", 0.9), DemandPoint(at(-990, 0.5), "G01", 0.1))
    roads = (city.roads[0], north, city.roads[2])
    return replace(city, roads=roads, demand=replace(city.demand, points=spots))


def test_one_post_stands_on_the_road_where_the_calls_are() -> None:
    found = place_posts(one_busy_corner(square_city()), WantedPosts(1))
    (post,) = found.posts
    assert post.post.point == at(0, 900)
    assert (post.post.id, post.kept, post.share) == ("P05", False, pytest.approx(1.0))
    assert post.post.name.text.startswith("钟楼北路")


@pytest.mark.parametrize("by", By)
def test_the_figures_are_those_of_the_quickest_post_to_each_place(by: By) -> None:
    city = zhangzhou()
    found = place_posts(city, WantedPosts(15, by, rounds=0))
    travel = travel_of(city)
    posts = [one.post.point for one in found.posts]
    spots = city.demand.points[::40]
    for spot, seconds in zip(spots, found.after.seconds[::40], strict=True):
        quickest = min(travel.estimate(post, spot.point, found.kind, found.hour).seconds for post in posts)
        assert seconds == pytest.approx(quickest, abs=1e-6)
    weights = [spot.weight for spot in city.demand.points]
    assert found.after.mean_s == pytest.approx(sum(w * s for w, s in zip(weights, found.after.seconds, strict=True)))
    for limit, share in zip(LIMITS_S, found.after.within, strict=True):
        assert share == pytest.approx(
            sum(w for w, s in zip(weights, found.after.seconds, strict=True) if s <= limit), abs=1e-9
        )
    assert sum(row.weight * row.mean_s for row in found.after.grids) == pytest.approx(found.after.mean_s)
    assert sum(one.share for one in found.posts) == pytest.approx(1.0)


def test_zhangzhou_gets_nearer_by_the_median_and_more_covered_by_cover() -> None:
    city = zhangzhou()
    median, cover = place_posts(city, WantedPosts(15, rounds=2)), place_posts(city, WantedPosts(15, By.COVER, rounds=2))
    assert median.before is not None
    assert median.before == cover.before
    assert median.after.mean_s < 0.96 * median.before.mean_s
    assert cover.after.within[1] >= max(median.after.within[1], median.before.within[1])
    assert median.after.mean_s < cover.after.mean_s


def test_the_same_seed_gives_the_same_posts() -> None:
    one, other = (place_posts(zhangzhou(), WantedPosts(8, rounds=3, seed=4)) for _ in range(2))
    assert one.posts == other.posts


def test_the_hour_is_the_busiest_one_unless_it_is_said() -> None:
    city = zhangzhou()
    rates = [sum(city.demand.calls_per_hour(day, hour) for day in range(7)) for hour in range(24)]
    assert rates[busiest_hour(city)] == max(rates)
    assert place_posts(city, WantedPosts(3, rounds=0)).hour == busiest_hour(city)
    assert place_posts(city, WantedPosts(3, hour=3, rounds=0)).after.mean_s < (
        place_posts(city, WantedPosts(3, hour=8, rounds=0)).after.mean_s
    ), "at three in the morning the roads are empty"


def test_every_street_unit_gets_a_post_and_the_pack_stays_whole() -> None:
    city = zhangzhou()
    found = place_posts(city, WantedPosts(15, rounds=0))
    changed = with_posts(found)
    assert [one for one in check_city(changed) if one not in check_city(city)] == []
    stands = {unit.call_sign: unit for unit in street(changed)}
    assert sorted(one.unit for one in found.posts) == sorted(stands)
    for one in found.posts:
        assert stands[one.unit].post == one.post.id
        assert stands[one.unit].post_point == one.post.point
    assert [u for u in changed.units if u.second_line] == [u for u in city.units if u.second_line]
    left = {unit.post for unit in street(city)} - {post.id for post in changed.posts}
    assert left
    assert not left & {unit.post for unit in changed.units}
    assert len({post.name.text for post in changed.posts}) == len(changed.posts)


def test_a_unit_stays_in_its_home_grid_where_there_is_a_post() -> None:
    found = place_posts(zhangzhou(), WantedPosts(15, rounds=0))
    homes = {unit.home_grid for unit in street(zhangzhou())} & {one.post.grid for one in found.posts}
    stands = {one.post.grid for one in found.posts for unit in street(zhangzhou()) if one.unit == unit.call_sign}
    at_home = sum(
        one.post.grid == unit.home_grid
        for one in found.posts
        for unit in street(zhangzhou())
        if one.unit == unit.call_sign
    )
    assert homes <= stands
    assert at_home >= len(homes)


def test_more_posts_than_units_leave_some_empty_and_fewer_cannot_be_written() -> None:
    city = square_city()
    more = place_posts(city, WantedPosts(5, rounds=0))
    assert sum(not one.unit for one in more.posts) == 1
    assert len(street(with_posts(more))) == 4
    fewer = place_posts(city, WantedPosts(3, rounds=0))
    assert len(fewer.free) == 1
    with pytest.raises(Trouble, match="--write"):
        with_posts(fewer)


def test_what_cannot_be_placed_is_refused_in_words() -> None:
    city = square_city()
    with pytest.raises(Trouble, match="--count"):
        place_posts(city, WantedPosts(99))
    with pytest.raises(Trouble, match="--calls"):
        place_posts(replace(city, demand=replace(city.demand, points=())), WantedPosts(1))


def test_a_city_without_units_or_roads_has_no_before_and_straight_lines() -> None:
    bare = replace(square_city(), units=(), roads=(), junctions=())
    found = place_posts(bare, WantedPosts(4, rounds=0))
    assert found.before is None
    assert found.kind is UnitKind.PATROL_RESPONSE
    assert {one.post.point for one in found.posts} == {spot.point for spot in bare.demand.points}


def test_calls_of_a_file_take_the_place_of_the_profile() -> None:
    city = square_city()
    spots = [at(x, 400) for x in range(-900, 900, 30)]
    calls = [(spot.lon, spot.lat, 1_700_000_000_000 + i * 3_600_000) for i, spot in enumerate(spots * 5)]
    far = [(118.9, 25.9, 1_700_000_000_000)] * 1_000
    changed = with_calls(city, [*calls, *far])
    assert sum(spot.weight for spot in changed.demand.points) == pytest.approx(1.0)
    assert {spot.grid for spot in changed.demand.points} == {"G01", "G02"}
    assert city.grids == changed.grids
    with pytest.raises(Trouble, match=str(FEWEST_CALLS)):
        with_calls(city, [*calls[: FEWEST_CALLS - 1], *far])
