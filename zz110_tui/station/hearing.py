"""What a desk does with each fact it hears: what is new, what rings, where the form and the tour go on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zz110_tui.core.facts import Entry
from zz110_tui.core.facts_intake import QuestionAnswered
from zz110_tui.core.subjects import subjects_of
from zz110_tui.core.weighing import next_question
from zz110_tui.station.bell import RINGS, alarm_of
from zz110_tui.station.ui import question_stop
from zz110_tui.station.views.spans import local

if TYPE_CHECKING:
    from zz110_tui.station.desk import Desk


def hear(desk: Desk, entry: Entry, now: int) -> None:
    """One fact that the replica has taken in, at a time (core's clock)."""
    for subject in subjects_of(entry.fact):
        desk.ui.fresh[subject] = now
    desk.events.append(entry)
    desk.overview.hear(entry)
    _go_on_asking(desk, entry)
    desk.cover.hear(entry)
    if desk.tour is not None:
        desk.tour.hear(entry)
    if isinstance(entry.fact, RINGS):
        alarm = desk.board.alarms.get(alarm_of(entry.fact))
        if desk.setup.bell and desk.bell.hears(entry, alarm, _here(desk, now), now):
            _ring(desk)


def remind(desk: Desk, now: int) -> None:
    """Once a tick: what nobody took rings again, where that is wanted."""
    if desk.setup.bell and desk.bell.reminds(desk.board.alarms.values(), _here(desk, now), now):
        _ring(desk)


def _ring(desk: Desk) -> None:
    if desk.screen is not None:
        desk.screen.ring()


def _here(desk: Desk, now: int) -> datetime:
    return local(now, desk.room.timezone)


def _go_on_asking(desk: Desk, entry: Entry) -> None:
    """The chosen question was answered here: the form goes on to the next one that is open."""
    fact, chosen = entry.fact, desk.ui.chosen
    if not isinstance(fact, QuestionAnswered) or entry.actor.desk != desk.room.link.actor.desk:
        return
    incident = desk.board.incidents.get(fact.incident)
    kind = desk.room.rules.types.get(incident.type) if incident is not None else None
    if chosen is None or not chosen.question or incident is None or kind is None:
        return
    following = next_question(kind, incident)
    desk.ui.chosen = None if following is None else question_stop(kind.questions.index(following) + 1)
