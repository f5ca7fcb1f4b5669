"""A screen as a picture: the strips that go to the terminal, cell by cell, in a small SVG.

Rich's own export gives each run of text the length of its characters, so that a browser squeezes Chinese into one cell,
and writes a clip path for each line. Here every run stands at its cells, and is cut where the width changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from rich.cells import cell_len, split_graphemes
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME

CELL, LINE, LETTER = 10, 20, 16
"""Width and height of a cell, and the height of its letters, in the picture's units."""
BASELINE = 15
FONTS = "'Sarasa Mono SC','Noto Sans Mono CJK SC','DejaVu Sans Mono','WenQuanYi Zen Hei Mono',monospace"

Look = tuple[str, str, bool, bool, bool]
"""Ink and ground as ``#rrggbb``, bold, dim, underlined."""


def picture(lines: Sequence[Iterable[Segment]], title: str) -> str:
    """The lines of a screen as SVG; the same screen makes the same bytes."""
    rows = [list(_runs(line)) for line in lines]
    width = max((sum(cell_len(text) for text, _ in row) for row in rows), default=0)
    looks = sorted({look for row in rows for text, look in row if text.strip()})
    names = {look: f"a{number}" for number, look in enumerate(looks)}
    ground = f"#{bytes(SVG_EXPORT_THEME.background_color).hex()}"
    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width * CELL} {len(rows) * LINE}">',
        f"<title>{escape(title)}</title>",
        f"<style>text{{font:{LETTER}px {FONTS};white-space:pre}}",
        *(f".{name}{{{_css(look)}}}" for look, name in names.items()),
        f'</style><rect width="100%" height="100%" fill="{ground}"/>',
    ]
    for y, row in enumerate(rows):
        made += _grounds(row, y, ground)
        made += _texts(row, y, names)
    return "\n".join([*made, "</svg>"]) + "\n"


def _runs(line: Iterable[Segment]) -> Iterator[tuple[str, Look]]:
    cells = ((segment.text, _look(segment.style or Style())) for segment in line if not segment.control)
    for look, run in groupby(cells, key=lambda cell: cell[1]):
        yield "".join(text for text, _ in run), look


def _look(style: Style) -> Look:
    ink = _hex(style.color, foreground=True)
    ground = _hex(style.bgcolor, foreground=False)
    if style.reverse:
        ink, ground = ground, ink
    return ink, ground, bool(style.bold), bool(style.dim), bool(style.underline)


def _hex(color: Color | None, *, foreground: bool) -> str:
    known = color or Color.default()
    return f"#{bytes(known.get_truecolor(SVG_EXPORT_THEME, foreground)).hex()}"


def _css(look: Look) -> str:
    ink, _, bold, dim, underlined = look
    weight = ";font-weight:bold" if bold else ""
    fade = ";opacity:.6" if dim else ""
    line = ";text-decoration:underline" if underlined else ""
    return f"fill:{ink}{weight}{fade}{line}"


def _grounds(row: Sequence[tuple[str, Look]], y: int, usual: str) -> Iterator[str]:
    at = 0
    for ground, run in groupby(row, key=lambda piece: piece[1][1]):
        columns = sum(cell_len(text) for text, _ in run)
        if ground != usual:
            yield (f'<rect x="{at * CELL}" y="{y * LINE}" width="{columns * CELL}" height="{LINE}" fill="{ground}"/>')
        at += columns


def _texts(row: Sequence[tuple[str, Look]], y: int, names: dict[Look, str]) -> Iterator[str]:
    """A text for each run without blanks at its ends: the length of its cells is given, whatever the font."""
    at = 0
    for text, look in row:
        for wide, run in groupby(split_graphemes(text)[0], key=lambda span: span[2] == 2):
            spans = list(run)
            piece = text[spans[0][0] : spans[-1][1]]
            shown = piece.strip(" ")
            if shown:
                start = at + len(piece) - len(piece.lstrip(" "))
                length = f' textLength="{cell_len(shown) * CELL}"' + (
                    ' lengthAdjust="spacingAndGlyphs"' if wide else ""
                )
                yield (
                    f'<text x="{start * CELL}" y="{y * LINE + BASELINE}" class="{names[look]}"{length}>'
                    f"{escape(shown, quote=False)}</text>"
                )
            at += sum(span[2] for span in spans)
