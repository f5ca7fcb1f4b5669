"""Every fact and every answer can be said, in both languages, on one harmless line."""

from __future__ import annotations

import string
import typing
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.entries import any_entry, any_fact
from tests.support.room import LI, WANG
from tests.support.scenes import Desk
from zz110_tui.core import commands as c
from zz110_tui.core import facts as f
from zz110_tui.core.alarms import AlarmKind, of_incident, of_unit
from zz110_tui.core.answers import Answer
from zz110_tui.core.desks import SYSTEM, Actor, Duty, unit_seat
from zz110_tui.core.incidents import Channel
from zz110_tui.core.refusals import SENTENCES, Refusal
from zz110_tui.core.units import UnitStatus
from zz110_tui.language.describing import describe, title
from zz110_tui.language.saying import _WORDS, actor_words, say_answer, tell, tell_fact
from zz110_tui.language.saying_alarms import alarm_key_words


def day() -> Desk:
    """A day with something of everything."""
    room = Desk(first_incident=142)
    room.do(c.OpenDesk(LI.duty))
    for line in (
        "rp 微信 c=李小明 tel=13912342207 @漳州医院 / 有人打架",
        "a",
        "n 打架 / 两人持刀",
        "h 142 10m / 等报警人",
        "rel 142",
        "up 142",
        "d 3,7 142 / 小心",
        "ack 3",
        "er 3,7",
        "os 3,7",
        "ok 3",
        "lead 7",
        "nt 142 u=07 / 往北跑",
        "cl 3",
        "cl 142 调解 / 双方和解",
        "fb 142 寻衅滋事 / 已教育",
        "cb 142 不满意 / 等太久",
        "close 142",
        "reopen 142 / 又打起来",
        "can 142 / 自行解决",
        "n 噪音扰民 @F7",
        "n 噪音扰民 @F7",
        "link 144 143",
        "split 144",
        "tr 144 12345 / 占道",
        "d 5 143",
        "x 5 6 / 换班",
        "d 6 143 stack=yes",
        "mv 8 @E6",
        "oos 9 / 故障",
        "av 9",
        "off 9",
        "on 9",
        "sos 6",
        "take",
        "clr 6 / 误触",
        "undo",
        "rp",
        "a",
        "inv / 误拨",
    ):
        parsed = room.read(line)
        if parsed.command is not None and parsed.ready:
            room.do(parsed.command)
    room.do(c.CloseDesk())
    return room


def test_a_day_reads_like_a_chronology() -> None:
    room = day()
    told = [tell(entry, room.scene()) for entry in room.journal]
    said = "\n".join(told)
    for words in (
        "收到报警 r1 微信 李** 139****2207 漳州医院 东铺头网格 F7 / 有人打架",
        "席位03 Li 接起 r1",
        "席位03 Li 立警情 0142 打架 2级 漳州医院",
        "派 03 → 0142",
        "03 签收 0142",
        "07 到场 0142",
        "07 主办 0142",
        "0142 备注 07：往北跑",
        "0142 处毕：调解 / 双方和解",
        "0142 反馈：寻衅滋事 / 已教育",
        "0142 回访：不满意 / 等太久",
        "重开 0142 / 又打起来",
        "关联 0144 → 0143",
        "0144 移交 12345 热线 / 占道",
        "05 离开 0143：换警 → 06 / 换班",
        "09 停用 / 故障",
        "警报：紧急求助 06",
        "认领 紧急求助 06",
        "清除 紧急求助 06 / 误触",
        "r4 结束：无效 / 误拨",
        "席位03 离岗",
    ):
        assert words in said, words
    assert all(line[:8] == room.scene().clock(entry.at) for line, entry in zip(told, room.journal, strict=True))


def test_the_same_day_in_english_has_no_chinese_punctuation() -> None:
    room = day()
    for entry in room.journal:
        assert not set("：；（），") & set(tell_fact(entry.fact, room.scene(language="en"))), entry.fact


def test_every_fact_has_its_words() -> None:
    assert set(_WORDS) == set(typing.get_args(f.Fact))


@given(entry=any_entry, language=st.sampled_from(["zh", "en"]))
def test_whatever_is_in_the_journal_is_one_harmless_line(entry: f.Entry, language: str) -> None:
    line = tell(entry, at_desk(language))
    assert line
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in line)


@given(fact=any_fact)
def test_a_fact_from_any_time_can_be_said(fact: f.Fact) -> None:
    assert tell_fact(fact, at_desk("zh"))


_desk = Desk()


def at_desk(language: str) -> typing.Any:
    return _desk.scene(language=language)


# -- answers ---------------------------------------------------------------------------------------------------------


def answer(room: Desk, line: str) -> Answer:
    before = len(room.journal)
    room.type(line)
    return Answer("c1", room.board.position, tuple(room.journal[before:]))


