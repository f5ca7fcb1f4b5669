"""Two plots as SVG inside a page: bars, and shares with their intervals. No script, no font, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from zz110_tui.core.cleaning import visible
from zz110_tui.core.statistics import Rate

WIDTH = 720
ROW = 22
LEFT = 190
RIGHT = 190
"""Pixels for the names and for the figures beside a plot of shares."""


def safe(text: object) -> str:
    """Any text, harmless on a terminal and in a page."""
    return escape(visible(str(text)))


def bars(title: str, values: Sequence[tuple[str, float]], unit: str = "") -> str:
    """One bar for each (name, value), its value written above it; the names stand below."""
    high = max((value for _, value in values), default=0) or 1
    step, top, floor = WIDTH / max(len(values), 1), 24, 150
    parts = [_open(title, floor + 24)]
    for number, (name, value) in enumerate(values):
        x, tall = number * step, (floor - top) * value / high
        middle = f"{x + step / 2:.1f}"
        parts.append(
            f'<rect class="bar" x="{x + step * 0.12:.1f}" y="{floor - tall:.1f}" width="{step * 0.76:.1f}" '
            f'height="{tall:.1f}"><title>{safe(name)}: {value:g}{safe(unit)}</title></rect>'
            f'<text x="{middle}" y="{floor - tall - 4:.1f}" text-anchor="middle" class="s">{value:g}</text>'
            f'<text x="{middle}" y="{floor + 15}" text-anchor="middle" class="s">{safe(name)}</text>'
        )
    parts.append(f'<line x1="0" y1="{floor}" x2="{WIDTH}" y2="{floor}" class="axis"/></svg>')
    return "".join(parts)


def shares(title: str, rows: Sequence[tuple[str, Rate]]) -> str:
    """A dot for each share and a line for its 95 % interval, on a scale that begins below the lowest one."""
    known = [(name, rate) for name, rate in rows if rate.share is not None]
    lowest = min((rate.low for _, rate in known if rate.low is not None), default=0.0)
    begin = min(int(lowest * 10) / 10, 0.9)
    span, right = 1 - begin, WIDTH - LEFT - RIGHT

    def at(share: float) -> float:
        return LEFT + right * (share - begin) / span

    height = ROW * (len(known) + 1)
    parts = [_open(title, height + 8)]
    parts += [
        f'<line x1="{at(mark):.1f}" y1="0" x2="{at(mark):.1f}" y2="{height - ROW + 4}" class="grid"/>'
        f'<text x="{at(mark):.1f}" y="{height}" text-anchor="middle" class="s">{100 * mark:g} %</text>'
        for mark in (begin, (begin + 1) / 2, 1.0)
    ]
    for number, (name, rate) in enumerate(known):
        assert rate.share is not None
        assert rate.low is not None
        assert rate.high is not None
        y = ROW * number + ROW / 2
        parts.append(
            f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{safe(name)}</text>'
            f'<line x1="{at(rate.low):.1f}" y1="{y}" x2="{at(rate.high):.1f}" y2="{y}" class="span"/>'
            f'<circle cx="{at(rate.share):.1f}" cy="{y}" r="4" class="dot"/>'
            f'<text x="{WIDTH - RIGHT + 10}" y="{y + 4}" class="s">{share_words(rate)}</text>'
        )
    return "".join([*parts, "</svg>"])


def share_words(rate: Rate) -> str:
    """``93.45 % [93.1, 93.8] 19981/21381``."""
    if rate.share is None or rate.low is None or rate.high is None:
        return "–"
    return f"{100 * rate.share:.2f} % [{100 * rate.low:.1f}, {100 * rate.high:.1f}] {rate.hits}/{rate.of}"


def _open(title: str, height: float) -> str:
    return (
        f'<h3>{safe(title)}</h3><svg viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" role="img" '
        f'aria-label="{safe(title)}">'
    )
