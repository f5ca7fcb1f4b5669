"""What needs a hand next, as one ordered list in five sections: reports to answer, incidents to send to, incidents
being worked on, handled ones that wait for feedback or closing, and matters (orders, warnings, messages …).

Within a section: priority, then the longest wait. Held incidents come after those that are due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum
from functools import cached_property
from operator import itemgetter

from zz110_tui.core.alarms import AlarmKind, Subject, of_incident, of_report
from zz110_tui.core.board import Board
from zz110_tui.core.deadlines import DEFAULT_REPORT_PRIORITY, deadlines_of
from zz110_tui.core.incidents import Incident, IncidentStage, Report, ReportStage
from zz110_tui.core.ledger import LedgerEntry, LedgerStage
from zz110_tui.core.matters import Matter
from zz110_tui.core.notices import Bolo
from zz110_tui.core.records import dataclass
from zz110_tui.core.roster import Roster
from zz110_tui.core.rulebook import Rulebook


class Section(IntEnum):
    """In the order in which the list shows them."""

    ANSWER = 0
    SEND = 1
    WORKING = 2
    HANDLED = 3
    MATTERS = 4


@dataclass(frozen=True, slots=True)
class Item:
    """One line of work. ``since`` and ``due`` (UTC ms) are of the cause that is due first; ``due`` 0 where no clock
    runs. ``held`` says that the clock runs backwards to the end of a hold."""

    section: Section
    subject: Subject
    priority: int
    since: int
    due: int
    held: bool = False

    def share(self, now: int) -> float:
        """How much of its limit has passed: 1 is late."""
        if not self.due:
            return 0.0
        if self.due <= self.since:
            return 1.0 if now >= self.due else 0.0
        return (now - self.since) / (self.due - self.since)


@dataclass(frozen=True)
class Work:
    """The list. ``sections`` always has all five, in order."""

    sections: tuple[tuple[Item, ...], ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section)

    @cached_property
    def _at(self) -> dict[Subject, int]:
        return {item.subject: i for i, item in enumerate(self.items)}

    def count(self, section: Section) -> int:
        return len(self.sections[section])

    def index(self, subject: Subject | None) -> int | None:
        """Where a subject stands in the whole list, from 0; None if it is not in it."""
        return None if subject is None else self._at.get(subject)

    def spot(self, subject: Subject | None) -> tuple[Section, int] | None:
        """The section of a subject and where it stands in that."""
        at = self.index(subject)
        if at is None:
            return None
        section = self.items[at].section
        return section, at - sum(len(self.sections[s]) for s in Section if s < section)


_ORDER = tuple[int, int, int, int]
_Made = tuple[object, Section, _ORDER, Item]
Known = dict[Subject | tuple[str, int], _Made]
"""What was made of each slip and matter the last time: of one that is still the same value it is that still."""


def work_of(board: Board, rules: Rulebook, known: Known | None = None) -> Work:
    """The list for a board. It changes only with the board, not with time. ``known`` is kept from call to call: what
    did not change since is not reckoned again, which of hundreds of slips are nearly all."""
    before: Known = {} if known is None else known
    after: Known = {}
    for report in board.reports.values():
        if report.stage is not ReportStage.ENDED:
            at = ("report", report.number)
            kept = before.get(at)
            after[at] = kept if kept is not None and kept[0] is report else _of_report(report, board, rules)
    for incident in board.incidents.values():
        if incident.stage is not IncidentStage.CLOSED:
            at = ("incident", incident.number)
            kept = before.get(at)
            after[at] = kept if kept is not None and kept[0] is incident else _of_incident(incident, board, rules)
    for matter in board.matters.values():
        if _wants_a_hand(matter, board):
            kept = before.get(matter.subject)
            item = kept[3] if kept is not None and kept[0] is matter else _matter_item(matter, board, rules)
            after[matter.subject] = (matter, Section.MATTERS, _matter_order(matter, board), item)
    if known is not None:
        known.clear()
        known.update(after)
    sections: list[list[tuple[_ORDER, Item]]] = [[] for _ in Section]
    for _, section, order, item in after.values():
        sections[section].append((order, item))
    return Work(tuple(tuple(item for _, item in sorted(s, key=itemgetter(0))) for s in sections))


def _of_report(report: Report, board: Board, rules: Rulebook) -> _Made:
    answered = report.stage is ReportStage.ANSWERED
    since = report.answered_at if answered else report.received_at
    item = _item(board, rules, Section.ANSWER, of_report(report.number), DEFAULT_REPORT_PRIORITY, since)
    return report, Section.ANSWER, (int(answered), 0, since, report.number), item


def _of_incident(incident: Incident, board: Board, rules: Rulebook) -> _Made:
    section, since = _place(incident)
    item = _item(board, rules, section, of_incident(incident.number), incident.priority, since)
    order = (int(bool(incident.held_until)), incident.priority, since, incident.number)
    if section is Section.HANDLED:
        order = (int(incident.stage is not IncidentStage.HANDLED), 0, since, incident.number)
    return incident, section, order, item


def _matter_order(matter: Matter, board: Board) -> _ORDER:
    """What is late before what is in somebody's hand, watch notices last: they only stand there to be read."""
    late = any(alarm.untaken for alarm in board.alarms_of(matter.subject))
    calm = 2 if isinstance(matter, Bolo) else int(not late)
    return calm, matter.priority, matter.opened_at, matter.number


