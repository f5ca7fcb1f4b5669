"""Colours as numbers: reading them, the nearest of the 256, and how well one can be read on another."""

from __future__ import annotations

import re
from functools import lru_cache

Rgb = tuple[int, int, int]

_HEX = re.compile(r"#[0-9a-fA-F]{6}")

SIXTEEN = (
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright_black",
    "bright_red",
    "bright_green",
    "bright_yellow",
    "bright_blue",
    "bright_magenta",
    "bright_cyan",
    "bright_white",
)
"""The sixteen colours every terminal has, in their order, by the names Rich knows them by."""

SIXTEEN_RGB: tuple[Rgb, ...] = (
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
)
"""What xterm makes of them. A terminal may be set otherwise; a theme can only be tested against something."""

_LEVELS = (0, 95, 135, 175, 215, 255)


def is_hex(text: str) -> bool:
    return _HEX.fullmatch(text) is not None


def rgb_of(text: str) -> Rgb:
    """``#rrggbb`` or one of the sixteen names."""
    if text in SIXTEEN:
        return SIXTEEN_RGB[SIXTEEN.index(text)]
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def rgb_of_256(index: int) -> Rgb:
    """The colour cube (16 to 231) and the greys (232 to 255) of xterm, which terminals leave as they are."""
    if index >= 232:
        grey = 8 + 10 * (index - 232)
        return grey, grey, grey
    index -= 16
    return _LEVELS[index // 36], _LEVELS[index // 6 % 6], _LEVELS[index % 6]


@lru_cache(maxsize=1024)
def nearest_256(text: str) -> int:
    """The index (16 to 255) that looks most like a ``#rrggbb``. The first sixteen differ from terminal to terminal."""
    wanted = rgb_of(text)
    return min(range(16, 256), key=lambda index: (_distance(wanted, rgb_of_256(index)), index))


def _distance(a: Rgb, b: Rgb) -> float:
    """Weighted by how the eye sees the three ("redmean", a low-cost approximation of CIE76)."""
    red = (a[0] + b[0]) / 2
    dr, dg, db = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return (2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db


def contrast(a: Rgb, b: Rgb) -> float:
    """Contrast ratio of WCAG 2.2, from 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    r, g, b = (_linear(part / 255) for part in colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
