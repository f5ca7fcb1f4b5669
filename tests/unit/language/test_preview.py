"""Under the line stands what Enter will do, in words, with the numbers that matter; or why it would be refused."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from tests.support.reading_desk import desk
from tests.support.room import LI
from tests.support.scenes import Desk, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.decide import decide
from zz110_tui.core.places import Point
from zz110_tui.core.recommend import Arrival
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.language.parsed import Status
from zz110_tui.language.refusing import refusal_words
from zz110_tui.language.words import minutes, percent


@dataclass(frozen=True)
class Sure:
    seconds: float
    chance: float

    def chance_within(self, limit_s: float, /) -> float:
        return self.chance


def travel(unit: Unit, to: Point) -> Arrival:
    return {"03": Sure(110, 0.97), "07": Sure(220, 0.88)}.get(unit.call_sign, Sure(400, 0.2))


def test_a_dispatch_says_who_where_and_when_with_its_chance() -> None:
    parsed = desk().read("d 3,7 42", travel=travel)
    assert parsed.preview.startswith("派 03、07 → 0142 打架 巷口网格 G8，预计 1:50 (97%)、3:40 (88%)")
    parsed = desk().read("d 3,7 42", travel=travel, language="en")
    assert parsed.preview.startswith("Send 03, 07 → 0142 fight Xiangkou Grid G8, expected 1:50 (97%), 3:40 (88%)")


def test_a_dispatch_says_which_grid_it_leaves_uncovered() -> None:
    assert "东岳网格 将无空闲警力" in desk().read("d 7 142").preview
    room = Desk(first_incident=142)
    room.open()
    assert "无空闲" not in room.read("d 3 142").preview, "04 is of the same grid and free"
    assert "新桥网格 将无空闲警力" in room.read("d 3,4 142").preview


PREVIEWS = [
    ("n 打架 @胜利路x延安路 / 持刀", "立警情 打架 2级 胜利路x延安路 巷口网格 G8 / 持刀", "Open fight, priority 2"),
    ("n 抢劫 @~小店", "立警情 抢劫 1级 小店；未定位", "Open robbery, priority 1, 小店; not on the map"),
    ("a", "接起 r17 电话 139****2207，已等", "Answer r17 phone 139****2207, waiting"),
    ("rp 微信 / 吵架", "登记待接报警 微信 / 吵架", "Enter a waiting report: WeChat / 吵架"),
    ("adv r18 / 已答", "结束 r18 电话 139****2207：咨询 / 已答", "End r18 phone 139****2207: advised / 已答"),
    ("can 142", "结束 0142 打架 巷口网格 G8：撤销", "End 0142 fight Xiangkou Grid G8: cancelled"),
    ("can 140", "；撤回 06、09", "; stands down 06, 09"),
    ("do 7 142", "派（已到场） 07 → 0142", "Send (already on scene) 07 → 0142"),
    ("d 5 142 stack=yes", "；05 续派（到场 0139 之后）", "; 05 stacked after on scene 0139"),
    ("x 05 07", "换警：07 接替 05 → 0139", "Exchange: 07 takes over from 05 → 0139"),
    ("x 05 06", "互换：06 → 0139 打架 巷口网格 G8，05 → 0140", "Swap: 06 → 0139 fight Xiangkou Grid G8, 05 → 0140"),
    ("os 6", "到场：06 → 0140 打架 巷口网格 G8", "On scene: 06 → 0140 fight Xiangkou Grid G8"),
    ("ok 5", "报平安：05 → 0139", "All well: 05 → 0139"),
    ("cl 5 调解 / 和解", "处毕：05 → 0139 打架 巷口网格 G8，调解 / 和解", "Clear: 05 → 0139 fight"),
    ("av 6", "撤回、恢复空闲：06（已派 0140）", "Make available: 06 (dispatched 0140)"),
    ("oos 6 / 故障", "停用：06；离开 0140 打架 巷口网格 G8 / 故障", "Out of service: 06; leaves 0140"),
    ("off 7", "下勤：07", "Off duty: 07"),
    ("mv 7", "07 移到 P07，约 ", "07 moves to P07, about "),
    ("up 142", "更正 0142 打架 巷口网格 G8：级别 2 → 1", "Correct 0142 fight Xiangkou Grid G8: priority 2 → 1"),
    ("am 142 盗窃 @漳州医院", "：类别 盗窃、地点 漳州医院", ": type theft, place 漳州医院"),
    ("nt 5 / 往北跑", "备注 0139 打架 巷口网格 G8（来自 05） / 往北跑", "Note on 0139 fight Xiangkou Grid G8 (from"),
    ("link 142 139", "关联 0142 打架 巷口网格 G8 → 0139", "Link 0142 fight Xiangkou Grid G8 → 0139"),
    ("link r17 142", "关联 r17 电话 139****2207 → 0142", "Link r17 phone 139****2207 → 0142"),
    ("split 143", "拆分 0143", "Split off 0143"),
    ("tr 142 12345 / 占道", "移交 0142 打架 巷口网格 G8 → 12345 热线 / 占道", "G8 → 12345 hotline"),
    ("fb 141 盗窃", "反馈 0141 打架 巷口网格 G8：盗窃", "Feed back 0141 fight Xiangkou Grid G8: theft"),
    ("cb 138 不满意", "回访 0138 打架 巷口网格 G8：不满意", "Call back 0138 fight Xiangkou Grid G8: not satisfied"),
    ("close 138", "办结 0138", "Close 0138"),
    ("reopen 137 / 又来", "重开 0137 打架 巷口网格 G8 / 又来", "Re-open 0137 fight"),
    ("sos 6", "紧急求助：06 → 0140", "emergency button: 06 → 0140"),
    ("take", "认领 紧急求助 05", "Take emergency button 05"),
    ("clr / 误触", "清除 紧急求助 05 ", "Clear emergency button 05"),
    ("undo", "撤销上一步：恢复 15", "Take back the last step: 15 as before"),
    ("find 打架", "查找 打架", "Find 打架"),
    ("show 142", "查看 0142 打架 巷口网格 G8", "Show 0142 fight"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "zh", "en"), PREVIEWS, ids=[line for line, *_ in PREVIEWS])
def test_each_line_says_what_it_will_do(line: str, zh: str, en: str) -> None:
    for language, words in (("zh", zh), ("en", en)):
        parsed = desk().read(line, language=language)
        assert parsed.ready, parsed
        assert words.casefold() in parsed.preview.casefold(), parsed.preview


def test_a_hold_says_until_when_by_the_wall_clock() -> None:
    room = desk()
    assert re.search(r"到 06:\d\d / x", room.read("h 142 10m / x").preview)
    assert "到 14:30" in room.read("h 142 14:30 / x").preview
    assert room.read("h 142 14:30 / x", timezone="Europe/London").preview.find("14:30") > 0


@pytest.mark.parametrize(
    "line", ["d 5 142", "d 15 142", "os 7", "cl 140 调解", "fb 142", "pre 5 142", "link 142 142", "can 139"]
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_core_would_refuse_is_said_before_enter_in_the_cores_own_words(line: str, language: str) -> None:
    room = desk()
    parsed = room.read(line, language=language)
    assert parsed.status is Status.WRONG
    assert parsed.command is not None
    refusal = decide(room.board, parsed.command, LI, room.now, rulebook())
    assert isinstance(refusal, Refusal)
    assert (parsed.preview, parsed.hint) == (refusal.sentence(language), refusal.remedy(language))


@pytest.mark.parametrize("line", [line for line, *_ in PREVIEWS])
def test_what_is_ready_is_what_the_core_accepts(line: str) -> None:
    room = desk()
    parsed = room.read(line)
    if parsed.command is not None:
        assert not isinstance(decide(room.board, parsed.command, LI, room.now, rulebook()), Refusal)


def test_the_times_in_a_refusal_are_those_of_the_wall_clock_of_the_room() -> None:
    room = desk()
    refusal = Refusal("bad_time", (("time", f"time:{room.now}"), ("after", "…")))
    why, _ = refusal_words(refusal, room.scene())
    assert room.scene().clock(room.now) in why
    assert "UTC" not in why
    odd = Refusal("bad_time", (("time", "time:soon"), ("after", "time:" + "9" * 40)))
    assert refusal_words(odd, room.scene())[0]


def test_letters_that_pass_for_others_are_pointed_out() -> None:
    parsed = desk().read("nt 142 / 车牌 闽Е12345")
    assert parsed.ready
    assert "Е (U+0415) ≠ E" in parsed.preview
    assert "look-alike" in desk().read("nt 142 / 闽Е12345", language="en").preview
    assert "≠" not in desk().read("nt 142 / 闽E12345").preview


def test_a_long_text_is_cut_in_the_preview_and_kept_in_the_command() -> None:
    text = "长" * 3_000
    parsed = desk().read(f"nt 142 / {text}")
    assert parsed.command == c.AddNote(142, text)
    assert len(parsed.preview) < 120
    assert "…" in parsed.preview
    assert desk().read(f"nt 142 / {text * 2}").status is Status.WRONG


def test_personal_data_are_masked_in_previews() -> None:
    room = Desk()
    room.type("rp c=李小明 tel=13912342207")
    parsed = room.read("a")
    assert "李** 139****2207" in parsed.preview
    assert "13912342207" not in parsed.preview


def test_no_unit_is_free_is_said_when_a_slip_is_opened() -> None:
    room = Desk()
    room.do(c.SetStatus(tuple(room.board.units), UnitStatus.OFF_DUTY))
    assert "没有空闲警力" in room.read("n 打架 @F7").preview


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (59.6, "1:00"), (110, "1:50"), (3_661, "1:01:01"), (-5, "0:00")]
)
def test_times_are_minutes_and_seconds(seconds: float, said: str) -> None:
    assert minutes(seconds) == said


@pytest.mark.parametrize(("chance", "said"), [(0, "0%"), (1, "100%"), (0.9996, "99%"), (0.0004, "1%"), (0.934, "93%")])
def test_only_what_is_certain_is_a_hundred_per_cent(chance: float, said: str) -> None:
    assert percent(chance) == said
