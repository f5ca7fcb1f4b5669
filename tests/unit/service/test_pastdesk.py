"""Who may ask about the past, what is written down of it, and a process that answers, dies, hangs and is replaced."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.pasts import Told, lived, stored
from tests.support.room import LI, RULES
from tests.support.serving import Notes
from tests.support.waiting import until
from zz110_tui.core.desks import Duty
from zz110_tui.core.trouble import Trouble
from zz110_tui.service import pastdesk
from zz110_tui.service.access import READERS
from zz110_tui.service.pastdesk import InProcess, InThread, PastDesk, answer_line
from zz110_tui.service.pastreader import PastReader
from zz110_tui.wire.asking import (
    FindSlips,
    ListMatters,
    ListReports,
    ListSlips,
    MonthBudgets,
    OneSlip,
    Question,
    read_items,
)
from zz110_tui.wire.shapes import write_json


@pytest.mark.parametrize("duty", list(Duty))
async def test_only_who_may_read_slips_may_ask_and_either_is_written_down(duty: Duty) -> None:
    notes, told = Notes(), Told()
    desk = PastDesk(told, notes.note)
    actor = replace(LI, duty=duty)
    if duty in READERS:
        await desk.ask(actor, "li", OneSlip(7))
        who = {"account": "li", "desk": "03", "duty": duty.value}
        assert notes.all == [("read", {**who, "what": "incident show", "incident": 7})]
    else:
        with pytest.raises(Trouble, match="may not read"):
            await desk.ask(actor, "li", OneSlip(7))
        assert told.asked == []
        assert notes.codes("refused") == ["may_not_read"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            FindSlips("李小明 13912342207", 1_700_000_000_000, 1_700_086_400_000),
            {"what": "find", "from": "2023-11-14T22:13:20Z", "to": "2023-11-15T22:13:20Z"},
        ),
        (FindSlips("打架", 0, 253_370_764_800_000), {"what": "find"}),
        (ListReports(1 << 62, 1 << 62), {"what": "report list --all"}),
        (FindSlips("东门口", why="place"), {"what": "earlier slips at a place"}),
        (ListSlips(), {"what": "incident list --all"}),
        (ListMatters("order"), {"what": "order list --all"}),
    ],
)
async def test_what_was_read_is_written_down_and_never_the_words(question: Question, said: dict[str, object]) -> None:
    notes = Notes()
    await PastDesk(Told(), notes.note).ask(LI, "li", question)
    ((event, values),) = notes.all
    assert event == "read"
    assert {name: value for name, value in values.items() if name not in ("account", "desk", "duty")} == said


async def test_counts_of_a_month_are_no_slips_and_not_written_down() -> None:
    notes = Notes()
    await PastDesk(Told(), notes.note).ask(LI, "li", MonthBudgets(0, 1, "received"))
    assert notes.all == []


async def test_a_thread_answers_as_the_reader_does(tmp_path: Path) -> None:
    answerer = InThread(PastReader(stored(lived(4), tmp_path), RULES))
    page = await answerer.answer(ListSlips())
    assert [slip.number for slip in read_items(ListSlips(), page)] == [1, 2, 3, 4]
    await answerer.close()


# -- a process of its own ----------------------------------------------------------------------------------------------

ECHO = """
import json, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    number = asked.get("number", 0)
    if number == 13:
        sys.exit(1)
    if number == 14:
        print("not json", flush=True)
        continue
    if number == 15:
        time.sleep(3600)
    if number == 16:
        print(json.dumps({"trouble": ["no history", "why", "what to do", 69]}), flush=True)
        continue
    print(json.dumps({"items": [number], "next": number}), flush=True)
"""
"""Answers with the number it was asked for; dies of 13, is confused by 14, hangs at 15, has no answer to 16."""


@pytest.fixture
async def process() -> AsyncIterator[InProcess]:
    made = InProcess([sys.executable, "-c", ECHO])
    yield made
    await made.close()


async def number_of(process: InProcess, number: int) -> int:
    page = await process.answer(OneSlip(number))
    assert page.items == (str(number).encode(),)
    return page.next


async def test_many_ask_at_once_and_each_gets_his_own_answer(process: InProcess) -> None:
    asked = list(range(20, 60))
    assert await asyncio.gather(*(number_of(process, n) for n in asked)) == asked


@pytest.mark.parametrize("bad", [13, 14])
async def test_a_process_that_dies_or_talks_nonsense_is_replaced(process: InProcess, bad: int) -> None:
    assert await number_of(process, 1) == 1
    with pytest.raises(Trouble, match="did not answer"):
        await process.answer(OneSlip(bad))
    assert await number_of(process, 2) == 2


async def test_a_question_that_takes_too_long_is_given_up_and_the_next_is_answered(
    process: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await number_of(process, 1) == 1
    monkeypatch.setattr(pastdesk, "ANSWER_S", 0.2)
    with pytest.raises(Trouble, match="did not answer"):
        await process.answer(OneSlip(15))
    monkeypatch.setattr(pastdesk, "ANSWER_S", 60.0)
    assert await number_of(process, 2) == 2


async def test_trouble_of_the_history_is_told_and_the_process_lives_on(process: InProcess) -> None:
    assert await number_of(process, 1) == 1
    before = process._process
    with pytest.raises(Trouble, match="no history") as told:
        await process.answer(OneSlip(16))
    assert (told.value.cause, told.value.exit_code) == ("why", 69)
    assert await number_of(process, 2) == 2
    assert process._process is before


async def test_whoever_goes_leaves_no_answer_for_the_next(process: InProcess) -> None:
    assert await number_of(process, 1) == 1
    gone = [asyncio.create_task(process.answer(OneSlip(n))) for n in (21, 22, 23)]
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    assert await number_of(process, 30) == 30


async def test_a_room_that_asks_too_much_is_told_so(process: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pastdesk, "MOST_WAITING", 3)
    asked = [asyncio.create_task(number_of(process, n)) for n in (1, 2, 3)]
    await asyncio.sleep(0)
    with pytest.raises(Trouble, match="did not answer") as told:
        await process.answer(OneSlip(4))
    assert "too many" in told.value.cause
    assert await asyncio.gather(*asked) == [1, 2, 3]
    assert await number_of(process, 5) == 5


async def test_it_ends_when_nobody_has_asked_for_a_while(process: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pastdesk, "IDLE_S", 0.05)
    assert await number_of(process, 1) == 1
    before = process._process
    assert before is not None
    await until(lambda: process._process is None)
    await before.wait()
    assert before.returncode == 0
    assert await number_of(process, 2) == 2


def test_a_line_is_answered_with_a_line(tmp_path: Path) -> None:
    reader = PastReader(stored(lived(3), tmp_path), RULES)
    whole = answer_line(reader, write_json(ListSlips()))
    assert whole.count(b"\n") == 1
    assert whole.endswith(b"\n")
    assert b'"trouble":["' in answer_line(reader, write_json(ListMatters("dragons")))
    reader.close()
