"""Policies side by side: on the same calls with the same luck, many times, with intervals; on all processors.

A *replication* draws the calls of some days, or takes the recorded ones of those days, and lets every policy work on
them. Differences are taken within a replication (paired), intervals are over replications. Seeds for tuning and for
testing never meet: whoever sets a number by what the laboratory says does it with ``tuning``, and reports the others.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from zz110_tui.config.problems import both, shown
from zz110_tui.core.figures import LATE_S, SOON_S
from zz110_tui.core.rulebook import Rulebook
from zz110_tui.core.statistics import Interval, interval_of, ratio_change
from zz110_tui.core.trouble import Trouble
from zz110_tui.drill.calls import read_calls
from zz110_tui.drill.demand import DAY_MS, Contact, Demand
from zz110_tui.drill.lab.fleet import fleet
from zz110_tui.drill.lab.kernel import Kernel, Outcome
from zz110_tui.drill.lab.policies import BUILT_IN, Policy
from zz110_tui.drill.mapping import CallsMapping
from zz110_tui.drill.profile import Chances, Profile, pack_profile
from zz110_tui.drill.rows import CallRecord
from zz110_tui.drill.simulation import as_contacts, midnight
from zz110_tui.drill.world import travel_in
from zz110_tui.gis.city import City, load_city
from zz110_tui.gis.travel import TravelModel

CLOCKS = ("received", "dispatched")


@dataclass(frozen=True, slots=True)
class Calls:
    """Recorded calls to work on instead of drawn ones; replication ``r`` takes the ``r``-th run of days."""

    path: Path
    mapping: CallsMapping | None


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is compared. ``policies`` are names; the first one is what the others are held against.

    ``units`` are how many street units are on duty, 0 for all of the pack. ``pack`` is the city pack's folder.
    """

    pack: Path
    policies: tuple[str, ...]
    loads: tuple[float, ...] = (1.0,)
    units: tuple[int, ...] = (0,)
    reps: int = 20
    days: int = 30
    seed: int = 0
    start: date = date(2023, 1, 2)
    tuning: bool = False
    calls: Calls | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """One policy in one replication: ``late`` arrivals by clock and limit, of how many; seconds from received."""

    arrivals: int
    late: tuple[tuple[str, int, int], ...]
    mean_s: float
    p90_s: float
    busy: float
    moves: int
    moved_km: float

    def late_over(self, clock: str, limit_s: int) -> int:
        return next(n for name, limit, n in self.late if (name, limit) == (clock, limit_s))


@dataclass(frozen=True, slots=True)
class Row:
    """One policy at one load with so many units. Shares from 0 to 1, over replications.

    ``fewer_late`` is the change of late arrivals (over 5 minutes) against the first policy, paired: -0.2 is a fifth
    fewer; None for the first policy itself. ``on_time`` by (clock, limit in seconds).
    """

    policy: str
    load: float
    units: int
    arrivals: int
    on_time: Mapping[tuple[str, int], Interval]
    fewer_late: Mapping[tuple[str, int], Interval] | None
    mean_s: Interval
    p90_s: Interval
    busy: float
    moves_per_day: float
    moved_km_per_day: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """``reps`` of the experiment's that were finished at every load; ``complete`` is false when it was broken off."""

    experiment: Experiment
    city: str
    rows: tuple[Row, ...]
    reps: int
    complete: bool


def seed_of(experiment: Experiment, rep: int) -> int:
    """The seed of a replication. Tuning and testing draw from different families."""
    name = f"{'tune' if experiment.tuning else 'test'}:{experiment.seed}:{rep}"
    return int.from_bytes(blake2b(name.encode(), digest_size=6).digest(), "big")


