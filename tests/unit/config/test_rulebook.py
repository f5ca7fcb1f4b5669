"""The rulebook: strict to read, complete as shipped, quick to load."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.effort import effort
from zz110_tui.config.bundled import bundled
from zz110_tui.config.problems import EXIT_CONFIG
from zz110_tui.config.rulebook import CORE_DISPOSITIONS, load_rulebook, with_limits
from zz110_tui.config.settings import Settings
from zz110_tui.core.rulebook import Category, Limits, Rulebook, Step, TurnOut, Words
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.units import UnitKind


@pytest.fixture(scope="module")
def shipped() -> Rulebook:
    return load_rulebook(bundled("rulebook"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped rulebook to spoil."""
    return Path(shutil.copytree(bundled("rulebook"), tmp_path / "rulebook"))


def spoil(folder: Path, file: str, old: str, new: str) -> Trouble:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Trouble) as caught:
        load_rulebook(folder)
    return caught.value


# -- what is shipped -------------------------------------------------------------------------------------------------


def test_some_sixty_types_in_the_four_classes_of_the_calibration_table(shipped: Rulebook) -> None:
    assert len(shipped.types) >= 45
    assert {kind.category for kind in shipped.types.values()} == set(Category)


WANTED = (
    "抢劫", "抢夺", "入室盗窃", "扒窃", "盗窃电动车", "诈骗", "电信诈骗", "故意伤害", "打架", "斗殴", "持刀伤人",
    "寻衅滋事", "赌博", "涉黄", "吸毒", "噪音扰民", "家庭暴力", "家庭纠纷", "邻里纠纷", "消费纠纷", "劳资纠纷",
    "交通事故", "交通拥堵", "酒驾", "火灾", "溺水", "自杀警情", "走失人员", "走失儿童", "精神病人肇事",
    "醉酒求助", "群众求助开锁", "拾到物品", "遗失物品", "动物伤人", "爆炸物", "聚众", "医闹", "可疑人员",
    "防盗报警", "举报", "咨询", "骚扰电话", "其他",
)  # fmt: skip


@pytest.mark.parametrize("name", WANTED)
def test_the_types_people_call_about_are_there(shipped: Rulebook, name: str) -> None:
    assert name in {kind.words.zh for kind in shipped.types.values()}


def test_every_type_can_be_asked_about_worked_through_and_typed(shipped: Rulebook) -> None:
    for kind in shipped.types.values():
        assert 1 <= kind.priority <= 4
        assert 3 <= len(kind.questions) <= 6, kind.code
        assert 3 <= len(kind.checklist) <= 6, kind.code
        assert all(
            words.zh and words.en for words in [*(s.words for s in kind.checklist), *(q.words for q in kind.questions)]
        )
        assert sum(turn.count for turn in kind.plan.first) >= 1
        latin = [alias for alias in kind.aliases if alias.isascii()]
        assert len(latin) >= 2, f"{kind.code} has no pinyin and initials"


def test_danger_to_life_is_priority_one_and_gets_two_units(shipped: Rulebook) -> None:
    for code in ("robbery", "knife_attack", "fire", "drowning", "missing_child"):
        kind = shipped.types[code]
        assert kind.priority == 1
        assert sum(turn.count for turn in kind.plan.first) == 2


@pytest.mark.parametrize("code", ["mediated", "settled_on_scene", "taken_to_station", "case_filed", "arrested"])
def test_the_dispositions_of_the_trade_are_there(shipped: Rulebook, code: str) -> None:
    assert code in shipped.dispositions


def test_what_counts_as_settled_on_scene(shipped: Rulebook) -> None:
    assert shipped.dispositions["mediated"].settled
    assert not shipped.dispositions["taken_to_station"].settled
    assert not any(shipped.dispositions[code].settled for code in CORE_DISPOSITIONS)


def test_a_slip_can_go_to_the_hotline_and_the_emergency_numbers(shipped: Rulebook) -> None:
    aliases = {alias for receiver in shipped.receivers.values() for alias in receiver.aliases}
    assert {"12345", "119", "120", "122", "市局", "龙海", "长泰"} <= aliases


def test_it_loads_faster_than_anybody_notices() -> None:
    folder = bundled("rulebook")
    assert effort(lambda: load_rulebook(folder)) < 150


