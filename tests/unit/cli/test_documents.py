"""The keys of the JSON documents are a contract with scripts: a key may be added here, never changed or taken away."""

from __future__ import annotations

import json

from tests.support.room import LI, NOON, RULES, Room
from zz110_tui.cli.documents import Pen, clock, iso, record_of, refusal
from zz110_tui.cli.history import slip_on
from zz110_tui.cli.slipview import slip_document, slip_lines
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, of_unit
from zz110_tui.core.board import Board
from zz110_tui.core.facts import Entry, ReportReceived
from zz110_tui.core.incidents import Channel
from zz110_tui.core.refusals import Refusal
from zz110_tui.language.scene import Scene, zone

PEN = Pen(zone("Asia/Shanghai"), RULES)

INCIDENT = {
    "incident", "number", "stage", "type", "type_zh", "type_en", "category", "final_type", "priority", "place", "text",
    "disposition", "disposition_text", "receiver", "linked_to", "satisfied", "reopened", "hold_reason", "lead",
    "reports", "units", "answers", "steps", "links", "priority_by_hand", "version",
    "received_at", "opened_at", "held_until", "handled_at", "fed_back_at",
    "called_back_at", "closed_at",
}  # fmt: skip
ASSIGNMENT = {
    "unit", "stage", "withdrawal", "dispatched_at", "signed_at", "en_route_at", "on_scene_at", "contact_at", "ended_at",
}  # fmt: skip
REPORT = {
    "report", "number", "stage", "channel", "caller", "contact", "place", "text", "source", "answered_by",
    "answered_desk", "end", "end_reason", "incident", "links", "version", "received_at", "answered_at", "ended_at",
}  # fmt: skip
UNIT = {
    "unit", "kind", "name", "crew", "home_grid", "station", "post", "second_line", "status", "reason", "available",
    "incidents", "position", "version", "status_at", "position_at",
}  # fmt: skip
ALARM = {
    "alarm", "kind", "subject", "unit", "priority", "latched", "owner", "owner_person", "since", "raised_at",
    "taken_at", "untaken", "rises", "risen_to", "risen_at", "shelf",
}  # fmt: skip
TOLD = {
    "position", "at", "person", "desk", "duty", "channel", "command", "fact", "fact_version", "data", "says",
}  # fmt: skip


def scene(board: Board) -> Scene:
    return Scene(board, RULES, NOON, "03")


def with_local(keys: set[str]) -> set[str]:
    times = {key for key in keys if key.endswith("_at") or key in ("at", "since", "held_until")}
    return keys | {f"{key}_local" for key in times}


def test_the_keys_of_a_slip() -> None:
    room = Room()
    number = room.handled()
    slip = slip_on(room.board, number)
    assert slip is not None
    document = slip_document(slip, PEN, scene(room.board))
    assert set(document) == with_local(INCIDENT) | {"chronology", "chronology_elsewhere", "caught_up"}
    assert set(document["units"][0]) == with_local(ASSIGNMENT)
    assert set(document["reports"][0]) == with_local(REPORT)
    assert set(document["chronology"][0]) == with_local(TOLD)
    json.dumps(document)


def test_the_keys_of_a_unit_and_an_alarm() -> None:
    room = Room()
    room.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("03"), "03"))
    assert set(PEN.unit(room.unit("03"))) == with_local(UNIT)
    [alarm] = room.board.alarms.values()
    assert set(PEN.alarm(alarm)) == with_local(ALARM)


def test_a_time_stands_there_in_utc_and_by_the_wall_clock() -> None:
    assert iso(NOON, PEN.zone) == "2023-11-15T06:13:20.000+08:00"
    assert clock(NOON, PEN.zone) == "2023-11-15 06:13:20"
    assert PEN.times(opened_at=NOON) == {"opened_at": NOON, "opened_at_local": "2023-11-15T06:13:20.000+08:00"}


def test_what_has_not_happened_has_no_time() -> None:
    assert PEN.times(closed_at=0) == {"closed_at": None, "closed_at_local": None}
    assert clock(0, PEN.zone) == ""


def test_a_caller_is_masked_wherever_he_stands() -> None:
    fact = ReportReceived(1, Channel.PHONE, NOON, caller="李小明", contact="13912342207")
    record = record_of(Entry(1, NOON, LI, "c1", fact))
    assert (record["d"]["caller"], record["d"]["contact"]) == ("李**", "139****2207")
    room = Room()
    number = room.fight()
    room.do(c.Undo())
    undone = json.dumps(record_of(room.journal[-1]))
    assert "step_undone" in undone
    assert "13912342207" not in undone
    slip = slip_on(room.board, number)
    assert slip is not None
    assert "13912342207" not in json.dumps(slip_document(slip, PEN, scene(room.board)))
    assert "13912342207" not in "\n".join(slip_lines(slip, scene(room.board)))


def test_a_refusal_has_its_code_and_both_languages() -> None:
    no = refusal(Refusal("no_such_unit", (("unit", "99"),)), scene(Room().board))
    assert no["code"] == "no_such_unit"
    assert no["values"] == {"unit": "99"}
    assert "99" in no["zh"]
    assert "99" in no["en"]
    assert no["remedy_zh"]
    assert no["remedy_en"]
