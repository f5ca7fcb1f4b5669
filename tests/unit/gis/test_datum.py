"""GCJ-02 and BD-09 to WGS-84 and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zz110_tui.core.places import Point, distance_m, point
from zz110_tui.gis import datum

OPERATIONS = {
    "wgs84->gcj02": datum.wgs84_to_gcj02,
    "gcj02->wgs84": datum.gcj02_to_wgs84,
    "gcj02->wgs84 (iterative)": datum.gcj02_to_wgs84,
    "gcj02->bd09": datum.gcj02_to_bd09,
    "bd09->gcj02": datum.bd09_to_gcj02,
    "bd09->wgs84": datum.bd09_to_wgs84,
    "wgs84->bd09": datum.wgs84_to_bd09,
}
IN_CHINA = st.tuples(st.floats(75, 134), st.floats(4, 53))


def test_published_pairs_are_met(shared_data: Callable[[str], Path]) -> None:
    vectors = json.loads(shared_data("vectors/gcj02_bd09.json").read_text(encoding="utf-8"))["vectors"]
    met = 0
    for vector in vectors:
        if "DISPUTED" in vector["id"]:
            continue  # the source's BD-09 uses plain pi and is tens of metres off
        lon, lat = OPERATIONS[vector["op"]](vector["lon"], vector["lat"])
        away = distance_m(point(lon, lat), point(vector["expect_lon"], vector["expect_lat"]))
        assert away <= vector["tolerance_m"] + 0.11, vector["id"]
        met += 1
    assert met >= 7


def corners(coordinates: list[Any]) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from corners(part)


def test_six_thousand_points_that_somebody_else_converted_are_met_to_half_a_metre(
    shared_data: Callable[[str], Path],
) -> None:
    """Outlines of Zhangzhou and its districts, published in GCJ-02 and converted by another library."""
    wgs84, gcj02 = (
        [
            where
            for feature in json.loads(
                shared_data(f"data/zhangzhou_boundaries_{name}.geojson").read_text(encoding="utf-8")
            )["features"]
            for where in corners(feature["geometry"]["coordinates"])
        ]
        for name in ("wgs84", "gcj02")
    )
    assert len(wgs84) == len(gcj02) > 6_000
    for plain, shifted in zip(wgs84, gcj02, strict=True):
        assert distance_m(Point(*datum.gcj02_to_wgs84(*shifted)), Point(*plain)) < 0.5
        assert distance_m(Point(*datum.wgs84_to_gcj02(*plain)), Point(*shifted)) < 0.5


def test_a_disputed_value_stays_away_from_the_disputed_source(shared_data: Callable[[str], Path]) -> None:
    vectors = json.loads(shared_data("vectors/gcj02_bd09.json").read_text(encoding="utf-8"))["vectors"]
    (disputed,) = [vector for vector in vectors if "DISPUTED" in vector["id"]]
    here = point(*datum.bd09_to_wgs84(disputed["lon"], disputed["lat"]))
    assert distance_m(here, point(disputed["independent"]["lon"], disputed["independent"]["lat"])) < 3
    assert distance_m(here, point(disputed["expect_lon"], disputed["expect_lat"])) > 30


@given(IN_CHINA)
def test_the_way_back_from_gcj02_is_exact_to_a_millimetre(place: tuple[float, float]) -> None:
    lon, lat = datum.gcj02_to_wgs84(*datum.wgs84_to_gcj02(*place))
    assert (lon, lat) == pytest.approx(place, abs=1e-8)


@given(IN_CHINA)
def test_the_way_back_from_bd09_is_exact_to_a_millimetre(place: tuple[float, float]) -> None:
    lon, lat = datum.bd09_to_wgs84(*datum.wgs84_to_bd09(*place))
    assert (lon, lat) == pytest.approx(place, abs=1e-8)


@pytest.mark.parametrize("place", [(-104.9903, 39.7392), (-43.1729, -22.9068), (71.0, 40.0)])
def test_outside_china_gcj02_is_wgs84(place: tuple[float, float]) -> None:
    assert datum.wgs84_to_gcj02(*place) == place
    assert datum.gcj02_to_wgs84(*place) == place


def test_in_zhangzhou_gcj02_is_more_than_half_a_kilometre_off() -> None:
    here = point(117.65, 24.51)
    assert 500 < distance_m(here, point(*datum.wgs84_to_gcj02(here.lon, here.lat))) < 700


def test_frames_cannot_be_mixed() -> None:
    """The type checker refuses each of these lines: if it ever stopped, its "unused type: ignore" would fail the check.
    What runs unchecked fails as well, instead of being half a kilometre off in silence."""
    here = point(117.65, 24.51)
    amap, baidu = datum.Gcj02.of(here), datum.Bd09.of(here)
    with pytest.raises(AttributeError):
        distance_m(here, amap)  # type: ignore[arg-type]  # the error this test is about
    with pytest.raises(AttributeError):
        distance_m(baidu, here)  # type: ignore[arg-type]  # the error this test is about
    with pytest.raises(AttributeError):
        datum.Gcj02.of(baidu)  # type: ignore[arg-type]  # the error this test is about
    assert amap.wgs84() == baidu.wgs84() == here
    with pytest.raises(ValueError, match="not a WGS-84 position"):
        datum.Bd09(float("nan"), 24.5).wgs84()


@given(IN_CHINA)
def test_there_and_back_by_any_type_is_within_half_a_metre(place: tuple[float, float]) -> None:
    here = point(*place)
    assert distance_m(datum.Gcj02.of(here).wgs84(), here) < 0.5
    assert distance_m(datum.Bd09.of(here).wgs84(), here) < 0.5


def test_points_of_a_named_datum() -> None:
    assert datum.from_datum("WGS84", 117.65, 24.51) == point(117.65, 24.51)
    assert distance_m(datum.from_datum("gcj02", 117.655, 24.5073), point(117.65, 24.51)) < 60
    with pytest.raises(ValueError, match="unknown datum"):
        datum.from_datum("bd08", 117.65, 24.51)
    with pytest.raises(ValueError, match="not a WGS-84 position"):
        datum.from_datum("gcj02", 200.0, 24.51)
