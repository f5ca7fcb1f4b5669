"""Orders, warnings and turns in the history: as the whole journal says, and figures by the squad that was on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.room import CROSSING, RULES, Room
from zz110_tui.core.alarms import Subject, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.commands import FileSlips
from zz110_tui.core.commands_matters import ChangeTurn, IssueOrder, NoteMatter, SetSquad, WithdrawMatter
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.evolve import evolve
from zz110_tui.core.figures import figures, squad_on
from zz110_tui.core.figures_matters import MatterCollector
from zz110_tui.core.orders import OrderKind
from zz110_tui.core.roster import Squad
from zz110_tui.core.subjects import subjects_of
from zz110_tui.service import historian
from zz110_tui.service.historian import catch_up
from zz110_tui.store.history import History
from zz110_tui.store.memory import MemoryJournal


def lived() -> Room:
    room = Room()
    room.handled()
    room.do(SetSquad(Squad("一班", ("01",))))
    room.do(SetSquad(Squad("二班", ("02",))))
    room.do(ChangeTurn("一班"))
    room.handled()
    room.do(IssueOrder(OrderKind.PATROL_CHECK, ("01",), "", CROSSING))
    room.do(ChangeTurn("二班"))
    room.fight()
    room.fight()
    return room


def kept(room: Room, folder: Path) -> History:
    journal, history = MemoryJournal(), History(folder / "history")
    journal.append(list(room.journal))
    catch_up(journal, history, RULES)
    return history


def test_matters_are_those_of_the_whole_journal(tmp_path: Path) -> None:
    room = lived()
    history = kept(room, tmp_path)
    board, collector = Board(), MatterCollector()
    for entry in room.journal:
        evolve(board, entry)
        collector.on_entries((entry,), board)
    wanted = {matter.subject: matter for matter in collector.matters(0, 1 << 62)}
    assert {matter.subject: matter for matter in history.matters()} == wanted
    began = max(matter.opened_at for matter in wanted.values())
    assert history.matters(began + 1) == ()
    for kind in SubjectKind:
        family = {matter.subject: matter for matter in history.matters_of(kind)}
        assert family == {subject: matter for subject, matter in wanted.items() if subject.kind is kind}


@pytest.mark.parametrize("chunk", [1, 3, 20_000])
def test_a_filed_matter_keeps_everything_that_happened_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(historian, "CHUNK", chunk)
    room = lived()
    order = Subject(SubjectKind.ORDER, "1")
    room.do(NoteMatter(order, "到岗"))
    room.do(WithdrawMatter(order, "改派"))
    last = room.board.matters[order]
    room.now += 1_000
    room.do(FileSlips(room.now), SYSTEM)
    room.fight()
    assert order not in room.board.matters
    found = kept(room, tmp_path).matter(order)
    assert found is not None
    assert found.matter == last
    assert found.told == tuple(e.position for e in room.journal if order in subjects_of(e.fact))
    assert len(found.told) == 3
    assert kept(room, tmp_path).matter(Subject(SubjectKind.ORDER, "2")) is None


def test_slips_count_for_the_squad_that_was_on(tmp_path: Path) -> None:
    history = kept(lived(), tmp_path)
    turns = history.turns()
    found = figures(*history.figures(), RULES, turns)
    assert {group.key: group.count for group in found.by_squad} == {"": 1, "一班": 1, "二班": 2}
    second = next(since for since, squad in turns if squad == "二班")
    assert history.turns(second + 1) == ((second, "二班"),), "the turn that was in force when a period begins"


def test_a_turn_begins_on_its_moment() -> None:
    turns = [(10, "一班"), (20, "二班")]
    assert [squad_on(turns, at) for at in (9, 10, 19, 20, 99)] == ["", "一班", "一班", "二班", "二班"]
