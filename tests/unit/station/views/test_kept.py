"""What is kept from paint to paint changes nothing of what is shown, and spares what did not change."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from tests.station.stage import city, gazetteer, rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Incident, IncidentStage
from zz110_tui.core.places import Place, Point
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.gis.marks import place_marks, signs
from zz110_tui.language.scene import Scene
from zz110_tui.station.glyphs import Tier
from zz110_tui.station.ui import Ui
from zz110_tui.station.views import mapview, work
from zz110_tui.station.views.mapkept import Kept, kept_of
from zz110_tui.station.views.work import Known, work_of

AT = 1_700_447_527_000


def _point(dice: random.Random) -> Point:
    post = dice.choice(city().posts).point
    return Point(post.lon + dice.uniform(-0.01, 0.01), post.lat + dice.uniform(-0.01, 0.01))


def _incident(number: int, dice: random.Random) -> Incident:
    stage = dice.choice((IncidentStage.QUEUED, IncidentStage.HANDLED, IncidentStage.CLOSED))
    place = Place(f"{number}号", _point(dice))
    return Incident(number, "fight", dice.randint(1, 3), place, AT, AT, AT + number, stage=stage)


def _board(dice: random.Random) -> Board:
    board = Board()
    for number in range(1, 60):
        board.incidents[number] = _incident(number, dice)
    for profile in city().units:
        board.units[profile.call_sign] = Unit(profile, UnitStatus.FREE, position=_point(dice))
    return board


def _change(board: Board, dice: random.Random) -> None:
    for number in dice.sample(range(1, 60), 4):
        board.incidents[number] = _incident(number, dice)
    sign = dice.choice(list(board.units))
    board.units[sign] = replace(board.units[sign], position=_point(dice))


@pytest.mark.parametrize("seed", range(4))
def test_the_list_of_work_kept_and_new_are_the_same(seed: int) -> None:
    dice, known = random.Random(seed), Known()
    board = _board(dice)
    for _ in range(12):
        assert work_of(board, rulebook(), known) == work_of(board, rulebook())
        _change(board, dice)


def test_only_slips_that_changed_are_reckoned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    dice, known = random.Random(1), Known()
    board = _board(dice)
    work_of(board, rulebook(), known)
    asked: list[int] = []
    real = work._of_incident

    def watched(incident: Incident, *rest: Any) -> Any:
        asked.append(incident.number)
        return real(incident, *rest)

    monkeypatch.setattr(work, "_of_incident", watched)
    work_of(board, rulebook(), known)
    assert asked == []
    board.incidents[7] = replace(board.incidents[7], stage=IncidentStage.QUEUED, text="别的话")
    work_of(board, rulebook(), known)
    assert asked == [7]
    del board.incidents[7]
    work_of(board, rulebook(), known)
    assert ("incident", 7) not in known, "what left the list is not kept"


@pytest.mark.parametrize("seed", range(4))
def test_the_map_kept_and_new_are_the_same(seed: int) -> None:
    dice, ui = random.Random(seed), Ui("zh")
    board = _board(dice)
    for _ in range(12):
        scene = Scene(board=board, rules=rulebook(), now=AT, desk="03", language="zh", gazetteer=gazetteer())
        kept = mapview.rows(city(), scene, ui, Tier.FULL, 60, 24)
        kept_of.cache_clear()
        assert kept == mapview.rows(city(), scene, ui, Tier.FULL, 60, 24)
        _change(board, dice)


def test_signs_kept_by_row_are_those_of_the_whole_map() -> None:
    dice = random.Random(5)
    board = _board(dice)
    view = mapview.view_of(city(), Ui("zh").map, 60, 24)
    kept = Kept(view)
    for _ in range(8):
        scene = Scene(board=board, rules=rulebook(), now=AT, desk="03", language="zh", gazetteer=gazetteer())
        marks = list(mapview.marks(scene, Ui("zh"), Kept(view)))
        assert [s for here in kept.signs(marks).values() for s in here] == list(signs(view, place_marks(view, marks)))
        _change(board, dice)
