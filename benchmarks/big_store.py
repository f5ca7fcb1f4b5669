"""Make a store of any size from drill-like facts, quickly: what the figures about history and start-up stand on.

    python -m benchmarks.big_store --facts 10000000 --out FILE [--seed S]

One drilled month is taken as a pattern and written again and again, each time with new numbers, times and command
ids, a caller's number of its own and one of many texts. Every entry is in its canonical form and chained: the store
verifies, replays, and is that of about 143 calls a day for as many years as it takes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw

from zz110_tui.config.bundled import bundled
from zz110_tui.config.rulebook import load_rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry, SlipsFiled
from zz110_tui.drill.simulation import run_shift
from zz110_tui.gis.city import load_city
from zz110_tui.service.recovery import save_snapshot
from zz110_tui.store.journal import NO_HASH
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal
from zz110_tui.wire.codec import encode_entry

DAYS = 30
DAY_MS = 86_400_000
START = date(2012, 1, 2)
MONTHS_REMEMBERED = 22
SNAPSHOT_BEHIND = 2_500
"""Entries after the snapshot: on average half of what lies between two."""

WHAT = (
    "两人持刀打架",
    "商铺被盗",
    "邻里噪音纠纷",
    "老人走失",
    "醉酒滋事",
    "车辆剐蹭",
    "电信诈骗",
    "家庭纠纷",
    "水管爆裂求助",
)
WHERE = ("东门口", "菜市场二楼", "公交站台", "学校后门", "江滨公园", "网吧门前", "小区地下车库")
NAMES = ("陈建国", "林秀英", "黄志强", "张小明", "欧阳修", "吴丽娟", "郑海涛")

_TIMES = {"t", "at", "since", "until", "received_at"}
_MARK = re.compile(rb'"@([a-z])(-?\d+)@"|@([a-z])@')


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entry with its places left open: ``form`` takes one value for each of ``kinds``, base + the copy's offset."""

    form: bytes
    kinds: tuple[tuple[str, int], ...]
    first_only: bool
    command: str


@dataclass(frozen=True, slots=True)
class Month:
    patterns: list[Pattern]
    reports: int
    incidents: int


def drilled_month(seed: int) -> Month:
    """The entries of one drilled month, the rest of its slips filed at its end, as patterns."""
    journal = MemoryJournal("drill")
    city, rules = load_city(bundled("cities") / "zhangzhou"), load_rulebook(bundled("rulebook"))
    asyncio.run(run_shift(city, rules, days=DAYS, seed=seed, start=START, journal=journal))
    entries = list(journal.read())
    board = Board()
    for entry in entries:
        evolve(board, entry)
    left = SlipsFiled(tuple(sorted(board.incidents)), tuple(sorted(board.reports)))
    last = entries[-1]
    entries.append(Entry(last.position + 1, last.at, _clerk(entries), "file:end", left))
    return Month([_pattern(entry) for entry in entries], board.next_report - 1, board.next_incident - 1)


def _clerk(entries: list[Entry]) -> Any:
    return next(entry.actor for entry in entries if isinstance(entry.fact, SlipsFiled))


def _pattern(entry: Entry) -> Pattern:
    record = json.loads(encode_entry(entry))
    record["c"] = f"@b@:{record['c']}"
    record["p"] = "@p0@"
    data = record["d"]
    if record["f"] == "report_received":
        data |= {"caller": "@n@", "contact": "1@c@", "source": f"@b@:{data['source']}"}
    if record["f"] == "incident_opened":
        data["text"] = "@x@"
    marked = json.dumps(_marked(record, ""), ensure_ascii=False, separators=(",", ":")).encode().replace(b"%", b"%%")
    kinds: list[tuple[str, int]] = []

    def opened(found: re.Match[bytes]) -> bytes:
        kind = (found[1] or found[3]).decode()
        kinds.append((kind, int(found[2] or 0)))
        return b"%b" if kind in "nx" else b"%010d" if kind == "c" else b'"%d"' if kind in "jq" else b"%d"

    form = _MARK.sub(opened, marked)
    return Pattern(form, tuple(kinds), record["f"] == "city_adopted", entry.command)


