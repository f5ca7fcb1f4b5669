"""Every keymap that ships: each key does something that can be seen, and no key leaves a state without a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.station.stage import SMALL, Stage, stage
from zz110_tui.config.bundled import bundled
from zz110_tui.core.alarms import of_incident
from zz110_tui.station.ui import Page

SHIPPED = sorted(path.stem for path in bundled("keymaps").glob("*.toml"))


def seen(desk: Stage) -> tuple[object, ...]:
    """What a person could notice."""
    return desk.text(), desk.desk.editor.text, desk.desk.board.position, desk.app.return_code


async def press(desk: Stage, *keys: str) -> None:
    """As the terminal sends them, without a paint after each."""
    for key in keys:
        desk.app.press(key, key if len(key) == 1 else None)
    await desk.settle()


async def with_work(desk: Stage) -> None:
    await desk.enter("n 打架 @胜利路x延安路 / 两人")
    await desk.enter("n 抢劫 @漳州医院")


def test_the_keymaps_promised_are_shipped() -> None:
    assert set(SHIPPED) == {"default", "cad", "vim", "left"}


@pytest.mark.parametrize("name", SHIPPED)
async def test_every_key_does_something_that_is_seen(name: str) -> None:
    async with stage(keymap=name) as desk:
        await with_work(desk)
        for binding in desk.desk.setup.keymap.bindings:
            if binding.action in ("quit", "redraw"):
                continue
            # From the middle of the list, so that both ways are open.
            desk.desk.ui.selected = None
            await press(desk, "escape", "escape", "escape")
            before = seen(desk)
            await press(desk, binding.key)
            assert seen(desk) != before, (name, binding.key, binding.line)


@pytest.mark.parametrize("name", SHIPPED)
async def test_from_every_page_escape_leads_back_to_an_empty_line(name: str) -> None:
    async with stage(SMALL, keymap=name) as desk:
        await with_work(desk)
        for binding in desk.desk.setup.keymap.bindings:
            if binding.action == "quit":
                continue
            await press(desk, binding.key)
            await press(desk, "escape", "escape", "escape")
            assert (desk.page(), desk.desk.editor.text) == (Page.DESK, ""), binding.key


async def test_the_command_mode_is_seen_entered_and_left() -> None:
    async with stage(keymap="vim") as desk:
        await with_work(desk)
        await press(desk, "escape")
        assert desk.desk.ui.commanding
        assert "键" in desk.lines()[-2]
        desk.desk.ui.selected = None
        await press(desk, "j", "j")
        assert desk.desk.ui.selected == of_incident(1)
        await press(desk, "g", "g")
        assert desk.desk.ui.selected == of_incident(2)
        await press(desk, "i")
        await desk.type("j")
        assert desk.desk.editor.text == "j"


async def test_half_a_sequence_says_how_it_may_go_on() -> None:
    async with stage(keymap="vim") as desk:
        await press(desk, "escape", "g")
        assert "g g :first" in desk.said()
        await press(desk, "escape")
        assert desk.desk.ui.pressed == ()


async def test_what_begins_no_sequence_is_typed_and_nothing_is_lost() -> None:
    async with stage(keymap="vim") as desk:
        await press(desk, "escape")
        await desk.type("gw打架")
        assert desk.desk.editor.text == "gw打架"
        assert not desk.desk.ui.commanding


async def test_a_keymap_without_one_has_no_command_mode() -> None:
    async with stage() as desk:
        await press(desk, "escape")
        await desk.type("jj")
        assert desk.desk.editor.text == "jj"


async def test_every_sequence_does_something_that_is_seen() -> None:
    async with stage(keymap="vim") as desk:
        await with_work(desk)
        for binding in desk.desk.setup.keymap.sequences:
            if binding.action in ("quit", "insert"):
                continue
            await press(desk, "escape", "escape", "escape")
            desk.desk.ui.selected = of_incident(2) if binding.argument or binding.line == "G" else None
            desk.desk.ui.map.scale = 20.0
            desk.app.paint_now()
            before = seen(desk)
            await press(desk, "escape", *binding.key.split(" "))
            assert seen(desk) != before, binding.key


LEFT_HAND = {*(f"f{n}" for n in range(1, 8)), *(f"ctrl+{letter}" for letter in "qwertasdfgzxcvb")}


async def test_the_left_hand_takes_a_call_and_answers_its_questions_alone() -> None:
    """What a call needs, the form among it, is reached while the right hand holds the handset."""
    async with stage(keymap="left") as desk:
        bound = {binding.line: binding.key for binding in desk.desk.setup.keymap.bindings}
        needed = (
            "a",
            "n ",
            "d .",
            ":pane detail",
            "q y",
            "q n",
            "q skip",
            ":choose down",
            ":take-alarm",
            "nt . / ",
            "u",
        )
        assert {bound[line] for line in needed} <= LEFT_HAND
        await desk.enter("n 打架 @F7 / 两人")
        asked = desk.desk.room.rules.types["fight"].questions
        first = next(i for i, question in enumerate(asked, 1) if question.yes_no)
        await press(desk, bound[":pane detail"], *[bound[":choose down"]] * first)
        assert desk.desk.ui.chosen is not None
        assert desk.desk.ui.chosen.question == first
        await press(desk, bound["q y"])
        assert [answer.question for answer in desk.incident(1).answers] == [asked[first - 1].code]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_keymap_says_what_its_keys_are_called(name: str) -> None:
    import tomllib

    data = tomllib.loads(Path(bundled("keymaps", f"{name}.toml")).read_text(encoding="utf-8"))
    assert set(data["labels"]) == set(data["keys"])


async def test_a_keymap_is_chosen_by_name_and_no_path_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(bundled("keymaps", "vim.toml").read_text("utf-8"), "utf-8")
    async with stage() as desk:
        for name in (str(path), "../keymaps/vim.toml", "/etc/passwd"):
            await desk.enter(f":keymap {name}")
            assert "cad default left vim" in desk.said()
            assert desk.desk.setup.keymap.name == "default"
            await press(desk, "escape")
