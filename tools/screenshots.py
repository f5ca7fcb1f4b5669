"""Write docs/screens/*.svg and tests/golden/screens/*.txt: the screens of the desk, drawn by the app itself.

``python -m tools.screenshots`` writes them all; a test says when they are out of date.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.screen_story import afternoon
from tools.svg_cells import in_cells
from zz110_tui.station.term.profile import prepare

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screens"
GOLDENS = ROOT / "tests" / "golden" / "screens"
FONTS = '"Sarasa Mono SC", "Noto Sans Mono CJK SC", "DejaVu Sans Mono", "WenQuanYi Zen Hei Mono", monospace'

SIZES = {"wide": (160, 50), "middle": (100, 30), "small": (80, 24)}


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: ``keys`` are pressed one after the other, ``=text`` is typed."""

    name: str
    keys: tuple[str, ...] = ()
    empty: bool = False
    drill: bool = False
    theme: str = "night"


SHOTS = (
    Shot("desk", ("pagedown", "pagedown", "pagedown", "=d 3 .")),
    Shot("incident", ("pagedown",) * 6 + ("enter",)),
    Shot("map", ("f5",)),
    Shot("units", ("f4", "pagedown", "pagedown")),
    Shot("choices", ("=n 打架 @胜利路",)),
    Shot("find", ("=find 漳州", "enter")),
    Shot("help", ("=? d", "enter")),
    Shot("menu", ("f10",)),
    Shot("empty", (), empty=True, drill=True),
    Shot("day", ("pagedown",) * 5, theme="day"),
)
PICTURED = {
    ("desk", "wide"),
    ("desk", "small"),
    ("map", "small"),
    ("incident", "wide"),
    ("empty", "small"),
    ("day", "wide"),
}


def wanted() -> Iterator[tuple[Shot, str, str]]:
    """Every screen with its size and language."""
    for shot in SHOTS:
        for size in SIZES:
            for language in ("zh", "en"):
                if shot.name != "day" or size == "wide":
                    yield shot, size, language


async def take(shot: Shot, size: str, language: str) -> tuple[str, str]:
    """A screen as SVG and as text."""
    prepare()
    from zz110_tui.station.app import DeskApp

    async with afternoon(language, empty=shot.empty, drill=shot.drill, theme=shot.theme) as story:
        app = DeskApp(story.room, clock_runs=False)
        app.desk.coverage.warm = True
        async with app.run_test(size=SIZES[size]) as pilot:
            await _until_drawn(app, pilot)
            for key in shot.keys:
                if key.startswith("="):
                    app.type_text(key[1:])
                else:
                    await pilot.press(key)
            app.tick()
            await pilot.pause()
            svg = app.export_screenshot(title="zz110")
            lines = [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]
    return _own_fonts(svg), "\n".join(lines) + "\n"


async def _until_drawn(app: object, pilot: object) -> None:
    """Until the board has come and is on the screen."""
    while not app.desk.board.position:  # type: ignore[attr-defined]
        await pilot.pause(0.01)  # type: ignore[attr-defined]
    app.paint_now()  # type: ignore[attr-defined]


def _own_fonts(svg: str) -> str:
    """Fonts of the reader's machine with Chinese in them, instead of one loaded from elsewhere; stable names."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;]*;", f"font-family: {FONTS};", svg)
    return in_cells(re.sub(r"terminal-\d+", "zz110", svg))


def golden_name(shot: Shot, size: str, language: str) -> str:
    return f"{shot.name}-{size}-{language}"


async def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    GOLDENS.mkdir(parents=True, exist_ok=True)
    for shot, size, language in wanted():
        svg, text = await take(shot, size, language)
        name = golden_name(shot, size, language)
        (GOLDENS / f"{name}.txt").write_text(text, "utf-8")
        if (shot.name, size) in PICTURED:
            (PICTURES / f"{name}.svg").write_text(svg, "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