def test_an_answer_says_what_happened_units_together() -> None:
    room = Desk(first_incident=142)
    assert say_answer(answer(room, "n 打架 @漳州医院 / 急"), room.scene()).startswith("立警情 0142 打架")
    assert say_answer(answer(room, "d 3,7 142"), room.scene()) == "派 03、07 → 0142"
    assert say_answer(answer(room, "os 3,7"), room.scene()) == "03、07 到场 0142"
    said = say_answer(answer(room, "cl 142 调解"), room.scene(language="en"))
    assert said == "03, 07 cleared 0142; 0142 handled: mediated"


def test_what_was_taken_back_is_said_with_what_holds_again() -> None:
    room = Desk(first_incident=142)
    room.do(room.command("n 打架 @F7"))
    room.do(room.command("d 3 142"))
    assert say_answer(answer(room, "u"), room.scene()) == "撤销上一步：0142 待派、03"


def test_an_answer_that_changed_nothing_says_so() -> None:
    assert say_answer(Answer("c1", 7), Desk().scene()) == "没有变化"
    assert say_answer(Answer("c1", 7), Desk().scene(language="en")) == "nothing to change"


@pytest.mark.parametrize("code", sorted(SENTENCES))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_can_be_said_with_what_to_do_instead(code: str, language: str) -> None:
    names = {
        name
        for words in (SENTENCES[code].why, SENTENCES[code].instead)
        for text in (words.zh, words.en)
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    refusal = Refusal(code, tuple((name, "x\x1b[31m") for name in sorted(names)))
    said = say_answer(Answer("c1", 7, refusal=refusal), at_desk(language))
    assert said.startswith("未执行：" if language == "zh" else "Not done: ")
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("actor", "zh", "en"),
    [
        (Actor("03", unit_seat("03"), Duty.UNIT, "drill"), "警力03", "unit 03"),
        (Actor("", "exchange", Duty.GATEWAY, "drill"), "总机", "exchange"),
        (Actor("教官", "trainer", Duty.TRAIN, "drill"), "教官", "trainer"),
        (Actor("李", "03", Duty.DISPATCH, "keyboard"), "席位03 李", "desk 03 李"),
    ],
)
def test_whoever_speaks_is_named_as_a_person_would(actor: Actor, zh: str, en: str) -> None:
    scene = Desk().scene()
    assert (actor_words(actor, scene), actor_words(actor, replace(scene, language="en"))) == (zh, en)
    told = Refusal("report_taken", (("report", "r1"), ("desk", actor.desk), ("person", actor.person)))
    assert f"已由{zh} 接起" in told.sentence("zh")
    assert f"answered by {en}" in told.sentence("en")


def test_who_did_it_is_named_and_the_core_is_the_system() -> None:
    room = Desk()
    entry = f.Entry(1, room.now, SYSTEM, "t1", f.AlarmRaised(AlarmKind.UNDISPATCHED, of_incident(141), "", 2, 0, 0))
    assert tell(entry, room.scene()).endswith("系统 警报：待派超时 0141")
    assert "desk 04 Wang" in tell(f.Entry(1, room.now, WANG, "c", f.IncidentClosed(7, 0)), room.scene(language="en"))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("undispatched:incident:141", "待派超时 0141"),
        ("unsigned:incident:141:07", "未签收 0141 07"),
        ("emergency:unit:07:07", "紧急求助 07"),
        ("unanswered:report:17", "未接 r17"),
        ("of_another_version:thing:1", "of_another_version:thing:1"),
        ("", ""),
    ],
)
def test_an_alarm_is_named_even_when_it_is_gone(key: str, said: str) -> None:
    assert alarm_key_words(key, at_desk("zh")) == said


# -- describing ------------------------------------------------------------------------------------------------------


def test_an_incident_is_described_with_every_time_person_and_desk() -> None:
    room = Desk(first_incident=142)
    for line in ("n 打架 @漳州医院 / 两人持刀", "d 3 142", "ack 3", "er 3", "os 3", "cl 3 调解 / 和解"):
        room.type(line)
    lines = describe(of_incident(142), room.scene())
    assert lines[0] == "0142 打架 东铺头网格 F7"
    assert "处置结果：调解" in lines
    (unit,) = [line for line in lines if line.startswith("03 ")]
    for word in ("派 ", "签收 ", "出警 ", "到场 ", "离开 "):
        assert word in unit
    assert "接警起 0:04，派警起 0:03" in unit
    assert sum("席位03 Li" in line for line in lines) >= 7
    assert any("stage: handled" in line for line in describe(of_incident(142), room.scene(language="en")))


def test_a_unit_and_a_report_are_described_and_what_is_not_there_is_nothing() -> None:
    room = Desk(first_incident=142)
    room.do(c.ReceiveReport(Channel.PHONE, contact="13912342207", text="\x1b[31mred"))
    room.do(c.SetStatus(("03",), UnitStatus.OUT_OF_SERVICE, "轮胎"))
    assert any("停用 轮胎" in line for line in describe(of_unit("03"), room.scene()))
    report = describe(room.read("show r1").query.subject, room.scene())  # type: ignore[union-attr]
    assert any("␛[31mred" in line for line in report)
    assert "13912342207" not in "\n".join(report)
    for subject in (of_incident(999), of_unit("99")):
        assert describe(subject, room.scene()) == ()
        assert title(subject, room.scene()) in ("0999", "99")
