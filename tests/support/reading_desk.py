"""One desk with something at every stage, to read lines at. Nothing changes it: lines are only read."""

from __future__ import annotations

from functools import cache

from tests.support.scenes import Desk
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, of_unit
from zz110_tui.core.incidents import ReportEnd
from zz110_tui.core.units import UnitStatus


@cache
def desk() -> Desk:
    """139: 05 on scene. 140: 06, 09 dispatched. 141: handled. 142: waits. 143: linked to 139. r17 waits, r18 is Li's.

    138: fed back. Nothing here changes it: lines are only read.
    """
    room = Desk(first_incident=137)
    fed, called, scene, on_way, handled = (room.open() for _ in range(5))
    room.to_scene(scene, "05")
    room.dispatch(on_way, "06", "09")
    for number in (fed, called, handled):
        room.to_scene(number, "14")
        room.do(c.Clear(number, disposition="mediated"))
    for number in (fed, called):
        room.do(c.FeedBack(number))
    room.do(c.CallBack(fed, True))
    room.do(c.CloseIncident(fed))
    room.open()  # 142
    linked = room.open()  # 143
    room.do(c.LinkIncident(linked, scene))
    while room.board.next_report < 17:
        room.do(c.EndReport(room.ring(), ReportEnd.ABANDONED))
    room.ring()
    room.do(c.AnswerReport(room.ring()))
    room.do(c.SetStatus(("15",), UnitStatus.OUT_OF_SERVICE, "轮胎"))
    room.do(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("05"), "05"))
    return room
