"""What is loaded beside the desk is all that the first questions need."""

from __future__ import annotations

from dataclasses import replace

from tests.station.stage import MONDAY, city, gazetteer, rulebook
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Incident
from zz110_tui.core.places import Place
from zz110_tui.core.units import Unit, UnitStatus
from zz110_tui.gis.roadtimes import RoadTimes
from zz110_tui.gis.travel import travel_of
from zz110_tui.language.recommending import candidates
from zz110_tui.language.scene import Scene
from zz110_tui.station.covering import CoverKeeper


def test_after_the_warm_up_the_first_slip_waits_for_no_part_of_the_roads() -> None:
    town = replace(city(), travel=city().travel)  # another city: nothing of it is loaded yet
    travel = travel_of(town)
    board = Board()
    for profile in town.units:
        board.put_unit(Unit(profile, UnitStatus.FREE))
    scene = Scene(board, rulebook(), MONDAY, "03", gazetteer=gazetteer(), travel=travel)
    keeper = CoverKeeper()
    keeper.warm_up(scene, [unit.profile for unit in board.units.values()])
    roads = travel.roads
    assert isinstance(roads, RoadTimes)
    ready = roads._search.cache_info().misses
    assert ready == 2, "from posts to places, and from a place to whoever could come"
    assert keeper.look(scene).share is not None
    place = Place("某处", town.landmarks[0].point)
    assert candidates(scene, Incident(1, "fight", 1, place, MONDAY, MONDAY, MONDAY))
    assert roads._search.cache_info().misses == ready
