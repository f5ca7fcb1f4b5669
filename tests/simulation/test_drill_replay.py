"""Replays: what was recorded is what happens, wherever it is said to have happened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.support.scenes import city, rulebook
from zz110_tui.config.bundled import bundled
from zz110_tui.core.facts import IncidentOpened, IncidentTransferred, ReportReceived
from zz110_tui.core.incidents import Channel
from zz110_tui.core.places import Point
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.calls import CallRecord, CallsFile, find_mapping, import_calls, read_calls
from zz110_tui.drill.result import DrillResult
from zz110_tui.drill.simulation import midnight, run_replay
from zz110_tui.gis.makecity import make_city
from zz110_tui.store.memory import MemoryJournal

DAY = date(2023, 5, 1)
MIDDLE = Point(117.655, 24.513)
HOUR = 3_600_000


def call(source: str, after_ms: int = HOUR, where: Point | None = MIDDLE, **more: str) -> CallRecord:
    return CallRecord(
        source,
        midnight(city(), DAY) + after_ms,
        point=where,
        place=more.get("place", "某处"),
        type=more.get("type", "fight"),
        words=more.get("words", "打架"),
        channel=Channel.SMS,
    )


def replay(*calls: CallRecord, days: int = 1, seed: int = 1, journal: MemoryJournal | None = None) -> DrillResult:
    return asyncio.run(run_replay(city(), rulebook(), calls, start=DAY, days=days, seed=seed, journal=journal))


def test_every_recorded_call_of_those_days_ends_once_and_no_other_is_made_up() -> None:
    calls = [call(f"x:{n}", n * 1_200_000) for n in range(-10, 100)]
    result = replay(*calls)
    assert result.calls == sum(0 <= n * 1_200_000 < 24 * HOUR for n in range(-10, 100)) == 72
    assert sum(count for _, count in result.ends) == 72
    assert dict(result.figures.contacts_by_end) == {"slip": 72}
    assert result.refusals == ()


def test_a_call_comes_as_it_was_recorded() -> None:
    journal = MemoryJournal("drill")
    replay(call("x:1", place="胜利路口", words="两人互殴"), journal=journal)
    received = next(e.fact for e in journal.read() if isinstance(e.fact, ReportReceived))
    assert received.at == midnight(city(), DAY) + HOUR
    assert (received.channel, received.source, received.text) == (Channel.SMS, "x:1", "两人互殴")
    assert (received.place.text, received.place.point) == ("胜利路口", MIDDLE)
    assert received.place.grid


def test_the_order_in_which_calls_are_given_does_not_matter() -> None:
    calls = [call(f"x:{n}", n * 600_000) for n in range(40)]
    assert replay(*calls).head_hash == replay(*reversed(calls)).head_hash
    assert replay(*calls).head_hash != replay(*calls, seed=2).head_hash


def test_calls_from_nowhere_from_beyond_and_of_unknown_kind_are_handled_too() -> None:
    journal = MemoryJournal("drill")
    result = replay(
        call("in"),
        call("nowhere", where=None, place=""),
        call("just outside", where=Point(117.60, 24.47)),
        call("far away", where=Point(-122.3, 47.6)),
        call("odd", type="flying saucer"),
        journal=journal,
    )
    assert result.calls == sum(count for _, count in result.ends) == 5
    opened = {e.fact.incident: e.fact for e in journal.read() if isinstance(e.fact, IncidentOpened)}
    transferred = [e.fact.incident for e in journal.read() if isinstance(e.fact, IncidentTransferred)]
    assert [opened[number].place.point for number in transferred] == [Point(-122.3, 47.6)]
    assert sorted(fact.type for fact in opened.values()) == ["fight"] * 4 + ["other"]
    assert all(fact.place.text for fact in opened.values())
    assert (result.figures.from_dispatched.times.longest or 0) < 3_600


def test_calls_at_the_same_moment_are_all_answered() -> None:
    result = replay(*[call(f"x:{n}", HOUR) for n in range(60)])
    assert result.calls == sum(count for _, count in result.ends) == 60
    assert result.most_waiting_calls > 10


def test_days_without_calls_and_another_city_are_refused() -> None:
    with pytest.raises(Trouble, match="no calls in those days"):
        replay(call("x", 30 * 24 * HOUR))
    with pytest.raises(Trouble, match="none of the calls lies in this city"):
        replay(call("x", where=Point(-122.3, 47.6)))


def test_a_calls_file_and_the_sources_own_file_give_the_same_replay(tmp_path: Path) -> None:
    source = tmp_path / "own.csv"
    rows = [f"2023-05-01T{h:02}:15,{MIDDLE.lon},{MIDDLE.lat},打架" for h in range(24)]
    source.write_text("at,x,y,kind\n" + "\n".join(rows), encoding="utf-8")
    (tmp_path / "own.toml").write_text(
        'format = 1\nid = "own"\n[time]\nzone = "Asia/Shanghai"\n'
        '[columns]\nreceived = "at"\nlon = "x"\nlat = "y"\ntype = "kind"\n[types]\n"打架" = "fight"\n',
        encoding="utf-8",
    )
    mapping = find_mapping(source, [tmp_path / "own.toml"])
    assert mapping is not None
    import_calls(source, mapping, tmp_path / "own.calls", tmp_path / "bad.csv", rules=rulebook())
    with CallsFile(tmp_path / "own.calls") as file:
        stored = asyncio.run(run_replay(city(), rulebook(), file, start=DAY, seed=3))
    straight = asyncio.run(run_replay(city(), rulebook(), read_calls(source, mapping, rulebook()), start=DAY, seed=3))
    assert stored.calls == 24
    assert stored.head_hash == straight.head_hash


def test_a_real_day_runs_through_a_city_made_of_its_own_calls(
    shared_data: Callable[[str], Path], tmp_path: Path
) -> None:
    """Fifteen units for all of Seattle are far too few, so the day is long; no call is lost, and twice is the same."""
    source = shared_data("data/seattle_police_2015.csv.gz")
    mapping = find_mapping(source, bundled("mappings").glob("*.toml"))
    calls = list(read_calls(source, mapping, rulebook()))
    places = ((call.point.lon, call.point.lat, call.received_ms) for call in calls if call.point is not None)
    seattle = make_city("seattle", places, out=tmp_path / "seattle", timezone="America/Los_Angeles")
    start = date(2015, 7, 4)
    first, again = (asyncio.run(run_replay(seattle, rulebook(), calls, start=start, seed=7)) for _ in range(2))
    begin = midnight(seattle, start)
    recorded = sum(begin <= call.received_ms < begin + 24 * HOUR for call in calls)
    assert first.calls == recorded == sum(count for _, count in first.ends) > 300
    assert first.refusals == ()
    assert first.head_hash == again.head_hash
    with pytest.raises(Trouble, match="zz110 city new"):
        asyncio.run(run_replay(city(), rulebook(), calls, start=start))
