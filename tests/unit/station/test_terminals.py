"""What is known of a terminal by its name, its locale, and by what it answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zz110_tui.config.bundled import bundled
from zz110_tui.config.themes import Depth, Role, load_theme
from zz110_tui.core.trouble import Trouble
from zz110_tui.station.glyphs import Tier, shown
from zz110_tui.station.looks import Looks, depth_for
from zz110_tui.station.term.appearance import Looks as Appearances
from zz110_tui.station.term.terminal import Terminal, encoding_for, terminal_for
from zz110_tui.station.term.widths import PROBED, question, tier_of

UTF8 = {"TERM": "xterm-256color", "LANG": "zh_CN.UTF-8"}


def known(environment: dict[str, str], **settings: str) -> Terminal:
    usual = {"encoding": "auto", "glyphs": "auto", "terminal": "auto", "bandwidth": "auto"}
    return terminal_for(**{**usual, **settings}, environment=environment)


def test_a_terminal_of_today_is_asked_about_widths_and_told_apart_from_old_ones() -> None:
    assert known(UTF8).probes
    assert known(UTF8).asks
    assert not known(UTF8, glyphs="full").probes, "the user has said it"
    assert not known({**UTF8, "TERM": "linux"}).probes
    assert not known({**UTF8, "LANG": "C"}).probes


def test_a_plain_terminal_is_asked_nothing() -> None:
    plain = known(UTF8, terminal="plain")
    assert not plain.asks
    assert not plain.probes
    assert not plain.links


@pytest.mark.parametrize("name", ["", "dumb", "unknown"])
def test_a_terminal_that_cannot_place_a_cursor_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(Trouble) as trouble:
        known({**UTF8, "TERM": name})
    assert "TERM=xterm" in trouble.value.remedy
    assert trouble.value.exit_code == 69


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [
        ("zh_CN.UTF-8", "utf-8"), ("zh_CN.GB18030", "gb18030"), ("zh_CN.gbk", "gb18030"), ("zh_CN.GB2312", "gb18030"),
        ("C", "utf-8"), ("zh_CN.gb18030@pinyin", "gb18030"),
    ],
)  # fmt: skip
def test_the_encoding_is_the_locales_unless_somebody_says_it(locale: str, encoding: str) -> None:
    assert encoding_for("auto", {"LANG": locale}) == encoding
    assert encoding_for("utf-8", {"LANG": locale}) == "utf-8"
    assert encoding_for("gb18030", {"LANG": "C.UTF-8"}) == "gb18030"


def test_a_vt100_can_only_switch_all_attributes_off() -> None:
    assert not known({**UTF8, "TERM": "vt100"}).partial
    assert known({**UTF8, "TERM": "linux"}).partial
    looks = Appearances(partial=False)
    theme = Looks(load_theme(bundled("themes", "night.toml")), Depth.NONE)
    styles = [looks.number(theme[role]) for role in Role]
    for before in styles:
        for after in styles:
            for sequence in looks.change(before, after).split("\x1b")[1:]:
                assert not {"22", "23", "24", "27", "29"} & set(sequence[1:-1].split(";"))


@pytest.mark.parametrize("name", ["night", "day", "sixteen", "high-contrast"])
def test_eight_colours_have_no_bright_one_and_none_hides_in_its_ground(name: str) -> None:
    theme = load_theme(bundled("themes", f"{name}.toml"))
    assert depth_for("auto", {"TERM": "linux"}) is Depth.C8
    for role in Role:
        style = Looks(theme, Depth.C8)[role]
        for colour in (style.color, style.bgcolor):
            assert colour is None or colour.number is None or colour.number < 8
        assert style.color is None or style.color != style.bgcolor
    assert Appearances().number(Looks(theme, Depth.C8)[Role.DANGER]) != 0


@pytest.mark.parametrize(
    ("columns", "tier"),
    [
        ((1, 1, 1, 1, 2, 1), Tier.FULL),
        ((2, 2, 2, 2, 2, 1), Tier.NARROW),
        ((1, 1, 2, 1, 2, 1), Tier.NARROW),
        ((1, 1, 1, 1, 2, 2), Tier.GB),
        ((3, 3, 3, 3, 3, 3), Tier.ASCII),
        ((1, 1, 1, 1, 1, 1), Tier.ASCII),
    ],
)
def test_widths_choose_the_tier(columns: tuple[int, ...], tier: Tier) -> None:
    assert len(columns) == len(PROBED)
    assert tier_of(columns) is tier


def test_the_question_leaves_nothing_on_the_screen() -> None:
    asked = question()
    assert asked.endswith("\x1b[2K")
    assert asked.count("\x1b[6n") == len(PROBED)
    assert "$p" not in asked


def test_a_gb_terminal_gets_only_ascii_and_what_takes_two_bytes() -> None:
    made = shown("警情 → 0142 … ⠿ 路–é①", Tier.GB)
    assert made == "警情 > 0142 ~ ? 路-??"
    for letter in made:
        assert letter.isascii() or len(letter.encode("gb18030")) == 2
    assert replace(Terminal(), encoding="gb18030").encoding == "gb18030"