def policy_named(name: str) -> Policy:
    """A built-in policy, or one of somebody else's as ``module:name``. Raises Trouble for one that is not there."""
    if name in BUILT_IN:
        return BUILT_IN[name]
    module, colon, attribute = name.partition(":")
    if colon:
        try:
            found = getattr(import_module(module), attribute)
        except (ImportError, AttributeError) as fault:
            raise _no_policy(name, str(fault)) from fault
        if isinstance(found, Policy):
            return found
        raise _no_policy(name, both("它不是 Policy", "it is no Policy"))
    raise _no_policy(name, "")


def _no_policy(name: str, cause: str) -> Trouble:
    known = ", ".join(BUILT_IN)
    return Trouble(
        both(f"没有策略 {shown(name)}", f"there is no policy {shown(name)}"),
        cause,
        both(f"可用 {known}，或写 模块:名称", f"there are {known}; your own is written module:name"),
        exit_code=64,
    )


# -- one replication ---------------------------------------------------------------------------------------------------


@cache
def _ground(pack: Path) -> tuple[City, Profile, TravelModel]:
    """Once in each process: what was reckoned on the ground of one replication holds for the next."""
    city = load_city(pack)
    return city, pack_profile(pack), travel_in(city)


def replicate(experiment: Experiment, rules: Rulebook, load: float, rep: int) -> dict[tuple[str, int], Count]:
    """Every policy with every number of units on the calls of one replication."""
    city, profile, travel = _ground(experiment.pack)
    chances = Chances(profile, rules)
    seed = seed_of(experiment, rep)
    contacts = _contacts(experiment, city, chances, rules, load, rep, seed)
    counts = {}
    for number in experiment.units:
        for name in experiment.policies:
            policy = policy_named(name)
            on_duty = fleet(city, travel, number, second_line=policy.second_line)
            recorded = experiment.calls is not None
            kernel = Kernel(city, rules, chances, travel, policy, on_duty, seed, as_recorded=recorded)
            counts[name, number] = _count(kernel.run(contacts))
    return counts


def _contacts(
    experiment: Experiment, city: City, chances: Chances, rules: Rulebook, load: float, rep: int, seed: int
) -> list[Contact]:
    if experiment.calls is None:
        return list(Demand(city, chances, seed, load).contacts(midnight(city, experiment.start), experiment.days))
    first = experiment.start + timedelta(days=rep * experiment.days)
    start = midnight(city, first)
    end = start + experiment.days * DAY_MS
    if experiment not in _recorded:
        last = midnight(city, experiment.start + timedelta(days=experiment.reps * experiment.days))
        whole = read_calls(experiment.calls.path, experiment.calls.mapping, rules)
        _recorded[experiment] = sorted(
            (call for call in whole if midnight(city, experiment.start) <= call.received_ms < last),
            key=lambda call: (call.received_ms, call.source),
        )
    calls = [call for call in _recorded[experiment] if start <= call.received_ms < end]
    if not calls:
        raise Trouble(
            both("这几天没有警情记录", "there are no calls in those days"),
            both(f"{first} 起 {experiment.days} 天", f"{experiment.days} days from {first}"),
            both("减少 --reps 或 --days，或换 --from", "fewer --reps or --days, or another --from"),
            exit_code=65,
        )
    return list(as_contacts(calls, rules))


_recorded: dict[Experiment, list[CallRecord]] = {}
"""The calls of a whole experiment, read once in each process."""


def _count(outcome: Outcome) -> Count:
    received = sorted(arrival.from_received for arrival in outcome.arrivals)
    sent = [arrival.from_dispatched for arrival in outcome.arrivals]
    late = tuple(
        (clock, limit, sum(time > limit * 1000 for time in times))
        for clock, times in zip(CLOCKS, (received, sent), strict=True)
        for limit in (SOON_S, LATE_S)
    )
    n = len(received)
    return Count(
        n,
        late,
        sum(received) / n / 1000 if n else 0.0,
        received[min(n - 1, int(0.9 * n))] / 1000 if n else 0.0,
        outcome.busy,
        outcome.moves,
        outcome.moved_m / 1000,
    )


# -- all of them -------------------------------------------------------------------------------------------------------

