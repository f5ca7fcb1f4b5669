"""The history says what the journal says: however it was brought there, whatever happened to its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.room import RULES, Room
from zz110_tui.core import commands as c
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.evolve import evolve
from zz110_tui.core.facts import Entry, SlipsFiled
from zz110_tui.core.incidents import IncidentStage, ReportEnd
from zz110_tui.core.slips import SlipCollector
from zz110_tui.core.trouble import Trouble
from zz110_tui.service import historian
from zz110_tui.service.historian import catch_up
from zz110_tui.store.history import FOR_EVER, History, history_of
from zz110_tui.store.memory import MemoryJournal

DAY = 86_400_000


def lived() -> Room:
    """Some calls of three days; those of the first day are filed, and one more stays open."""
    room = Room()
    for day in range(3):
        for _ in range(4):
            number = room.handled()
            room.do(c.FeedBack(number))
            room.do(c.CallBack(number, satisfied=True))
            room.do(c.CloseIncident(number))
        silent = room.ring()
        room.do(c.EndReport(silent, ReportEnd.INVALID))
        if day == 0:
            file_what_is_over(room)
        room.now += DAY
    room.fight()
    return room


def file_what_is_over(room: Room) -> None:
    board = room.board
    over = [i.number for i in board.incidents.values() if i.stage is IncidentStage.CLOSED]
    fact = SlipsFiled(tuple(sorted(over)), tuple(sorted(board.reports)))
    entry = Entry(board.position + 1, room.now, SYSTEM, "", fact)
    evolve(board, entry)
    room.journal.append(entry)


def journal_of(room: Room, upto: int | None = None) -> MemoryJournal:
    journal = MemoryJournal()
    journal.append(room.journal[:upto])
    return journal


@pytest.fixture(scope="module")
def room() -> Room:
    return lived()


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    opened = History(history_of(tmp_path / "live.zz110"))
    yield opened
    opened.close()


def collected(room: Room) -> SlipCollector:
    """The way without tables: every entry of the journal, one by one."""
    fresh, collector = Room(0), SlipCollector()
    board = type(fresh.board)()
    for entry in room.journal:
        evolve(board, entry)
        collector.on_entries((entry,), board)
    return collector


def test_figures_from_the_history_are_those_of_the_journal(room: Room, history: History) -> None:
    catch_up(journal_of(room), history, RULES)
    slips, contacts = history.figures()
    collector = collected(room)
    assert slips == collector.slips(room.board)
    assert contacts == collector.contacts(room.board)
    assert len(slips) == 13
    assert history.counts() == (len(slips), len(contacts))


@pytest.mark.parametrize("step", [1, 7, 20_000])
def test_bit_by_bit_it_becomes_the_same(room: Room, tmp_path: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(historian, "CHUNK", step)
    whole, parts = History(tmp_path / "whole"), History(tmp_path / "parts")
    catch_up(journal_of(room), whole, RULES)
    for upto in range(0, len(room.journal), 11):
        catch_up(journal_of(room, upto), parts, RULES)
    catch_up(journal_of(room), parts, RULES)
    assert parts.figures() == whole.figures()
    assert [parts.slip(n) for n in range(1, 14)] == [whole.slip(n) for n in range(1, 14)]
    for asked in ("打架", "01", "13912342207", "2207"):
        assert (
            parts.find(asked, 100) == whole.find(asked, 100) == tuple(range(13, 0, -1))[-len(parts.find(asked, 100)) :]
        )
    whole.close()
    parts.close()


def test_a_filed_slip_is_whole_with_all_that_happened_to_it(room: Room, history: History) -> None:
    catch_up(journal_of(room), history, RULES)
    assert 1 not in room.board.incidents
    kept = history.slip(1)
    assert kept is not None
    assert kept.incident.stage is IncidentStage.CLOSED
    assert [report.contact for report in kept.reports] == ["13912342207"]
    told = [room.journal[position - 1].fact for position in kept.told]
    assert type(told[0]).__name__ == "ReportReceived"
    assert "IncidentClosed" in {type(fact).__name__ for fact in told}
    assert history.slip(99) is None


def test_a_period_is_a_period_for_figures_and_for_search(room: Room, history: History) -> None:
    catch_up(journal_of(room), history, RULES)
    everything, _ = history.figures()
    second_day = everything[4].received_at
    later, contacts = history.figures(second_day, FOR_EVER)
    assert [slip.number for slip in later] == list(range(5, 14))
    assert all(contact.received_at >= second_day for contact in contacts)
    assert history.find("打架", 100, second_day) == tuple(range(13, 4, -1))
    assert history.find("打架", 100, 0, second_day) == (4, 3, 2, 1)
    assert history.find("打架", 2) == (13, 12)
    assert history.find("打架", 100, 1, 2) == ()


def test_a_slip_that_changes_is_found_by_its_new_words_and_not_by_the_old(history: History) -> None:
    room = Room()
    number = room.fight()
    catch_up(journal_of(room), history, RULES)
    assert history.find("打架", 9) == (number,)
    room.do(c.AmendIncident(number, text="砸车窗", type="robbery"))
    catch_up(journal_of(room), history, RULES)
    assert history.find("砸车", 9) == history.find("抢劫", 9) == (number,)
    assert history.find("打架", 9) == ()
    assert history.find("持刀", 9) == (number,), "what the caller said stays"


def test_nothing_new_costs_no_reading(room: Room, history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = journal_of(room)
    assert catch_up(journal, history, RULES) == len(room.journal)
    monkeypatch.setattr(historian, "decode_image", lambda *_: pytest.fail("it took the board up again"))
    assert catch_up(journal, history, RULES) == 0


def test_one_new_entry_is_all_that_is_read(room: Room, history: History) -> None:
    catch_up(journal_of(room, len(room.journal) - 1), history, RULES)
    assert catch_up(journal_of(room), history, RULES) == 1


def test_a_history_of_another_past_begins_again(room: Room, history: History) -> None:
    other = Room()
    for _ in range(9):
        other.fight("noise")
    catch_up(journal_of(other), history, RULES)
    assert history.find("噪音", 99)
    assert catch_up(journal_of(room), history, RULES) == len(room.journal)
    assert history.find("噪音", 99) == ()
    assert history.figures()[0] == collected(room).slips(room.board)


def test_a_journal_cut_short_takes_its_history_along(room: Room, history: History) -> None:
    catch_up(journal_of(room), history, RULES)
    catch_up(journal_of(room, 40), history, RULES)
    fresh = History(None)
    catch_up(journal_of(room, 40), fresh, RULES)
    assert history.figures() == fresh.figures()
    fresh.close()


def test_a_kill_between_two_chunks_loses_nothing(room: Room, history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(historian, "CHUNK", 10)

    class Killed(BaseException):
        pass

    def at_thirty(done: int, _total: int) -> None:
        if done >= 30:
            raise Killed

    with pytest.raises(Killed):
        catch_up(journal_of(room), history, RULES, at_thirty)
    state = history.state()
    assert state is not None
    assert state.position == 30
    assert catch_up(journal_of(room), history, RULES) == len(room.journal) - 30
    assert history.figures()[0] == collected(room).slips(room.board)


@pytest.mark.parametrize("damage", [b"no database at all, " * 300, b""])
def test_a_damaged_file_is_made_again(room: Room, tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "h"
    first = History(path)
    catch_up(journal_of(room), first, RULES)
    wanted = first.figures()
    first.close()
    path.write_bytes(damage)
    second = History(path)
    assert catch_up(journal_of(room), second, RULES) == len(room.journal)
    assert second.figures() == wanted
    second.close()


def test_only_its_owner_reads_it(history: History, tmp_path: Path) -> None:
    assert history.state() is None
    for file in tmp_path.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        History(tmp_path / "missing" / "h")