def _marked(value: Any, key: str) -> Any:
    if isinstance(value, dict):
        if set(value) == {"kind", "id"} and value["kind"] in ("incident", "report"):
            return {"kind": value["kind"], "id": f"@{'j' if value['kind'] == 'incident' else 'q'}{value['id']}@"}
        return {name: _marked(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_marked(item, key) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and value:
        if key in _TIMES:
            return f"@t{value}@"
        if key in ("report", "reports"):
            return f"@r{value}@"
        if key in ("incident", "incidents", "to", "out_of"):
            return f"@i{value}@"
    return value


def copies(month: Month, facts: int) -> Iterator[tuple[int, bytes, str]]:
    """(position, payload, command id) of so many entries."""
    position, copy = 0, 0
    while position < facts:
        offsets = {"t": copy * DAYS * DAY_MS, "r": copy * month.reports, "i": copy * month.incidents, "b": copy}
        offsets |= {"j": offsets["i"], "q": offsets["r"]}
        for number, pattern in enumerate(month.patterns):
            if pattern.first_only and copy:
                continue
            position += 1
            payload = pattern.form % tuple(
                _value(kind, base, offsets, position, number) for kind, base in pattern.kinds
            )
            yield position, payload, f"{copy}:{pattern.command}" if pattern.command else ""
            if position == facts:
                return
        copy += 1


def _value(kind: str, base: int, offsets: dict[str, int], position: int, number: int) -> int | bytes:
    if kind == "p":
        return position
    if kind in "nxc":
        # Drawn from the position, so that the same store comes out on every machine.
        drawn = position * 2654435761 % (1 << 32)
        if kind == "c":
            return 3_000_000_000 + drawn
        if kind == "n":
            return NAMES[drawn % len(NAMES)].encode()
        rare = f"，编号{position}" if drawn % 97 == 0 else ""
        return f"{WHERE[drawn % len(WHERE)]}{WHAT[drawn // 7 % len(WHAT)]}{rare}".encode()
    return base + offsets[kind]


def make(out: Path, facts: int, seed: int = 1, tell: Callable[[int], object] = lambda _: None) -> None:
    """Write the store. It must not be there yet."""
    if out.exists():
        raise SystemExit(f"{out} is there already")
    month = drilled_month(seed)
    open_journal(out, "drill").close()
    database = apsw.Connection(str(out))
    database.execute("PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000").fetchall()
    chain = NO_HASH
    rows: list[tuple[int, bytes, bytes]] = []
    spans: dict[str, list[int]] = {}
    with database:
        for position, payload, command in copies(month, facts):
            if len(rows) >= 20_000 and command not in spans:
                _write(database, rows, spans)
                tell(position)
            chain = sha256(chain + payload).digest()
            rows.append((position, payload, chain))
            if command:
                spans.setdefault(command, [position, position])[1] = position
        _write(database, rows, spans)
    database.close()
    keep_snapshot(out, len(month.patterns))


def keep_snapshot(out: Path, first: int) -> None:
    """A snapshot near the end, as a core would have left one. The board there comes from the first month and the last
    ones: what lies between left nothing on it (undo remembers twenty steps, and some desks take one a month).
    ``first`` is the number of entries of the first month."""
    journal = open_journal(out, "drill", create=False)
    last = journal.head.position - SNAPSHOT_BEHIND
    board = Board()
    for entry in journal.read(0, min(first, last)):
        evolve(board, entry)
    later = first - 1
    begin = first + max(0, (last - first) // later - MONTHS_REMEMBERED) * later
    for entry in journal.read(begin, max(0, last - begin)):
        evolve(board, entry)
    if board.position:
        save_snapshot(journal, board.image())
    journal.close()


def _write(database: apsw.Connection, rows: list[tuple[int, bytes, bytes]], spans: dict[str, list[int]]) -> None:
    database.executemany("INSERT INTO entry VALUES (?, ?, ?)", rows)
    database.executemany("INSERT INTO command VALUES (?, ?, ?)", [(c, *span) for c, span in sorted(spans.items())])
    rows.clear()
    spans.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a store of any size from drill-like facts.")
    parser.add_argument("--facts", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.perf_counter()

    def tell(done: int) -> None:
        sys.stderr.write(f"\r{done:,} of {options.facts:,}, {time.perf_counter() - began:.0f} s")

    make(options.out, options.facts, options.seed, tell)
    size = options.out.stat().st_size
    print(f"\n{options.facts:,} facts, {size / 1e6:,.0f} MB, {time.perf_counter() - began:.0f} s: {options.out}")


if __name__ == "__main__":
    main()
