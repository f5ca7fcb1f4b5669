"""A question mark anywhere explains the verb; a line's unit and incident can be kept for another verb."""

from __future__ import annotations

import pytest

from tests.support.reading_desk import desk
from zz110_tui.language.helping import help_text
from zz110_tui.language.parsed import Find, Help
from zz110_tui.language.retargeting import retarget
from zz110_tui.language.verbs import VERBS


@pytest.mark.parametrize("line", ["d ?", "d?", "d 3,7 142 ?", "派 ？", "d 3 zzz ?", "dispatch i=142 ?"])
def test_a_question_mark_at_any_point_explains_the_verb(line: str) -> None:
    parsed = desk().read(line, keys={"dispatch": "F8 d ."})
    assert parsed.ready
    assert parsed.query == Help("d")
    assert "派警；不写警力则派推荐的" in parsed.preview
    assert "d 3,7 42 / 嫌疑人持刀，注意安全" in parsed.preview
    assert "键 F8 d ." in parsed.preview


@pytest.mark.parametrize("verb", [v for v in VERBS if v.key != "help"], ids=lambda v: v.key)
def test_every_verb_explains_itself_and_nothing_is_sent(verb: object) -> None:
    for language in ("zh", "en"):
        parsed = desk().read(f"{verb.short} ?", language=language)  # type: ignore[attr-defined]
        assert parsed.query == Help(verb.short)  # type: ignore[attr-defined]
        assert parsed.command is None


def test_a_question_mark_in_what_is_searched_or_noted_is_a_letter() -> None:
    assert desk().read("find 谁 ?").query == Find("谁 ?")
    assert desk().read("nt 142 / 在哪里 ?").command is not None


def test_the_help_page_of_a_verb_names_its_key() -> None:
    assert "键 F8 d ." in help_text("d", desk().scene(keys={"dispatch": "F8 d ."}))
    assert "键 " not in help_text("d", desk().scene())


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("d 3,7 42 / 嫌疑人持刀", "03,07 0142"),
        ("cl 07 调解 / 双方和解", "07"),
        ("d u=3-5 i=142 stack=yes", "03,04,05 0142"),
        ("派03 142", "03 0142"),
        ("adv r17 / 已答", "r17"),
        ("n 打架 @F7", ""),
        ("find 142", ""),
        ("", ""),
        ("nonsense 3 142", ""),
    ],
)
def test_unit_and_incident_stay_and_everything_else_goes(line: str, kept: str) -> None:
    assert retarget(line, desk().scene()) == kept


def test_what_is_kept_is_read_with_the_new_verb() -> None:
    kept = retarget("d 5 139 / 小心", desk().scene())
    assert desk().read(f"nt {kept} / 已到").preview.startswith("备注 0139")
