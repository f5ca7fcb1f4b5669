"""The work behind ``zz110 incident|report|unit|alarm``: read the store, print rows or documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from zz110_tui.cli import output
from zz110_tui.cli.diagnostics import say
from zz110_tui.cli.documents import clock
from zz110_tui.cli.history import filed_slip, open_history, slip_on
from zz110_tui.cli.invocation import Invocation
from zz110_tui.cli.noting import note_reading
from zz110_tui.cli.slipview import incident_line, slip_document, slip_lines, unit_line
from zz110_tui.cli.surroundings import look_around
from zz110_tui.cli.wiring import Reading, open_board
from zz110_tui.core.alarms import Alarm
from zz110_tui.core.incidents import Incident, IncidentStage, Report, ReportStage
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.terms import incident_no, report_no, term
from zz110_tui.language.saying_alarms import risen_to
from zz110_tui.language.scene import Scene, zone
from zz110_tui.language.words import disposition_name, spot, type_name
from zz110_tui.wire.asking import PastSlip


def list_incidents(invocation: Invocation, every: bool, as_json: bool) -> None:
    around = look_around(invocation)
    with open_board(around) as reading, _incidents(reading, every) as found:
        if as_json:
            known = reading.board
            output.documents({**reading.pen.incident(i), "caught_up": known.was_caught_up(i.number)} for i in found)
            return
        scene = reading.scene()
        heads = ("警情", "级", "阶段", "类别", "接警", "警力", "地点", "结果")
        names = ("no", "p", "stage", "type", "received", "units", "place", "disposition")
        _count(scene, output.table(_heads(scene, heads, names), (_incident_row(i, scene) for i in found)))


@contextmanager
def _incidents(reading: Reading, every: bool) -> Iterator[Iterable[Incident]]:
    """Those on the board, or every one from the history, read as they are taken."""
    board = reading.board
    if not every:
        yield sorted(
            (i for i in board.incidents.values() if i.stage is not IncidentStage.CLOSED),
            key=lambda i: (not i.open, i.priority, i.received_at, i.number),
        )
        return
    if reading.elsewhere is not None:
        yield reading.elsewhere.slips()
        return
    note_reading(reading.around, "read", "incident list --all")
    with open_history(reading.around, reading.journal) as history:
        yield history.incidents()


def _incident_row(incident: Incident, scene: Scene) -> list[str]:
    return [
        incident_no(incident.number) + (scene.say("补", "*") if scene.board.was_caught_up(incident.number) else ""),
        str(incident.priority),
        term(incident.stage, scene.language),
        type_name(scene, incident.type),
        clock(incident.received_at, zone(scene.timezone)),
        ",".join(a.unit for a in incident.working),
        spot(incident.place),
        disposition_name(scene, incident.disposition) if incident.disposition else "",
    ]


def show_incident(invocation: Invocation, number: int, as_json: bool) -> bool:
    """Whether there is such an incident, on the board or filed."""
    around = look_around(invocation)
    with open_board(around) as reading:
        slip = slip_on(reading.board, number) or _filed(reading, number)
        if slip is None:
            say(around.say(f"没有警情 {incident_no(number)}", f"there is no incident {incident_no(number)}"))
            say(around.say("  → 看 zz110 incident list --all", "  → see zz110 incident list --all"))
            return False
        if as_json:
            output.document(slip_document(slip, reading.pen, reading.scene()))
        else:
            for line in slip_lines(slip, reading.scene()):
                output.text(line)
        return True


def _filed(reading: Reading, number: int) -> PastSlip | None:
    if not 0 < number < reading.board.next_incident:
        return None
    if reading.elsewhere is not None:
        return reading.elsewhere.slip(number)
    return filed_slip(reading.around, reading.journal, number)


def list_reports(invocation: Invocation, every: bool, as_json: bool) -> None:
    around = look_around(invocation)
    with open_board(around) as reading, _reports(reading, every) as found:
        if as_json:
            output.documents(reading.pen.report(report) for report in found)
            return
        scene = reading.scene()
        heads = ("接警", "阶段", "方式", "时间", "报警人", "警情", "内容")
        names = ("no", "stage", "channel", "received", "caller", "incident", "text")
        _count(scene, output.table(_heads(scene, heads, names), (_report_row(r, scene) for r in found)))


@contextmanager
def _reports(reading: Reading, every: bool) -> Iterator[Iterable[Report]]:
    board = reading.board
    if not every:
        yield [board.reports[n] for n in sorted(board.reports) if board.reports[n].stage is not ReportStage.ENDED]
        return
    if reading.elsewhere is not None:
        yield reading.elsewhere.reports()
        return
    note_reading(reading.around, "read", "report list --all")
    with open_history(reading.around, reading.journal) as history:
        yield history.reports()


def _report_row(report: Report, scene: Scene) -> list[str]:
    return [
        report_no(report.number),
        term(report.end or report.stage, scene.language),
        term(report.channel, scene.language),
        clock(report.received_at, zone(scene.timezone)),
        " ".join(part for part in (mask_name(report.caller), mask_contact(report.contact)) if part),
        incident_no(report.incident) if report.incident else "",
        report.text,
    ]


def list_units(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    with open_board(around) as reading:
        found = [reading.board.units[name] for name in sorted(reading.board.units)]
        if as_json:
            output.document([reading.pen.unit(unit) for unit in found])
            return
        scene = reading.scene()
        rows = []
        for unit in found:
            profile = unit.profile
            doing = " ".join(incident_no(n) for n in unit.incidents)
            status = term(unit.status, scene.language)
            second = scene.say("二线", "2nd line") if profile.second_line else ""
            kind = term(profile.kind, scene.language)
            rows.append([unit.call_sign, kind, status, doing, profile.home_grid, profile.post, second, profile.name])
        heads = ("呼号", "种类", "状态", "警情", "网格", "停靠点", "", "名称")
        names = ("unit", "kind", "status", "incidents", "grid", "post", "", "name")
        output.table(_heads(scene, heads, names), rows)
        _count(scene, len(found))


def show_unit(invocation: Invocation, call_sign: str, as_json: bool) -> bool:
    """Whether there is such a unit."""
    around = look_around(invocation)
    with open_board(around) as reading:
        unit = reading.board.units.get(call_sign)
        if unit is None:
            say(around.say(f"没有警力 {call_sign}", f"there is no unit {call_sign}"))
            say(around.say("  → 看 zz110 unit list", "  → see zz110 unit list"))
            return False
        on = [reading.board.incidents[n] for n in unit.incidents]
        if as_json:
            output.document({**reading.pen.unit(unit), "on": [reading.pen.incident(i) for i in on]})
            return True
        scene = reading.scene()
        output.text(unit_line(unit, scene))
        for incident in on:
            output.text(f"  {incident_line(incident, scene)}")
        return True


def list_alarms(invocation: Invocation, as_json: bool) -> None:
    around = look_around(invocation)
    with open_board(around) as reading:
        found = sorted(reading.board.alarms.values(), key=lambda a: (a.priority, a.since, a.key))
        if as_json:
            output.document([reading.pen.alarm(alarm) for alarm in found])
            return
        scene = reading.scene()
        rows = [
            [
                str(alarm.priority),
                term(alarm.kind, scene.language),
                str(alarm.subject),
                alarm.unit,
                clock(alarm.since, zone(scene.timezone)),
                clock(alarm.raised_at, zone(scene.timezone)),
                alarm.owner,
                _more(alarm, scene),
            ]
            for alarm in found
        ]
        heads = ("级", "警报", "对象", "警力", "起", "超时", "认领", "升级、搁置")
        names = ("p", "alarm", "subject", "unit", "since", "raised", "owner", "risen, shelved")
        output.table(_heads(scene, heads, names), rows)
        _count(scene, len(found))


def _more(alarm: Alarm, scene: Scene) -> str:
    if alarm.shelf is not None:
        until = clock(alarm.shelf.until, zone(scene.timezone))
        return scene.say(f"席位{alarm.shelf.desk} 搁置到 {until}", f"shelved by desk {alarm.shelf.desk} until {until}")
    return scene.say("升级 ", "risen, ") + risen_to(alarm.risen_to, scene) if alarm.rises else ""


def _heads(scene: Scene, chinese: Sequence[str], english: Sequence[str]) -> Sequence[str]:
    return chinese if scene.language == "zh" else english


def _count(scene: Scene, count: int) -> None:
    """How many rows there were: talk, not data."""
    say(scene.say(f"共 {count} 条", f"{count} in all"))
