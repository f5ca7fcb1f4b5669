"""What is ambiguous is listed, never guessed; what is missing is asked for; what is wrong says what to do instead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.reading_desk import desk
from tests.support.scenes import Desk, gazetteer, place
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.units import UnitProfile
from zz110_tui.language.parsed import Parsed, Status
from zz110_tui.language.reading import Reading
from zz110_tui.language.seating import best_seatings
from zz110_tui.language.verb import Kind, Slot

S = AssignmentStage.ON_SCENE


def inserts(parsed: Parsed) -> list[str]:
    return [choice.insert for choice in parsed.choices]


# -- several meanings ------------------------------------------------------------------------------------------------


def small_numbers() -> Desk:
    """Incidents 1 to 8 wait: every number of theirs is a unit's, too."""
    room = Desk()
    for _ in range(8):
        room.open()
    return room


def test_a_lone_number_that_may_be_a_unit_or_an_incident_is_asked_about() -> None:
    room = small_numbers()
    parsed = room.read("d 7 / 急")
    assert parsed.status is Status.AMBIGUOUS
    assert parsed.command is None
    assert inserts(parsed) == ["d u=7 / 急", "d i=7 / 急"]
    assert room.command("d i=7 u=3 / 急") == c.Dispatch(7, ("03",), text="急")
    assert parsed.preview == "指的是警力 07，还是警情 0007？"
    unit, incident = (choice.words for choice in parsed.choices)
    assert unit.startswith("警力 07：哪个警情？")
    assert incident.startswith("警情 0007：派 "), "what would be done stands beside each"
    english = [choice.words for choice in room.read("d 7", language="en").choices]
    assert [words.split(": ")[0] for words in english] == ["unit 07", "incident 0007"]


def test_two_numbers_that_may_be_either_are_unit_and_incident_in_this_order() -> None:
    room = small_numbers()
    assert room.command("d 3 7") == c.Dispatch(7, ("03",))
    assert room.command("d 7 3") == c.Dispatch(3, ("07",))


@pytest.mark.parametrize("line", ["d 0007 3", "d 3 0007", "d 3 i=7", "d i=7 3", "d u=3 7"])
def test_a_shape_or_a_field_tells_them_apart_in_any_order(line: str) -> None:
    assert small_numbers().command(line) == c.Dispatch(7, ("03",))


def test_the_meaning_of_a_line_does_not_flip_because_an_incident_has_ended_meanwhile() -> None:
    room = small_numbers()
    room.do(c.Finish(3, "cancelled"))
    parsed = room.read("d 7 3")
    assert parsed.status is Status.WRONG, "unit 07 to incident 3, which has ended; not unit 03 to incident 7"
    assert parsed.command == c.Dispatch(3, ("07",))


def test_a_verb_about_units_takes_a_number_for_a_unit() -> None:
    room = small_numbers()
    room.dispatch(3, "07")
    assert room.command("os 7") == c.Advance(("07",), S)


def test_a_tail_that_several_incidents_end_in_is_listed() -> None:
    room = Desk(first_incident=142)
    for _ in range(11):
        room.open()
    parsed = room.read("h 2 10m / x")
    assert parsed.status is Status.AMBIGUOUS
    assert inserts(parsed) == ["h 0142 10m / x", "h 0152 10m / x"]
    assert room.command("d 3 152") == c.Dispatch(152, ("03",))
    assert room.command("h 52 / x") == c.Hold(152, 0, "x")


def test_a_closed_number_that_is_the_tail_of_an_open_one_is_asked_about() -> None:
    room = Desk(first_incident=42)
    room.open()
    room.do(c.Finish(42, "cancelled"))
    while room.board.next_incident <= 142:
        room.do(c.Finish(room.open(), "cancelled"))
    room.do(c.Reopen(142, "x"))
    parsed = room.read("d 3 42")
    assert parsed.status is Status.AMBIGUOUS
    assert inserts(parsed) == ["d 3 0042", "d 3 0142"]
    assert room.command("d 3 142") == c.Dispatch(142, ("03",))


