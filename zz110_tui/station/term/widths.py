"""How wide a terminal draws the signs that terminals differ about: it is asked, once, and chooses the tier of signs."""

from __future__ import annotations

from collections.abc import Sequence

from zz110_tui.station.glyphs import Tier
from zz110_tui.station.term.incoming import PROBE_ROW

UNSURE = ("…", "─", "●", "→")
CHINESE, BRAILLE = "中", "⠿"
PROBED = (*UNSURE, CHINESE, BRAILLE)


def question() -> str:
    """Each sign at the beginning of a row, and the question where the cursor is behind it; then the row is empty."""
    start = f"\x1b[{PROBE_ROW}H"
    return "".join(f"{start}{sign}\x1b[6n" for sign in PROBED) + f"{start}\x1b[2K"


def tier_of(columns: Sequence[int]) -> Tier:
    """The tier for the widths that were found, in the order of :data:`PROBED`."""
    *unsure, chinese, braille = columns
    if chinese != 2:
        return Tier.ASCII
    if braille != 1:
        return Tier.GB
    return Tier.FULL if all(size == 1 for size in unsure) else Tier.NARROW
