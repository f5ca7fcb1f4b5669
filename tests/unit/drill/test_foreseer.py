"""The process that simulates: it gives what is found here, can be given up, and never stays behind."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.support.scenes import Desk, city, rulebook
from zz110_tui.core.trouble import Trouble
from zz110_tui.core.whatif import Option, Question, situation_of
from zz110_tui.drill.lab.foreseer import Foreseer
from zz110_tui.drill.lab.hour import foresee
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.world import travel_in

LONG = 1_000_000


def question(runs: int) -> Question:
    desk = Desk()
    desk.do(desk.command("n 打架 @胜利路x延安路"))
    return Question(situation_of(desk.board, desk.now), (Option(("03",), 1), Option(("07",), 1)), 1, seed=3, runs=runs)


@pytest.fixture
async def foreseer() -> AsyncIterator[Foreseer]:
    folder = city().folder
    assert folder is not None
    made = Foreseer(folder, rulebook())
    yield made
    await made.close()


def process_of(foreseer: Foreseer) -> asyncio.subprocess.Process:
    assert foreseer._line is not None
    return foreseer._line._process


async def test_it_finds_what_is_found_here_and_says_how_far_it_is(foreseer: Foreseer) -> None:
    asked = question(40)
    steps: list[int] = []
    found = await foreseer.ask(asked, steps.append)
    here = foresee(asked, city(), rulebook(), Chances(load_profile(), rulebook()), travel_in(city()))
    assert here is not None
    assert replace(found, took_s=0.0) == replace(here, took_s=0.0)
    assert steps == [10, 20, 30]


async def test_a_question_that_is_given_up_makes_room_for_the_next(foreseer: Foreseer) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(foreseer.ask(question(LONG), lambda runs: begun.set()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await foreseer.ask(question(20), lambda runs: None)).question.runs == 20


async def test_it_ends_with_the_desk_in_the_middle_of_a_question(foreseer: Foreseer) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(foreseer.ask(question(LONG), lambda runs: begun.set()))
    await begun.wait()
    process = process_of(foreseer)
    assert process.stdin is not None
    process.stdin.close()  # what a desk that is killed leaves
    assert await process.wait() == 0
    with pytest.raises(Trouble):
        await task


async def test_where_it_was_killed_the_question_is_answered_with_trouble_and_the_next_one_by_a_new_one(
    foreseer: Foreseer,
) -> None:
    begun = asyncio.Event()
    task = asyncio.create_task(foreseer.ask(question(LONG), lambda runs: begun.set()))
    await begun.wait()
    os.kill(process_of(foreseer).pid, signal.SIGKILL)
    with pytest.raises(Trouble):
        await task
    assert (await foreseer.ask(question(10), lambda runs: None)).question.runs == 10
