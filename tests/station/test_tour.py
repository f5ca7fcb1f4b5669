"""The tour, walked whole by doing exactly what it says, in both languages, under every keymap and at both sizes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from tests.station.stage import SMALL, WIDE, Stage, stage
from tests.support.engines import Running
from zz110_tui.config.bundled import bundled
from zz110_tui.core.commands import ReceiveReport
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.incidents import Channel, IncidentStage, ReportStage
from zz110_tui.core.rulebook import Words
from zz110_tui.station.tour import Tour
from zz110_tui.station.tourroom import FINISHED, TourRoom
from zz110_tui.station.toursteps import STEPS
from zz110_tui.station.views.cells import width, wrap

KEYMAPS = sorted(path.stem for path in bundled("keymaps").glob("*.toml"))
CALLER = Actor("导览", "tour", Duty.GATEWAY, "drill")
INSTRUCTED = re.compile(r"\[(?P<key>[^]]+)]|`(?P<line>[^`]*)`(?P<after>[^；;]*)")
NAMED = {"Esc": "escape", "回车": "enter", "Enter": "enter", "PgUp": "pageup", "PgDn": "pagedown"}


@asynccontextmanager
async def touring(
    size: tuple[int, int] = SMALL, language: str = "zh", begin: str = "", **options: Any
) -> AsyncIterator[tuple[Stage, list[str]]]:
    """A desk on a tour, and the names of the steps that were kept."""
    kept: list[str] = []

    def around(core: Running) -> TourRoom:
        async def ring(text: str) -> None:
            await core.link(CALLER).submit(ReceiveReport(Channel.PHONE, contact="13900000110", text=text))

        return TourRoom(begin, kept.append, ring)

    async with stage(size, language, tour=around, drill=True, **options) as desk:
        yield desk, kept


def _keys_of(name: str) -> str:
    return NAMED.get(name, name.lower())


def _ringing(desk: Stage) -> bool:
    return any(report.stage is not ReportStage.ENDED for report in desk.desk.board.reports.values())


async def follow(desk: Stage) -> None:
    """Do what the instruction on the screen says, and nothing else."""
    tour = desk.desk.tour
    assert tour is not None
    while tour.step is not None and tour.step.rings is not None and not _ringing(desk):
        await desk.settle()
    text = tour.instruction()
    shown = "".join(desk.text().split())
    assert "".join(text.split()) in shown, "the whole instruction is on the screen"
    done = list(INSTRUCTED.finditer(text))
    assert done, text
    for match in done:
        if match["key"]:
            await desk.press(_keys_of(match["key"]))
        else:
            await desk.type(match["line"])
            if not ("不回车" in match["after"] or "no Enter" in match["after"]):
                await desk.press("enter")
        await desk.settle()


@pytest.mark.parametrize(
    ("size", "language", "keymap"),
    [
        (SMALL, "zh", "default"),
        (SMALL, "en", "default"),
        (WIDE, "zh", "cad"),
        (WIDE, "en", "left"),
        (SMALL, "en", "vim"),
    ],
)
async def test_doing_exactly_what_it_says_completes_every_step(
    size: tuple[int, int], language: str, keymap: str
) -> None:
    async with touring(size, language, keymap=keymap) as (desk, kept):
        for step in STEPS:
            tour = desk.desk.tour
            assert tour is not None
            assert tour.step == step
            await follow(desk)
            assert tour.step != step, (step.name, tour.instruction(), desk.said())
            assert not tour.instead, (step.name, tour.instead)
        assert desk.desk.tour is not None
        assert desk.desk.tour.step is None
        assert kept == [*(step.name for step in STEPS[1:]), FINISHED]
        assert desk.incident(1).stage is IncidentStage.CLOSED
        assert len(desk.incident(1).reports) == 2, "the second caller was linked"
        assert "演练" in desk.text() or "DRILL" in desk.text()


async def test_something_else_is_said_to_be_something_else() -> None:
    async with touring(SMALL, "en", begin="answer") as (desk, _):
        await desk.enter("n theft @F8")
        text = " ".join(desk.text().split())
        assert "That was:" in text
        assert "theft" in text
        assert desk.desk.tour is not None
        assert desk.desk.tour.name == "answer", "it does not go on"
        await follow(desk)
        assert desk.desk.tour.name == "open"


UNDONE = {"open": "open", "send": "send", "signed": "signed", "there": "there", "clear": "clear", "end": "end"}
"""After these steps the last thing done is taken back: the tour is then at that step again."""


async def test_what_is_taken_back_is_asked_for_again_and_the_tour_still_ends() -> None:
    async with touring(SMALL) as (desk, _):
        tour = desk.desk.tour
        assert tour is not None
        left, walked = dict(UNDONE), 0
        while tour.step is not None:
            name = tour.name
            await follow(desk)
            walked += 1
            assert walked < 3 * len(STEPS), f"it never ends: at {tour.name}"
            assert tour.name != name, (name, tour.instruction(), desk.said())
            if name in left:
                await desk.enter("u")
                assert tour.name == left.pop(name), "where what was taken back is done again"
                assert "退回到这一步再做" in desk.text()
        assert not left
        assert desk.incident(1).stage is IncidentStage.CLOSED


async def test_a_slip_that_ends_before_its_time_does_not_leave_the_tour_without_a_way_on() -> None:
    """Called off in the middle: there is nobody to report arrival any more, so another call comes."""
    async with touring(SMALL, "en") as (desk, _):
        tour = desk.desk.tour
        assert tour is not None
        while tour.name != "there":
            await follow(desk)
        await desk.enter("can 1 / settled between them")
        assert tour.name == "answer"
        while tour.step is not None:
            await follow(desk)
        assert desk.incident(max(desk.core.engine.board.incidents)).stage is IncidentStage.CLOSED


async def test_what_is_so_already_is_not_asked_for() -> None:
    """Reported as there without having been on the way: the step that asks for the way is done too."""
    async with touring(SMALL) as (desk, _):
        tour = desk.desk.tour
        assert tour is not None
        while tour.name != "signed":
            await follow(desk)
        await desk.enter(tour.filled("os {u}"))
        assert tour.name == "twice"


async def test_it_can_be_left_and_taken_up_again() -> None:
    async with touring(SMALL) as (desk, kept):
        for _ in range(6):
            await follow(desk)
        where = kept[-1]
        reports = desk.core.engine.board.image().reports
        desk.desk.ui.selected = None
        assert desk.desk.room.tour is not None
        again = desk.desk.tour = Tour(desk.desk, replace(desk.desk.room.tour, begin=where))
        await again.begin()
        await desk.settle()
        assert again.name == where
        assert desk.core.engine.board.image().reports == reports, "no call rings twice"
        await follow(desk)
        assert kept[-1] != where


async def test_a_step_can_be_passed_over_and_gone_back_to() -> None:
    async with touring(SMALL, begin="open") as (desk, kept):
        await desk.enter(":tour next")
        assert kept[-1] == "ask"
        await desk.enter(":tour back")
        assert kept[-1] == "open"


async def test_without_a_tour_the_action_says_how_to_begin_one() -> None:
    async with stage(SMALL) as desk:
        await desk.enter(":tour next")
        assert "zz110 tour" in desk.said()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [step.name for step in STEPS])
def test_its_words_fit_where_they_stand(name: str, language: str) -> None:
    step = next(step for step in STEPS if step.name == name)
    assert len(wrap(step.why.in_(language), 78)) <= 2
    assert width(step.title.in_(language)) <= 30
    for do in step.do:
        line = getattr(do, "line", "")
        if isinstance(line, Words):
            assert language == "zh" or line.en.isascii(), "a terminal without Chinese can be shown around"
