"""Which signs a terminal can show: three tiers, and one for terminals that speak GB18030.

``full`` uses every sign. ``narrow`` keeps off signs whose width is ambiguous (a terminal set for Chinese draws them two
columns wide and breaks the line): each has a stand-in of exactly one column. ``ascii`` has nothing but ASCII, for
consoles like ``linux`` or ``vt100`` without a Chinese font; there the desk speaks English. ``gb`` is ASCII and what
takes two bytes in GBK, two columns each: all else is drawn at a width of its own there.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from rich.cells import cell_len


class Tier(StrEnum):
    ASCII = "ascii"
    GB = "gb"
    NARROW = "narrow"
    FULL = "full"


_STAND_INS = {
    "…": "~", "✓": "v", "·": ".", "→": ">", "←": "<", "↑": "^", "↓": "v", "│": "|", "─": "-", "—": "-", "–": "-",
    "×": "x", "“": '"', "”": '"',
    "‘": "'", "’": "'", "‹": "<", "›": ">", "●": "*", "○": "o", "⏎": "^", "°": "'", "±": "~",
    "▸": ">", "▾": "v", "█": "#", "▌": "|", "■": "#", "□": "o", "▲": "^", "△": "^", "▼": "v", "◆": "*", "§": "S",
}  # fmt: skip
"""One column for one column."""

UNKNOWN = "?"


def tier_for(wanted: str, environment: Mapping[str, str] | None = None) -> Tier:
    """The tier of the setting ``glyphs``; ``auto`` looks at TERM and the locale's encoding."""
    if wanted != "auto":
        return Tier(wanted)
    env = os.environ if environment is None else environment
    if env.get("TERM", "") in ("linux", "vt100", "vt102", "vt220", "dumb"):
        return Tier.ASCII
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if any(name in locale.lower() for name in ("gb18030", "gbk", "gb2312", "cp936", "euccn")):
        return Tier.GB
    if not any(name in locale.lower() for name in ("utf-8", "utf8")):
        return Tier.ASCII
    # A Chinese, Japanese or Korean locale is where terminals draw ambiguous signs wide.
    return Tier.NARROW if locale[:2] in ("zh", "ja", "ko") else Tier.FULL


def shown(text: str, tier: Tier) -> str:
    """A text with signs of its tier only. It takes the same columns as before."""
    if tier is Tier.FULL or text.isascii():
        return text
    return "".join(letter if letter.isascii() else _letter(letter, tier) for letter in text)


@lru_cache(maxsize=8192)
def _letter(letter: str, tier: Tier) -> str:
    stand_in = _STAND_INS.get(letter)
    if stand_in is not None:
        return stand_in
    columns = cell_len(letter)
    if tier is Tier.ASCII:
        return UNKNOWN * columns
    if tier is Tier.GB:
        return letter if columns == 2 and _in_gbk(letter) else UNKNOWN * columns
    # Braille is neutral, box drawing and half blocks are ambiguous.
    return letter if unicodedata.east_asian_width(letter) != "A" else UNKNOWN * columns


def _in_gbk(letter: str) -> bool:
    try:
        return len(letter.encode("gbk")) == 2
    except UnicodeEncodeError:
        return False
