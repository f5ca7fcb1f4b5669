"""Checks of ``zz110 doctor``: settings, store, disk and city pack."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from zz110_tui.cli.configwork import problems_of
from zz110_tui.cli.examine import Finding, Status, ok
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.surroundings import find_city, look_around
from zz110_tui.config.load import DEFAULT
from zz110_tui.core.rulebook import Words
from zz110_tui.gis.check import check_city, has_errors
from zz110_tui.gis.city import load_city
from zz110_tui.gis.findings import Severity
from zz110_tui.store.open import open_read_only

SYNCS = 60
LONGEST_MEASURE_S = 3.0
SLOW_SYNC_MS = 20.0
"""A desk feels a command that takes longer than a few of these."""
LITTLE_SPACE_MB = 500
KINDS_ZH = {"live": "实战", "drill": "演练"}


def settings(invocation: Invocation) -> Iterator[Finding]:
    problems = problems_of(invocation)
    for problem in problems:
        yield Finding("settings", "bad", Words(str(problem), str(problem)), Words(problem.remedy, problem.remedy))
    if not problems:
        language = look_around(invocation).loaded.settings.language
        yield ok("settings", f"可用（语言 {language}）", f"in order (language {language})")


def store(invocation: Invocation) -> Iterator[Finding]:
    around = look_around(invocation)
    path = around.store
    source = around.loaded.sources["store"]
    source_zh = "默认位置" if source == DEFAULT else source
    if not path.exists():
        yield ok(
            "store",
            f"{path}（{source_zh}）还没有，首次使用时建立",
            f"{path} ({source}) is not there yet: made at first use",
        )
        yield _writable(path)
        return
    reader = open_read_only(path)
    try:
        head, stamp = reader.head, reader.stamp
        megabytes = path.stat().st_size / 1e6
        yield ok(
            "store",
            f"{path}（{source_zh}）{KINDS_ZH[stamp.kind]} · {head.position} 条 · {megabytes:.1f} MB",
            f"{path} ({source}) {stamp.kind} · {head.position} entries · {megabytes:.1f} MB",
        )
        for warning in reader.warnings:
            yield Finding("store", "warn", Words(str(warning), str(warning)), Words(warning.remedy, warning.remedy))
    finally:
        reader.close()
    yield _writable(path)


def _writable(path: Path) -> Finding:
    """Whether the file, or the nearest folder that is there, may be written."""
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return Finding(
            "writable",
            "bad",
            Words(f"{path} 不可写", f"{path} cannot be written"),
            Words("改权限，或用 --store 另选位置", "change the permissions, or choose another place with --store"),
        )
    free = shutil.disk_usage(folder).free / 1e6
    if free < LITTLE_SPACE_MB:
        return Finding(
            "writable",
            "warn",
            Words(f"可写，只剩 {free:.0f} MB", f"can be written; only {free:.0f} MB are free"),
            Words("腾出空间", "free some space"),
        )
    return ok("writable", f"可写，余 {free / 1000:.1f} GB", f"can be written; {free / 1000:.1f} GB free")


def disk(invocation: Invocation) -> Iterator[Finding]:
    folder = look_around(invocation).store.parent
    while not folder.exists():
        folder = folder.parent
    try:
        times = sync_times(folder)
    except OSError as fault:
        yield Finding("disk", "bad", Words(f"{folder}: {fault.strerror}", f"{folder}: {fault.strerror}"))
        return
    middle, worst = times[len(times) // 2], times[-1]
    zh = f"同步一次 {middle:.2f} ms（中位），最慢 {worst:.1f} ms，{len(times)} 次"
    en = f"one sync takes {middle:.2f} ms (median), {worst:.1f} ms at worst of {len(times)}"
    if middle < SLOW_SYNC_MS:
        yield ok("disk", zh, en)
    else:
        yield Finding(
            "disk",
            "warn",
            Words(zh, en),
            Words("每步都要等这么久；把库放到本地固态盘", "every step waits that long; put the store on a local SSD"),
        )


def sync_times(folder: Path) -> list[float]:
    """What a write that is durable costs in a folder: sorted milliseconds. Raises OSError."""
    times: list[float] = []
    end = time.monotonic() + LONGEST_MEASURE_S
    with tempfile.NamedTemporaryFile(prefix=".zz110-doctor-", dir=folder) as file:
        while len(times) < SYNCS and (not times or time.monotonic() < end):
            began = time.perf_counter()
            os.pwrite(file.fileno(), bytes(4096), 4096 * len(times))
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def city(invocation: Invocation) -> Iterator[Finding]:
    around = look_around(invocation)
    name = invocation.city or around.loaded.settings.city
    path = find_city(name, around.loaded)
    found = check_city(load_city(path))
    for one in found:
        status: Status = "bad" if one.severity is Severity.ERROR else "warn"
        yield Finding("city", status, Words(one.zh, one.en), Words(one.remedy_zh, one.remedy_en))
    if not has_errors(found):
        yield ok("city", f"{name} 可用（{path}）", f"{name} can be used ({path})")
