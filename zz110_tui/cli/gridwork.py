"""The work behind ``zz110 city grids``."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.citypicture import Mark, Panel, picture, write_picture
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import Document
from zz110_tui.cli.exits import BAD_DATA, NO_INPUT, OK
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.placework import Sources, put, the_pack
from zz110_tui.cli.surroundings import Surroundings, look_around
from zz110_tui.config.problems import both, shown
from zz110_tui.core.places import Point, point
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.griddraw import Drawing, GridFigures, NewGrids, WantedGrids, draw_grids
from zz110_tui.gis.gridput import with_grids
from zz110_tui.gis.packwrite import area_geojson, places_geojson, units_toml
from zz110_tui.gis.tiling import area_of

COLUMNS = ("lon", "lat", "people")
BUSY, EVEN, QUIET = "#d98200", "#f2f2f2", "#4a90c4"
FAR_OFF = 0.15
"""A grid whose load is farther than this from the mean is coloured, and its figure says which way."""


@dataclass(frozen=True, slots=True)
class GridWishes:
    """What somebody asked for; ``count`` 0 is as many as there are."""

    sources: Sources
    count: int
    area: float
    people: float
    calls: float
    population: Path | None
    seed: int


def grids(invocation: Invocation, wishes: GridWishes) -> int:
    """The exit code. Nothing is written before everything is drawn."""
    around = look_around(invocation)
    sources = wishes.sources
    pack, city = the_pack(around, sources)
    people = read_people(wishes.population) if wishes.population is not None else []
    people = [(where, number) for where, number in people if city.outline.holds(where)]
    if wishes.population is not None and not people:
        raise _bad_table(
            wishes.population,
            both("没有一行在辖区内", "no row lies in the service area"),
            both("核对是否是这座城市、坐标是否 WGS-84", "is it this city's, and in WGS-84?"),
        )
    wanted = WantedGrids(wishes.count or len(city.grids), wishes.area, wishes.people, wishes.calls, wishes.seed)
    say(around.say("画网格 …", "drawing grids …"))
    found = draw_grids(city, wanted, people)
    own = load_city(pack) if sources.calls is not None else city
    changed = with_grids(found, own)
    files = {
        "area.geojson": area_geojson(changed),
        "places.geojson": places_geojson(changed),
        "units.toml": units_toml(changed),
    }
    place = put(around, sources, pack, changed, files)
    if sources.picture is not None:
        write_picture(sources.picture, grids_picture(found, changed, around.language))
        say(around.say(f"图在 {sources.picture}", f"the picture is {sources.picture}"))
    if sources.as_json:
        output.document({**_document(found, changed), "written": str(place) if place else None})
    else:
        _show(found, changed, around)
    return OK


# -- who lives where ---------------------------------------------------------------------------------------------------


def read_people(path: Path) -> list[tuple[Point, float]]:
    """A CSV table of ``lon``, ``lat`` (WGS-84) and ``people``. Raises Trouble that names the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames is None or not set(COLUMNS) <= set(rows.fieldnames):
                raise _bad_table(
                    path,
                    both("第一行要有 lon、lat、people", "the first line has to name lon, lat and people"),
                    both("加上表头 lon,lat,people", "give it the header lon,lat,people"),
                )
            return [_row(path, number, row) for number, row in enumerate(rows, 2)]
    except FileNotFoundError as error:
        raise _bad_table(path, str(error.strerror), both("核对路径", "check the path"), NO_INPUT) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _bad_table(path, str(error), both("给 UTF-8 的 CSV", "give a CSV in UTF-8")) from error


def _row(path: Path, number: int, row: dict[str, str]) -> tuple[Point, float]:
    try:
        where, people = point(float(row["lon"]), float(row["lat"])), float(row["people"])
        if not 0 <= people < math.inf:
            raise ValueError(people)
    except (TypeError, ValueError) as error:
        raise _bad_table(
            path,
            both(
                f"第 {number} 行不是经度、纬度、人数", f"line {number} is no longitude, latitude and number of people"
            ),
            both("改这一行", "mend that line"),
        ) from error
    return where, people


def _bad_table(path: Path, cause: str, remedy: str, code: int = BAD_DATA) -> Trouble:
    return Trouble(
        both("人口表不能用", "the population table cannot be used"),
        f"{shown(str(path))}: {cause}",
        remedy,
        exit_code=code,
    )


# -- text and JSON -----------------------------------------------------------------------------------------------------


def _document(found: NewGrids, changed: City) -> Document:
    wanted = found.wanted
    names = _new_ids(found, changed)
    return {
        "pack": found.city.name,
        "count": wanted.count,
        "weights": {"area": wanted.area, "people": wanted.people, "calls": wanted.calls},
        "seed": wanted.seed,
        "calls": found.city.demand.source or None,
        "before": _drawing_document(found.before, [grid.id for grid in found.city.grids], found.city),
        "after": _drawing_document(found.after, names, changed),
        "units": [{"unit": unit.call_sign, "home_grid": unit.home_grid, "post": unit.post} for unit in changed.units],
    }


def _new_ids(found: NewGrids, changed: City) -> list[str]:
    """The ids of the drawn grids in their order: the changed city has them sorted."""
    by_area = {grid.area: grid.id for grid in changed.grids}
    return [by_area[area_of(shape, changed.frame)] for shape in found.after.shapes]


