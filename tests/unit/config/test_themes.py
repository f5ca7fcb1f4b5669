from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest

from zz110_tui.config.bundled import bundled
from zz110_tui.config.colours import contrast, nearest_256, rgb_of, rgb_of_256
from zz110_tui.config.themes import Colour, Depth, Role, Theme, load_theme, theme_problems
from zz110_tui.core.trouble import Trouble

SHIPPED = sorted(bundled("themes").glob("*.toml"))
IN_COLOUR = (Depth.TRUE, Depth.C256, Depth.C16)
FAINT = (Role.MAP_ROAD, Role.MAP_WATER, Role.MAP_GRID)
"""Lines of the map, not text."""


def rgb(colour: Colour, depth: Depth) -> tuple[int, int, int] | None:
    written = colour.at(depth)
    if not written:
        return None
    return rgb_of_256(int(written[6:-1])) if written.startswith("color(") else rgb_of(written)


def needed(theme: Theme, role: Role) -> float:
    """WCAG 2.2: 4.5 for text (AA), 7 for the theme that promises it (AAA), 3 for lines (1.4.11)."""
    if role in FAINT:
        return 3.0
    return 7.0 if theme.name == "high-contrast" else 4.5


def test_the_themes_promised_are_shipped() -> None:
    assert {path.stem for path in SHIPPED} == {"night", "day", "high-contrast", "colour-blind", "mono", "sixteen"}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_role_can_be_read_at_every_depth(path: Path) -> None:
    theme = load_theme(path)
    poor = {}
    for role in Role:
        for depth in IN_COLOUR:
            front, ground = rgb(theme.looks[role].colour, depth), rgb(theme.looks[role].ground, depth)
            if front and ground and contrast(front, ground) < needed(theme, role):
                poor[role.value, depth.value] = round(contrast(front, ground), 2)
    assert poor == {}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("depth", list(Depth))
def test_what_must_not_be_missed_looks_like_nothing_else(path: Path, depth: Depth) -> None:
    """In monochrome too: a drill is no live room, an alarm is no ordinary row."""
    theme = load_theme(path)
    styles = {role: theme.style(role, depth) for role in Role}
    assert styles[Role.DRILL] != styles[Role.LIVE]
    assert len({styles[role] for role in (Role.TEXT, Role.SELECTED, Role.ATTENTION, Role.DANGER)}) == 4


BLINDNESS = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""From linear RGB to linear RGB as such an eye sees it: Machado, Oliveira and Fernandes (2009), severity 1."""

TOLD_APART = 12.0
"""Difference in CIE L*a*b* (1976) at which two colours of text are not taken for each other; 2.3 can just be seen."""


def seen_by(colour: tuple[int, int, int], matrix: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """L*a*b* of a colour as a colour-blind eye sees it (D65)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    r, g, b = (min(1.0, max(0.0, sum(m * c for m, c in zip(row, linear, strict=True)))) for row in matrix)
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("blindness", list(BLINDNESS))
def test_the_colour_blind_theme_keeps_its_hues_apart_for_every_eye(blindness: str) -> None:
    theme = load_theme(bundled("themes", "colour-blind.toml"))
    groups = {
        "colour": (Role.TEXT, Role.MUTED, Role.FREE, Role.BUSY, Role.ROUTE, Role.ATTENTION),
        "ground": (Role.SELECTED, Role.DANGER, Role.DRILL),
    }
    alike = {}
    for part, roles in groups.items():
        labs = {}
        for role in roles:
            colour = rgb(getattr(theme.looks[role], part), Depth.TRUE)
            assert colour is not None
            labs[role.value] = seen_by(colour, BLINDNESS[blindness])
        for one, other in itertools.combinations(labs, 2):
            apart = math.dist(labs[one], labs[other])
            if apart < TOLD_APART:
                alike[one, other] = round(apart, 1)
    assert alike == {}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_without_colours_a_style_has_none(path: Path) -> None:
    theme = load_theme(path)
    for role in Role:
        words = theme.style(role, Depth.NONE).split()
        assert set(words) <= {"none", "bold", "dim", "underline", "reverse"}, role


def test_a_style_is_written_as_rich_reads_it() -> None:
    from rich.style import Style

    theme = load_theme(bundled("themes", "night.toml"))
    assert theme.style(Role.DANGER, Depth.TRUE) == "bold #ffffff on #b3202c"
    assert theme.style(Role.DANGER, Depth.C16) == "bold bright_white on red"
    assert theme.style(Role.DANGER, Depth.NONE) == "bold reverse"
    for role in Role:
        for depth in Depth:
            Style.parse(theme.style(role, depth))


def test_a_theme_may_leave_the_colours_to_the_terminal() -> None:
    theme = load_theme(bundled("themes", "mono.toml"))
    assert {theme.style(Role.TEXT, depth) for depth in Depth} == {"none"}
    assert theme.style(Role.DANGER, Depth.TRUE) == "bold reverse"


@pytest.mark.parametrize(
    ("written", "index"), [("#000000", 16), ("#ffffff", 231), ("#ff0000", 196), ("#808080", 244), ("#0a0a0a", 232)]
)
def test_the_nearest_of_256(written: str, index: int) -> None:
    assert nearest_256(written) == index


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1


@pytest.mark.parametrize(
    ("old", "new", "key", "hint"),
    [
        ("text = {}\n", "", "roles.text", "text ="),
        ("text = {}", 'text = {}\ntxet = { colour = "red" }', "roles.txet", "text"),
        ('"#ffffff"', '"#fffff"', "roles.danger.colour", "#rrggbb"),
        ('"bright_white"', '"pink"', "colour", "bright_white"),
        ('"#ffffff", "bright_white"', '"#ffffff"', "roles.danger.colour", "bright_white"),
        ('mono = ["bold", "reverse"]', 'mono = ["blink"]', "roles.danger.mono", "bold"),
        ('mono = ["bold", "reverse"]', "mono = []", "roles.danger", "mono"),
        ("dark = true", 'dark = "yes"', "dark", "dark = true"),
        ('en = "Night"', 'en = "\\u001b[31m"', "words", "en ="),
        ("dark = true", "dark = true\nextends = 1", "extends", "ground"),
        ("[roles]", "[rules]", "roles", "night.toml"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_remedy(tmp_path: Path, old: str, new: str, key: str, hint: str) -> None:
    text = bundled("themes", "night.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    problem = next(problem for problem in theme_problems(path) if problem.key == key)
    assert hint in problem.remedy
    assert problem.line or key == "roles"
    with pytest.raises(Trouble) as raised:
        load_theme(path)
    assert "mine.toml" in raised.value.cause
    assert raised.value.cause.replace("\n", "").isprintable()


def test_a_theme_that_is_no_toml_is_a_trouble(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[roles\n", encoding="utf-8")
    with pytest.raises(Trouble, match=r"mine\.toml:1"):
        load_theme(path)
