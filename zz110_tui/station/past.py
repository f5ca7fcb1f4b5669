"""What a desk knows of the past: asked beside the desk, kept for a while, drawn as far as it has come.

Nothing waits for it. What has not been told yet, or cannot be, is a state that a page shows in words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zz110_tui.client.states import UNREACHED
from zz110_tui.core.alarms import Subject, SubjectKind, of_incident
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Incident
from zz110_tui.core.trouble import Trouble
from zz110_tui.language.finding import find
from zz110_tui.language.searching import search_of
from zz110_tui.station.ui import Known
from zz110_tui.station.views.incidentpage import NO_PAST, PAST_DAYS, PastHere, same_place
from zz110_tui.station.views.spans import DAY
from zz110_tui.wire.asking import PastSlip

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk

ASK_AGAIN_MS = 60_000
"""How long what the history said counts as what it says."""
SILENT_ASK_AGAIN_MS = 10_000
"""How soon it is asked again when it gave no answer."""
MOST_AT_A_PLACE = 300
MOST_KEPT = 50
MOST_FOUND = 500


def untold(fault: Trouble) -> Known:
    """No answer this time (it is still being computed, the line is lost), or none to be had for this desk."""
    return Known.SILENT if fault.exit_code == UNREACHED else Known.ABSENT


def kept_ms(known: Known) -> int:
    """How long what was told, or not, counts before the history is asked again (ms)."""
    return SILENT_ASK_AGAIN_MS if known is Known.SILENT else ASK_AGAIN_MS


@dataclass(frozen=True, slots=True)
class _Told:
    at: int
    here: PastHere


class PastKeeper:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._places: dict[int, _Told] = {}
        self._slips: dict[int, Board | None] = {}
        self._asking: set[asyncio.Task[None]] = set()

    @property
    def there(self) -> bool:
        """Whether there is anybody to ask."""
        return self._desk.room.past is not None

    def here(self, subject: Subject | None) -> PastHere:
        """What the history says about the place of an incident; it is asked when it was not, or some time ago."""
        incident = self._incident(subject)
        if incident is None or not self.there:
            return NO_PAST
        told = self._places.get(incident.number)
        now = self._desk.now
        if told is None or now - told.at >= kept_ms(told.here.known):
            before = told.here if told is not None else PastHere(Known.ASKED)
            self._keep(self._places, incident.number, _Told(now, before))
            self.ask(self._ask_place(incident))
            return before
        return told.here

    def board_of(self, subject: Subject | None) -> Board | None:
        """A board with nothing but a filed slip on it; None where it is on the desk's own, is not known, or not yet."""
        if subject is None or subject.kind is not SubjectKind.INCIDENT or not self.there:
            return None
        number = int(subject.id)
        if number in self._desk.board.incidents:
            return None
        if number not in self._slips:
            self._keep(self._slips, number, None)
            self.ask(self._ask_slip(number))
        return self._slips[number]

    def search(self, text: str) -> None:
        """Look for filed slips as well, and put them among what was found, if that is still what is looked for."""
        if self.there:
            self.ask(self._search(text))

    def ask(self, work: Coroutine[Any, Any, None]) -> None:
        """Ask beside the desk."""
        task = asyncio.get_running_loop().create_task(work, name="zz110-past")
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    def stop(self) -> None:
        for task in self._asking:
            task.cancel()

    @staticmethod
    def _keep(kept: dict[int, Any], number: int, value: Any) -> None:
        kept.pop(number, None)
        kept[number] = value
        if len(kept) > MOST_KEPT:
            del kept[next(iter(kept))]

    def _incident(self, subject: Subject | None) -> Incident | None:
        if subject is None or subject.kind is not SubjectKind.INCIDENT:
            return None
        board = self.board_of(subject) or self._desk.board
        return board.incidents.get(int(subject.id))

    async def _ask_place(self, incident: Incident) -> None:
        """By the words of the place, and by its cell of the map for what was written in other words."""
        past, place = self._desk.room.past, incident.place
        assert past is not None
        end = incident.received_at + 1
        found: dict[int, Incident] = {}
        try:
            for words in dict.fromkeys((place.text, place.cell)):
                if words:
                    slips = await past.find(words, max(0, end - PAST_DAYS * DAY), end, MOST_AT_A_PLACE, place=True)
                    found |= {slip.number: slip for slip in slips if same_place(place, slip.place)}
            here = PastHere(Known.TOLD, tuple(found[n] for n in sorted(found, reverse=True)))
        except Trouble as fault:
            here = PastHere(untold(fault))
        self._keep(self._places, incident.number, _Told(self._desk.now, here))
        self._desk.repaint()

    async def _search(self, text: str) -> None:
        past, desk = self._desk.room.past, self._desk
        assert past is not None
        wanted = search_of(text, desk.scene())
        try:
            slips = await past.find(wanted.for_history, wanted.start, wanted.end, MOST_FOUND)
            found, known = find(text, desk.scene(), MOST_FOUND, slips), Known.TOLD
        except Trouble as fault:
            found, known = desk.ui.found, untold(fault)
        if desk.ui.find_text != text:
            return
        desk.ui.found, desk.ui.find_past = found, known
        desk.repaint()

    async def _ask_slip(self, number: int) -> None:
        past = self._desk.room.past
        assert past is not None
        try:
            slip = await past.slip(number)
        except Trouble:
            slip = None
        self._keep(self._slips, number, None if slip is None else board_with(slip, self._desk.board))
        self._desk.repaint()


def board_with(slip: PastSlip, today: Board) -> Board:
    """A board that has this slip alone, and the units of today for their names."""
    board = Board(position=today.position, at=today.at, units=today.units)
    board.put_incident(slip.incident)
    for report in slip.reports:
        board.put_report(report)
    for entry in slip.chronology:
        board.tell(of_incident(slip.incident.number), entry)
    return board
