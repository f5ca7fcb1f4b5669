"""Lines that mean something only where they are typed: by what is selected, by the clock, by whose report it is."""

from __future__ import annotations

import pytest

from tests.support.reading_desk import desk
from tests.support.room import LI, WANG
from tests.support.scenes import Desk, city, place
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Subject, SubjectKind, of_incident, of_report, of_unit
from zz110_tui.core.incidents import AssignmentStage, Channel, ReportEnd
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.parsed import Show, Status

CROSSING = "胜利路x延安路"
S = AssignmentStage.ON_SCENE


# -- selected and newest ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "selected", "command"),
    [
        ("d 3 .", of_incident(142), c.Dispatch(142, ("03",))),
        ("d . 3", of_incident(142), c.Dispatch(142, ("03",))),
        ("d i=. u=3", of_incident(142), c.Dispatch(142, ("03",))),
        ("d . 142", of_unit("03"), c.Dispatch(142, ("03",))),
        ("d u=. i=142", of_unit("03"), c.Dispatch(142, ("03",))),
        ("os .", of_unit("06"), c.Advance(("06",), S)),
        ("cl . 调解", of_incident(139), c.Clear(139, (), "mediated")),
        ("cl . 调解", of_unit("05"), c.Clear(0, ("05",), "mediated")),
        ("a .", of_report(17), c.AnswerReport(17)),
        ("link . 142", of_report(17), c.LinkReport(17, 142)),
        ("adv .", of_report(17), c.EndReport(17, ReportEnd.ADVISED)),
        ("nt . / x", of_incident(142), c.AddNote(142, "x")),
        ("take .", of_unit("05"), c.TakeAlarm("emergency:unit:05:05")),
        ("d 3 ^", None, c.Dispatch(142, ("03",))),
        ("nt ^ / x", None, c.AddNote(142, "x")),
    ],
)
def test_a_dot_is_the_selected_one_and_a_caret_the_newest(
    line: str, selected: Subject | None, command: c.Command
) -> None:
    assert desk().command(line, selected=selected) == command


def test_show_without_words_shows_what_is_selected() -> None:
    selected = Subject(SubjectKind.INCIDENT, "142")
    assert desk().read("show", selected=selected).query == Show(selected)
    assert desk().read("show .", selected=selected).query == Show(selected)
    assert desk().read("show").status is Status.INCOMPLETE


def test_a_dot_with_nothing_selected_means_nothing() -> None:
    assert desk().read("d 3 .").status is Status.WRONG


# -- times -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("span", "ms"),
    [
        ("10m", 600_000),
        ("10分", 600_000),
        ("10分钟", 600_000),
        ("90s", 90_000),
        ("1h", 3_600_000),
        ("2小时", 7_200_000),
        ("for=15", 900_000),
        ("until=20m", 1_200_000),
    ],
)
def test_a_hold_lasts_as_long_as_is_said(span: str, ms: int) -> None:
    assert desk().command(f"h 142 {span} / x") == c.Hold(142, desk().now + ms, "x")


def test_a_hold_until_a_time_of_day_is_by_the_wall_clock_of_the_room() -> None:
    room = desk()
    local = room.scene().local(room.now)  # 06:14 on 2023-11-15 in China
    assert (local.hour, local.minute) == (6, 14)
    later = room.command("h 142 14:30 / x")
    earlier = room.command("h 142 05:30 / x")
    assert isinstance(later, c.Hold)
    assert isinstance(earlier, c.Hold)
    assert room.scene().clock(later.until) == "14:30:00"
    assert room.scene().clock(earlier.until) == "05:30:00"
    assert 0 < later.until - room.now < 86_400_000
    assert 0 < earlier.until - room.now < 86_400_000
    assert earlier.until > later.until, "half past five has been: it is tomorrow's"


@pytest.mark.parametrize("word", ["25:00", "14:75", "until=later", "10x"])
def test_a_time_that_is_none_is_wrong(word: str) -> None:
    assert desk().read(f"h 142 {word} / x").status is Status.WRONG


# -- posts -----------------------------------------------------------------------------------------------------------


