"""Drills with what is no call: orders, warnings, requests, emergencies, messages, notices, beside the calls."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import msgspec
import pytest

from tests.support.scenes import city, rulebook
from zz110_tui.core.alarms import AlarmKind, SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.evolve import evolve
from zz110_tui.drill import watching
from zz110_tui.drill.attention import Attended
from zz110_tui.drill.profile import Matters, Profile, load_profile
from zz110_tui.drill.result import DrillResult
from zz110_tui.drill.simulation import run_shift
from zz110_tui.drill.streams import Lognormal
from zz110_tui.store.journal import Journal
from zz110_tui.store.memory import MemoryJournal

OFTEN = Matters(orders=24, warnings=24, supports=24, emergencies=12, messages=24, notices=12)


def profile(change: Callable[[Profile], Profile] = lambda usual: usual) -> Profile:
    return change(msgspec.structs.replace(load_profile(), matters=OFTEN))


def shift(*, matters: bool = True, journal: Journal | None = None, how: Profile | None = None) -> DrillResult:
    made = run_shift(city(), rulebook(), seed=4, matters=matters, journal=journal, profile=how or profile())
    return asyncio.run(made)


def by_kind(result: DrillResult) -> dict[str, Attended]:
    return {one.kind: one for one in result.attended}


def test_everything_comes_and_is_answered_and_nobody_is_refused() -> None:
    result = shift()
    counts = by_kind(result)
    assert set(counts) == {"calls", "orders", "warnings", "supports", "emergencies", "messages", "notices"}
    assert result.refusals == ()
    for kind, one in counts.items():
        assert one.came == one.in_time + one.late + one.never
        assert kind == "calls" or one.never == 0, f"the simulated room answers its {kind}"


def test_at_the_end_nothing_that_came_is_still_in_anybodys_hand_but_notices_stand() -> None:
    journal = MemoryJournal("drill")
    shift(journal=journal)
    board = Board()
    for entry in journal.read(0):
        evolve(board, entry)
    still = {matter.subject.kind for matter in board.matters.values() if matter.open}
    assert still <= {SubjectKind.BOLO}
    assert not [alarm for alarm in board.alarms.values() if alarm.kind is AlarmKind.EMERGENCY]


def test_the_same_seed_gives_the_same_journal_and_without_matters_that_of_calls_alone() -> None:
    assert shift().head_hash == shift().head_hash
    calls = shift(matters=False)
    assert [one.kind for one in calls.attended] == ["calls"]
    assert calls.head_hash == shift(matters=False, how=load_profile()).head_hash, (
        "rates change nothing unless asked for"
    )


def test_what_is_answered_after_the_rooms_own_limit_counts_as_late() -> None:
    def slow(usual: Profile) -> Profile:
        return msgspec.structs.replace(
            usual, times=msgspec.structs.replace(usual.times, attend=Lognormal(1700, 0, 1800))
        )

    counts = by_kind(shift(how=profile(slow)))
    assert counts["emergencies"].in_time == 0
    assert counts["emergencies"].late > 0
    assert counts["messages"].late > 0, "those that somebody has to read at once"
    assert counts["orders"].late == by_kind(shift())["orders"].late, "units sign their own"


def test_what_nobody_answers_counts_as_never(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trainee who overlooks all of it: the report says so."""
    monkeypatch.setattr(watching.WatchOfficer, "ears", lambda self: {})
    counts = by_kind(shift())
    for kind in ("supports", "messages", "notices", "emergencies"):
        assert (counts[kind].in_time, counts[kind].late, counts[kind].never) == (0, 0, counts[kind].came)
    assert counts["orders"].never == 0
