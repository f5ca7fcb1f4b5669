"""The desk's own words: each in both languages, with the same places for values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.units import UnitKind, UnitStatus
from zz110_tui.station.views.cells import width
from zz110_tui.station.words import KIND_CODE, STAGE_CODE, STATUS_CODE, WORDS

ROOM = Path(__file__).parents[3] / "zz110_tui" / "station"


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_take_the_same_values(key: str) -> None:
    words = WORDS[key]
    assert words.zh
    assert words.en
    assert sorted(re.findall(r"{(\w+)}", words.zh)) == sorted(re.findall(r"{(\w+)}", words.en))


def test_every_word_is_used_and_every_used_word_exists() -> None:
    sources = "\n".join(
        path.read_text("utf-8") for path in ROOM.rglob("*.py") if path.name not in ("words.py", "words_next.py")
    )
    chosen = tuple(re.findall(r'say\(f"(\w+_)\{', sources))
    """Keys of which the last part is chosen while the desk runs."""
    used = {key for key in WORDS if re.search(rf"""["']{key}["']""", sources) or (chosen and key.startswith(chosen))}
    suffixed = {key for key in WORDS if key.removesuffix("_short") in used}
    assert set(WORDS) - used - suffixed == set()


def test_codes_are_two_letters_or_two_characters_and_all_different() -> None:
    for table, members in ((STAGE_CODE, AssignmentStage), (STATUS_CODE, UnitStatus)):
        assert set(table) == set(members)
    codes = [*STAGE_CODE.values(), *STATUS_CODE.values()]
    assert {width(code.zh) for code in codes} == {4}
    assert {len(code.en) for code in codes} == {2}
    assert len({code.en for code in codes}) == len({code.zh for code in codes}) == len(codes)
    assert set(KIND_CODE) == set(UnitKind)
    for language in ("zh", "en"):
        assert len({words.in_(language) for words in KIND_CODE.values()}) == len(UnitKind)
