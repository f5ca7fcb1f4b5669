"""The running core: nothing is answered before it is stored, nothing is done twice, nothing is heard too early."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.engines import running
from tests.support.room import CROSSING, LI, NOON, RULES, WANG, profiles
from zz110_tui.client.local import LocalLink
from zz110_tui.client.replica import Replica
from zz110_tui.core import commands as c
from zz110_tui.core.alarms import AlarmKind, of_unit
from zz110_tui.core.commands_alarms import ShelveAlarm
from zz110_tui.core.desks import SYSTEM
from zz110_tui.core.facts import Entry
from zz110_tui.core.incidents import AssignmentStage
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.clock import ManualClock, SystemClock
from zz110_tui.service.engine import Engine
from zz110_tui.store.journal import Row
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal

FIGHT = c.OpenIncident("fight", CROSSING, text="两人持刀")


class SlowDisk(MemoryJournal):
    """A store whose fsync is over when the test says so, or fails with what the test gives."""

    blocking = True

    def __init__(self) -> None:
        super().__init__("drill")
        self.loop = asyncio.get_running_loop()
        self.synced = asyncio.Event()
        self.began = asyncio.Event()
        self.fault: Exception | None = None
        self.batches: list[int] = []

    def append(self, entries: Sequence[Entry]) -> Sequence[Row]:
        self.loop.call_soon_threadsafe(self.began.set)
        asyncio.run_coroutine_threadsafe(self.synced.wait(), self.loop).result(10)
        if self.fault is not None:
            raise self.fault
        self.batches.append(len({e.command for e in entries}))
        return super().append(entries)


async def test_an_answer_comes_after_the_fsync_and_others_share_the_next_one() -> None:
    disk = SlowDisk()
    engine = Engine(disk, RULES, ManualClock(NOON))
    await engine.start(timers=False)
    first = asyncio.create_task(engine.submit(FIGHT, LI))
    await disk.began.wait()
    others = [asyncio.create_task(engine.submit(FIGHT, WANG)) for _ in range(5)]
    joining = asyncio.create_task(engine.join())
    for _ in range(20):
        await asyncio.sleep(0)
    assert not first.done()
    assert not joining.done(), "a joining desk must not see what is not durable"
    disk.synced.set()
    answers = [await first, *[await other for other in others]]
    assert all(a.accepted for a in answers)
    assert disk.batches == [1, 5]
    assert (await joining).image.position in (4, 24)
    await engine.stop()


async def test_while_one_batch_is_stored_the_next_is_decided_and_nobody_hears_of_either(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disk = SlowDisk()
    engine = Engine(disk, RULES, ManualClock(NOON))
    await engine.start(timers=False)
    heard: list[int] = []
    monkeypatch.setattr(engine.subscribers, "publish", lambda batch: heard.extend(e.position for e in batch))
    first = asyncio.create_task(engine.submit(FIGHT, LI))
    await disk.began.wait()
    stored_later = engine.board.position
    second = asyncio.create_task(engine.submit(FIGHT, WANG))
    for _ in range(20):
        await asyncio.sleep(0)
    assert engine.board.position == 2 * stored_later, "decided on the board that the first one leaves"
    assert not heard
    assert not second.done()
    disk.synced.set()
    await asyncio.gather(first, second)
    assert heard == list(range(1, engine.board.position + 1))
    await engine.stop()


async def test_what_was_decided_on_a_batch_that_failed_is_decided_once_more() -> None:
    """The first command is told that it was not done; the second, which nobody could store yet, is done."""
    disk = SlowDisk()
    engine = Engine(disk, RULES, ManualClock(NOON), reopen=lambda: disk)
    disk.close = lambda: None  # type: ignore[method-assign]
    await engine.start(timers=False)
    feed = await engine.join()
    first = asyncio.create_task(engine.submit(FIGHT, LI, "first"))
    await disk.began.wait()
    second = asyncio.create_task(engine.submit(FIGHT, WANG, "second"))
    for _ in range(20):
        await asyncio.sleep(0)
    disk.fault = Trouble("disk full", "no space", "free some")
    mended = engine.mend

    def mend() -> None:
        if engine.trouble is not None:
            disk.fault = None
        mended()

    engine.mend = mend  # type: ignore[method-assign]
    disk.synced.set()
    with pytest.raises(Trouble, match="disk full"):
        await first
    answer = await second
    assert answer.accepted
    assert sorted(engine.board.incidents) == [1], "the number of the one that failed is free"
    replica = Replica(feed.image)
    replica.apply(feed.take())
    assert replica.board.image() == engine.board.image()
    await engine.stop()


async def test_a_failing_store_answers_everybody_and_the_board_is_what_is_stored() -> None:
    disk = SlowDisk()
    disk.synced.set()
    engine = Engine(disk, RULES, ManualClock(NOON), reopen=lambda: disk)
    disk.close = lambda: None  # type: ignore[method-assign]
    await engine.start(timers=False)
    await engine.submit(FIGHT, LI)
    feed = await engine.join()
    disk.fault = Trouble("disk full", "no space", "free some")
    with pytest.raises(Trouble, match="disk full"):
        await engine.submit(FIGHT, LI)
    assert engine.trouble is not None
    disk.fault = None
    answer = await engine.submit(FIGHT, LI, "again")
    assert answer.accepted
    assert sorted(engine.board.incidents) == [1, 2], "the lost command left nothing, its number is free"
    replica = Replica(feed.image)
    replica.apply(feed.take())
    assert replica.board.image() == engine.board.image()
    await engine.stop()


async def test_what_a_failing_store_kept_after_all_is_heard_by_everybody() -> None:
    """An fsync that fails after the commit was written: nobody was told that it is stored, and it is."""
    disk = SlowDisk()
    disk.synced.set()
    engine = Engine(disk, RULES, ManualClock(NOON), reopen=lambda: disk)
    disk.close = lambda: None  # type: ignore[method-assign]
    await engine.start(timers=False)
    feed = await engine.join()
    store = disk.append

    def stored_and_failed(entries: Sequence[Entry]) -> Sequence[Row]:
        store(entries)
        raise Trouble("disk fails", "a sync fails", "")

    disk.append = stored_and_failed  # type: ignore[method-assign]
    with pytest.raises(Trouble, match="disk fails"):
        await engine.submit(FIGHT, LI, "doubtful")
    disk.append = store  # type: ignore[method-assign]
    answer = await engine.submit(FIGHT, WANG)
    assert answer.accepted
    assert sorted(engine.board.incidents) == [1, 2]
    assert (await engine.submit(FIGHT, LI, "doubtful")).accepted, "asked again it is answered, and not done again"
    assert sorted(engine.board.incidents) == [1, 2]
    replica = Replica(feed.image)
    replica.apply(feed.take())
    assert replica.board.image() == engine.board.image()
    await engine.stop()


async def test_a_bug_in_the_writer_leaves_nobody_waiting() -> None:
    disk = SlowDisk()
    disk.synced.set()
    engine = Engine(disk, RULES, ManualClock(NOON))
    await engine.start(timers=False)
    disk.fault = RuntimeError("bug")
    both = await asyncio.gather(engine.submit(FIGHT, LI), engine.submit(FIGHT, WANG), return_exceptions=True)
    assert [type(outcome) for outcome in both] == [Trouble, Trouble]
    with pytest.raises(Trouble):
        await engine.submit(FIGHT, LI)
    with pytest.raises(RuntimeError, match="bug"):
        await engine.stop()


async def test_a_command_sent_twice_is_done_once_and_answered_alike(tmp_path: Path) -> None:
    path = tmp_path / "store.zz110"
    journal = open_journal(path, "drill")
    engine = Engine(journal, RULES, SystemClock())
    await engine.start()
    link = LocalLink(engine, LI)
    first = await link.submit(FIGHT, command_id="desk03-1")
    again = await link.submit(FIGHT, command_id="desk03-1")
    assert first == again
    await engine.stop()
    journal.close()

    journal = open_journal(path, "drill")
    engine = Engine(journal, RULES, SystemClock())
    await engine.start()
    after_restart = await LocalLink(engine, LI).submit(FIGHT, command_id="desk03-1")
    assert after_restart.entries == first.entries
    assert len(engine.board.incidents) == 1
    await engine.stop()
    journal.close()


async def test_a_restart_gives_the_same_board_from_the_snapshot_and_from_the_start(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "store.zz110", "drill")
    async with running(journal) as room:
        link = room.link()
        await link.submit(FIGHT)
        await link.submit(c.Dispatch(1, ("01",)))
        await link.submit(c.AddNote(1, "向南"))
        before = room.engine.board.image()
    assert journal.latest_snapshot() is not None
    with_snapshot = Engine(journal, RULES, ManualClock(NOON))
    await with_snapshot.start(timers=False)
    assert with_snapshot.board.image() == before
    await with_snapshot.submit(c.Undo(), LI)
    assert with_snapshot.board.incidents[1].stage.value == "dispatched", "undo reaches over a restart"
    await with_snapshot.stop()
    journal.close()


async def test_the_room_rings_by_itself_and_an_alarm_ends_with_its_cause() -> None:
    async with running() as room:
        link = room.link()
        await link.submit(FIGHT)
        await room.pass_time(RULES.limits_for(2).undispatched)
        assert [a.kind for a in room.engine.board.alarms.values()] == [AlarmKind.UNDISPATCHED]
        await link.submit(c.Dispatch(1, ("01",)))
        assert room.engine.board.alarms == {}
        await room.pass_time(3_600_000)
        assert {a.kind for a in room.engine.board.alarms.values()} == {
            AlarmKind.UNSIGNED,
            AlarmKind.NOT_EN_ROUTE,
            AlarmKind.NOT_ARRIVED,
        }


async def test_timers_survive_a_restart() -> None:
    journal = MemoryJournal("drill")
    async with running(journal) as room:
        await room.link().submit(FIGHT)
    async with running(journal, at=NOON + 600_000) as room:
        await room.engine.run_due()
        assert [a.kind for a in room.engine.board.alarms.values()] == [AlarmKind.UNDISPATCHED]


async def test_a_raised_priority_shortens_a_clock_that_already_runs() -> None:
    rules = type(RULES)(
        RULES.types, RULES.dispositions, RULES.receivers, {1: type(RULES.limits_for(1))(undispatched=5)}
    )
    async with running(rules=rules) as room:
        await room.link().submit(FIGHT)
        await room.link().submit(c.AmendIncident(1, priority=1))
        assert room.engine.next_due() == NOON + 5


async def test_closed_slips_are_filed_after_a_day() -> None:
    async with running() as room:
        link = room.link()
        await link.submit(FIGHT)
        await link.submit(c.Finish(1, "cancelled"))
        await room.pass_time(23 * 3_600_000)
        assert 1 in room.engine.board.incidents
        await room.pass_time(3 * 3_600_000)
        assert room.engine.board.incidents == {}
        assert room.engine.board.reports == {}


async def test_a_feed_brings_every_entry_in_order_to_a_replica() -> None:
    async with running() as room:
        feed = await room.link().join()
        replica = Replica(feed.image)
        for _ in range(50):
            await room.link().submit(FIGHT)
        replica.apply(feed.take())
        assert replica.board.image() == room.engine.board.image()
        with pytest.raises(ValueError, match="gap"):
            replica.apply([Entry(999, 0, LI, "x", c.Undo())])  # type: ignore[arg-type]


async def test_a_reader_that_is_too_slow_is_cut_off_and_the_room_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zz110_tui.service.subscribers.BACKLOG", 10)
    async with running() as room:
        slow, quick = await room.link().join(), await room.link().join()
        for _ in range(5):
            await room.link().submit(FIGHT)
            quick.take()
        assert slow.lagged
        assert not quick.lagged
        assert len(room.engine.subscribers) == 1


async def test_overwriting_what_another_desk_changed_is_refused_with_the_change() -> None:
    async with running() as room:
        li, wang = room.link(LI), room.link(WANG)
        await li.submit(FIGHT)
        seen = room.engine.board.position
        await wang.submit(c.Dispatch(1, ("01",)))
        answer = await li.submit(c.AmendIncident(1, priority=1), seen=seen)
        assert answer.refusal is not None
        assert answer.refusal.code == "changed_meanwhile"
        assert "04 Wang" in answer.refusal.sentence("en")
        assert "01" in answer.refusal.sentence("zh")
        now = room.engine.board.position
        assert (await li.submit(c.AmendIncident(1, priority=1), seen=now)).accepted
        await wang.submit(c.AddNote(1, "补充"))
        assert (await li.submit(c.AmendIncident(1, priority=2), seen=now + 1)).accepted, "a note is no conflict"


async def test_many_desks_at_once_never_send_one_unit_twice(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "store.zz110", "drill")
    engine = Engine(journal, RULES, SystemClock())
    await engine.start()
    await engine.submit(c.AdoptCity("test", "hash", profiles(3)), SYSTEM)
    for _ in range(20):
        await engine.submit(FIGHT, LI)
    answers = await asyncio.gather(*[engine.submit(c.Dispatch(n, ("01",)), LI) for n in range(1, 21)])
    assert sum(a.accepted for a in answers) == 1
    assert {a.refusal.code for a in answers if a.refusal} == {"unit_busy"}
    await engine.submit(c.Advance(("01",), AssignmentStage.ON_SCENE), LI)
    await engine.stop()
    journal.close()


async def test_the_core_alone_lets_alarms_rise_and_brings_them_back_from_the_shelf() -> None:
    """With no desk attached: what nobody takes rises, what is taken in time does not, and a shelf ends by itself."""
    async with running() as room:
        li = room.link(LI)
        await li.submit(FIGHT)
        limits = RULES.limits_for(2)
        await room.pass_time(limits.undispatched)
        (key,) = room.engine.board.alarms
        await room.pass_time(limits.untaken - 1)
        assert room.engine.board.alarms[key].rises == 0
        await room.pass_time(1)
        assert room.engine.board.alarms[key].rises == 1
        assert (await li.submit(c.TakeAlarm(key))).accepted
        await room.pass_time(limits.taken - 1)
        assert not room.engine.board.alarms[key].untaken, "taken: the first clock runs no more"
        await room.pass_time(1)
        assert room.engine.board.alarms[key].untaken
        assert (await li.submit(ShelveAlarm(key, "等家属"))).accepted
        await room.pass_time(RULES.alarms.shelf_ms - 1)
        assert room.engine.board.alarms[key].shelf is not None
        await room.pass_time(1)
        assert room.engine.board.alarms[key].shelf is None


async def test_an_emergency_rises_and_its_clock_survives_a_restart() -> None:
    journal = MemoryJournal("drill")
    async with running(journal) as room:
        await room.link(LI).submit(c.RaiseAlarm(AlarmKind.EMERGENCY, of_unit("01"), "01"))
        now = room.clock.now()
    async with running(journal, at=now) as room:
        await room.pass_time(RULES.limits_for(1).untaken)
        assert room.engine.board.alarms["emergency:unit:01:01"].rises == 1
