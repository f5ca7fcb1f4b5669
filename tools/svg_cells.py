"""Put the words of an SVG screenshot into the terminal's cells.

Rich gives each run of text the length of its characters; a Chinese character takes two cells, so a browser would
squeeze it into one. Here every run is cut where the width changes, and each piece gets the place and length of its
cells.
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import groupby

from rich.cells import cell_len

CELL = 12.2
"""Rich's width of a cell, in the picture's units."""

_TEXT = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+" clip-path="([^"]*)">([^<]*)</text>'
)


def in_cells(svg: str) -> str:
    """The same picture with every piece of text at its cells."""
    return _TEXT.sub(lambda found: "".join(_pieces(*found.groups())), svg)


def _pieces(style: str, x: str, y: str, clip: str, words: str) -> list[str]:
    made: list[str] = []
    at = float(x)
    for wide, run in groupby(unescape(words), key=lambda char: cell_len(char) == 2):
        text = "".join(run)
        length = CELL * cell_len(text)
        blank = not text.strip("\xa0 ")
        if not blank:
            squeeze = ' lengthAdjust="spacingAndGlyphs"' if wide else ""
            shown = escape(text).replace("\xa0", "&#160;")
            made.append(
                f'<text class="{style}" x="{at:g}" y="{y}" textLength="{length:g}"{squeeze} '
                f'clip-path="{clip}">{shown}</text>'
            )
        at += length
    return made
