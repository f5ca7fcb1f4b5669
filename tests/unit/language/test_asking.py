"""Help, completion, finding and the printed page: all made from the same tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.reading_desk import desk
from tests.support.scenes import Desk, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import of_incident, of_report, of_unit
from zz110_tui.core.incidents import Channel
from zz110_tui.language.complete import MOST_COMPLETIONS, complete
from zz110_tui.language.finding import find
from zz110_tui.language.guessing import with_verb
from zz110_tui.language.helping import TOPICS, help_text
from zz110_tui.language.manpage import manpage
from zz110_tui.language.manual import manual
from zz110_tui.language.usage import usage
from zz110_tui.language.verb import Verb
from zz110_tui.language.verbs import VERBS

DOCS = Path(__file__).resolve().parents[3] / "docs"

# -- the printed page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "name"), [("en", "language.md"), ("zh", "language.zh-CN.md")])
def test_the_page_is_current(language: str, name: str) -> None:
    said = f"python -m zz110_tui.language.manual {language} > docs/{name}"
    assert (DOCS / name).read_text(encoding="utf-8") == manual(language), said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_has_every_name_of_every_verb(language: str) -> None:
    page = manual(language)
    for verb in VERBS:
        for name in verb.names:
            assert name in page


# -- help ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_lists_every_verb(language: str) -> None:
    text = help_text("", desk().scene(language=language))
    for verb in VERBS:
        assert verb.does.in_(language) in text
        name = re.escape(verb.zh if language == "zh" else verb.long)
        assert re.search(rf"^  {re.escape(verb.short)} +{name}\s", text, re.MULTILINE)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.key)
def test_help_on_a_verb_shows_how_it_is_written_by_any_of_its_names(verb: Verb) -> None:
    texts = {help_text(name, desk().scene()) for name in verb.names}
    assert len(texts) == 1
    (text,) = texts
    assert usage(verb, "zh") in text
    assert all(example in text for example in verb.examples)


@pytest.mark.parametrize(("topic", "table"), [("n", "types"), ("cl", "dispositions"), ("tr", "receivers")])
def test_a_verb_that_needs_a_table_shows_it(topic: str, table: str) -> None:
    scene = desk().scene()
    assert help_text(table, scene) in help_text(topic, scene), "the refusals send people here"


def test_the_tables_have_all_that_can_be_typed() -> None:
    scene = desk().scene()
    types = help_text("types", scene)
    assert all(kind.words.zh in types and code in types for code, kind in rulebook().types.items())
    assert "到场未见" in help_text("dispositions", scene)
    assert "误录" not in help_text("dispositions", scene), "the core gives that one"
    assert "12345" in help_text("去向", scene)


def test_help_on_a_type_has_its_questions_steps_and_plan() -> None:
    text = help_text("持刀伤人", desk().scene())
    kind = rulebook().types["knife_attack"]
    assert all(question.words.zh in text for question in kind.questions)
    assert all(step.words.zh in text for step in kind.checklist)
    assert "突击小队 1" in text
    assert "knife attack" in help_text("knife_attack", desk().scene(language="en"))


@pytest.mark.parametrize("topic", [*TOPICS, "地点", "字段", "nothing like it", "\x1b[31m"])
def test_help_on_anything_says_something_harmless(topic: str) -> None:
    for language in ("zh", "en"):
        text = help_text(topic, desk().scene(language=language))
        assert text
        assert "\x1b" not in text


def test_an_agencys_own_names_are_in_the_help() -> None:
    assert "派车" in help_text("d", desk().scene(aliases={"派车": "dispatch"}))


# -- completion ------------------------------------------------------------------------------------------------------


def words(line: str, cursor: int | None = None, **more: object) -> list[str]:
    found = complete(line, len(line) if cursor is None else cursor, desk().scene(**more))
    return [completion.word for completion in found]


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("dis", ["dispatch", "dispatch-enroute", "dispatch-onscene"]),
        ("派", ["派警", "派出警", "派到场"]),
        ("n 打", ["打架", "斗殴"]),
        ("n daj", ["打架"]),
        ("cl 05 调", ["调解"]),
        ("cl 05 d=调", ["d=调解"]),
        ("tr 142 12", ["12345 热线"]),
        ("d 3,1", ["3,10", "3,11"]),
        ("h ", ["0142"]),
        ("h 142 ", ["10m", "30m", "1h"]),
        ("up 142 p=", ["p=1", "p=2"]),
        ("cb 138 ", ["满意", "不满意"]),
        ("a ", ["r17"]),
        ("split ", ["0143"]),
        ("? t", ["types"]),
        ("rp 微", ["微信"]),
        ("take ", ["emergency:unit:05:05"]),
        ("mv 7 P0", ["P01"]),
    ],
)
def test_the_word_at_the_cursor_is_completed(line: str, first: list[str]) -> None:
    found = [word.strip('"') for word in words(line)]
    assert [word for word in found if word in first] == first or found[: len(first)] == first, found


def test_a_place_is_completed_from_the_map() -> None:
    assert "@新华西路" in words("n 打架 @新华西")
    assert "@漳州医院" in words("n 打架 @zzyy")
    assert "at=漳州医院" in words("n 打架 at=zzyy")


def test_what_is_still_empty_comes_first_and_free_units_before_busy_ones() -> None:
    assert "调解" in words("cl 05 ")[:5]
    offered = words("d ")
    assert "05" not in offered[:5], "05 is on the scene of 0139"
    assert "0142" in offered


def test_a_completion_is_the_whole_line_with_the_cursor_after_the_word() -> None:
    (done,) = [x for x in complete("n 打 @F7 / x", 3, desk().scene()) if x.word == "打架"]
    assert (done.line, done.cursor) == ("n 打架 @F7 / x", 4)
    (done,) = [x for x in complete("n 打", 3, desk().scene()) if x.word == "打架"]
    assert (done.line, done.cursor) == ("n 打架 ", 5)


@pytest.mark.parametrize("line", ["nt 142 / 打", "d 142 /", "nothing 1", "x" * 9_000, "n \x1b", 'n @"新'])
def test_there_is_nothing_to_complete_in_free_text_or_nonsense(line: str) -> None:
    found = complete(line, len(line), desk().scene())
    assert all("\x1b" not in completion.words for completion in found)
    if "/" in line or line.startswith(("nothing", "xx")):
        assert found == ()


def test_completions_are_few() -> None:
    for line in ("", "n ", "d ", "cl ", "find ", "n @新"):
        for cursor in (-5, 0, len(line), 99):
            assert len(complete(line, cursor, desk().scene())) <= MOST_COMPLETIONS


# -- finding ---------------------------------------------------------------------------------------------------------


def test_incidents_reports_units_and_places_are_found_by_any_of_their_words() -> None:
    room = Desk(first_incident=142)
    room.open(text="两人持刀")
    room.do(c.ReceiveReport(Channel.WECHAT, caller="李小明", contact="13912342207", text="吵架"))
    scene = room.scene()

    def subjects(text: str) -> list[object]:
        return [found.subject for found in find(text, scene) if found.subject]

    assert of_incident(142) in subjects("打架")
    assert of_incident(142) in subjects("fight")
    assert of_incident(142) in subjects("胜利路 持刀")
    assert of_incident(142) in subjects("42")
    assert of_incident(142) not in subjects("胜利路 吵架")
    assert of_report(2) in subjects("2207")
    assert of_report(2) in subjects("r2")
    assert of_unit("03") in subjects("03")
    assert any(found.place for found in find("漳州医院", scene))
    assert find("   ", scene) == ()
    assert len(find("路", scene, limit=3)) == 3


def test_what_is_found_is_masked() -> None:
    room = Desk()
    room.do(c.ReceiveReport(Channel.PHONE, caller="李小明", contact="13912342207"))
    (found,) = [found for found in find("13912342207", room.scene()) if found.subject]
    assert "139****2207" in found.words
    assert "李小明" not in found.words


# -- a recalled line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "verb", "changed"),
    [
        ("d 3,7 142 / 小心", "de", "de 3,7 142 / 小心"),
        ("  d 3 142", "x", "x 3 142"),
        ("d", "os", "os"),
        ("", "d", "d "),
    ],
)
def test_a_recalled_line_takes_another_verb(line: str, verb: str, changed: str) -> None:
    assert with_verb(line, verb) == changed


@pytest.mark.parametrize(("language", "name"), [("en", "zz110-language.7"), ("zh", "zz110-language.zh_CN.7")])
def test_the_manual_page_is_current_and_safe_for_man(language: str, name: str) -> None:
    page = manpage(language)
    assert (DOCS / name).read_text(encoding="utf-8") == page, (
        f"python -m zz110_tui.language.manpage {language} > docs/{name}"
    )
    for verb in VERBS:
        assert all(name.replace("-", r"\-") in page for name in verb.names)
    commands = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert commands <= {".TH", ".SH", ".TP", ".B", ".br", r".\""}