def test_a_tail_of_several_call_signs_is_listed() -> None:
    room = Desk(first_incident=142)
    units = [replace(unit, call_sign=f"{prefix}{unit.call_sign}") for unit in profiles() for prefix in "AB"]
    room.do(c.AdoptCity("zhangzhou", "two prefixes", tuple(units)))
    room.open()
    parsed = room.read("d 3,7 142")
    assert parsed.status is Status.AMBIGUOUS
    assert inserts(parsed) == ["d A03,7 142", "d B03,7 142"]
    assert room.command("d a03,b07 142") == c.Dispatch(142, ("A03", "B07"))


def profiles() -> list[UnitProfile]:
    return [unit.profile for unit in Desk().board.units.values()]


def test_an_unfinished_type_that_several_begin_with_is_listed_and_each_choice_is_one() -> None:
    room = Desk()
    parsed = room.read("n 盗 @F7 / x")
    assert parsed.status is Status.AMBIGUOUS
    assert inserts(parsed) == ["n 盗窃电动车 @F7 / x", "n 盗窃机动车 @F7 / x", "n 盗窃 @F7 / x"]
    assert all(room.read(line).ready for line in inserts(parsed))


def test_an_english_desk_is_offered_what_can_be_typed_there() -> None:
    room = Desk(language="en")
    assert inserts(room.read("n 盗 @F7")) == ["n ebike_theft @F7", "n vehicle_theft @F7", "n theft @F7"]
    assert "cl 139 mediated" in inserts(desk().read("cl 139", language="en"))


@pytest.mark.parametrize("words", ["新华", "漳州", "医院", "胜利", "派出所", "水仙大街", "zz", "yiyuan"])
def test_every_place_that_is_offered_is_that_place_when_taken(words: str) -> None:
    room = Desk()
    parsed = room.read(f"n 打架 @{words}")
    if parsed.ready:
        return
    assert parsed.status is Status.AMBIGUOUS
    placed = [room.command(line) for line in inserts(parsed)]
    points = [cmd.place.point for cmd in placed if isinstance(cmd, c.OpenIncident)]
    offered = [match.place.point for match in gazetteer().find(words, 8)]
    assert points == [*offered, None], "and at last the words as they were said"


def test_units_that_could_be_meant_are_listed_with_all_of_them_last() -> None:
    parsed = desk().read("os 140")
    assert parsed.status is Status.AMBIGUOUS
    assert inserts(parsed) == ["os 140 06", "os 140 09", "os 140 06,09"]
    assert desk().command("os 140 06,09") == c.Advance(("06", "09"), S, 140)


def test_the_units_of_the_one_slip_that_is_worked_on_can_be_taken_together() -> None:
    room = Desk(first_incident=142)
    room.open()
    room.dispatch(142, "06", "09")
    assert inserts(room.read("er")) == ["er 06", "er 09", "er 06,09"]
    room.open()
    room.dispatch(143, "05")
    assert inserts(room.read("er")) == ["er 06", "er 09", "er 05"], "units of two slips report each for themselves"


# -- something missing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "asked", "asked_en"),
    [
        ("n", "类别", "type"),
        ("n 打架", "@", "@"),
        ("n 打架 @", "@", "@"),
        ("n @F7", "类别", "type"),
        ("nt / x", "哪个警情", "which incident"),
        ("os", "哪个警力", "which unit"),
        ("de 142", "哪个警力", "which unit"),
        ("x", "哪个警力", "which unit"),
        ("x 05", "换成", "exchange"),
        ("pre", "哪个警力", "which unit"),
        ("sos", "哪个警力", "which unit"),
        ("mv", "哪个警力", "which unit"),
        ("on", "哪个警力", "which unit"),
        ("cl 139", "处置结果", "disposition"),
        ("cb 138", "满意", "satisfied"),
        ("tr 142", "移交给谁", "to whom"),
        ("h 142 10m", "/", "/"),
        ("oos 07", "/", "/"),
        ("reopen 137", "/", "/"),
        ("clr", "/", "/"),
        ("link", "并入", "linked"),
        ("am 142", "更正什么", "correct what"),
        ("find", "找什么", "find what"),
        ("d u=", "u=", "u="),
    ],
)
def test_what_is_missing_is_asked_for(line: str, asked: str, asked_en: str) -> None:
    for language, words in (("zh", asked), ("en", asked_en)):
        parsed = desk().read(line, language=language)
        assert parsed.status is Status.INCOMPLETE, parsed
        assert parsed.command is None
        assert words in parsed.preview
        assert parsed.hint


