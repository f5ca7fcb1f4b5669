"""Help: made from the table of verbs, with the keys of the keymap that is on, searchable, and whole at 80 columns."""

from __future__ import annotations

import re

import pytest

from tests.station.stage import SMALL, Stage, gazetteer, rulebook, stage
from zz110_tui.config.bundled import bundled
from zz110_tui.config.keymaps import load_keymap
from zz110_tui.core.board import Board
from zz110_tui.language.helping import TOPICS, help_text
from zz110_tui.language.scene import Scene
from zz110_tui.language.verbs import VERBS, verb_index
from zz110_tui.station.actions import ACTIONS
from zz110_tui.station.views.cells import plain, row_width
from zz110_tui.station.views.pages import help_lines

KEYMAPS = sorted(path.stem for path in bundled("keymaps").glob("*.toml"))
PAGES = ["", *TOPICS, *(verb.short for verb in VERBS), "打架", "priority", "警报"]


def _scene(keymap: str, language: str) -> Scene:
    verbs = {name: verb.key for name, verb in verb_index().items()}
    keys = load_keymap(bundled("keymaps", f"{keymap}.toml"), verbs, ACTIONS).keys_of_verbs
    return Scene(Board(), rulebook(), 0, "03", language, gazetteer(), keys=keys)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("keymap", KEYMAPS)
def test_every_verb_is_there_with_its_key_under_the_keymap_that_is_on(keymap: str, language: str) -> None:
    scene = _scene(keymap, language)
    lines = help_text("", scene).splitlines()
    for verb in VERBS:
        (line,) = [one for one in lines if re.match(rf"  {re.escape(verb.short)} +\S", one)]
        assert verb.does.in_(language) in line
        if verb.key in scene.keys:
            assert scene.keys[verb.key].split(" ")[0] in line


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("topic", PAGES)
def test_nothing_is_cut_at_eighty_columns(topic: str, language: str) -> None:
    """Every word of letters stands whole on some row, no row is too wide, and nothing is left out."""
    text = help_text(topic, _scene("default", language))
    rows = help_lines(text, 80)
    assert all(row_width(row) <= 80 for row in rows)
    shown = [plain(row) for row in rows]
    words = set(re.findall(r"[A-Za-z0-9][\w.=/*'-]{0,60}", text, re.ASCII))
    assert [word for word in words if not any(word in row for row in shown)] == []
    assert "".join("".join(shown).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("word", "found"), [("警报", "take"), ("priority", "weigh"), ("调解", "clear"), ("打架斗", "")]
)
def test_any_word_can_be_asked_for(word: str, found: str) -> None:
    text = help_text(word, _scene("default", "en"))
    names = re.findall(r"^  \S+ +(\S+)", text, re.MULTILINE)
    if found:
        assert found in names
        assert len(names) < len(VERBS) // 2, "only what has to do with it"
    else:
        assert "there is no help on" in text


async def _whole(desk: Stage) -> str:
    seen = ""
    for _ in range(12):
        seen += desk.text()
        await desk.press("pagedown")
    return seen


async def test_on_the_page_of_a_small_window_everything_comes_into_sight() -> None:
    async with stage(SMALL, "en") as desk:
        await desk.press("f1")
        seen = await _whole(desk)
        assert all(verb.long in seen for verb in VERBS)