def _drawing_document(drawing: Drawing, ids: Sequence[str], city: City) -> Document:
    return {
        "spread": round(drawing.spread, 5),
        "heaviest": round(drawing.heaviest, 4),
        "lightest": round(drawing.lightest, 4),
        "compact": round(drawing.compact, 4),
        "in_one_piece": all(one.pieces == 1 for one in drawing.figures),
        "missing_m2": round(drawing.missing_m2, 1),
        "twice_m2": round(drawing.twice_m2, 1),
        "grids": [
            {
                "grid": grid_id,
                "name": _name(city, grid_id, zh=True),
                "load": round(one.load, 4),
                "area": round(one.area, 5),
                "people": round(one.people, 5),
                "calls": round(one.calls, 5),
                "km2": round(one.square_m / 1e6, 4),
                "compact": round(one.compact, 4),
                "pieces": one.pieces,
            }
            for grid_id, one in sorted(zip(ids, drawing.figures, strict=True), key=lambda pair: pair[0])
        ],
    }


def _name(city: City, grid_id: str, *, zh: bool) -> str:
    grid = city.grid(grid_id)
    return "" if grid is None else grid.name.text if zh else grid.name_en or grid.name.text


def _show(found: NewGrids, changed: City, around: Surroundings) -> None:
    zh = around.language == "zh"
    output.text(headline(found, around.language))
    output.text()
    heads = (
        ("", "负荷离散", "最重", "最轻", "紧凑", "各成一片", "漏画 m²", "重叠 m²")
        if zh
        else ("", "load spread", "heaviest", "lightest", "compact", "in one piece", "missing m²", "twice m²")
    )
    words = ("现在", "画后") if zh else ("before", "after")
    yes = ("是", "否") if zh else ("yes", "no")
    rows = [
        [
            word,
            f"{100 * one.spread:.1f} %",
            f"{one.heaviest:.2f}",
            f"{one.lightest:.2f}",
            f"{one.compact:.2f}",
            yes[any(figure.pieces != 1 for figure in one.figures)],
            f"{one.missing_m2:.0f}",
            f"{one.twice_m2:.0f}",
        ]
        for word, one in zip(words, (found.before, found.after), strict=True)
    ]
    output.table(heads, rows, right=(1, 2, 3, 4, 6, 7))
    for word, city, ids, drawing in (
        (words[0], found.city, [grid.id for grid in found.city.grids], found.before),
        (words[1], changed, _new_ids(found, changed), found.after),
    ):
        output.text()
        columns = ("负荷", "平方公里", "人口", "警情", "紧凑") if zh else ("load", "km²", "people", "calls", "compact")
        pairs = sorted(zip(ids, drawing.figures, strict=True), key=lambda pair: pair[0])
        output.table(
            (word, *columns),
            [[f"{grid_id} {_name(city, grid_id, zh=zh)}".strip(), *_cells(one)] for grid_id, one in pairs],
            right=range(1, 6),
        )


def _cells(one: GridFigures) -> list[str]:
    people = f"{100 * one.people:.1f} %" if one.people else "–"
    return [f"{one.load:.2f}", f"{one.square_m / 1e6:.2f}", people, f"{100 * one.calls:.1f} %", f"{one.compact:.2f}"]


def headline(found: NewGrids, language: str) -> str:
    """What was drawn, and what a grid's load is made of."""
    wanted = found.wanted
    parts = ((wanted.area, "面积", "area"), (wanted.people, "人口", "people"), (wanted.calls, "警情", "calls"))
    if language == "zh":
        load = "、".join(f"{zh} {weight:g}" for weight, zh, _ in parts if weight > 0)
        return f"{found.city.name_zh}：{wanted.count} 个网格，负荷＝{load}；种子 {wanted.seed}"
    load = ", ".join(f"{en} {weight:g}" for weight, _, en in parts if weight > 0)
    return f"{found.city.name_en}: {wanted.count} grids, load = {load}; seed {wanted.seed}"


# -- the picture -------------------------------------------------------------------------------------------------------


def grids_picture(found: NewGrids, changed: City, language: str) -> str:
    """Before and after: each grid with its load over the mean, the heavy and the light ones coloured."""
    zh = language == "zh"
    legend = [
        Mark("square", BUSY, "负荷高出均值 15 % 以上" if zh else "load more than 15 % above the mean"),
        Mark("square", QUIET, "低于均值 15 % 以上" if zh else "more than 15 % below"),
        Mark("post", "#222222", "停靠点" if zh else "unit's post"),
    ]
    now = _panel("现在" if zh else "before", found.city, [g.id for g in found.city.grids], found.before, legend[2], zh)
    then = _panel("画后" if zh else "after", changed, _new_ids(found, changed), found.after, legend[2], zh)
    return picture(found.city, headline(found, language), [now, then], legend)


def _panel(title: str, city: City, ids: Sequence[str], drawing: Drawing, post: Mark, zh: bool) -> Panel:
    areas, names = [], []
    for grid_id, shape, one in zip(ids, drawing.shapes, drawing.figures, strict=True):
        colour = BUSY if one.load > 1 + FAR_OFF else QUIET if one.load < 1 - FAR_OFF else EVEN
        areas.append((area_of(shape, city.frame), colour))
        middle = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
        names.append((city.frame.at(middle.x, middle.y), f"{grid_id} {one.load:.2f}"))
    spread, low, high = f"{100 * drawing.spread:.1f} %", f"{drawing.lightest:.2f}", f"{drawing.heaviest:.2f}"
    compact = f"{drawing.compact:.2f}"
    words = (
        f"负荷离散 {spread}，{low} 至 {high}；紧凑 {compact}"
        if zh
        else f"load spread {spread}, {low} to {high}; compact {compact}"
    )
    posts = [(unit.post_point, post) for unit in city.units if not unit.second_line]
    return Panel(title, (words,), areas, posts, names)
