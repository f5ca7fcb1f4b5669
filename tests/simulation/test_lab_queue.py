"""Without ways to drive the laboratory is a queue: it has to reproduce Erlang's waiting probability (M/M/c)."""

from __future__ import annotations

import math
from dataclasses import replace

import msgspec

from tests.support.scenes import city, rulebook
from zz110_tui.core.incidents import Channel
from zz110_tui.core.rulebook import Category
from zz110_tui.drill.demand import Contact, Intent
from zz110_tui.drill.lab.kernel import Kernel
from zz110_tui.drill.lab.policies import BUILT_IN, Case
from zz110_tui.drill.profile import Chances, load_profile
from zz110_tui.drill.streams import Lognormal, Stream
from zz110_tui.gis.travel import TravelModel

SERVICE_S = 40_000.0
"""So long that the seconds of taking, sending and setting out vanish beside it."""
AT_ONCE = Lognormal(0.001, 0.0)
CALLS = 12_000


class Queue(Kernel):
    def service_ms(self, case: Case) -> int:
        return round(1000 * self.stream("exponential", case.key).exponential(SERVICE_S))


def erlang_c(servers: int, load: float) -> float:
    """The chance that an arrival has to wait (Erlang 1917); ``load`` in erlang, below ``servers``."""
    last = load**servers / math.factorial(servers) * servers / (servers - load)
    return last / (sum(load**k / math.factorial(k) for k in range(servers)) + last)


def test_the_chance_to_wait_is_erlangs() -> None:
    servers, load = 5, 3.5
    profile = load_profile()
    times = msgspec.structs.replace(profile.times, answer=AT_ONCE, wrap_up=AT_ONCE, dispatch=AT_ONCE)
    shares = msgspec.structs.replace(profile.shares, cancelled=0.0)
    room = msgspec.structs.replace(profile.room, takers=500, dispatchers=500)
    questions = dict.fromkeys(Category, AT_ONCE)
    profile = msgspec.structs.replace(profile, times=times, shares=shares, room=room, questions=questions, transfers={})
    town = city()
    travel = TravelModel(replace(town.travel, default_kmh=1e9, kmh=(), turn_out_s=0.0, spread=0.0))
    units = [unit for unit in town.units if not unit.second_line][:servers]
    stream, at, contacts = Stream(11, "arrivals"), 0.0, []
    for number in range(CALLS):
        at += stream.exponential(SERVICE_S / load)
        contacts.append(
            Contact(f"{number:05d}", round(at * 1000), Intent.SLIP, Category.OTHER, "parking", Channel.PHONE,
                    town.demand.points[0].point, "")
        )  # fmt: skip
    kernel = Queue(town, rulebook(), Chances(profile, rulebook()), travel, BUILT_IN["closest"], units, 11)
    outcome = kernel.run(contacts)
    assert len(outcome.arrivals) == CALLS
    # Whoever finds a free unit has it within seconds.
    waited = sum(a.from_received - a.from_dispatched > 10_000 for a in outcome.arrivals) / CALLS
    expected = erlang_c(servers, load)
    # Waits come in clusters: the deviation of the share is several times that of independent calls.
    assert abs(waited - expected) < 0.03, (waited, expected)
