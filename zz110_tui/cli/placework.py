"""What ``zz110 city posts`` and ``zz110 city grids`` have in common: whose calls count, and where the change goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zz110_tui.cli.callswork import mapping_for
from zz110_tui.cli.citywork import counted, may_be_written
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings, find_city
from zz110_tui.config.problems import both
from zz110_tui.core.trouble import Trouble
from zz110_tui.gis.check import check_city, has_errors
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.packswap import change_pack


@dataclass(frozen=True, slots=True)
class Sources:
    """The pack, whose calls count (its own where no file is named), and where what is found goes."""

    pack: str
    calls: Path | None
    mapping: str
    picture: Path | None
    write: bool
    out: Path | None
    as_json: bool


def the_pack(around: Surroundings, wanted: Sources) -> tuple[Path, City]:
    """The pack's folder and the city, its calls those of a file where one is named. Raises Trouble."""
    from zz110_tui.drill.calls import read_calls
    from zz110_tui.gis.callplaces import with_calls

    pack = find_city(wanted.pack, around.loaded)
    if wanted.write or wanted.out is not None:
        may_be_written(pack, wanted.out)
    city = load_city(pack)
    if wanted.calls is None:
        return pack, city
    mapping = mapping_for(around, wanted.mapping, wanted.calls)
    with Progress(around.say("读警情", "reading calls")) as progress:
        return pack, with_calls(city, counted(read_calls(wanted.calls, mapping, around.rules), progress))


def put(around: Surroundings, wanted: Sources, pack: Path, changed: City, files: Mapping[str, str]) -> Path | None:
    """The changed files in the pack or in a copy of it, when that was asked for. Raises Trouble when the pack would
    have a fault that it did not have."""
    if not (wanted.write or wanted.out is not None):
        return None
    before = {(one.zh, one.severity) for one in check_city(load_city(pack))}
    fresh = [one for one in check_city(changed) if (one.zh, one.severity) not in before]
    if has_errors(fresh):
        raise Trouble(
            both("没有写入：城市包会有错", "not written: the pack would have faults"),
            "; ".join(both(one.zh, one.en) for one in fresh),
            both("换一个 --seed 或数目", "try another --seed or number"),
        )
    place = change_pack(pack, {name: text.encode() for name, text in files.items()}, wanted.out)
    load_city(place)
    say(around.say(f"已写入 {place}", f"written to {place}"))
    return place
