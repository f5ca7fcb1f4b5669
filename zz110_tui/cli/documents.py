"""What the commands print as JSON: explicit keys that stay, times as UTC milliseconds and as local ISO 8601.

The keys are a contract with scripts (docs/cli.md; a test holds them). Callers' names and numbers are masked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from zz110_tui.core.alarms import Alarm, Shelf
from zz110_tui.core.facts import Entry
from zz110_tui.core.facts_matters import NOTICE_FACTS
from zz110_tui.core.incidents import Assignment, Incident, Report
from zz110_tui.core.intake import Given, Ticked
from zz110_tui.core.masking import mask_contact, mask_name
from zz110_tui.core.places import Place, Point
from zz110_tui.core.refusals import Refusal
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.terms import incident_no, report_no, word
from zz110_tui.core.units import Unit
from zz110_tui.core.weblinks import WebLink
from zz110_tui.language.refusing import by_the_wall_clock, refusal_words
from zz110_tui.language.scene import Scene
from zz110_tui.wire.codec import encode_entry

Document = dict[str, Any]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def iso(at: int, zone: tzinfo) -> str:
    """A time (UTC ms) in the room's own zone, such as ``2026-03-02T14:32:07.120+08:00``."""
    return (EPOCH + timedelta(milliseconds=at)).astimezone(zone).isoformat(timespec="milliseconds")


def clock(at: int, zone: tzinfo) -> str:
    """A time as it stands in a table: ``2026-03-02 14:32:07``; empty for "not yet"."""
    return iso(at, zone)[:19].replace("T", " ") if at else ""


