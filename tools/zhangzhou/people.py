"""Who works in the zhangzhou pack, how fast they drive, and when people call."""

from __future__ import annotations

from zz110_tui.core.units import UnitKind, UnitProfile
from zz110_tui.gis.features import Demand, DemandPoint, Post, TravelRules
from zz110_tui.gis.staffing import station_car, street_units

CLASSES = (("criminal", 990), ("public_order", 2888), ("dispute_help", 15812), ("other", 1809))
"""Calls January to May 2023 by class (product.md, calibration table)."""
CALLS, DAYS = 21_499, 150
HOURS = (
    0.66, 0.46, 0.33, 0.26, 0.24, 0.30, 0.50, 0.82, 1.10, 1.26, 1.28, 1.18,
    1.06, 1.04, 1.12, 1.20, 1.26, 1.30, 1.34, 1.46, 1.52, 1.44, 1.22, 0.92,
)  # fmt: skip
WEEKDAYS = (0.98, 0.97, 0.97, 0.99, 1.03, 1.05, 1.01)
DISPERSION = 2.4
# Morning and evening traffic slows a car with its lights on a little; empty streets at night let it run.
HOUR_FACTORS = (
    1.12, 1.14, 1.15, 1.15, 1.14, 1.10, 1.02, 0.90, 0.88, 0.96, 0.98, 0.96,
    0.96, 1.00, 1.00, 0.98, 0.95, 0.88, 0.88, 0.94, 0.98, 1.02, 1.06, 1.10,
)  # fmt: skip
SPEEDS = (
    (UnitKind.PATROL_RESPONSE, 34.0),
    (UnitKind.MOBILE_RESERVE, 34.0),
    (UnitKind.PLAIN_CLOTHES, 32.0),
    (UnitKind.ASSAULT_SQUAD, 32.0),
    (UnitKind.STATION_UNIT, 32.0),
    (UnitKind.TRAFFIC, 34.0),
)
ROAD_SPEEDS = (55.0, 43.0, 35.0, 28.0, 19.0)
"""By class, from expressway to lane, crossings and turns included; set so that drills on seeds 1 and 2 come near the
service's own 93.45 % within five minutes of dispatch (docs/drill.md)."""
MOBILE_RESERVE = ("芝山", "南坑")
STATION_CARS = ("石亭", "通北", "新桥", "碧湖", "蓝田")


def units_for(
    posts: list[Post], grids: dict[str, str], stations: dict[str, str], spots: list[DemandPoint], street: int
) -> tuple[UnitProfile, ...]:
    """Street units 01 to 15 at the first posts, and the stations' second-line cars 51 to 55."""
    reserves = [grid for grid, name in grids.items() if name in MOBILE_RESERVE]
    units = street_units(posts[:street], grids, stations, spots, reserves)
    for number, home in enumerate(STATION_CARS, 51):
        post = next(post for post in posts if post.name.text == f"{home}派出所门口")
        units.append(station_car(f"{number}", home, post, stations[post.grid]))
    return tuple(units)


def demand(spots: list[DemandPoint], step_m: float) -> Demand:
    week = tuple(day * hour for day in WEEKDAYS for hour in HOURS)
    mean = sum(week) / len(week)
    total = sum(share for _, share in CLASSES)
    return Demand(
        calls_per_day=round(CALLS / DAYS, 2),
        classes=tuple((name, share / total) for name, share in CLASSES),
        week=tuple(weight / mean for weight in week),
        dispersion=DISPERSION,
        points=tuple(spots),
        spread_m=step_m,
        source="Zhangzhou 110 service, January to May 2023, calls by class; places and hours are drawn, not measured.",
    )


def travel() -> TravelRules:
    return TravelRules(
        detour=1.35,
        turn_out_s=40.0,
        spread=0.22,
        kmh=SPEEDS,
        default_kmh=32.0,
        hour_factors=HOUR_FACTORS,
        road_kmh=ROAD_SPEEDS,
    )


def header() -> str:
    return (
        "The city pack of Zhangzhou: 12 grids in about 45 square kilometres inside Xiangcheng and Longwen.\n"
        "Drawn by hand for zz110: names are real, positions are schematic. docs/city-pack.md describes the fields."
    )
