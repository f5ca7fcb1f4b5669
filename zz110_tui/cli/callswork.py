"""The work behind ``zz110 calls``."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from types import FrameType

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import clock, iso
from zz110_tui.cli.exits import OK, ended_by
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.progress import Progress
from zz110_tui.cli.surroundings import Surroundings, find_city, look_around
from zz110_tui.config.folders import find, names
from zz110_tui.drill.calls import (
    REASONS,
    CallsMapping,
    ImportProgress,
    ImportReport,
    find_mapping,
    import_calls,
    load_mapping,
    read_calls,
)
from zz110_tui.language.scene import zone


def mapping_for(around: Surroundings, named: str, source: Path) -> CallsMapping | None:
    """The mapping somebody named, else the one that fits the file; None for a calls file and a store, which need none.

    Raises Trouble when there is none.
    """
    folders = around.loaded.folders
    if named:
        return load_mapping(find("mappings", named, folders))
    known = names("mappings", folders)
    return find_mapping(source, [find("mappings", name, folders) for name in known])


def import_file(
    invocation: Invocation, source: Path, named: str, out: Path | None, rejects: Path | None, as_json: bool
) -> int:
    """The exit code."""
    around = look_around(invocation)
    mapping = mapping_for(around, named, source)
    if mapping is None:
        say(
            around.say(
                "这已是 zz110 的警情记录或案卷库，不必导入",
                "this is a calls file or a store of zz110 already: no need to import it",
            )
        )
        return OK
    target = out or Path(source.name.split(".")[0] + ".calls")
    rejected = rejects or target.with_name(target.name + ".rejects.csv")
    began = time.monotonic()
    with Progress(around.say("导入", "importing")) as progress, stoppable() as stopped:

        def on(at: ImportProgress) -> None:
            rows = around.say(f"{at.rows} 行，退回 {at.rejected}", f"{at.rows} rows, {at.rejected} rejected")
            progress.show(at.bytes_done, at.bytes_total, rows)

        report = import_calls(source, mapping, target, rejected, on, around.rules, lambda: bool(stopped))
    _say_report(around, report, time.monotonic() - began, as_json)
    if report.complete:
        return OK
    return ended_by(stopped)


@contextmanager
def stoppable() -> Iterator[list[int]]:
    """Ctrl-C and SIGTERM end long work at the next step. The signals that came are in the list."""
    came: list[int] = []

    def on(number: int, frame: FrameType | None) -> None:
        came.append(number)

    before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError):  # not in the main thread: then nobody can interrupt it either
            before[number] = signal.signal(number, on)
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say_report(around: Surroundings, report: ImportReport, seconds: float, as_json: bool) -> None:
    if as_json:
        output.document(
            {
                "read": report.read,
                "added": report.added,
                "known": report.known,
                "rejected": report.rejected,
                "reasons": dict(report.reasons),
                "complete": report.complete,
                "calls": str(report.target),
                "rejects": str(report.rejects),
            }
        )
    else:
        output.text(
            around.say(
                f"读 {report.read} 行：新增 {report.added}，已有 {report.known}，退回 {report.rejected}",
                f"{report.read} rows: {report.added} added, {report.known} known, {report.rejected} rejected",
            )
        )
        for code, count in report.reasons:
            output.text(f"  {count:>8}  {code}  {REASONS.get(code, '')}")
        output.text(f"{report.target}")
    say(around.say(f"用时 {seconds:.1f} 秒", f"{seconds:.1f} s"))
    if report.rejected:
        say(around.say(f"退回的行在 {report.rejects}", f"the rejected rows are in {report.rejects}"))
    if not report.complete:
        say(around.say("中断了；再运行一次即可接着导入", "broken off; run it again to go on"))


def tell_about(invocation: Invocation, source: Path, named: str, as_json: bool) -> None:
    around = look_around(invocation)
    mapping = mapping_for(around, named, source)
    rejected: dict[str, int] = {}
    types: dict[str, int] = {}
    first = last = count = arrived = 0

    def turn_away(line: int, code: str, detail: str) -> None:
        rejected[code] = rejected.get(code, 0) + 1

    for call in read_calls(source, mapping, around.rules, turn_away):
        count += 1
        arrived += bool(call.arrived_ms)
        first = min(first, call.received_ms) if count > 1 else call.received_ms
        last = max(last, call.received_ms)
        types[call.type] = types.get(call.type, 0) + 1
    there = mapping.zone if mapping is not None else _zone_of_city(around)
    by_count = sorted(types.items(), key=lambda pair: (-pair[1], pair[0]))
    if as_json:
        output.document(
            {
                "calls": count,
                "with_arrival": arrived,
                "first": first if count else None,
                "first_local": iso(first, there) if count else None,
                "last": last if count else None,
                "last_local": iso(last, there) if count else None,
                "mapping": mapping.id if mapping is not None else None,
                "types": dict(by_count),
                "rejected": dict(sorted(rejected.items())),
            }
        )
        return
    output.text(around.say(f"{count} 个警情", f"{count} calls"))
    if count:
        output.text(f"{clock(first, there)} … {clock(last, there)} ({there})")
        output.text(around.say(f"有到场时间的 {arrived}", f"{arrived} with a time of arrival"))
    kinds = around.rules.types
    output.table(
        (around.say("类别", "type"), around.say("数", "count"), ""),
        [[c, str(n), kinds[c].words.in_(around.language) if c in kinds else ""] for c, n in by_count],
        right=(1,),
    )
    for code, number in sorted(rejected.items()):
        say(around.say(f"不能用的行 {number}：", f"{number} rows cannot be used: ") + REASONS.get(code, code))


def _zone_of_city(around: Surroundings) -> tzinfo:
    """A calls file has times in UTC only: they are shown by the clock of the city asked for."""
    from zz110_tui.gis.city import load_city

    settings = around.loaded.settings
    named = around.city_named
    return zone(load_city(find_city(named, around.loaded)).timezone if named else settings.timezone)


def list_mappings(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    folders = around.loaded.folders
    found = [(name, load_mapping(find("mappings", name, folders))) for name in names("mappings", folders)]
    if as_json:
        output.document([{"mapping": name, "id": m.id, "file": str(m.path), "remark": m.remark} for name, m in found])
        return
    heads = ("映射", "来源", "说明") if around.language == "zh" else ("mapping", "source", "remark")
    output.table(heads, [[name, m.id, m.remark] for name, m in found])
