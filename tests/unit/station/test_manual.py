"""The manual page of the desk names every key and every action there is, and pictures that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.scenes import Desk
from zz110_tui.config.bundled import bundled
from zz110_tui.config.keymaps import load_keymap
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.language.verbs import verb_index
from zz110_tui.station.actions import ACTIONS

DOCS = Path(__file__).parents[3] / "docs"
PAGES = ("desk.md", "desk.zh-CN.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_key_of_the_default_keymap_is_in_the_manual(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    verbs = {name: verb.key for name, verb in verb_index().items()}
    names = {"pageup": "PgUp", "pagedown": "PgDn"}
    for binding in load_keymap(bundled("keymaps", "default.toml"), verbs, ACTIONS).bindings:
        key = names.get(binding.key, binding.key.upper() if binding.key[0] == "f" else binding.key)
        assert key in text
        assert f"`{binding.line}`" in text, binding.key


@pytest.mark.parametrize("page", PAGES)
def test_every_action_is_in_the_manual(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert not [name for name in ACTIONS if f":{name}" not in text]


@pytest.mark.parametrize("page", PAGES)
def test_its_pictures_and_links_exist(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (DOCS / target).exists(), target


@pytest.mark.parametrize(("page", "language"), [("desk.md", "en"), ("desk.zh-CN.md", "zh")])
def test_the_lines_about_matters_can_be_typed_as_they_stand(page: str, language: str) -> None:
    """The block after the list of letters, line by line; what is left open there as … is filled in."""
    block = next(b for b in (DOCS / page).read_text("utf-8").split("```") if b.strip().startswith("ord "))
    desk = Desk(language=language)
    for line in re.findall(r"(?:^|   )((?:ord|warn|msg|sup|led|cl e|cb e|close e)\b.*?)(?=   |$)", block, re.MULTILINE):
        desk.type(line.replace("…", "A"))
    assert {subject.kind for subject in desk.board.matters} >= {
        SubjectKind.ORDER,
        SubjectKind.WARNING,
        SubjectKind.MESSAGE,
        SubjectKind.SUPPORT,
        SubjectKind.LEDGER,
    }
