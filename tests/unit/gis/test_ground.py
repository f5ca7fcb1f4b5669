"""The ground that cover is reckoned on."""

from __future__ import annotations

from dataclasses import replace

from tests.support.cities import square_city
from zz110_tui.gis.features import Post, Spelling
from zz110_tui.gis.ground import CoverGround
from zz110_tui.gis.travel import travel_of


def test_two_posts_on_one_spot_are_one_place_to_stand_at() -> None:
    city = square_city()
    gate = Post("P99", Spelling("派出所门口"), "Gate", city.posts[1].point, city.posts[1].grid)
    ground = CoverGround(replace(city, posts=(*city.posts, gate)), travel_of(city))
    assert [post.id for post in ground.posts] == [post.id for post in city.posts]
    assert ground.number_of_post == {post.point: number for number, post in enumerate(city.posts)}
