"""What the core shows to Prometheus, in the text format 0.0.4: counts, spans, ages; nobody's name, number or words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zz110_tui.core.alarms import Alarm, AlarmKind
from zz110_tui.core.incidents import IncidentStage, ReportStage
from zz110_tui.server.health import Outside, free_bytes, late_ms
from zz110_tui.service.meters import Histogram
from zz110_tui.wire.program import program

if TYPE_CHECKING:
    from zz110_tui.server.serving import Server

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Value = tuple[Mapping[str, str], float]


def metrics(server: Server, outside: Outside, counted: Mapping[str, int]) -> str:
    """The whole page. ``counted`` are the events of the security record since the core began."""
    return "\n".join([*_core(server), *_room(server), *_surroundings(server, outside, counted)]) + "\n"


def _family(name: str, kind: str, said: str, values: Iterable[Value]) -> Iterator[str]:
    yield f"# HELP zz110_{name} {said}"
    yield f"# TYPE zz110_{name} {kind}"
    for labels, value in values:
        yield f"zz110_{name}{_labels(labels)} {_number(value)}"


def _labels(labels: Mapping[str, str]) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}" if labels else ""


def _number(value: float) -> str:
    return "+Inf" if value == float("inf") else f"{value:.15g}"


def _one(name: str, kind: str, said: str, value: float) -> Iterator[str]:
    return _family(name, kind, said, [({}, value)])


def _histogram(name: str, said: str, of: Histogram) -> Iterator[str]:
    yield f"# HELP zz110_{name} {said}"
    yield f"# TYPE zz110_{name} histogram"
    total = 0
    for bound, step in zip((*of.bounds, float("inf")), of.steps, strict=True):
        total += step
        yield f'zz110_{name}_bucket{{le="{_number(bound)}"}} {total}'
    yield f"zz110_{name}_sum {_number(of.sum)}"
    yield f"zz110_{name}_count {total}"


def _core(server: Server) -> Iterator[str]:
    engine = server.engine
    meters, stamp = engine.meters, engine.journal.stamp
    labels = {"version": program(), "kind": stamp.kind}
    yield from _family("info", "gauge", "The program and the kind of its store.", [(labels, 1)])
    outcomes = [({"outcome": name}, meters.outcomes[name]) for name in ("accepted", "refused", "failed")]
    yield from _family("commands_total", "counter", "Commands by how they ended.", outcomes)
    yield from _one("entries_total", "counter", "Entries stored since the start.", meters.entries)
    yield from _histogram("answer_seconds", "From a command's arrival to its durable answer.", meters.answered)
    yield from _histogram("commit_seconds", "One append to the journal with its fsync.", meters.committed)
    yield from _one("journal_position", "gauge", "The last entry of the journal.", engine.board.position)
    age = max(0, engine.clock.now() - engine.board.at) / 1000 if engine.board.at else 0.0
    yield from _one("head_age_seconds", "gauge", "Since the last entry was made.", age)
    yield from _one("store_failed", "gauge", "1 while the store cannot be written.", int(engine.trouble is not None))
    yield from _one("inbox_commands", "gauge", "Commands that wait to be decided.", engine.inbox)
    yield from _one("timers_late_seconds", "gauge", "How late the core's own deadlines are.", late_ms(server) / 1000)


def _state(alarm: Alarm) -> str:
    if alarm.shelf is not None:
        return "shelved"
    return "open" if alarm.untaken else "taken"


def _room(server: Server) -> Iterator[str]:
    board = server.engine.board
    alarms = Counter((alarm.kind.value, _state(alarm)) for alarm in board.alarms.values())
    standing = [
        ({"kind": kind.value, "state": state}, alarms[kind.value, state])
        for kind in AlarmKind
        for state in ("open", "taken", "shelved")
    ]
    yield from _family("alarms", "gauge", "Alarms that stand: wanting a hand, taken, or shelved.", standing)
    reports = Counter(report.stage for report in board.reports.values())
    stages: list[Value] = [({"stage": stage.value}, reports[stage]) for stage in ReportStage]
    yield from _family("reports", "gauge", "Reports on the board by stage.", stages)
    incidents = Counter(incident.stage for incident in board.incidents.values())
    stages = [({"stage": stage.value}, incidents[stage]) for stage in IncidentStage]
    yield from _family("incidents", "gauge", "Incidents on the board by stage.", stages)
    units = Counter("on_incident" if unit.incidents else unit.status.value for unit in board.units.values())
    yield from _family(
        "units", "gauge", "Units by what they do.", [({"state": s}, n) for s, n in sorted(units.items())]
    )


def _surroundings(server: Server, outside: Outside, counted: Mapping[str, int]) -> Iterator[str]:
    duties = server.duties()
    yield from _family("links", "gauge", "Links by duty.", [({"duty": d}, n) for d, n in sorted(duties.items())])
    yield from _one("links_in_doubt", "gauge", "Links of which one direction is silent for 3 s.", server.in_doubt())
    yield from _one("followers", "gauge", "Desks that hear everything as it happens.", server.followers)
    yield from _one("strangers", "gauge", "Connections that have not said who they are.", server.strangers)
    yield from _one("queued_bytes", "gauge", "What waits to be sent to the slowest desk.", server.longest_queue())
    events = [({"event": event}, count) for event, count in sorted(counted.items())]
    yield from _family("security_events_total", "counter", "Events of the security record.", events)
    ages: list[Value] = [({"what": name}, schedule.age_s()) for name, schedule in outside.schedules.items()]
    yield from _family("age_seconds", "gauge", "Since the last backup, and the last export of heads.", ages)
    free, _ = free_bytes(outside.store)
    yield from _one("disk_free_bytes", "gauge", "Free on the store's disk.", free)
    sizes: list[Value] = [({"file": end or "store"}, _size(outside.store, end)) for end in ("", "-wal")]
    yield from _family("store_bytes", "gauge", "Size of the store and of its log.", sizes)
    yield from _one("resident_bytes", "gauge", "Memory of the core.", resident_bytes())
    yield from _one("processor_seconds_total", "counter", "Processor time of the core.", time.process_time())


def _size(store: Path | None, end: str) -> int:
    try:
        return 0 if store is None else store.with_name(store.name + end).stat().st_size
    except OSError:
        return 0


def resident_bytes() -> int:
    """Memory of this process; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * 4096