@dataclass(frozen=True, slots=True)
class Pen:
    """What every document is written with."""

    zone: tzinfo
    rules: Rulebook

    def times(self, **named: int) -> Document:
        """Each time twice: ``opened_at`` in UTC ms and ``opened_at_local``; both null for "not yet"."""
        written: Document = {}
        for name, at in named.items():
            written[name] = at or None
            written[f"{name}_local"] = iso(at, self.zone) if at else None
        return written

    # -- what stands on the board ----------------------------------------------------------------------------------

    def incident(self, incident: Incident) -> Document:
        """The slip with all its units, without its chronology."""
        kind = self.rules.types.get(incident.type)
        return {
            "incident": incident.number,
            "number": incident_no(incident.number),
            "stage": incident.stage.value,
            "type": incident.type,
            "type_zh": kind.words.zh if kind else None,
            "type_en": kind.words.en if kind else None,
            "category": kind.category.value if kind else None,
            "final_type": incident.final_type or None,
            "priority": incident.priority,
            "priority_by_hand": incident.priority_by_hand,
            "place": place(incident.place),
            "text": incident.text,
            "disposition": incident.disposition or None,
            "disposition_text": incident.disposition_text or None,
            "receiver": incident.receiver or None,
            "linked_to": incident.linked_to or None,
            "satisfied": incident.satisfied,
            "reopened": incident.reopened,
            "hold_reason": incident.hold_reason or None,
            "lead": incident.lead or None,
            "reports": list(incident.reports),
            "units": [self.assignment(a) for a in incident.assignments],
            "answers": [self.given(g) for g in incident.answers],
            "steps": [self.ticked(t) for t in incident.steps],
            "links": [self.link(link) for link in incident.links],
            "version": incident.version,
            **self.times(
                received_at=incident.received_at,
                opened_at=incident.opened_at,
                held_until=incident.held_until,
                handled_at=incident.handled_at,
                fed_back_at=incident.fed_back_at,
                called_back_at=incident.called_back_at,
                closed_at=incident.closed_at,
            ),
        }

    def given(self, g: Given) -> Document:
        return {
            "question": g.question,
            "reply": g.reply.value,
            "text": g.text or None,
            "desk": g.desk or None,
            "person": g.person or None,
            **self.times(at=g.at),
        }

    def ticked(self, t: Ticked) -> Document:
        return {
            "step": t.step,
            "unit": t.unit or None,
            "desk": t.desk or None,
            "person": t.person or None,
            **self.times(at=t.at),
        }

    def link(self, link: WebLink) -> Document:
        return {"url": link.url, "text": link.text, "report": link.report or None, **self.times(at=link.at)}

    def assignment(self, a: Assignment) -> Document:
        return {
            "unit": a.unit,
            "stage": a.stage.value,
            "withdrawal": a.withdrawal.value if a.withdrawal else None,
            **self.times(
                dispatched_at=a.dispatched_at,
                signed_at=a.signed_at,
                en_route_at=a.en_route_at,
                on_scene_at=a.on_scene_at,
                contact_at=a.contact_at,
                ended_at=a.ended_at,
            ),
        }

    def report(self, report: Report) -> Document:
        return {
            "report": report.number,
            "number": report_no(report.number),
            "stage": report.stage.value,
            "channel": report.channel.value,
            "caller": mask_name(report.caller),
            "contact": mask_contact(report.contact),
            "place": place(report.place),
            "text": report.text,
            "source": report.source or None,
            "answered_by": report.answered_by or None,
            "answered_desk": report.answered_desk or None,
            "end": report.end.value if report.end else None,
            "end_reason": report.end_reason or None,
            "incident": report.incident or None,
            "links": [self.link(link) for link in report.links],
            "version": report.version,
            **self.times(received_at=report.received_at, answered_at=report.answered_at, ended_at=report.ended_at),
        }

    def unit(self, unit: Unit) -> Document:
        profile = unit.profile
        return {
            "unit": unit.call_sign,
            "kind": profile.kind.value,
            "name": profile.name,
            "crew": profile.crew,
            "home_grid": profile.home_grid,
            "station": profile.station or None,
            "post": profile.post,
            "second_line": profile.second_line,
            "status": unit.status.value,
            "reason": unit.reason or None,
            "available": unit.available,
            "incidents": list(unit.incidents),
            "position": point(unit.position),
            "version": unit.version,
            **self.times(status_at=unit.status_at, position_at=unit.position_at),
        }

    def alarm(self, alarm: Alarm) -> Document:
        return {
            "alarm": alarm.key,
            "kind": alarm.kind.value,
            "subject": str(alarm.subject),
            "unit": alarm.unit or None,
            "priority": alarm.priority,
            "latched": alarm.latched,
            "owner": alarm.owner or None,
            "owner_person": alarm.owner_person or None,
            **self.times(since=alarm.since, raised_at=alarm.raised_at, taken_at=alarm.taken_at),
            "untaken": alarm.untaken,
            "rises": alarm.rises,
            "risen_to": list(alarm.risen_to),
            **self.times(risen_at=alarm.risen_at),
            "shelf": None if alarm.shelf is None else self._shelf(alarm.shelf),
        }

    def _shelf(self, shelf: Shelf) -> Document:
        return {
            "reason": shelf.reason,
            "desk": shelf.desk,
            "person": shelf.person,
            **self.times(at=shelf.at, until=shelf.until),
        }

    # -- what happened ---------------------------------------------------------------------------------------------

    def told(self, entry: Entry, says: str) -> Document:
        """One line of a chronology: who, where, when, what, and the same in words."""
        record = record_of(entry)
        return {
            "position": entry.position,
            **self.times(at=entry.at),
            "person": entry.actor.person,
            "desk": entry.actor.desk,
            "duty": entry.actor.duty.value,
            "channel": entry.actor.channel,
            "command": entry.command,
            "fact": record["f"],
            "fact_version": record["v"],
            "data": record["d"],
            "says": says,
        }


def place(where: Place) -> Document:
    return {
        "text": where.text,
        "grid": where.grid or None,
        "cell": where.cell or None,
        "point": point(where.point),
    }


def point(where: Point | None) -> Document | None:
    return None if where is None else {"lon": where.lon, "lat": where.lat}


def record_of(entry: Entry) -> Document:
    """The entry in the layout of the journal (docs/journal.md), with personal data masked."""
    record: Document = json.loads(encode_entry(entry))
    masked: Document = _masked(record)
    if isinstance(entry.fact, NOTICE_FACTS):
        # The words of a warning or a watch notice are shown where a look is recorded, and nowhere else.
        masked["d"]["text"] = None
    return masked


def _masked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _MASKS[key](item) if key in _MASKS and isinstance(item, str) else _masked(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return value


_MASKS = {"caller": mask_name, "contact": mask_contact}


def refusal(no: Refusal, scene: Scene) -> Document:
    """A refusal in both languages, with its stable code and the values its sentences name."""
    why_zh, instead_zh = refusal_words(no, replace(scene, language="zh"))
    why_en, instead_en = refusal_words(no, replace(scene, language="en"))
    return {
        "code": no.code,
        "values": {name: word(text, "en") for name, text in by_the_wall_clock(no, scene).values},
        "zh": why_zh,
        "en": why_en,
        "remedy_zh": instead_zh,
        "remedy_en": instead_en,
    }
