"""``times.toml`` of a city pack: what ``zz110 city learn`` made of the journal's trips, for a person to look over.

It stands beside ``city.toml`` and multiplies the times that follow from it. Whoever does not trust it deletes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from zz110_tui.gis.bilingual import both
from zz110_tui.gis.features import HOUR_BANDS, TravelRules
from zz110_tui.gis.learning import NAMES, Factor, Learned, with_factors
from zz110_tui.gis.packread import Table

TIMES_FORMAT = 1
LEAST, MOST = 0.1, 10.0


def times_toml(learned: Learned, prior: TravelRules, source: str) -> str:
    """The file's text. ``source`` is one line about where the trips come from."""
    hours = ", ".join(f"{first:02}-{last:02}" for first, last in HOUR_BANDS)
    return "\n".join(
        [
            f"# Learned by 'zz110 city learn' from {learned.trips} trips: {source}",
            "# Delete this file to go back to the times of city.toml.",
            f"format = {TIMES_FORMAT}",
            f"trips = {learned.trips}",
            f"turn_out_s = {round(prior.turn_out_s * learned.turn_out.factor, 3)}",
            f"spread = {learned.spread}",
            "",
            "# Time needed over the time that city.toml expects, by local hours:",
            f"# {hours}",
            "[factors]",
            *_rows(learned, lambda factor: factor.factor),
            "",
            "# 95 % intervals, and how many trips' worth of driving each stands on.",
            "[low]",
            *_rows(learned, lambda factor: factor.low),
            "[high]",
            *_rows(learned, lambda factor: factor.high),
            "[weight]",
            *_rows(learned, lambda factor: factor.trips),
            "",
        ]
    )


def _rows(learned: Learned, value: Callable[[Factor], float]) -> Iterator[str]:
    for name, found in groupby(learned.factors, key=lambda factor: factor.name):
        yield f"{name} = [{', '.join(str(value(factor)) for factor in found)}]"


def read_times(table: Table, prior: TravelRules) -> TravelRules:
    """A pack's travel rules with what was learned in them. Raises Trouble for what is no such file."""
    if table.values.get("format") != TIMES_FORMAT:
        raise table.wrong(both(f"'format' 不是 {TIMES_FORMAT}", f"'format' is not {TIMES_FORMAT}"))
    factors = table.table("factors")
    found: dict[str, tuple[float, ...]] = {}
    for name in factors.values:
        if name not in NAMES:
            raise factors.wrong(both(f"没有道路等级 '{name}'", f"'{name}' is no class of road"))
        found[name] = factors.numbers(name, len(HOUR_BANDS))
        if not all(LEAST <= factor <= MOST for factor in found[name]):
            raise factors.wrong(
                both(f"'{name}' 不在 {LEAST:g} 到 {MOST:g} 之间", f"'{name}' is not {LEAST:g} to {MOST:g}")
            )
    return with_factors(
        prior,
        found,
        table.number("turn_out_s", prior.turn_out_s, low=0, high=3600),
        table.number("spread", prior.spread, low=0, high=3),
    )
