"""The board: everything the room knows now. Changed only by ``evolve``, read by ``decide``, views and deadlines.

It holds what is alive: open reports and incidents, and closed ones until they are filed. History is the store's.
"""

from __future__ import annotations

from dataclasses import field
from typing import TypeVar

from zz110_tui.core.alarms import Alarm, Shelf, Subject, SubjectKind, of_incident, of_report
from zz110_tui.core.desks import Desk, HandOverNote
from zz110_tui.core.facts import Entry
from zz110_tui.core.facts_catchup import CaughtUp
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.matters import NO_MATTERS, Matter, Matters, every, matters_of
from zz110_tui.core.records import dataclass
from zz110_tui.core.subjects import subjects_of
from zz110_tui.core.units import Unit

K = TypeVar("K", int, str)
V = TypeVar("V")

UNIT_DAY_MS = 86_400_000
"""How long what happened to a unit is kept on the board: its page shows the day."""

UNIT_DAY_ENTRIES = 400
"""At most so much of it, the newest: thirty incidents with all their steps. A flood of reports leaves images small."""

ROSTER_ENTRIES = 200
"""What is kept of the roster, which never leaves the board: forty days of five turns. The journal has the rest."""

UNDO_DEPTH = 20
"""How many steps of each desk can be taken back."""


@dataclass(frozen=True, slots=True)
class StepImage:
    """A :class:`Step` as one value."""

    command: str
    desk: str
    first: int
    left: tuple[tuple[Subject, int], ...]
    reports: tuple[Report, ...]
    incidents: tuple[Incident, ...]
    units: tuple[Unit, ...]
    created: tuple[Subject, ...]
    matters: Matters = NO_MATTERS
    alarms: tuple[tuple[Alarm, Shelf | None], ...] = ()


@dataclass(slots=True)
class Step:
    """What one command of a desk changed, and what the changed things were before: the memory that ``undo`` needs.

    A subject that the command created is in ``created`` and has no value from before. ``left`` tells, for each subject,
    the version in which the command left it: a later version means that something has happened since. ``alarms`` are
    those it shelved or took from the shelf, as they were before, and the shelf it left them on.
    """

    command: str
    desk: str
    first: int
    left: dict[Subject, int] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    incidents: tuple[Incident, ...] = ()
    units: tuple[Unit, ...] = ()
    created: tuple[Subject, ...] = ()
    matters: tuple[Matter, ...] = ()
    alarms: tuple[tuple[Alarm, Shelf | None], ...] = ()

    def image(self) -> StepImage:
        return StepImage(
            self.command,
            self.desk,
            self.first,
            tuple(self.left.items()),
            self.reports,
            self.incidents,
            self.units,
            self.created,
            matters_of(self.matters),
            self.alarms,
        )

    @classmethod
    def from_image(cls, image: StepImage) -> Step:
        return cls(
            image.command,
            image.desk,
            image.first,
            dict(image.left),
            image.reports,
            image.incidents,
            image.units,
            image.created,
            tuple(every(image.matters)),
            image.alarms,
        )


@dataclass(frozen=True, slots=True)
class BoardImage:
    """A board as one value: what a snapshot keeps and a joining desk is sent."""

    position: int
    at: int
    city: str
    pack_hash: str
    next_report: int
    next_incident: int
    reports: tuple[Report, ...]
    incidents: tuple[Incident, ...]
    units: tuple[Unit, ...]
    desks: tuple[Desk, ...]
    alarms: tuple[Alarm, ...]
    chronology: tuple[Entry, ...]
    steps: tuple[StepImage, ...]
    matters: Matters = NO_MATTERS
    next_matter: tuple[tuple[SubjectKind, int], ...] = ()
    hand_overs: tuple[tuple[str, tuple[HandOverNote, ...]], ...] = ()