def _wants_a_hand(matter: Matter, board: Board) -> bool:
    """What is open and in somebody's hand. The ledger and the roster are quiet while nothing of them is due or new."""
    if isinstance(matter, LedgerEntry):
        return matter.open and (matter.stage is LedgerStage.FOUND or bool(board.alarms_of(matter.subject)))
    if isinstance(matter, Roster):
        return bool(board.alarms_of(matter.subject))
    return matter.open


def _place(incident: Incident) -> tuple[Section, int]:
    if incident.stage is IncidentStage.QUEUED:
        return Section.SEND, incident.held_until or incident.fresh_at
    if incident.open:
        return Section.WORKING, incident.fresh_at
    return Section.HANDLED, incident.called_back_at or incident.fed_back_at or incident.handled_at


def _item(board: Board, rules: Rulebook, section: Section, subject: Subject, priority: int, since: int) -> Item:
    first = min(deadlines_of(board, subject, rules), key=lambda deadline: deadline.due, default=None)
    if first is None:
        return Item(section, subject, priority, since, 0)
    held = first.cause.kind is AlarmKind.HOLD_OVER
    return Item(section, subject, priority, first.cause.since, first.due, held)


def _matter_item(matter: Matter, board: Board, rules: Rulebook) -> Item:
    """What has to be done by a time of its own, or ends at one, counts towards it from its beginning."""
    item = _item(board, rules, Section.MATTERS, matter.subject, matter.priority, matter.opened_at)
    return replace(item, since=matter.opened_at) if item.due and item.since > matter.opened_at else item


@dataclass(frozen=True, slots=True)
class Shown:
    """What of one section fits: ``items`` from ``first`` on. ``hidden`` items are above or below."""

    section: Section
    first: int
    items: tuple[Item, ...]
    total: int


FIRST = (1, 1, 1, 0, 1)
LEAST = (3, 3, 2, 0, 2)
"""Rows of each section that are shown before another section gets more: nothing that needs a hand is crowded out. Where
there is room for few rows, the most urgent one of each section comes before the second of any."""


def visible(work: Work, height: int, selected: Subject | None, *, always: int = 3) -> tuple[Shown, ...]:
    """Which items fit into ``height`` rows, a heading for each section among them.

    The first ``always`` sections keep their heading when they are empty, so that nothing jumps. A section that does not
    fit shows its most urgent items, or those around the selected one. Only what is visible is touched.
    """
    shown = [s for s in Section if s < always or work.sections[s]]
    room = max(0, height - len(shown))
    allotted = dict.fromkeys(shown, 0)
    for most in (FIRST, LEAST, None):
        for section in shown:
            wanted = len(work.sections[section])
            if most is not None:
                wanted = min(wanted, most[section])
            more = min(max(0, wanted - allotted[section]), room)
            allotted[section] += more
            room -= more
    spot = work.spot(selected)
    if spot is not None and spot[0] in allotted:
        _make_room(allotted, spot[0])
    return tuple(
        _shown(work.sections[s], s, allotted[s], spot[1] if spot is not None and spot[0] is s else 0) for s in shown
    )


def _make_room(allotted: dict[Section, int], section: Section) -> None:
    """The section with the selected item shows at least one row, taken from the section with the most."""
    richest = max(allotted, key=lambda s: allotted[s])
    if allotted[section] == 0 and allotted[richest] > 1:
        allotted[richest] -= 1
        allotted[section] = 1


def _shown(items: Sequence[Item], section: Section, rows: int, at: int) -> Shown:
    """``at`` is the item that has to be among those shown."""
    first = max(0, min(at - rows + 1, len(items) - rows)) if rows else 0
    return Shown(section, first, tuple(items[first : first + rows]), len(items))