# -- what is wrong is said -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("types.toml", "priority = 1", "priority = 5", "priority"),
        ("types.toml", "priority = 1", "priority = true", "priority"),
        ("types.toml", "priority = 1", "prioritaet = 1", "prioritaet"),
        ("types.toml", "category = 'criminal'", "category = 'crime'", "category"),
        ("types.toml", "zh = '抢劫'", "zh = ''", "zh"),
        ("types.toml", "zh = '抢劫'", 'zh = "抢\\u001b劫"', "zh"),
        ("types.toml", "zh = '抢劫'", "zh = '抢夺'", "robbery"),
        ("types.toml", "questions = 'where safe", "questions = 'whence safe", "whence"),
        ("types.toml", "checklist = 'vest", "checklist = 'west", "west"),
        ("types.toml", "first = { any = 2 }", "first = { some = 2 }", "some"),
        ("types.toml", "first = { any = 2 }", "first = { any = 0 }", "any"),
        ("types.toml", "first = { any = 2 }", "first = 2", "first"),
        ("types.toml", "aliases = '持械抢劫", "aliases = 7 #", "aliases"),
        ("types.toml", "[steps]", "[stepps]", "stepps"),
        ("types.toml", "where = ['具体位置、明显标志？', ", "where = [", "where"),
        ("types.toml", "weapon = { yes = 2 }", "weapon = { yes = 20 }", "weapon"),
        ("types.toml", "weapon = { yes = 2 }", "weapon = { maybe = 2 }", "weapon"),
        ("types.toml", "weapon = { yes = 2 }", "weapons = { yes = 2 }", "weapons"),
        ("types.toml", "how_many = { '5' = 1", "how_many = { 'five' = 1", "how_many"),
        ("dispositions.toml", "settled = true\n", "settled = 'yes'\n", "settled"),
        ("dispositions.toml", "settled = true\n", "setled = true\n", "setled"),
        ("dispositions.toml", "[entered_in_error]", "[entered_by_error]", "entered_in_error"),
        ("instructions.toml", "types = 'explosives'", "types = 'explosive'", "explosive"),
        ("instructions.toml", "types = 'explosives'", "types = ''", "types"),
        ("instructions.toml", "，{place}，{time}", "，{plaza}，{time}", "plaza"),
        ("instructions.toml", "，{place}，{time}", "，{place，{time}", "zh"),
        ("instructions.toml", "[hostage]", "[hostage]\nzn = 'x'", "zn"),
        ("patterns.toml", "robbery = [", "robery = [", "robery"),
        ("patterns.toml", "持刀+抢", "持刀++抢", "持刀"),
        ("patterns.toml", "'robbed robbery", "'ab robbery", "ab"),
        ("patterns.toml", "robbery = ['", "robbery = '", "patterns"),
        ("receivers.toml", "[fire_119]", "[fire_119]\nphone = '119'", "phone"),
        ("receivers.toml", "en = '119 fire brigade'", "", "en"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_entry(folder: Path, file: str, old: str, new: str, said: str) -> None:
    trouble = spoil(folder, file, old, new)
    assert trouble.exit_code == EXIT_CONFIG
    assert file in trouble.cause
    assert said in trouble.cause
    assert trouble.remedy
    assert "\x1b" not in str(trouble)


def test_the_line_to_mend_is_named(folder: Path) -> None:
    path = folder / "types.toml"
    line = path.read_text(encoding="utf-8").splitlines().index("[types.robbery]") + 5
    trouble = spoil(folder, "types.toml", "priority = 1", "priority = 9")
    assert f"types.toml:{line}:" in trouble.cause


def test_all_mistakes_are_said_at_once(folder: Path) -> None:
    path = folder / "dispositions.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("settled = true", "settled = 1"), encoding="utf-8")
    trouble = spoil(folder, "receivers.toml", "zh = '119 消防'", "zh = 119")
    assert trouble.cause.count("dispositions.toml") > 3
    assert "receivers.toml" in trouble.cause


def test_a_near_miss_of_a_key_is_suggested(folder: Path) -> None:
    assert "checklist" in spoil(folder, "types.toml", "checklist = 'vest", "cheklist = 'vest").remedy


@pytest.mark.parametrize("file", ["types.toml", "dispositions.toml", "receivers.toml"])
@pytest.mark.parametrize("content", [None, b"", b"[broken", b"\xff\xfe", b"a = 1", b"[types]\n", b"types = 3"])
def test_a_file_that_is_missing_empty_or_broken_is_trouble_and_no_crash(
    folder: Path, file: str, content: bytes | None
) -> None:
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(Trouble) as caught:
        load_rulebook(folder)
    assert file in caught.value.cause


def test_a_folder_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        load_rulebook(tmp_path / "nowhere")


# -- an agency's own -------------------------------------------------------------------------------------------------

MINE = """
[questions]
where = ['哪里？', 'Where?']
[steps]
go = ['去', 'Go']
[types.cat]
zh = '猫上树'
en = 'cat in a tree'
category = 'dispute_help'
priority = 4
aliases = ['救猫', 'mss']
questions = 'where'
checklist = ['go']
first = { any = 1, water_rescue = 1 }
third = { drone = 2 }
"""


def own_types(folder: Path, content: bytes) -> None:
    """Types without the patterns and plans that are about the shipped ones."""
    (folder / "types.toml").write_bytes(content)
    (folder / "patterns.toml").unlink()
    (folder / "instructions.toml").unlink()
    (folder / "plans.toml").unlink()


def test_an_agencys_own_types_are_read_as_written(folder: Path) -> None:
    own_types(folder, MINE.encode())
    cat = load_rulebook(folder).types["cat"]
    assert cat.words == Words("猫上树", "cat in a tree")
    assert cat.aliases == ("救猫", "mss")
    assert cat.checklist == (Step("go", Words("去", "Go")),)
    assert [q.code for q in cat.questions] == ["where"]
    assert cat.plan.first == (TurnOut(1), TurnOut(1, UnitKind.WATER_RESCUE))
    assert cat.plan.second == ()
    assert cat.plan.third == (TurnOut(2, UnitKind.DRONE),)


def test_a_byte_order_mark_is_no_mistake(folder: Path) -> None:
    own_types(folder, b"\xef\xbb\xbf" + MINE.encode())
    assert "cat" in load_rulebook(folder).types


def test_limits_come_from_the_settings(shipped: Rulebook) -> None:
    settings = Settings(hold=600)
    rules = with_limits(shipped, settings.limits_by_priority(), settings.hold * 1000)
    assert rules.limits_for(1) == settings.limits_by_priority()[1]
    assert rules.hold_ms == 600_000
    assert rules.types is shipped.types
    assert with_limits(shipped, {1: Limits(unsigned=1)}).hold_ms == shipped.hold_ms
