"""Signs for every terminal: each tier has only what its terminals show, and no line changes its width."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zz110_tui.config.themes import Depth
from zz110_tui.station.glyphs import Tier, shown, tier_for
from zz110_tui.station.looks import depth_for

SAFE = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Mn", "Me", "Cn", "Co", "Zl", "Zp")), max_size=30)


@given(SAFE, st.sampled_from(list(Tier)))
def test_a_text_keeps_its_width_in_every_tier(text: str, tier: Tier) -> None:
    assert cell_len(shown(text, tier)) == cell_len(text)


@given(SAFE)
def test_the_ascii_tier_is_ascii(text: str) -> None:
    assert shown(text, Tier.ASCII).isascii()


@given(SAFE)
def test_the_narrow_tier_has_no_sign_of_unsure_width(text: str) -> None:
    assert not [letter for letter in shown(text, Tier.NARROW) if unicodedata.east_asian_width(letter) == "A"]


def test_the_marks_of_the_desk_have_stand_ins_that_can_be_told_apart() -> None:
    for sign in "…→·×":
        assert shown(sign, Tier.ASCII) != "?"


@pytest.mark.parametrize(
    ("env", "tier"),
    [
        ({"TERM": "linux", "LANG": "zh_CN.UTF-8"}, Tier.ASCII),
        ({"TERM": "xterm-256color", "LANG": "C"}, Tier.ASCII),
        ({"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}, Tier.FULL),
        ({"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}, Tier.NARROW),
        ({"TERM": "xterm-256color", "LC_ALL": "zh_CN.GB18030"}, Tier.GB),
    ],
)
def test_the_tier_is_found_from_the_surroundings(env: dict[str, str], tier: Tier) -> None:
    assert tier_for("auto", env) is tier
    assert tier_for("ascii", env) is Tier.ASCII


@pytest.mark.parametrize(
    ("env", "depth"),
    [
        ({"TERM": "xterm-256color"}, Depth.C256),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, Depth.TRUE),
        ({"TERM": "linux"}, Depth.C8),
        ({"TERM": "dumb"}, Depth.NONE),
        ({"TERM": "vt100"}, Depth.NONE),
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"}, Depth.NONE),
    ],
)
def test_the_depth_of_colours_is_found_from_the_surroundings(env: dict[str, str], depth: Depth) -> None:
    assert depth_for("auto", env) is depth
    assert depth_for("256", env) is Depth.C256
