"""What every Link promises, to a core in this process and to one behind a socket alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.support.engines import Running, running
from tests.support.pasts import Told
from tests.support.room import CROSSING, LI, NOON, WANG
from tests.support.serving import serving
from tests.support.waiting import until
from zz110_tui.client.link import Link
from zz110_tui.client.remote import Options
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.facts import Entry, NoteAdded
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.pastdesk import PastDesk, nothing_noted
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal
from zz110_tui.wire.asking import OneSlip, Page

FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")


class Core(Protocol):
    """A core, and a way to make links to it."""

    room: Running

    async def link(self, actor: Actor = LI) -> Link: ...


class LocalCore:
    def __init__(self, room: Running) -> None:
        self.room = room

    async def link(self, actor: Actor = LI) -> Link:
        return self.room.link(actor)


class RemoteCore:
    def __init__(self, served: Any) -> None:
        self.room: Running = served.room
        self._served = served
        self._ids = count(1)

    async def link(self, actor: Actor = LI) -> Link:
        made: Link = await self._served.link(actor, Options(ids=lambda: f"{actor.desk}-{next(self._ids)}"))
        return made


@asynccontextmanager
async def local_core(folder: Path, journal: MemoryJournal | None = None) -> AsyncIterator[Core]:
    async with running(journal) as room:
        room.past = PastDesk(Told(), nothing_noted)
        yield LocalCore(room)


@asynccontextmanager
async def remote_core(folder: Path, journal: MemoryJournal | None = None) -> AsyncIterator[Core]:
    async with serving(folder, journal, past=Told()) as served:
        yield RemoteCore(served)


@pytest.fixture(params=[local_core, remote_core], ids=["local", "remote"])
async def core(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Core]:
    async with request.param(tmp_path) as made:
        yield made


async def test_the_past_is_asked_by_the_same_door_and_only_by_who_may_read(core: Core) -> None:
    assert await (await core.link()).ask(OneSlip(1)) == Page((b"1",))
    with pytest.raises(Trouble, match="may not read") as no:
        await (await core.link(Actor("高工", "09", Duty.ADMIN, "cli"))).ask(OneSlip(1))
    assert no.value.exit_code == 77


async def test_a_link_says_for_whom_it_speaks_and_what_time_it_is(core: Core) -> None:
    link = await core.link(WANG)
    assert link.actor == WANG
    assert 0 <= link.now() - NOON < 10_000
    await link.close()


async def test_a_command_is_answered_with_what_it_made(core: Core) -> None:
    link = await core.link()
    answer = await link.submit(FIGHT, command_id="mine")
    assert answer.accepted
    assert answer.command == "mine"
    assert answer.entries == tuple(core.room.journal.read(answer.position - len(answer.entries)))
    assert {entry.actor for entry in answer.entries} == {LI}
    await link.close()


async def test_a_refusal_says_the_same_in_both_languages(core: Core) -> None:
    link = await core.link()
    answer = await link.submit(c.Dispatch(7, ("01",)))
    assert answer.refusal is not None
    assert answer.refusal.sentence("zh") == "没有在办警情 0007"
    assert answer.refusal.sentence("en") == "there is no live incident 0007"
    assert answer.entries == ()
    await link.close()


async def test_sent_twice_is_done_once_and_answered_alike(core: Core) -> None:
    link = await core.link()
    first = await link.submit(FIGHT, command_id="once")
    assert await link.submit(FIGHT, command_id="once") == first
    refused = await link.submit(c.Dispatch(9, ("01",)), command_id="no")
    assert await link.submit(c.Dispatch(9, ("01",)), command_id="no") == refused
    assert len(core.room.engine.board.incidents) == 1
    await link.close()


async def test_commands_without_an_id_are_all_done(core: Core) -> None:
    link = await core.link()
    answers = await asyncio.gather(*[link.submit(FIGHT) for _ in range(150)])
    assert len({answer.command for answer in answers}) == 150
    assert len(core.room.engine.board.incidents) == 150
    await link.close()


async def test_commands_of_one_desk_are_done_in_the_order_they_were_sent(core: Core) -> None:
    link = await core.link()
    await link.submit(FIGHT)
    await asyncio.gather(*[link.submit(c.AddNote(1, f"{n}")) for n in range(100)])
    notes = [entry.fact.text for entry in core.room.journal.read() if isinstance(entry.fact, NoteAdded)]
    assert notes == [str(n) for n in range(100)]
    await link.close()


async def test_a_feed_begins_with_the_board_and_goes_on_without_a_gap(core: Core) -> None:
    link, other = await core.link(), await core.link(WANG)
    await link.submit(FIGHT)
    feed = await link.join()
    assert feed.image.position == core.room.engine.board.position
    replica = Replica(feed.image)

    async def follow() -> None:
        async for batch in feed:
            replica.apply(batch)

    following = asyncio.create_task(follow())
    for n in range(1, 21):
        await other.submit(FIGHT)
        await other.submit(c.AddNote(n, "看到了"))
    await until(lambda: replica.position == core.room.engine.board.position)
    assert replica.board.image() == core.room.engine.board.image()
    assert not feed.lagged
    await link.close()
    await following
    await other.close()


async def test_whoever_joins_later_gets_the_board_of_then(core: Core) -> None:
    """Though the board that the first one was sent may be used again."""
    link = await core.link()
    for _ in range(5):
        await link.submit(FIGHT)
        feed = await (await core.link(WANG)).join()
        assert feed.image == core.room.engine.board.image()
    await link.close()


async def test_what_a_command_made_is_heard_before_its_answer_comes(core: Core) -> None:
    """A screen that draws after the answer draws what was done."""
    link = await core.link()
    feed: Any = await link.join()
    replica = Replica(feed.image)
    for _ in range(30):
        answer = await link.submit(FIGHT)
        replica.apply(feed.take())
        assert replica.position == answer.position
    await link.close()


async def test_a_second_feed_of_one_link_is_as_whole_as_the_first(core: Core) -> None:
    link = await core.link()
    first: Any = await link.join()
    await link.submit(FIGHT)
    second: Any = await link.join()
    await link.submit(FIGHT)
    one, two = Replica(first.image), Replica(second.image)
    one.apply(first.take())
    two.apply(second.take())
    assert one.board.image() == two.board.image() == core.room.engine.board.image()
    first.close()
    await link.submit(FIGHT)
    two.apply(second.take())
    assert two.position == core.room.engine.board.position
    await link.close()


async def test_a_closed_feed_ends_and_the_link_goes_on(core: Core) -> None:
    link = await core.link()
    feed = await link.join()
    feed.close()
    assert [batch async for batch in feed] == []
    assert (await link.submit(FIGHT)).accepted
    await link.close()


async def test_closing_the_link_ends_its_feeds(core: Core) -> None:
    link = await core.link()
    feed = await link.join()
    ends = asyncio.create_task(_drain(feed))
    await link.close()
    assert await ends == []


async def _drain(feed: Any) -> list[Entry]:
    return [entry async for batch in feed for entry in batch]


async def test_two_desks_that_send_one_unit_are_told_by_whom(core: Core) -> None:
    li, wang = await core.link(LI), await core.link(WANG)
    await li.submit(FIGHT)
    await li.submit(FIGHT)
    answers = await asyncio.gather(li.submit(c.Dispatch(1, ("01",))), wang.submit(c.Dispatch(2, ("01",))))
    winner, loser = sorted(answers, key=lambda answer: not answer.accepted)
    assert winner.accepted
    assert loser.refusal is not None
    assert loser.refusal.code == "unit_busy"
    by = winner.entries[0].actor
    assert f"{by.desk} {by.person}" in loser.refusal.sentence("en")
    assert "pre" in loser.refusal.remedy("en")
    await li.close()
    await wang.close()


async def test_overwriting_what_was_not_seen_is_refused_with_the_difference(core: Core) -> None:
    li, wang = await core.link(LI), await core.link(WANG)
    seen = (await li.submit(FIGHT)).position
    await wang.submit(c.AmendIncident(1, priority=1))
    answer = await li.submit(c.AmendIncident(1, text="一人"), seen=seen)
    assert answer.refusal is not None
    assert answer.refusal.code == "changed_meanwhile"
    assert "04 Wang" in answer.refusal.sentence("en")
    await li.close()
    await wang.close()


async def test_nobody_does_what_his_duty_does_not_allow(core: Core) -> None:
    link = await core.link(Actor("孙", "08", Duty.AUDIT, "keyboard"))
    answer = await link.submit(FIGHT)
    assert answer.refusal is not None
    assert answer.refusal.code == "not_yours_to_do"
    assert core.room.engine.board.incidents == {}
    await link.close()


async def test_a_store_that_fails_is_told_and_the_next_command_works(core: Core) -> None:
    link = await core.link()
    journal: Any = core.room.journal
    append = journal.append

    def full(_entries: object) -> None:
        raise Trouble("disk full", "no space", "free some")

    journal.append = full
    with pytest.raises(Trouble, match="disk full"):
        await link.submit(FIGHT)
    journal.append = append
    core.room.engine._recover()
    assert (await link.submit(FIGHT)).accepted
    await link.close()


@pytest.mark.parametrize("make", [local_core, remote_core], ids=["local", "remote"])
async def test_a_command_sent_again_after_a_restart_is_not_done_again(make: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "store.zz110"
    answers = []
    for _ in range(2):
        journal = open_journal(path, "drill")
        async with make(tmp_path, journal) as core:
            link = await core.link()
            answers.append(await link.submit(FIGHT, command_id="before"))
            assert len(core.room.engine.board.incidents) == 1
            await link.close()
        journal.close()
    assert answers[0].entries == answers[1].entries


async def test_a_life_of_a_call_is_the_same_over_any_link(core: Core) -> None:
    link = await core.link()
    steps: tuple[c.Command, ...] = (
        FIGHT,
        c.Dispatch(1, ("01", "02")),
        c.Advance(("01", "02"), AssignmentStage.ON_SCENE),
        c.Clear(1, ("02",)),
        c.Clear(1, disposition="mediated", text="双方和解"),
        c.FeedBack(1),
        c.Undo(),
        c.FeedBack(1, text="口角"),
        c.CloseIncident(1),
    )
    for step in steps:
        assert (await link.submit(step)).accepted, step
    replica = Replica((await link.join()).image)
    assert replica.board.image() == core.room.engine.board.image()
    assert replica.board.incidents[1].stage.value == "closed"
    await link.close()
