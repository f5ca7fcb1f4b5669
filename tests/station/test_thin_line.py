"""The low-bandwidth profile: put on by a setting, or by itself when the line is measured to be thin, and taken off
again when it carries more. Keys are never gathered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import sleep
from unittest.mock import patch

import pytest

from tests.station.stage import MONDAY, SMALL, Stage, stage
from zz110_tui.core import commands as c
from zz110_tui.core.incidents import Channel
from zz110_tui.station.app import THIN_COALESCE_S
from zz110_tui.station.term.outlet import (
    MEASURED_BYTES,
    NARROW_BYTES,
    THIN_BYTES_A_S,
    WIDE_BYTES_A_S,
    Outlet,
)

ANSWER_S = 0.05
"""What a terminal of these tests needs to answer at least."""


@dataclass
class Watch:
    """The time, moved by hand."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr("time.monotonic", made)
    return made


@pytest.fixture
def outlet(watch: Watch) -> Iterator[Outlet]:
    read, write = os.pipe()
    made = Outlet(write, str.encode, on_taken=lambda: None, on_gone=lambda: None)
    made.ask(True)
    yield made
    made.close()
    os.close(read)
    os.close(write)


def carry(outlet: Outlet, watch: Watch, size: int, rate: float) -> None:
    """A frame of so many bytes, answered as a line of so many bytes a second would."""
    outlet.frame("x" * size)
    watch.now += ANSWER_S + size / rate
    outlet.answered()


def test_a_line_is_thin_below_two_kilobytes_a_second_and_wide_again_above_four(outlet: Outlet, watch: Watch) -> None:
    carry(outlet, watch, 10, 1e9)
    assert not outlet.thin
    between = (THIN_BYTES_A_S + WIDE_BYTES_A_S) / 2
    for rate, thin in ((50_000, False), (between, False), (1_500, True), (between, True), (50_000, False)):
        for _ in range(8):  # one frame alone decides nothing
            carry(outlet, watch, 2_000, rate)
        assert outlet.thin is thin, rate


def test_a_small_frame_says_nothing_about_the_line(outlet: Outlet, watch: Watch) -> None:
    carry(outlet, watch, 10, 1e9)
    carry(outlet, watch, MEASURED_BYTES // 2, 100)
    assert not outlet.thin


class Way:
    """A terminal that takes everything and says how thin it is."""

    ready, busy_s, slow, thin = True, 0.0, False, False

    def frame(self, text: str) -> None:
        """Shown at once."""


def put_on(desk: Stage, bandwidth: str) -> Way:
    desk.app.terminal = type(desk.app.terminal)(bandwidth=bandwidth)
    way, painter = Way(), desk.app.painter
    assert painter is not None
    painter.attach(way)
    painter.open()
    return way


async def test_the_desk_puts_the_profile_on_and_off_with_the_line() -> None:
    async with stage(SMALL) as desk:
        way = put_on(desk, "auto")
        for thin in (False, True, False):
            way.thin = thin
            desk.app.tick()
            await desk.settle()
            assert ("窄带" in desk.lines()[0]) is thin, "the top line says so"
            assert (desk.app._gathering_s() >= THIN_COALESCE_S) is thin


@pytest.mark.parametrize(("bandwidth", "thin"), [("low", True), ("full", False)])
async def test_a_setting_decides_whatever_is_measured(bandwidth: str, thin: bool) -> None:
    async with stage(SMALL) as desk:
        way = put_on(desk, bandwidth)
        for way.thin in (True, False):
            assert desk.app.thin is thin
            assert (desk.app._gathering_s() >= THIN_COALESCE_S) is thin


@pytest.mark.parametrize("bandwidth", ["low", "full"])
async def test_keys_are_drawn_at_once_and_what_others_do_is_gathered(bandwidth: str) -> None:
    async with stage(SMALL) as desk:
        put_on(desk, bandwidth)
        desk.app.paint_now()
        with patch.object(desk.app, "set_timer") as later:
            desk.app.press("x", "x")
            assert desk.lines()[-2].strip().endswith("x"), "no waiting for what somebody types"
            later.assert_not_called()
            await desk.other.submit(c.ReceiveReport(Channel.PHONE, text="有人打架"))
            await desk.pilot.pause()
            (wait, _) = later.call_args.args
        assert (wait >= THIN_COALESCE_S) is (bandwidth == "low")


@pytest.mark.parametrize(("bandwidth", "step"), [("low", 5), ("full", 1)])
async def test_the_clock_moves_in_steps_and_nothing_is_drawn_between(bandwidth: str, step: int) -> None:
    """Half a minute of a desk where nothing happens, each second told by hand: what it draws, and when."""
    async with stage(SMALL) as desk:
        way = put_on(desk, bandwidth)
        assert desk.app.painter is not None
        desk.app.painter.shadow.resize(*SMALL)
        drawn: list[int] = []
        due: list[tuple[float, Callable[[], None]]] = []
        now = 0.0

        def later(delay: float, callback: Callable[[], None]) -> None:
            due.append((now + delay, callback))

        with (
            patch.object(desk.app, "set_timer", later),
            patch.object(way, "frame", lambda _: drawn.append(round(now))),
        ):
            desk.app._tick()
            await desk.settle()
            drawn.clear()
            while (earliest := min(due, key=lambda timer: timer[0]))[0] < 31:
                due.remove(earliest)
                desk.core.clock.set(MONDAY + round(earliest[0] * 1_000))
                now, callback = earliest
                callback()
                await desk.pilot.pause()
        began = MONDAY // 1_000
        assert drawn == [second for second in range(1, 31) if (began + second) % step == 0]


def test_a_slow_line_is_not_filled_with_what_a_key_would_wait_behind(outlet: Outlet, watch: Watch) -> None:
    carry(outlet, watch, 10, 1e9)
    carry(outlet, watch, 2_000, 1e6)
    assert not outlet.slow
    outlet.frame("x" * NARROW_BYTES)
    _until_written(outlet)
    assert outlet.ready, "a fast line takes more before the first has been seen"
    outlet.answered()
    for _ in range(8):
        carry(outlet, watch, 2_000, 8_000)
    assert outlet.slow
    assert not outlet.thin
    outlet.frame("x" * NARROW_BYTES)
    _until_written(outlet)
    assert not outlet.ready


def _until_written(outlet: Outlet) -> None:
    """Until the writer's thread has nothing left."""
    while outlet._waiting or outlet._writing:
        sleep(0)


def test_the_first_screen_tells_what_the_line_carries(outlet: Outlet, watch: Watch) -> None:
    carry(outlet, watch, 15_000, 1_200)
    assert outlet.slow
    assert outlet.thin
    carry(outlet, watch, 300, 1_200)
    assert outlet.slow, "how long an answer takes at least was not learned from it"


def test_the_line_is_busy_while_frames_are_on_their_way(outlet: Outlet, watch: Watch) -> None:
    carry(outlet, watch, 10, 1e9)
    assert outlet.busy_s == pytest.approx(0, abs=1e-6)
    carry(outlet, watch, 2_000, 8_000)
    assert outlet.busy_s == pytest.approx(0.25)
    watch.now += 10
    assert outlet.busy_s == pytest.approx(0.25), "nothing is on its way"
    for _ in range(2):
        outlet.frame("x" * 800)
    watch.now += ANSWER_S + 0.1
    assert outlet.busy_s == pytest.approx(0.35), "it goes on while one is on its way"
    outlet.answered()
    watch.now += 0.1
    outlet.answered()
    assert outlet.busy_s == pytest.approx(0.45), "two on their way at a time keep the line busy once"
