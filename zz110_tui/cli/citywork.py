"""The work behind ``zz110 city``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.exits import CANNOT_CREATE, OK, TROUBLE, USAGE
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import city_names, find_city, look_around
from zz110_tui.config.bundled import roots
from zz110_tui.config.folders import made_cities
from zz110_tui.config.problems import both, shown
from zz110_tui.core.terms import term
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.check import check_city as findings_of
from zz110_tui.gis.check import has_errors, summary
from zz110_tui.gis.city import City, load_city

if TYPE_CHECKING:
    from zz110_tui.drill.calls import CallRecord

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
SHOW_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class NewCity:
    """What somebody asked ``zz110 city new`` for."""

    name: str
    calls: Path
    mapping: str
    grids: int
    units: int
    second_line: int
    roads: tuple[Path, Path] | None
    out: Path | None
    seed: int
    timezone: str
    name_zh: str
    name_en: str


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


def make_city(invocation: Invocation, wanted: NewCity, as_json: bool) -> None:
    """Read the calls, make the pack, check it, and say where it is."""
    from zz110_tui.cli.callswork import mapping_for
    from zz110_tui.drill.calls import read_calls
    from zz110_tui.gis import makecity

    around = look_around(invocation)
    out = _place_for(wanted)
    mapping = mapping_for(around, wanted.mapping, wanted.calls)
    zone = wanted.timezone or (mapping.zone.key if mapping is not None else around.loaded.settings.timezone)
    with Progress(around.say("读警情", "reading calls")) as progress:
        found = makecity.make_city(
            wanted.name,
            counted(read_calls(wanted.calls, mapping, around.rules), progress),
            out=out,
            grids=wanted.grids,
            units=wanted.units,
            second_line=wanted.second_line,
            roads=wanted.roads,
            seed=wanted.seed,
            timezone=zone,
            name_zh=wanted.name_zh,
            name_en=wanted.name_en,
        )
    faults = findings_of(found)
    if as_json:
        output.document({**summary(found), "path": str(out), "ok": not has_errors(faults), "findings": len(faults)})
    else:
        for key, value in summary(found).items():
            output.text(f"{key:<18} {value}")
        output.text(f"{'path':<18} {out}")
    if faults:
        say(
            around.say(
                f"有 {len(faults)} 处请看：zz110 city check {out}", f"{len(faults)} findings: zz110 city check {out}"
            )
        )


def counted(calls: Iterable[CallRecord], progress: Progress) -> Iterator[tuple[float, float, int]]:
    """Where and when each call was that has a position."""
    for number, call in enumerate(calls, 1):
        if number % SHOW_EVERY == 0:
            progress.show(number, 0, str(number))
        if call.point is not None:
            yield call.point.lon, call.point.lat, call.received_ms


def _place_for(wanted: NewCity) -> Path:
    """Where the new pack goes. Raises Trouble for what is there already, and for a name that is none."""
    if _NAME.fullmatch(wanted.name) is None:
        raise Trouble(
            both("城市包的名字不能这样写", "a pack cannot have this name"),
            shown(wanted.name),
            both("用小写字母、数字、- 和 _，如 seattle", "use small letters, digits, - and _, such as seattle"),
            exit_code=USAGE,
        )
    path = wanted.out if wanted.out is not None else made_cities() / wanted.name
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
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


def may_be_written(pack: Path, out: Path | None) -> None:
    """What comes with zz110 stays as it came; a copy is never put over something else."""
    if out is None:
        if any(pack.resolve().is_relative_to((root / "cities").resolve()) for root in roots()):
            raise Trouble(
                both("随附的城市包不改动", "a pack that comes with zz110 is not changed"),
                str(pack),
                both("用 --out 目录 做一个副本", "make a copy of it: --out DIR"),
                exit_code=CANNOT_CREATE,
            )
    elif out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Trouble(
            both("那里已经有东西了", "there is something there already"),
            str(out),
            both("用 --out 另选一个空目录", "name another, empty directory with --out"),
            exit_code=CANNOT_CREATE,
        )
