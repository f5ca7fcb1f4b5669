"""What may never reach a terminal, looked for in everything that a desk would draw."""

from __future__ import annotations

import unicodedata

from rich.segment import Segment

from tests.station.stage import Stage

DANGEROUS = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def hold_harmless(desk: Stage) -> None:
    """What goes to the terminal is exactly as wide as the screen and has no character that acts."""
    width = desk.app.size.width
    for strip in desk.app.screen._compositor.render_strips():
        for segment in strip:
            assert segment.control is None
            acting = [f"U+{ord(x):04X}" for x in segment.text if unicodedata.category(x) in DANGEROUS]
            assert not acting, (acting, segment.text)
            assert not (segment.style and segment.style.link), segment
        assert strip.cell_length == width
        assert sum(Segment(s.text).cell_length for s in strip) == width
