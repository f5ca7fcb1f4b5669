"""What people type after @, and the places it means."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.cities import at, square_city, zhangzhou
from tests.support.effort import effort
from zz110_tui.core.places import distance_m, point
from zz110_tui.gis.features import Landmark, Spelling
from zz110_tui.gis.gazetteer import CLEAR_MARGIN, LONGEST_QUERY, SURE_SCORE, Gazetteer
from zz110_tui.gis.spelling import Why, edit_distance, fold

CITY = zhangzhou()
NAMES = Gazetteer(CITY)
SQUARE = Gazetteer(square_city())


@pytest.mark.parametrize(
    ("typed", "meant", "why"),
    [
        ("漳州医院", "漳州医院", Why.EXACT),
        ("漳州市医院", "漳州医院", Why.EXACT),
        ("@漳州医院", "漳州医院", Why.EXACT),
        ("漳州医院门口", "漳州医院", Why.EXACT),
        ("漳州医院附近", "漳州医院", Why.EXACT),
        ("zzyy", "漳州医院", Why.INITIALS),
        ("ZZYY", "漳州医院", Why.INITIALS),
        ("ｚｚｙｙ", "漳州医院", Why.INITIALS),
        ("zhangzhouyiyuan", "漳州医院", Why.PINYIN),
        ("zhang zhou yi yuan", "漳州医院", Why.PINYIN),
        ("zhangzhouyiy", "漳州医院", Why.PINYIN),
        ("Zhangzhou Hospital", "漳州医院", Why.EXACT),
        ("碧湖万达", "漳州万达广场", Why.EXACT),
        ("闽南师大", "闽南师范大学", Why.EXACT),
        ("八卦楼", "威镇阁", Why.EXACT),
        ("东铺头派出所", "东铺头派出所", Why.EXACT),
        ("水仙大街", "水仙大街", Why.EXACT),
        ("F7", "F7", Why.CELL),
        ("f7", "F7", Why.CELL),
        ("117.65,24.512", "117.650000,24.512000", Why.COORDINATES),
        ("117.65，24.512", "117.650000,24.512000", Why.COORDINATES),
        ("117.65 24.512", "117.650000,24.512000", Why.COORDINATES),
        ("24.512,117.65", "117.650000,24.512000", Why.SWAPPED),
        ("水仙大街118号", "水仙大街118号", Why.HOUSE_NUMBER),
        ("sxdj118", "水仙大街118号", Why.HOUSE_NUMBER),
        ("水仙大街 118", "水仙大街118号", Why.HOUSE_NUMBER),
        ("胜利路x延安路", "胜利路x延安路", Why.CROSSING),
        ("胜利路 X 延安路", "胜利路x延安路", Why.CROSSING),
        ("胜利路×延安路", "胜利路x延安路", Why.CROSSING),
        ("胜利路与延安路", "胜利路x延安路", Why.CROSSING),
        ("延安路和胜利路交叉口", "延安路x胜利路", Why.CROSSING),
        ("胜利西路x延安北路路口", "胜利西路x延安北路", Why.CROSSING),
        ("slxl x yabl", "胜利西路x延安北路", Why.CROSSING),
        ("slxlxyabl", "胜利西路x延安北路", Why.CROSSING),
    ],
)
def test_one_place_is_meant(typed: str, meant: str, why: Why) -> None:
    match = NAMES.best(typed)
    assert match is not None
    assert (match.place.text, match.why) == (meant, why)
    assert match.place.point is not None
    grid = CITY.grid_at(match.place.point)
    assert match.place.grid == (grid.id if grid else "")
    assert match.place.cell == CITY.cell_at(match.place.point)


@pytest.mark.parametrize("typed", ["医院", "胜利路", "延安", "一中", "永辉", "zz", "漳州", "银行", "jinbao"])
def test_what_may_mean_several_places_is_listed_and_never_guessed(typed: str) -> None:
    matches = NAMES.find(typed)
    if NAMES.best(typed) is None:
        assert len(matches) > 1
        assert matches[0].score - matches[1].score < CLEAR_MARGIN
    else:
        assert matches[0].score >= SURE_SCORE
        assert len(matches) == 1 or matches[0].score - matches[1].score >= CLEAR_MARGIN


@pytest.mark.parametrize("typed", ["医院", "胜利路", "延安"])
def test_these_are_not_guessed(typed: str) -> None:
    assert NAMES.best(typed) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("漳洲医院", "漳州医院"),
        ("水仙大接", "水仙大街"),
        ("zhangzouyiyuan", "漳州医院"),
        ("闽南师番大学", "闽南师范大学"),
    ],
)
def test_a_slip_is_offered_but_never_taken_without_asking(typed: str, meant: str) -> None:
    matches = NAMES.find(typed)
    assert (matches[0].place.text, matches[0].why) == (meant, Why.TYPO)
    assert NAMES.best(typed) is None


@pytest.mark.parametrize(
    "typed", ["", " ", "@", "!!!", "%", "不存在的地方啊啊", "qqqqqqq", "Z99", "x", "路x", "999,999", "-", "号"]
)
def test_nothing_fits_nothing(typed: str) -> None:
    assert NAMES.best(typed) is None


def test_a_house_number_lies_along_the_road_and_the_road_says_where() -> None:
    first, middle = SQUARE.best("东西大街1号"), SQUARE.best("东西大街101号")
    assert first is not None
    assert middle is not None
    assert first.place.point is not None
    assert middle.place.point is not None
    assert distance_m(first.place.point, at(-1000, 0)) < 2
    assert distance_m(middle.place.point, at(0, 0)) < 2


def test_a_number_beyond_the_road_is_offered_at_its_end_only() -> None:
    (match, *_) = SQUARE.find("东西大街999号")
    assert match.why is Why.BEYOND_NUMBERS
    assert match.place.point is not None
    assert distance_m(match.place.point, at(1000, 0)) < 2
    assert SQUARE.best("东西大街999号") is None


def test_a_road_without_numbers_gives_no_address() -> None:
    assert all(match.kind != "address" for match in SQUARE.find("钟楼北路10号"))


def test_roads_that_do_not_meet_have_no_crossing() -> None:
    assert all(match.kind != "crossing" for match in NAMES.find("学府路x金峰路"))


def test_one_crossing_of_four_names_is_one_place() -> None:
    crossings = [match for match in NAMES.find("胜利路x延安路", limit=50) if match.kind == "crossing"]
    assert len(crossings) == 1
    assert crossings[0].place.point == point(117.65, 24.512)


def test_positions_outside_the_city_are_told() -> None:
    (match,) = NAMES.find("116.4,39.9")
    assert match.why is Why.OUTSIDE
    assert match.place.grid == ""
    assert match.place.cell == ""


def test_a_prompt_of_any_length_is_safe_and_quick() -> None:
    assert NAMES.find("胜" * 10_000) == []
    assert len(NAMES.find("路x路" * 500)) <= 8
    assert LONGEST_QUERY < 500


@given(st.text(max_size=40))
def test_any_text_gives_an_ordered_list_and_the_same_twice(typed: str) -> None:
    matches = NAMES.find(typed)
    assert matches == NAMES.find(typed)
    assert len(matches) <= 8
    assert all(0 < match.score <= 100 for match in matches)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)


@given(st.sampled_from([landmark.name for landmark in CITY.landmarks]))
def test_every_landmark_is_found_by_name_pinyin_and_initials(name: Spelling) -> None:
    assert NAMES.find(name.text)[0].place.text == name.text
    assert name.text in [match.place.text for match in NAMES.find(name.pinyin, limit=20)]
    assert name.text in [match.place.text for match in NAMES.find(name.initials, limit=200)]


def test_thousands_of_names_are_searched_at_once() -> None:
    many = tuple(
        Landmark(
            Spelling(f"{a}{b}小区{i}号楼", f"xiaoqu{i}haolou", f"xq{i}hl"),
            f"Estate {i}",
            "community",
            CITY.landmarks[0].point,
        )
        for i in range(30)
        for a in "东西南北中上下"
        for b in "山水花园林江湖桥村寺"
    )
    crowded = Gazetteer(replace(CITY, landmarks=(*CITY.landmarks, *many)))
    assert len(many) == 2100
    for typed in ("漳州医院", "zzyy", "胜利路x延安路", "xiaoqu7", "东山小区", "漳洲医院"):
        assert effort(partial(crowded.find, typed)) < 100, typed


def test_a_position_is_described_by_what_is_there() -> None:
    hospital = next(landmark for landmark in CITY.landmarks if landmark.name.text == "漳州医院")
    assert NAMES.describe(hospital.point).text == "漳州医院"
    assert NAMES.describe(hospital.point, english=True).text == "Zhangzhou Hospital"
    assert NAMES.describe(point(117.65, 24.512)).text == "胜利西路x延安北路"
    assert SQUARE.describe(at(-600, 5)).text == "东西大街41号"
    assert SQUARE.describe(at(-600, 5), english=True).text == "41 East West Street"
    assert SQUARE.describe(at(-500, 800)).text == "方城医院北300米"
    assert SQUARE.describe(at(-200, 800), english=True).text == "400 m NE of Square Hospital"


def test_where_nothing_has_a_name_the_cell_or_the_coordinates_say_it() -> None:
    bare = Gazetteer(replace(square_city(), landmarks=(), roads=(), junctions=()))
    assert bare.describe(at(-600, 600)).text == "A1"
    assert bare.describe(point(117.0, 24.0)).text == "117.00000,24.00000"
    match = bare.best("A1")
    assert match is not None
    assert match.place.grid == "G01"


def test_what_is_described_is_found_again_near_by() -> None:
    for junction in CITY.junctions:
        words = NAMES.describe(junction.point).text
        match = NAMES.find(words)[0]
        assert match.place.point is not None
        assert distance_m(match.place.point, junction.point) < 150, words


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [("abc", "abc", 0), ("abc", "abd", 1), ("abc", "ab", 1), ("abc", "acb", 1), ("abc", "xyz", None), ("", "ab", None)],
)
def test_slips_are_counted(a: str, b: str, slips: int | None) -> None:
    assert edit_distance(a, b, 1) == slips


@given(st.text("ab", max_size=8), st.text("ab", max_size=8))
def test_slips_are_the_same_both_ways(a: str, b: str) -> None:
    assert edit_distance(a, b, 3) == edit_distance(b, a, 3)


def test_folding_forgets_width_case_and_blanks() -> None:
    assert fold(" Ｆ７ ") == "f7"
    assert fold("Yan'an  Road") == "yananroad"
