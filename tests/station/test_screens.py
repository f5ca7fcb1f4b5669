"""Every screen exactly as it was when somebody last looked at it: as text at three sizes in Chinese, English and ASCII,
and as pictures in three themes.

``python -m tools.screenshots`` writes them again; look at what changed before you commit it.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from rich.cells import cell_len

from tools.screenshots import (
    GOLDENS,
    PICTURES,
    SHOTS,
    SIZES,
    THEMES,
    TONGUES,
    Look,
    Shot,
    manual,
    name_of,
    picture_of,
    pictures,
    take,
    texts,
)
from zz110_tui.station.ui import Page

_TEXTS = [pytest.param(*each, id=name_of(*each)) for each in texts()]
_PICTURES = [pytest.param(*each, id=name_of(*each, picture=True)) for each in pictures()]
_MANUAL = [pytest.param(*each, id=picture_of(*each)) for each in manual()]


@pytest.mark.parametrize(("shot", "look"), _TEXTS)
async def test_a_screen_is_as_it_was(shot: Shot, look: Look) -> None:
    _, text = await take(shot, look)
    assert text == (GOLDENS / name_of(shot, look)).read_text("utf-8")
    columns, height = SIZES[look.size]
    lines = text.splitlines()
    assert len(lines) <= height
    assert max(cell_len(line) for line in lines) <= columns
    assert look.tongue != "ascii" or text.isascii()


@pytest.mark.parametrize(("shot", "look"), _PICTURES)
async def test_a_picture_is_as_it_was_and_a_theme_changes_no_letter(shot: Shot, look: Look) -> None:
    svg, text = await take(shot, look)
    assert svg == (GOLDENS / name_of(shot, look, picture=True)).read_text("utf-8")
    assert text == (GOLDENS / name_of(shot, look)).read_text("utf-8")


@pytest.mark.parametrize(("shot", "look"), _MANUAL)
async def test_the_pictures_of_the_manual_are_of_today(shot: Shot, look: Look) -> None:
    svg, _ = await take(shot, look)
    assert svg == (PICTURES / picture_of(shot, look)).read_text("utf-8")


def test_every_page_that_there_is_has_its_goldens() -> None:
    missing = [page for page in Page if page not in {shot.page for shot in SHOTS}]
    assert not missing, "add a Shot to tools/screenshots.py, or a row to station/screens.py"
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


def test_each_screen_is_pictured_in_every_size_tongue_and_theme_and_all_pairs_occur() -> None:
    every = {"size": set(SIZES), "tongue": set(TONGUES), "theme": set(THEMES)}
    looks = list(pictures())
    for shot in SHOTS:
        mine = [look for other, look in looks if other is shot]
        assert {what: {getattr(look, what) for look in mine} for what in every} == every
    for one, other in combinations(every, 2):
        pairs = {(getattr(look, one), getattr(look, other)) for _, look in looks}
        assert len(pairs) == len(every[one]) * len(every[other])


def test_no_golden_is_left_over_from_a_screen_that_is_gone() -> None:
    names = {name_of(*each) for each in texts()} | {name_of(*each, picture=True) for each in pictures()}
    assert {path.name for path in GOLDENS.iterdir()} == names
    assert {path.name for path in PICTURES.iterdir()} == {picture_of(*each) for each in manual()}


@pytest.mark.parametrize("tongue", TONGUES)
async def test_a_drill_cannot_be_mistaken_for_the_live_room(tongue: str) -> None:
    """The first cell and the prompt change word and mark, not only colour."""
    live = next(shot for shot in SHOTS if shot.name == "desk")
    drill = Shot("desk", live.page, live.keys, drill=True)
    _, text_live = await take(live, Look("small", tongue))
    _, text_drill = await take(drill, Look("small", tongue))
    assert text_drill.splitlines()[0] != text_live.splitlines()[0]
    assert "DRILL" in text_drill.splitlines()[0]
    assert "DRILL" not in text_live
    assert text_drill.splitlines()[-2].split(">")[0].strip()
    assert not text_live.splitlines()[-2].split(">")[0].strip()