def test_a_unit_is_moved_to_a_post_a_place_or_home() -> None:
    post = city().posts[2]
    assert desk().command(f"mv 7 {post.id}") == c.MoveToPost("07", post.name.text, post.point)
    assert desk().command(f"mv 7 {post.name.text}") == c.MoveToPost("07", post.name.text, post.point)
    where = place("漳州医院")
    assert where.point is not None
    assert desk().command("mv 7 @漳州医院") == c.MoveToPost("07", "漳州医院", where.point)
    profile = desk().unit("07").profile
    assert desk().command("mv 7") == c.MoveToPost("07", profile.post, profile.post_point)
    assert desk().read("mv 7 @~路边").status is Status.WRONG


# -- on and off duty -------------------------------------------------------------------------------------------------


def test_a_star_is_every_unit_that_can_take_the_step() -> None:
    room = Desk()
    everybody = tuple(unit.call_sign for unit in city().units)
    assert room.command("off *") == c.SetStatus(everybody, UnitStatus.OFF_DUTY)
    room.type("off *")
    assert room.command("on *") == c.SetStatus(everybody, UnitStatus.FREE)
    room.type("on 1-14")
    assert room.command("on *") == c.SetStatus(everybody[14:], UnitStatus.FREE)
    room.type("on *")
    assert room.read("on *").status is Status.WRONG
    assert room.read("d * 1").status is Status.WRONG


# -- whose report a slip is for --------------------------------------------------------------------------------------


def test_a_slip_is_for_the_one_report_the_desk_has_answered_and_says_so() -> None:
    room = Desk()
    number = room.ring()
    assert room.command("n 打架 @F7") == c.OpenIncident("fight", place("F7")), "nobody has answered it yet"
    room.do(c.AnswerReport(number), WANG)
    assert room.command("n 打架 @F7") == c.OpenIncident("fight", place("F7")), "another desk has answered it"
    room.do(c.AnswerReport(room.ring()))
    parsed = room.read("n 打架 @F7")
    assert parsed.command == c.OpenIncident("fight", place("F7"), 2)
    assert "r2" in parsed.preview
    assert "r2" in room.read("n fight @F7", language="en").preview


def test_with_several_answered_reports_the_desk_is_asked_which() -> None:
    room = Desk()
    for _ in range(2):
        room.do(c.AnswerReport(room.ring()))
    parsed = room.read("n 打架 @F7 / 急")
    assert parsed.status is Status.AMBIGUOUS
    assert [choice.insert for choice in parsed.choices] == [
        "n 打架 @F7 r1 / 急",
        "n 打架 @F7 r2 / 急",
        "n 打架 @F7 r=new / 急",
    ]
    reports = [room.read(choice.insert).command for choice in parsed.choices]
    assert reports == [c.OpenIncident("fight", place("F7"), number, text="急") for number in (1, 2, 0)]


def test_a_slip_takes_over_what_the_report_already_says() -> None:
    room = Desk()
    room.do(c.ReceiveReport(Channel.WECHAT, place=place("漳州医院"), text="有人打架"))
    room.do(c.AnswerReport(1))
    assert room.command("n 打架") == c.OpenIncident("fight", place("漳州医院"), 1, text="有人打架")
    assert room.command("n 打架 @F7 / 两人") == c.OpenIncident("fight", place("F7"), 1, text="两人")


def test_the_longest_waiting_report_is_answered_first() -> None:
    room = Desk()
    room.do(c.ReceiveReport(Channel.PHONE))
    room.do(c.ReceiveReport(Channel.SMS, at=room.now - 60_000))
    assert room.command("a") == c.AnswerReport(2)
    room.type("a")
    assert room.command("a") == c.AnswerReport(1)
    room.type("a")
    assert room.read("a").status is Status.WRONG


def test_what_is_typed_is_read_as_the_one_who_types() -> None:
    """The core's refusal for somebody else's duty shows before Enter."""
    assert desk().read("undo", actor=WANG, desk=WANG.desk).status is Status.WRONG
    assert desk().scene(actor=None).who.desk == LI.desk
