"""What everyday work costs in keys: each task is done by pressing the keys that the manual names, and then it is done.

The keys are counted as they reach the desk. ``python -m tools.everyday_tasks`` writes the manual's tables again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.station.stage import Stage, gazetteer, stage
from tools.everyday_tasks import PAGES, TASKS, Key, Task, keys_of, with_table
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import Subject, SubjectKind, of_incident
from zz110_tui.core.facts import NoteAdded
from zz110_tui.core.facts_cover import UnitFilledIn
from zz110_tui.core.incidents import AssignmentStage, Channel, IncidentStage, ReportEnd
from zz110_tui.core.messages import Message
from zz110_tui.core.orders import Order, OrderKind
from zz110_tui.core.places import Place
from zz110_tui.station.ui import Page

Part = Callable[[Stage], Awaitable[None]]
HOUR_S = 3600


def at(words: str) -> Place:
    found = gazetteer().best(words)
    assert found is not None
    return found.place


async def incident(desk: Stage, type_: str = "fight", where: str = "漳州医院", *, select: bool = True) -> int:
    """A slip that another desk opened, selected here as the first of the list would be."""
    await desk.do(c.OpenIncident(type_, at(where)))
    number = max(desk.core.engine.board.incidents)
    desk.desk.ui.selected = of_incident(number) if select else None
    return number


async def with_03(desk: Stage, stage: AssignmentStage = AssignmentStage.DISPATCHED) -> None:
    number = await incident(desk)
    await desk.do(c.Dispatch(number, ("03",)))
    if stage is not AssignmentStage.DISPATCHED:
        await desk.do(c.Advance(("03",), stage))


# -- how the room is before each task, and what is on record after it ------------------------------------------------


async def ringing(desk: Stage) -> None:
    await desk.do(c.ReceiveReport(Channel.PHONE, contact="13912342207"))


async def taken_and_sent(desk: Stage) -> None:
    slip = desk.incident(1)
    assert (slip.type, slip.place.text, slip.reports) == ("robbery", "漳州医院", (1,))
    assert desk.core.engine.board.reports[1].end is ReportEnd.SLIP
    assert slip.stage is IncidentStage.DISPATCHED
    assert "05" in {a.unit for a in slip.working}, "the nearest by road"


async def second_ringing(desk: Stage) -> None:
    await incident(desk, select=False)
    await ringing(desk)


async def linked(desk: Stage) -> None:
    assert list(desk.core.engine.board.incidents) == [1]
    (_, second) = desk.incident(1).reports
    assert desk.core.engine.board.reports[second].end is ReportEnd.LINKED
    assert desk.core.engine.board.reports[second].contact == "13912342207", "the call that rang, not a new one"


async def signed(desk: Stage) -> None:
    await with_03(desk, AssignmentStage.SIGNED)


async def on_scene(desk: Stage) -> None:
    (a,) = desk.incident(1).assignments
    assert a.stage is AssignmentStage.ON_SCENE
    assert a.en_route_at
    assert a.on_scene_at


async def sent(desk: Stage) -> None:
    await with_03(desk)


async def exchanged(desk: Stage) -> None:
    working = {a.unit for a in desk.incident(1).working}
    assert working == {"07"}
    assert desk.core.engine.board.units["03"].available


async def two_calls(desk: Stage) -> None:
    await with_03(desk)
    await incident(desk, "knife_attack", "漳州一中")


async def pre_empted(desk: Stage) -> None:
    assert {a.unit for a in desk.incident(2).working} == {"03"}
    assert not desk.incident(1).working
    assert desk.incident(1).stage is IncidentStage.QUEUED, "the lesser one waits again"


async def one_waits(desk: Stage) -> None:
    await incident(desk, "noise")


async def transferred(desk: Stage) -> None:
    slip = desk.incident(1)
    assert (slip.stage, slip.receiver) == (IncidentStage.HANDLED, "hotline_12345")


async def one_there(desk: Stage) -> None:
    await with_03(desk, AssignmentStage.ON_SCENE)


async def cleared(desk: Stage) -> None:
    slip = desk.incident(1)
    assert (slip.stage, slip.disposition) == (IncidentStage.HANDLED, "mediated")
    assert slip.disposition_text
    assert desk.core.engine.board.units["03"].available


async def handled(desk: Stage) -> None:
    await one_there(desk)
    await desk.do(c.Clear(1, disposition="mediated"))


async def closed(desk: Stage) -> None:
    assert desk.incident(1).stage is IncidentStage.CLOSED
    assert desk.incident(1).satisfied is True


async def a_day_later(desk: Stage) -> None:
    await handled(desk)
    await desk.do(c.FeedBack(1))
    await desk.do(c.CloseIncident(1))
    await desk.pass_time(15 * HOUR_S)
    await incident(desk, where="漳州一中", select=False)


async def opened(desk: Stage) -> None:
    assert desk.page() is Page.DETAIL
    assert desk.desk.ui.selected == of_incident(1)
    assert "0001" in desk.text()


async def a_hole(desk: Stage) -> None:
    """The middle of the town is at work, and so the desk proposes who should stand there."""
    for unit in ("05", "01", "02", "06", "03"):
        number = await incident(desk, where="漳州医院", select=False)
        await desk.do(c.Dispatch(number, (unit,), AssignmentStage.ON_SCENE))
    await desk.settle()
    assert desk.desk.coverage.look(desk.desk.scene()).fill_in is not None


async def filled(desk: Stage) -> None:
    fact = desk.desk.events[-1].fact
    assert isinstance(fact, UnitFilledIn)
    assert desk.core.engine.board.units[fact.unit].profile.post_point == fact.point


async def alarmed(desk: Stage) -> None:
    await incident(desk, "knife_attack")
    await desk.pass_time(600)
    assert any(not alarm.owner for alarm in desk.core.engine.board.alarms.values())


async def alarm_taken(desk: Stage) -> None:
    assert any(alarm.owner == "03" for alarm in desk.core.engine.board.alarms.values())


async def message_sent(desk: Stage) -> None:
    message = desk.core.engine.board.matters[Subject(SubjectKind.MESSAGE, "1")]
    assert isinstance(message, Message)
    assert {reader.id for reader in message.readers} == {"03", "07"}


async def ordered(desk: Stage) -> None:
    order = desk.core.engine.board.matters[Subject(SubjectKind.ORDER, "1")]
    assert isinstance(order, Order)
    assert order.kind is OrderKind.SCHOOL_GUARD
    assert (order.place.text, [errand.unit for errand in order.errands]) == ("漳州一中", ["03"])


async def noted(desk: Stage) -> None:
    assert isinstance(desk.core.engine.board.chronology(of_incident(1))[-1].fact, NoteAdded)


async def one_sent_here(desk: Stage) -> None:
    await incident(desk)
    await desk.enter("d 3 .")


async def undone(desk: Stage) -> None:
    assert not desk.incident(1).working
    assert desk.core.engine.board.units["03"].available


async def handed_over(desk: Stage) -> None:
    seat = desk.core.engine.board.desks["03"]
    assert seat.person in ("王", "Wang")
    assert "0001" in desk.core.engine.board.hand_overs["03"][-1].text


async def nothing(desk: Stage) -> None:
    """An idle room."""


BEFORE_AND_AFTER: dict[str, tuple[Part, Part]] = {
    "take_and_send": (ringing, taken_and_sent),
    "link_second_caller": (second_ringing, linked),
    "report_progress": (signed, on_scene),
    "exchange": (sent, exchanged),
    "pre_empt": (two_calls, pre_empted),
    "transfer": (one_waits, transferred),
    "clear": (one_there, cleared),
    "close": (handled, closed),
    "find_yesterday": (a_day_later, opened),
    "fill_in": (a_hole, filled),
    "take_alarm": (alarmed, alarm_taken),
    "message": (nothing, message_sent),
    "order": (nothing, ordered),
    "note": (one_waits, noted),
    "undo": (one_sent_here, undone),
    "hand_over": (one_waits, handed_over),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
async def test_an_everyday_task_takes_the_keys_that_the_manual_says(task: Task, language: str) -> None:
    before, after = BEFORE_AND_AFTER[task.name]
    async with stage(language=language) as desk:
        await before(desk)
        pressed: list[str] = []
        arrives = desk.app.line._on_press

        def counted(key: str, character: str | None) -> None:
            pressed.append(key)
            arrives(key, character)

        desk.app.line._on_press = counted
        for step in task.steps:
            await desk.press(*("space" if key == " " else key for key, _ in keys_of(step, language)))
        every, beside = task.count(language)
        assert len(pressed) == every
        assert beside <= task.most
        assert desk.desk.editor.text == "", desk.text()
        await after(desk)


def test_there_are_at_least_a_dozen_and_each_ends_in_facts() -> None:
    assert len(TASKS) >= 12
    assert {task.name for task in TASKS} == set(BEFORE_AND_AFTER)


def test_a_call_is_taken_and_a_unit_sent_with_eight_keys_beside_the_words() -> None:
    task = next(task for task in TASKS if task.name == "take_and_send")
    assert task.most <= 8
    assert all(task.count(language)[1] <= 8 for language in PAGES)


def test_enter_is_counted_like_every_other_key() -> None:
    task = next(task for task in TASKS if task.name == "exchange")
    assert isinstance(task.steps[-1], Key)
    assert task.count("zh") == (6, 6)


@pytest.mark.parametrize("language", PAGES)
def test_the_tables_of_the_manual_are_those_of_this_test(language: str) -> None:
    page = PAGES[language].read_text("utf-8")
    assert page == with_table(page, language), "python -m tools.everyday_tasks"