def test_a_missing_incident_is_chosen_from_those_the_verb_is_about() -> None:
    room = Desk(first_incident=142)
    for _ in range(3):
        room.open()
    room.open("robbery")
    parsed = room.read("d 3")
    assert parsed.status is Status.INCOMPLETE
    assert inserts(parsed) == ["d 3 0145", "d 3 0142", "d 3 0143", "d 3 0144"], "the most urgent first"
    assert all(room.read(line).ready for line in inserts(parsed))


def test_a_missing_disposition_offers_those_a_unit_can_report() -> None:
    offered = inserts(desk().read("cl 05"))
    assert "cl 05 调解" in offered
    assert not any("关联" in line or "误录" in line for line in offered)
    assert desk().read(offered[0]).ready


def test_of_a_crime_what_leads_on_is_offered_before_what_is_settled_on_the_spot() -> None:
    room = Desk(first_incident=142)
    for kind in ("robbery", "fight"):
        room.open(kind)
    room.to_scene(142, "03")
    room.to_scene(143, "05")
    crime, brawl = (room.read(line).choices for line in ("cl 3", "cl 5"))
    assert {choice.words for choice in crime} == {choice.words for choice in brawl}
    assert {"受立案", "抓获", "带所处理"} <= {choice.words for choice in crime[:9]}
    assert brawl[0].words == "调解"


# -- something wrong -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said", "said_en"),
    [
        ("dispach 142", "没有命令", "no verb"),
        ("d 99 142", "没有警力或在办警情 99", "neither a unit nor"),
        ("d 3,99 142", "没有警力 99", "no unit 99"),
        ("d 3-20 142", "没有警力 16", "no unit 16"),
        ("d u=99 142", "没有警力 99", "no unit 99"),
        ("d 9999", "没有在办警情 9999", "no live incident 9999"),
        ("d i=99 3", "没有在办警情 0099", "no live incident 0099"),
        ("d xyz 142", "“xyz”", "“xyz”"),
        ("d 142 139 3", "不能一起", "do not go together"),
        ("d 3 142 foo=1", "foo=", "foo="),
        ("d 3 142 t=打架", "t=", "t="),
        ("d i=142 i=139 3", "两次", "twice"),
        ("d * 142", "*", "*"),
        ("n 打枷 @F7", "没有警情类别 打枷", "no incident type 打枷"),
        ("n 打架 @F7 @F8", "两次", "twice"),
        ("n 打架 @F7 p=7", "1 到 4", "1 to 4"),
        ("n 打架 @F7 r=99", "没有接警 r99", "no report r99"),
        ("a r99", "没有接警 r99", "no report r99"),
        ("a 99", "没有接警 r99", "no report r99"),
        ("cl 139 圆满", "没有处置结果 圆满", "no disposition 圆满"),
        ("cl 139 linked", "没有处置结果 linked", "no disposition linked"),
        ("tr 142 联合国 / x", "没有移交去向 联合国", "no receiver 联合国"),
        ("h 142 later / x", "10m", "10m"),
        ("cb 138 maybe", "满意", "yes or no"),
        ("rp pigeon", "报警方式", "channel"),
        ("up 142 p=3", "现为2级", "is priority 2"),
        ("take 142", "没有这样的警报", "no such alarm"),
        ("mv 7 nowhere", "停靠点", "post"),
        ("ok 05 / 好", "不带文字", "no text"),
        ("inv 142 r17", "只写一个", "not both"),
        ("show 142 r17 03", "一次看一个", "one thing"),
        ("lead 07", "不在任何警情上", "on no incident"),
        ("rel", "没有挂起的警情", "no incident"),
        ("on *", "没有这样的警力", "no such unit"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do_instead(line: str, said: str, said_en: str) -> None:
    for language, words in (("zh", said), ("en", said_en)):
        parsed = desk().read(line, language=language)
        assert parsed.status is Status.WRONG, parsed
        assert words in parsed.preview, parsed.preview
        assert parsed.hint, parsed


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("dispach 3 142", "dispatch 3 142"),
        ("派警察 3 142", "派警 3 142"),
        ("n 打枷 @F7 / x", "n 打架 @F7 / x"),
        ("n fihgt @F7", "n 打架 @F7"),
        ("n 胜利路 打架", "n @胜利路 打架"),
        ("cl 139 调节", "cl 139 调解"),
    ],
)
def test_a_slip_of_the_finger_is_offered_what_was_meant(line: str, offered: str) -> None:
    parsed = desk().read(line)
    assert offered in inserts(parsed), parsed