Results = dict[float, dict[int, dict[tuple[str, int], Count]]]


def compare(
    experiment: Experiment,
    rules: Rulebook,
    *,
    jobs: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> Comparison:
    """Run the whole experiment on ``jobs`` processes. ``stop`` breaks it off: what is finished is kept.

    Raises Trouble for a policy, a pack or calls that cannot be used.
    """
    for name in experiment.policies:
        policy_named(name)
    city, _, _ = _ground(experiment.pack)
    results: Results = {load: {} for load in experiment.loads}
    total = len(experiment.loads) * experiment.reps
    done = 0
    progress(0, total)
    for load, rep, counts in _run_all(experiment, rules, jobs, stop):
        results[load][rep] = counts
        done += 1
        progress(done, total)
    return Comparison(experiment, city.name, tuple(_rows(experiment, results)), _whole(results), done == total)


def _run_all(
    experiment: Experiment, rules: Rulebook, jobs: int, stop: Callable[[], bool]
) -> Iterator[tuple[float, int, dict[tuple[str, int], Count]]]:
    # Replication by replication over all loads: a run that is broken off has as many of each.
    tasks = [(load, rep) for rep in range(experiment.reps) for load in experiment.loads]
    if jobs <= 1:
        for load, rep in tasks:
            if stop():
                return
            yield load, rep, replicate(experiment, rules, load, rep)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_quiet) as pool:
        waiting: dict[Future[dict[tuple[str, int], Count]], tuple[float, int]] = {
            pool.submit(replicate, experiment, rules, load, rep): (load, rep) for load, rep in tasks
        }
        try:
            while waiting:
                finished, _ = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in finished:
                    load, rep = waiting.pop(future)
                    yield load, rep, future.result()
                if stop():
                    return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _quiet() -> None:
    """Ctrl-C is for the one who asked: the workers finish what they have in hand."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _whole(results: Results) -> int:
    return min((len(by_rep) for by_rep in results.values()), default=0)


def _rows(experiment: Experiment, results: Results) -> Iterator[Row]:
    for load in experiment.loads:
        reps = [counts for _, counts in sorted(results[load].items())]
        if not reps:
            continue
        for number in experiment.units:
            base = [counts[experiment.policies[0], number] for counts in reps]
            for name in experiment.policies:
                yield _row(experiment, name, load, number, [counts[name, number] for counts in reps], base)


def _row(
    experiment: Experiment, name: str, load: float, units: int, counts: Sequence[Count], base: Sequence[Count]
) -> Row:
    keys = [(clock, limit) for clock in CLOCKS for limit in (SOON_S, LATE_S)]
    on_time = {
        (clock, limit): _share([1 - c.late_over(clock, limit) / max(1, c.arrivals) for c in counts])
        for clock, limit in keys
    }
    fewer: dict[tuple[str, int], Interval] | None = None
    if name != experiment.policies[0]:
        fewer = {}
        for clock, limit in keys:
            before = [float(c.late_over(clock, limit)) for c in base]
            after = [float(c.late_over(clock, limit)) for c in counts]
            if sum(before) > 0:
                fewer[clock, limit] = ratio_change(before, after)
    days = experiment.days * len(counts)
    return Row(
        policy=name,
        load=load,
        units=units,
        arrivals=sum(c.arrivals for c in counts),
        on_time=on_time,
        fewer_late=fewer,
        mean_s=interval_of([c.mean_s for c in counts]),
        p90_s=interval_of([c.p90_s for c in counts]),
        busy=sum(c.busy for c in counts) / len(counts),
        moves_per_day=sum(c.moves for c in counts) / days,
        moved_km_per_day=sum(c.moved_km for c in counts) / days,
    )


def _share(values: Sequence[float]) -> Interval:
    """The mean of shares; an interval of few of them, close to all, would reach beyond what a share can be."""
    found = interval_of(values)
    if found.low is None or found.high is None:
        return found
    return Interval(found.mean, max(0.0, found.low), min(1.0, found.high))