@dataclass(slots=True)
class Board:
    position: int = 0
    at: int = 0
    city: str = ""
    pack_hash: str = ""
    next_report: int = 1
    next_incident: int = 1
    reports: dict[int, Report] = field(default_factory=dict)
    incidents: dict[int, Incident] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    alarms: dict[str, Alarm] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    matters: dict[Subject, Matter] = field(default_factory=dict)
    next_matter: dict[SubjectKind, int] = field(default_factory=dict)
    hand_overs: dict[str, tuple[HandOverNote, ...]] = field(default_factory=dict)
    _chronology: dict[Subject, list[Entry]] = field(default_factory=dict)
    _days: dict[str, list[Entry]] = field(default_factory=dict)
    _alarms_of: dict[Subject, list[str]] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)
    _papers: dict[int, str] = field(default_factory=dict)

    # -- reading ---------------------------------------------------------------------------------------------------

    def chronology(self, subject: Subject) -> tuple[Entry, ...]:
        """The journal's entries about a live report or incident, oldest first."""
        return tuple(self._chronology.get(subject, ()))

    def day_of(self, call_sign: str) -> tuple[Entry, ...]:
        """The journal's entries about a unit in the last day of its own, oldest first."""
        return tuple(self._days.get(call_sign, ()))

    def alarms_of(self, subject: Subject) -> tuple[Alarm, ...]:
        keys = self._alarms_of.get(subject)
        return tuple([self.alarms[key] for key in keys]) if keys else ()

    def report_from(self, source: str) -> Report | None:
        """The live report that a sender already gave us under its own id."""
        number = self._sources.get(source)
        return None if number is None else self.reports.get(number)

    def was_caught_up(self, incident: int) -> bool:
        """Whether a live incident was entered from paper, with its own times."""
        return incident in self._papers

    def caught_up_from(self, paper: str) -> int:
        """The live incident that was entered from the paper of this number; 0 for none."""
        return next((number for number, known in self._papers.items() if known == paper), 0)

    def version(self, subject: Subject) -> int:
        """The position of the last fact that changed the subject, 0 if it is not on the board."""
        if subject.kind is SubjectKind.UNIT:
            unit = self.units.get(subject.id)
            return 0 if unit is None else unit.version
        if subject.kind is SubjectKind.INCIDENT:
            incident = self.incidents.get(int(subject.id))
            return 0 if incident is None else incident.version
        if subject.kind is SubjectKind.REPORT:
            report = self.reports.get(int(subject.id))
            return 0 if report is None else report.version
        matter = self.matters.get(subject)
        return 0 if matter is None else matter.version

    def next_number(self, kind: SubjectKind) -> int:
        """The number that the next matter of a family gets."""
        return self.next_matter.get(kind, 1)

    # -- writing: for evolve alone ---------------------------------------------------------------------------------

    def put_report(self, report: Report) -> None:
        self.reports[report.number] = report
        if report.source:
            self._sources[report.source] = report.number

    def put_incident(self, incident: Incident) -> None:
        self.incidents[incident.number] = incident

    def put_unit(self, unit: Unit) -> None:
        self.units[unit.call_sign] = unit

    def put_matter(self, matter: Matter) -> None:
        subject = matter.subject
        self.matters[subject] = matter
        if matter.number >= self.next_matter.get(subject.kind, 1):
            self.next_matter[subject.kind] = matter.number + 1

    def put_alarm(self, alarm: Alarm) -> None:
        if alarm.key not in self.alarms:
            self._alarms_of.setdefault(alarm.subject, []).append(alarm.key)
        self.alarms[alarm.key] = alarm

    def drop_alarm(self, key: str) -> None:
        alarm = self.alarms.pop(key, None)
        if alarm is None:
            return
        keys = self._alarms_of[alarm.subject]
        keys.remove(key)
        if not keys:
            del self._alarms_of[alarm.subject]

    def tell(self, subject: Subject, entry: Entry) -> None:
        if subject.kind is SubjectKind.UNIT:
            self._tell_of_a_unit(subject.id, entry)
            return
        told = self._chronology.setdefault(subject, [])
        told.append(entry)
        if subject.kind is SubjectKind.ROSTER:
            del told[:-ROSTER_ENTRIES]
        elif isinstance(entry.fact, CaughtUp):
            self._papers[entry.fact.incident] = entry.fact.paper

    def _tell_of_a_unit(self, call_sign: str, entry: Entry) -> None:
        """Of a unit only the last day is kept, counted from the newest that happened to it, and never a flood."""
        told = self._days.get(call_sign)
        if told is None:
            told = self._days[call_sign] = []
        told.append(entry)
        old, before = max(0, len(told) - UNIT_DAY_ENTRIES), entry.at - UNIT_DAY_MS
        while told[old].at < before:
            old += 1
        if old:
            del told[:old]

    def drop_report(self, number: int) -> None:
        report = self.reports.pop(number, None)
        if report is not None and report.source:
            self._sources.pop(report.source, None)
        self._chronology.pop(of_report(number), None)

    def drop_incident(self, number: int) -> None:
        self.incidents.pop(number, None)
        self._papers.pop(number, None)
        self._chronology.pop(of_incident(number), None)

    def drop_matter(self, subject: Subject) -> None:
        self.matters.pop(subject, None)
        self._chronology.pop(subject, None)

    def drop_unit(self, call_sign: str) -> None:
        self.units.pop(call_sign, None)

    def remember(self, entry: Entry, subject: Subject) -> None:
        """Keep what a subject is before ``entry`` changes it, for ``undo``."""
        step = self._step(entry)
        if subject not in step.left:
            self._keep_before(step, subject)
        step.left[subject] = entry.position

    def remember_shelf(self, entry: Entry, before: Alarm) -> None:
        """Keep what an alarm was before ``entry`` changed its shelf, and the shelf that it is on now."""
        left = self.alarms.get(before.key)
        self._step(entry).alarms += ((before, None if left is None else left.shelf),)

    def _step(self, entry: Entry) -> Step:
        desk = entry.actor.desk
        steps = self.steps.get(desk)
        if steps is None:
            steps = self.steps[desk] = []
        if not steps or steps[-1].command != entry.command:
            steps.append(Step(entry.command, desk, entry.position))
            if len(steps) > UNDO_DEPTH:
                del steps[:-UNDO_DEPTH]
        return steps[-1]

    def _keep_before(self, step: Step, subject: Subject) -> None:
        if subject.kind is SubjectKind.UNIT:
            unit = self.units.get(subject.id)
            if unit is not None:
                step.units += (unit,)
            return
        if subject in self.matters:
            step.matters += (self.matters[subject],)
            return
        number = int(subject.id)
        if subject.kind is SubjectKind.INCIDENT and number in self.incidents:
            step.incidents += (self.incidents[number],)
        elif subject.kind is SubjectKind.REPORT and number in self.reports:
            step.reports += (self.reports[number],)
        else:
            step.created += (subject,)

    def stands_again(self, subject: Subject, version: int, now: int) -> None:
        """A later step was taken back: what an earlier one left as ``version`` stands again as version ``now``."""
        for steps in self.steps.values():
            for step in steps:
                if step.first <= version <= step.left.get(subject, 0):
                    step.left[subject] = now

    # -- as one value ----------------------------------------------------------------------------------------------

    def image(self) -> BoardImage:
        entries = {e.position: e for told in (*self._chronology.values(), *self._days.values()) for e in told}
        return BoardImage(
            position=self.position,
            at=self.at,
            city=self.city,
            pack_hash=self.pack_hash,
            next_report=self.next_report,
            next_incident=self.next_incident,
            reports=_by_key(self.reports),
            incidents=_by_key(self.incidents),
            units=_by_key(self.units),
            desks=_by_key(self.desks),
            alarms=_by_key(self.alarms),
            chronology=_by_key(entries),
            steps=tuple(step.image() for desk in sorted(self.steps) for step in self.steps[desk]),
            matters=matters_of(self.matters.values()),
            next_matter=tuple(sorted(self.next_matter.items())),
            hand_overs=tuple((desk, self.hand_overs[desk]) for desk in sorted(self.hand_overs)),
        )

    @classmethod
    def from_image(cls, image: BoardImage) -> Board:
        board = cls(image.position, image.at, image.city, image.pack_hash, image.next_report, image.next_incident)
        for report in image.reports:
            board.put_report(report)
        for incident in image.incidents:
            board.put_incident(incident)
        for unit in image.units:
            board.put_unit(unit)
        board.desks = {desk.id: desk for desk in image.desks}
        board.hand_overs = dict(image.hand_overs)
        for alarm in image.alarms:
            board.put_alarm(alarm)
        for matter in every(image.matters):
            board.put_matter(matter)
        board.next_matter = dict(image.next_matter)
        for step in image.steps:
            board.steps.setdefault(step.desk, []).append(Step.from_image(step))
        live = {of_report(n) for n in board.reports} | {of_incident(n) for n in board.incidents} | board.matters.keys()
        for entry in image.chronology:
            for subject in subjects_of(entry.fact):
                if subject in live or subject.kind is SubjectKind.UNIT:
                    board.tell(subject, entry)
        return board


def _by_key(values: dict[K, V]) -> tuple[V, ...]:
    return tuple(values[key] for key in sorted(values))