@pytest.mark.parametrize(("typed", "offered"), [("di", "dispatch "), ("派", "派警"), ("sh", "show ")])
def test_a_verb_in_the_making_is_not_wrong_yet(typed: str, offered: str) -> None:
    parsed = desk().read(typed)
    if typed == "派":
        assert parsed.verb is not None
        return
    assert parsed.status is Status.INCOMPLETE
    assert offered in inserts(parsed)


# -- places nobody knows ---------------------------------------------------------------------------------------------


def test_a_place_outside_the_gazetteer_never_keeps_a_call_from_being_taken() -> None:
    parsed = Desk().read("n 打架 @qqqqzzzz9999")
    assert parsed.ready
    assert "未定位" in parsed.preview
    assert isinstance(parsed.command, c.OpenIncident)
    assert parsed.command.place.point is None
    assert parsed.command.place.text == "qqqqzzzz9999"


def test_without_a_gazetteer_words_are_kept_and_coordinates_are_read() -> None:
    room = Desk()
    said = room.command("n 打架 @胜利路x延安路", gazetteer=None)
    assert isinstance(said, c.OpenIncident)
    assert (said.place.text, said.place.point) == ("胜利路x延安路", None)
    placed = room.command("n 打架 @117.65,24.51", gazetteer=None)
    assert isinstance(placed, c.OpenIncident)
    assert placed.place.point == place("117.65,24.51").point


# -- seating, by itself ----------------------------------------------------------------------------------------------

UNITS, INCIDENT, INTO = (
    Slot("u", Kind.UNITS, wanted=True),
    Slot("i", Kind.INCIDENT, wanted=True),
    Slot("to", Kind.INCIDENT),
)
FULL, TAIL = Reading(1), Reading(1, 1)


def seats(*rows: tuple[Reading | None, ...], slots: tuple[Slot, ...] = (UNITS, INCIDENT), filled: str = "") -> list:
    return [seating.seats for seating in best_seatings(rows, slots, frozenset(filled.split()))]


def test_the_only_way_is_taken_in_any_order() -> None:
    assert seats((FULL, None), (None, FULL)) == [(0, 1)]
    assert seats((None, FULL), (FULL, None)) == [(1, 0)]


def test_a_word_without_a_seat_leaves_no_seating() -> None:
    assert seats((None, FULL), (None, FULL)) == []
    assert seats((None, FULL), filled="i") == []


def test_the_canonical_order_decides_between_orders() -> None:
    assert seats((FULL, FULL), (FULL, FULL)) == [(0, 1)]


def test_a_whole_number_beats_a_tail_only_where_nothing_else_is_lost() -> None:
    assert seats((FULL, TAIL), (None, FULL)) == [(0, 1)]
    assert seats((FULL, TAIL)) == [(0,)]
    both = seats((FULL, None), (FULL, TAIL))
    assert both == [(0, 0), (0, 1)], "two units and no incident, or one unit and the tail of one: ask"


def test_of_two_slots_of_a_kind_the_first_is_filled_first() -> None:
    assert seats((FULL, FULL), slots=(INCIDENT, INTO)) == [(0,)]
    assert seats((FULL, FULL), (FULL, FULL), slots=(INCIDENT, INTO)) == [(0, 1)]


def test_several_units_share_their_slot_even_when_it_was_named() -> None:
    assert seats((FULL, None), (FULL, None), (None, FULL), filled="u") == [(0, 0, 1)]
