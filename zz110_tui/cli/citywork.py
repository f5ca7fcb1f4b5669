"""The work behind ``zz110 city``."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import CANNOT_CREATE, OK, TROUBLE, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import Surroundings, city_names, find_city, look_around, made_here
from zz110_tui.config.problems import both, shown
from zz110_tui.core.places import Point
from zz110_tui.core.terms import term
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.check import check_city as findings_of
from zz110_tui.gis.check import has_errors, summary
from zz110_tui.gis.city import City, load_city

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def list_cities(invocation: Invocation, as_json: bool) -> None:
    """Packs that cannot be read are listed too, with the reason."""
    around = look_around(invocation)
    rows: list[dict[str, str | bool | None]] = []
    for name in city_names(around.loaded):
        path = find_city(name, around.loaded)
        try:
            city = load_city(path)
        except Trouble as trouble:
            why = f"{trouble.title}: {trouble.cause}"
            rows.append(
                {"pack": name, "path": str(path), "usable": False, "name_zh": None, "name_en": None, "why": why}
            )
        else:
            about = {"name_zh": city.name_zh, "name_en": city.name_en, "why": None}
            rows.append({"pack": name, "path": str(path), "usable": True, **about})
    if as_json:
        output.document(rows)
        return
    heads = ("城市包", "名称", "位置") if around.language == "zh" else ("pack", "name", "path")
    named = "name_zh" if around.language == "zh" else "name_en"
    output.table(heads, [[str(r["pack"]), str(r[named] or r["why"]), str(r["path"])] for r in rows])


def show_city(invocation: Invocation, pack: str, as_json: bool) -> None:
    around = look_around(invocation)
    city = load_city(find_city(pack, around.loaded))
    if as_json:
        output.document({**summary(city), "units": [_unit(city, i) for i in range(len(city.units))]})
        return
    for key, value in summary(city).items():
        output.text(f"{key:<18} {value}")
    heads = (
        ("呼号", "种类", "网格", "停靠点", "二线")
        if around.language == "zh"
        else ("unit", "kind", "grid", "post", "2nd")
    )
    rows = [
        [u.call_sign, term(u.kind, around.language), u.home_grid, u.post, "2" if u.second_line else ""]
        for u in city.units
    ]
    output.text()
    output.table(heads, rows)


def _unit(city: City, number: int) -> dict[str, object]:
    unit = city.units[number]
    return {
        "unit": unit.call_sign,
        "kind": unit.kind.value,
        "name": unit.name,
        "crew": unit.crew,
        "home_grid": unit.home_grid,
        "post": unit.post,
        "station": unit.station or None,
        "second_line": unit.second_line,
    }


def check_city(invocation: Invocation, pack: str, as_json: bool) -> int:
    """The exit code."""
    around = look_around(invocation)
    city = load_city(find_city(pack, around.loaded))
    found = findings_of(city)
    if as_json:
        output.document(
            {
                "pack": city.name,
                "ok": not has_errors(found),
                "findings": [{**asdict(one), "severity": one.severity.value} for one in found],
            }
        )
        return TROUBLE if has_errors(found) else OK
    for one in found:
        mark = "!" if one.severity.value == "error" else "?"
        output.text(f"{mark} {around.say(one.zh, one.en)}")
        output.text(f"    → {around.say(one.remedy_zh, one.remedy_en)}")
    if not found:
        output.text(around.say(f"{city.name} 没有问题", f"{city.name}: nothing is wrong"))
    elif not has_errors(found):
        say(around.say("可以使用；以上几处请人看一看", "it can be used; a person should look at the above"))
    return TROUBLE if has_errors(found) else OK


def place_for(around: Surroundings, name: str, out: Path | None) -> Path:
    """Where a new pack goes. Raises Trouble for a name that is none, and for a folder that is there already."""
    if _NAME.fullmatch(name) is None:
        raise Trouble(
            both("城市包的名字不能这样写", "a pack cannot have this name"),
            shown(name),
            both("用英文字母、数字、- 和 _", "use letters, digits, - and _"),
            exit_code=USAGE,
        )
    path = out if out is not None else made_here() / "cities" / name
    if path.exists():
        raise Trouble(
            both("那里已经有东西了", "there is something there already"),
            str(path),
            both(
                "换个名字，或用 --out 另选位置；旧的要用就先移走",
                "take another name or --out, or move the old one away",
            ),
            exit_code=CANNOT_CREATE,
        )
    return path


def points_of(around: Surroundings, calls: Path, mapping: str) -> list[Point]:
    """Where the calls of a file were. Raises Trouble when none has a position."""
    from zz110_tui.cli.callswork import mapping_for
    from zz110_tui.drill.calls import read_calls

    how = mapping_for(around, mapping, calls)
    return [call.point for call in read_calls(calls, how, around.rules) if call.point is not None]
