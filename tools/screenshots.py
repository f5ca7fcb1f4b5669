"""Every screen of the desk, drawn by the app itself: goldens for the tests, pictures for the manual.

``python -m tools.screenshots`` writes them all; a test says when they are out of date. ``tests/golden/screens`` holds

- the text of every screen at each size in each tongue (Chinese, English, English with nothing but ASCII): a theme
  changes no letter, which the pictures hold;
- for every screen three pictures (SVG) that have each size, each tongue and each of three themes once; over all
  screens every pair of them occurs.

A screen of ``station/screens.py`` without a shot here is added by its line; a page that is in neither fails a test.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from tools.screen_story import afternoon
from tools.svg import picture
from zz110_tui.config.themes import Depth
from zz110_tui.station.screens import SCREENS
from zz110_tui.station.term.profile import prepare
from zz110_tui.station.ui import Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screens"
GOLDENS = ROOT / "tests" / "golden" / "screens"

SIZES = {"wide": (160, 50), "middle": (100, 30), "small": (80, 24)}
TONGUES = {"zh": ("zh", "full"), "en": ("en", "full"), "ascii": ("en", "ascii")}
"""Language and signs; a terminal that shows nothing but ASCII gets English."""
THEMES = {"night": Depth.TRUE, "high-contrast": Depth.TRUE, "mono": Depth.NONE}
"""Each with the colours of a terminal that needs it."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: ``keys`` are pressed one after the other, ``=text`` is typed; then ``page`` is open, whatever keymap is
    in use."""

    name: str
    page: Page
    keys: tuple[str, ...] = ()
    empty: bool = False
    drill: bool = False
    matters: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a screen is shown."""

    size: str
    tongue: str
    theme: str = "night"


_DOWN = "pagedown"
_SHOTS = (
    Shot("desk", Page.DESK, (_DOWN, _DOWN, _DOWN, "=d 3 .")),
    Shot("incident", Page.DETAIL, (*[_DOWN] * 6, "enter")),
    Shot("map", Page.MAP, ("=:pane map", "enter")),
    Shot("units", Page.UNITS, ("=:pane units", "enter", _DOWN, _DOWN)),
    Shot("unit", Page.DETAIL, ("=show u=05", "enter")),
    Shot("list", Page.LIST, ("=:full list", "enter")),
    Shot("choices", Page.DESK, ("=n 打架 @胜利路",)),
    Shot("find", Page.FOUND, ("=find 漳州", "enter")),
    Shot("help", Page.HELP, ("=? d", "enter")),
    Shot("menu", Page.MENU, ("=:menu", "enter")),
    Shot("layouts", Page.TRY, ("=:try layouts", "enter")),
    Shot("whom", Page.STUDY, ("=rec ^", "enter")),
    Shot("whatif", Page.WHAT_IF, ("=wi ^", "enter")),
    Shot("matters", Page.DESK, (), matters=True),
    Shot("matter", Page.DETAIL, ("=s t2", "enter"), matters=True),
    Shot("on-orders", Page.UNITS, ("=:pane units", "enter"), matters=True),
    Shot("empty", Page.DESK, (), empty=True, drill=True),
)
_SHOWN = {shot.page for shot in _SHOTS}
SHOTS = (*_SHOTS, *(Shot(s.page.value, s.page, (f"={s.line}", "enter")) for s in SCREENS if s.page not in _SHOWN))

IN_THE_MANUAL = (("supervisor", "wide"), ("desk", "wide"), ("desk", "small"), ("map", "small"), ("incident", "wide"))
"""What docs/ and the README show in both languages: shot and size."""


def texts() -> Iterator[tuple[Shot, Look]]:
    """Every screen in every size and tongue."""
    for shot in SHOTS:
        for size in SIZES:
            for tongue in TONGUES:
                yield shot, Look(size, tongue)


def pictures() -> Iterator[tuple[Shot, Look]]:
    """Three of each screen: a Latin square, shifted by the screen's name, so that another screen shifts none."""
    sizes, tongues, themes = list(SIZES), list(TONGUES), list(THEMES)
    for shot in SHOTS:
        shift = crc32(shot.name.encode())
        for row in range(3):
            yield shot, Look(sizes[row], tongues[(row + shift) % 3], themes[(row + shift // 3) % 3])


def manual() -> Iterator[tuple[Shot, Look]]:
    named = {shot.name: shot for shot in SHOTS}
    for name, size in IN_THE_MANUAL:
        for tongue in ("zh", "en"):
            yield named[name], Look(size, tongue)


def name_of(shot: Shot, look: Look, *, picture: bool = False) -> str:
    """The name of its file."""
    name = f"{shot.name}-{look.size}-{look.tongue}"
    return f"{name}-{look.theme}.svg" if picture else f"{name}.txt"


def picture_of(shot: Shot, look: Look) -> str:
    """The name of its file in the manual."""
    return f"{shot.name}-{look.size}-{look.tongue}.svg"


async def take(shot: Shot, look: Look) -> tuple[str, str]:
    """A screen as SVG and as text. Raises ValueError where its keys lead to another page."""
    prepare()
    from zz110_tui.station.app import DeskApp

    language, glyphs = TONGUES[look.tongue]
    colour = THEMES.get(look.theme, Depth.TRUE).value
    story = afternoon(
        language,
        empty=shot.empty,
        drill=shot.drill,
        matters=shot.matters,
        theme=look.theme,
        colour=colour,
        glyphs=glyphs,
    )
    async with story as told:
        app = DeskApp(told.room, clock_runs=False)
        app.desk.coverage.warm = True
        async with app.run_test(size=SIZES[look.size]) as pilot:
            while not app.desk.board.position:
                await pilot.pause(0.01)
            app.paint_now()
            for key in shot.keys:
                if key.startswith("="):
                    app.type_text(key[1:])
                else:
                    await pilot.press(key)
            while app.desk.ui.page is Page.WHAT_IF and app.desk.wondering.found is None:
                await pilot.pause(0.01)
            app.tick()
            await pilot.pause()
            if app.desk.ui.page is not shot.page:
                raise ValueError(f"{shot.name} shows {app.desk.ui.page}, not {shot.page}")
            strips = app.screen._compositor.render_strips()
            svg = picture(strips, f"zz110 {shot.name}")
    return svg, "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def write(folder: Path, wanted: dict[str, str]) -> None:
    """The files of a folder are exactly these."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (folder / name).write_text(content, "utf-8")


async def main() -> None:
    goldens = {name_of(*each): (await take(*each))[1] for each in texts()}
    goldens |= {name_of(*each, picture=True): (await take(*each))[0] for each in pictures()}
    write(GOLDENS, goldens)
    write(PICTURES, {picture_of(*each): (await take(*each))[0] for each in manual()})


if __name__ == "__main__":
    asyncio.run(main())
