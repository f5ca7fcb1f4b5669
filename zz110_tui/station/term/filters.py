"""The last gate before the terminal: no segment with a control, bidi or zero-width character passes, whatever made it.

Views clean their text already and show what was sent; this is for what somebody forgot. A replaced character takes the
columns it was counted with, so a line never breaks. Of links (OSC 8) only addresses pass that a slip may keep.
"""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

from zz110_tui.core.cleaning import visible
from zz110_tui.core.weblinks import is_web_link
from zz110_tui.station.glyphs import UNKNOWN, Tier, shown


@lru_cache(maxsize=8192)
def harmless(text: str, tier: Tier) -> str:
    """The same columns with nothing in them that a terminal acts on, in signs of its tier."""
    columns = cell_len(text)
    if visible(text) != text:
        text = "".join(letter if visible(letter) == letter else UNKNOWN * cell_len(letter) for letter in text)
    # A joined emoji is counted as one sign and falls apart into several.
    return set_cell_size(shown(text, tier), columns)


class Gate(LineFilter):
    """Applied to every line of every widget by ``App.get_line_filters``."""

    def __init__(self, tier: Tier, *, links: bool = False) -> None:
        """``links``: the terminal knows OSC 8, and addresses that the core would keep stay links."""
        super().__init__()
        self.tier = tier
        self.links = links

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        tier = self.tier
        return [
            segment if segment.control else Segment(harmless(segment.text, tier), self._style(segment.style))
            for segment in segments
        ]

    def _style(self, style: Style | None) -> Style | None:
        """Without its link, where that is none of ours or the terminal does not know what to do with it."""
        if style is None or style.link is None or (self.links and is_web_link(style.link)):
            return style
        return style.update_link(None)
