"""Every screen as text, at three sizes and in both languages, exactly as it was when somebody last looked at it.

``python -m tools.screenshots`` writes them again; look at what changed before you commit it.
"""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tools.screenshots import GOLDENS, PICTURED, PICTURES, SHOTS, SIZES, Shot, golden_name, take, wanted

_ALL = [pytest.param(*each, id=golden_name(*each)) for each in wanted()]


@pytest.mark.parametrize(("shot", "size", "language"), _ALL)
async def test_a_screen_is_as_it_was(shot: Shot, size: str, language: str) -> None:
    svg, text = await take(shot, size, language)
    name = golden_name(shot, size, language)
    assert text == (GOLDENS / f"{name}.txt").read_text("utf-8")
    if (shot.name, size) in PICTURED:
        assert svg == (PICTURES / f"{name}.svg").read_text("utf-8"), "the picture in the manual is out of date"
    columns, height = SIZES[size]
    lines = text.splitlines()
    assert len(lines) <= height
    assert max(cell_len(line) for line in lines) <= columns


def test_no_golden_is_left_over_from_a_screen_that_is_gone() -> None:
    names = {golden_name(*each) for each in wanted()}
    assert {path.stem for path in GOLDENS.glob("*.txt")} == names
    assert {path.stem for path in PICTURES.glob("*.svg")} <= names


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_drill_cannot_be_mistaken_for_the_live_room(language: str) -> None:
    """The first cell and the prompt change word and mark, not only colour."""
    live = next(shot for shot in SHOTS if shot.name == "desk")
    drill = Shot("desk", live.keys, drill=True)
    _, text_live = await take(live, "small", language)
    _, text_drill = await take(drill, "small", language)
    assert text_drill.splitlines()[0] != text_live.splitlines()[0]
    assert "DRILL" in text_drill.splitlines()[0]
    assert "DRILL" not in text_live
    assert text_drill.splitlines()[-2].split(">")[0].strip()
    assert not text_live.splitlines()[-2].split(">")[0].strip()
