"""What is kept of a call for the figures: taken when it is over, taken back when it is not, the last state wins."""

from __future__ import annotations

from tests.support.room import RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.figures import figures
from zz110_tui.core.incidents import Channel, ReportEnd
from zz110_tui.core.slips import SlipCollector


class Collecting(Room):
    """A room with a collector that hears every entry."""

    def __init__(self) -> None:
        super().__init__()
        self.collector = SlipCollector()
        self._heard = 0
        self.hear()

    def hear(self) -> None:
        for entry in self.journal[self._heard :]:
            self.collector.on_entries((entry,), self.board)
        self._heard = len(self.journal)

    def closed(self) -> int:
        number = self.handled()
        self.do(c.FeedBack(number, "robbery"))
        self.do(c.CloseIncident(number))
        self.hear()
        return number


def test_a_slip_is_taken_when_it_closes_with_all_its_times() -> None:
    room = Collecting()
    number = room.handled()
    room.hear()
    assert room.collector.slips() == ()
    room.do(c.FeedBack(number, "robbery"))
    room.do(c.CloseIncident(number))
    room.hear()
    (slip,) = room.collector.slips()
    incident = room.incident(number)
    assert (slip.number, slip.type, slip.final_type, slip.channel) == (number, "fight", "robbery", Channel.PHONE)
    assert slip.arrived_at == incident.assignments[0].on_scene_at
    assert slip.dispatched_at == incident.assignments[0].dispatched_at
    assert 0 < slip.received_at <= slip.opened_at < slip.dispatched_at < slip.arrived_at < slip.handled_at
    assert slip.handled_at < slip.fed_back_at < slip.closed_at
    assert [sent.unit for sent in slip.sent] == [a.unit for a in incident.assignments]
    (contact,) = room.collector.contacts()
    assert (contact.end, contact.incident) == (ReportEnd.SLIP, number)


def test_a_slip_stays_when_it_is_filed_and_leaves_the_board() -> None:
    room = Collecting()
    number = room.closed()
    room.now += 90_000_000
    room.do(c.FileSlips(room.now), SYSTEM)
    room.hear()
    assert number not in room.board.incidents
    assert [slip.number for slip in room.collector.slips(room.board)] == [number]
    assert len(room.collector.contacts(room.board)) == 1


def test_a_slip_that_is_opened_again_is_not_over_until_it_closes_again() -> None:
    room = Collecting()
    number = room.closed()
    room.do(c.Reopen(number, "又打起来了"))
    room.hear()
    assert room.collector.slips() == ()
    assert [slip.closed_at for slip in room.collector.slips(room.board)] == [0]
    room.do(c.Finish(number, "cancelled"))
    room.hear()
    (slip,) = room.collector.slips()
    assert (slip.disposition, slip.reopened) == ("cancelled", 1)


def test_an_undone_end_is_no_end() -> None:
    room = Collecting()
    number = room.fight()
    room.do(c.Finish(number, "cancelled"))
    room.hear()
    assert len(room.collector.slips()) == 1
    room.do(c.Undo())
    room.hear()
    assert room.collector.slips() == ()


def test_a_slip_that_was_linked_is_kept_and_not_counted_until_it_is_split_off() -> None:
    room = Collecting()
    first, second = room.fight(), room.fight()
    room.do(c.LinkIncident(second, first))
    room.hear()
    (linked,) = room.collector.slips()
    assert linked.linked_to == first
    everything = room.collector.slips(room.board)
    assert [slip.contacts for slip in everything if slip.number == first] == [2]
    assert figures(everything, room.collector.contacts(), RULES).slips == 1
    room.do(c.Split(second))
    room.hear()
    assert figures(room.collector.slips(room.board), (), RULES).slips == 2


def test_a_collector_that_starts_with_a_board_takes_what_is_over_on_it() -> None:
    room = Collecting()
    room.closed()
    late = SlipCollector()
    late.start(room.board)
    assert late.slips() == room.collector.slips()
    assert late.contacts() == room.collector.contacts()
