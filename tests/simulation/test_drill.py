"""Drills through the real engine: every call ends once, one seed gives one journal, no unit is in two places."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.support.scenes import city, rulebook
from zz110_tui.core import commands as c
from zz110_tui.core.board import Board
from zz110_tui.core.desks import Actor, Duty
from zz110_tui.core.evolve import evolve
from zz110_tui.core.incidents import AssignmentStage, IncidentStage
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.demand import DAY_MS
from zz110_tui.drill.profile import Profile, load_profile
from zz110_tui.drill.result import DrillResult
from zz110_tui.drill.simulation import DrillProgress, run_shift
from zz110_tui.drill.streams import Lognormal
from zz110_tui.gis.city import City
from zz110_tui.store.journal import Journal
from zz110_tui.store.memory import MemoryJournal
from zz110_tui.store.open import open_journal

ROOT = Path(__file__).resolve().parents[2]


def shift(
    days: int = 1,
    seed: int = 1,
    *,
    load: float = 1.0,
    second_line: bool = False,
    where: City | None = None,
    journal: Journal | None = None,
    profile: Profile | None = None,
    speed: float | None = None,
) -> DrillResult:
    return asyncio.run(
        run_shift(
            where or city(),
            rulebook(),
            days=days,
            seed=seed,
            load=load,
            second_line=second_line,
            journal=journal,
            profile=profile,
            speed=speed,
        )
    )


def check(result: DrillResult) -> None:
    """What holds for every drill that was not broken off."""
    assert result.complete
    assert sum(count for _, count in result.ends) == result.calls == result.figures.contacts
    assert result.figures.still_open == 0
    assert result.refusals == ()
    assert all(0 <= unit.busy <= 1 for unit in result.units)
    assert 0 <= result.utilisation <= 1


@pytest.mark.parametrize(
    ("seed", "load", "second_line"), [(1, 1.0, False), (2, 0.2, True), (3, 3.0, False), (4, 5.0, True)]
)
def test_every_call_ends_in_exactly_one_recorded_end(seed: int, load: float, second_line: bool) -> None:
    result = shift(seed=seed, load=load, second_line=second_line)
    check(result)
    assert result.calls > 20


def test_the_same_seed_gives_the_same_journal_and_another_one_another() -> None:
    first, again, other = shift(seed=7), shift(seed=7), shift(seed=8)
    assert (first.head_hash, first.head_position) == (again.head_hash, again.head_position)
    assert replace(first, wall_s=0) == replace(again, wall_s=0)
    assert first.head_hash != other.head_hash


def test_the_journal_does_not_depend_on_the_order_of_sets_and_hashes() -> None:
    script = (
        "import asyncio; from tests.support.scenes import city, rulebook;"
        "from zz110_tui.drill.simulation import run_shift;"
        "print(asyncio.run(run_shift(city(), rulebook(), days=1, seed=7)).head_hash)"
    )
    heads = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed in ("1", "4711")
    }
    assert heads == {shift(seed=7).head_hash}


def test_a_drill_kept_on_disk_is_the_same_drill(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "drill.zz110", "drill")
    kept = shift(seed=7, load=0.2, journal=journal)
    journal.close()
    assert kept.head_hash == shift(seed=7, load=0.2).head_hash


def test_a_paced_drill_is_the_same_drill() -> None:
    assert shift(seed=7, speed=1_000_000).head_hash == shift(seed=7).head_hash


def test_replaying_the_journal_gives_the_board_the_drill_ended_with() -> None:
    journal = MemoryJournal("drill")
    result = shift(seed=5, journal=journal)
    board = Board()
    for entry in journal.read():
        evolve(board, entry)
    assert board.position == result.head_position
    assert all(incident.stage is IncidentStage.CLOSED for incident in board.incidents.values())
    assert all(not unit.incidents for unit in board.units.values())


def test_nobody_is_on_two_slips_at_once_and_times_run_forward() -> None:
    journal = MemoryJournal("drill")
    shift(seed=5, load=4.0, journal=journal)
    board = Board()
    for entry in journal.read():
        evolve(board, entry)
        assert all(len(unit.incidents) <= 1 for unit in board.units.values())
    times = [entry.at for entry in journal.read()]
    assert times == sorted(times)
    for incident in board.incidents.values():
        for a in incident.assignments:
            steps = [t for t in (a.dispatched_at, a.signed_at, a.en_route_at, a.on_scene_at, a.ended_at) if t]
            assert steps == sorted(steps)


def test_deadlines_run_on_the_simulated_clock() -> None:
    alarms = dict(shift(seed=1, load=3.0).alarms)
    assert alarms["not_arrived"] > 0
    assert alarms["unsigned"] > 0


def test_one_unit_for_a_whole_city_leaves_callers_waiting_and_none_out() -> None:
    alone = replace(city(), units=city().units[:1])
    result = shift(seed=2, load=0.4, where=alone)
    check(result)
    assert result.most_waiting_slips > 3
    assert (result.figures.waited.longest or 0) > 1_800
    assert result.units[0].busy > 0.5


def test_one_call_taker_who_talks_for_long_loses_callers_and_every_loss_is_recorded() -> None:
    usual = load_profile()
    slow = msgspec.structs.replace(
        usual,
        room=msgspec.structs.replace(usual.room, takers=1),
        questions={category: Lognormal(600, 0.3, 900) for category in usual.questions},
    )
    result = shift(seed=2, profile=slow)
    check(result)
    ends = dict(result.ends)
    assert ends["abandoned"] > 20
    assert result.most_waiting_calls > 1


def test_a_city_of_second_line_units_only_needs_them_called_up() -> None:
    second = replace(city(), units=tuple(unit for unit in city().units if unit.second_line))
    with pytest.raises(Trouble, match="nobody to send"):
        shift(where=second)
    check(shift(where=second, second_line=True, load=0.1))


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan"), 1e9])
def test_a_speed_that_is_none_is_refused(speed: float) -> None:
    with pytest.raises(Trouble, match="is not possible"):
        shift(speed=speed)


def test_a_drill_never_touches_a_live_store_nor_one_that_holds_something() -> None:
    with pytest.raises(Trouble, match="cannot be used for a drill run"):
        shift(journal=MemoryJournal("live"))
    used = MemoryJournal("drill")
    shift(seed=1, load=0.1, journal=used)
    with pytest.raises(Trouble, match="cannot be used for a drill run"):
        shift(seed=1, load=0.1, journal=used)


async def test_a_drill_that_is_broken_off_says_so_and_shows_what_there_was() -> None:
    seen: list[DrillProgress] = []
    result = await run_shift(
        city(), rulebook(), days=5, seed=1, progress=seen.append, stop=lambda: seen[-1].at > seen[-1].start + DAY_MS
    )
    assert not result.complete
    assert result.ends == ()
    assert 100 < result.calls < 400
    assert result.figures.contacts == result.calls
    assert [p.at for p in seen] == sorted(p.at for p in seen)
    assert seen[-1].end == seen[-1].start + 5 * DAY_MS
    assert all(0 <= unit.busy <= 1 for unit in result.units)


async def test_a_person_who_meddles_changes_the_drill_and_loses_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody stands units down, holds slips and sends others by hand while the rest of the room goes on."""
    from zz110_tui.drill import simulation
    from zz110_tui.service.engine import Engine

    engines: list[Engine] = []

    class Watched(Engine):
        async def start(self, *, timers: bool = True) -> None:
            engines.append(self)
            await super().start(timers=timers)

    monkeypatch.setattr(simulation, "Engine", Watched)
    monkeypatch.setattr(simulation, "BREATH", 8)
    me = Actor("教官", "meddler", Duty.TRAIN, "keyboard")
    done: set[int] = set()

    async def meddle() -> None:
        while True:
            await asyncio.sleep(0)
            if not engines:
                continue
            engine = engines[0]
            for incident in [i for n, i in engine.board.incidents.items() if n not in done]:
                on_the_way = [a for a in incident.assignments if a.stage is AssignmentStage.EN_ROUTE]
                free = [unit for unit in engine.board.units.values() if unit.available]
                if on_the_way and incident.number % 3 == 0:
                    answer = await engine.submit(c.MakeAvailable((on_the_way[0].unit,), "调走"), me)
                elif on_the_way and free and incident.number % 3 == 1:
                    answer = await engine.submit(c.Exchange(on_the_way[0].unit, free[0].call_sign, "换警"), me)
                elif incident.stage is IncidentStage.QUEUED and free:
                    answer = await engine.submit(
                        c.Dispatch(incident.number, (free[-1].call_sign,), AssignmentStage.ON_SCENE), me
                    )
                else:
                    continue
                if answer.accepted:
                    done.add(incident.number)

    meddler = asyncio.create_task(meddle())
    result = await run_shift(city(), rulebook(), days=1, seed=1)
    meddler.cancel()
    assert len(done) > 20
    assert result.complete
    assert sum(count for _, count in result.ends) == result.calls
    assert result.head_hash != (await run_shift(city(), rulebook(), days=1, seed=1)).head_hash
