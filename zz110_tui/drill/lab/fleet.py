"""Who is on duty in a laboratory run: all units of the pack, or fewer at the posts that matter most."""

from __future__ import annotations

from functools import lru_cache

from zz110_tui.core.units import UnitProfile
from zz110_tui.gis.city import City
from zz110_tui.gis.travel import TravelModel

USUAL_HOUR = 15
"""The hour of the day for which posts are weighed."""


def fleet(city: City, travel: TravelModel, number: int, *, second_line: bool) -> tuple[UnitProfile, ...]:
    """``number`` of the street units (0 for all), and the second-line cars where they are wanted.

    Fewer are chosen by leaving out, one after the other, the unit whose absence makes the mean drive to a call longest
    by least (a backward greedy p-median); a number the pack does not have gives all.
    """
    street = tuple(unit for unit in city.units if not unit.second_line)
    kept = street if not 0 < number < len(street) else _kept(city, travel, number)
    return kept + (tuple(unit for unit in city.units if unit.second_line) if second_line else ())


@lru_cache(maxsize=64)
def _kept(city: City, travel: TravelModel, number: int) -> tuple[UnitProfile, ...]:
    street = [unit for unit in city.units if not unit.second_line]
    spots = [(spot.point, spot.weight) for spot in city.demand.points]
    drive = {
        unit.call_sign: [travel.drive_s(unit.post_point, point, unit.kind, USUAL_HOUR) for point, _ in spots]
        for unit in street
    }

    def mean_drive(units: list[UnitProfile]) -> float:
        return sum(weight * min(drive[unit.call_sign][i] for unit in units) for i, (_, weight) in enumerate(spots))

    while len(street) > number:
        out = min(street, key=lambda unit: (mean_drive([u for u in street if u is not unit]), unit.call_sign))
        street.remove(out)
    return tuple(street)
