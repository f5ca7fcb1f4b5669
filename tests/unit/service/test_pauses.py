"""A serving core looks for garbage in quiet, and leaves the interpreter as it found it."""

from __future__ import annotations

import gc
import sys
import weakref

import pytest

from tests.support.engines import running
from tests.support.waiting import until
from zz110_tui.service import pauses


class Circle:
    def __init__(self) -> None:
        self.itself = self


async def test_garbage_is_found_in_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "LOOK_S", 0.01)
    async with running() as room, pauses.few_pauses(room.engine):
        circle = Circle()
        gone = weakref.ref(circle)
        gc.collect(0)  # it is not among the young ones any more
        del circle
        assert gone() is not None
        await until(lambda: gone() is None)


async def test_the_interpreter_is_as_it_was_afterwards() -> None:
    before = gc.get_threshold(), sys.getswitchinterval(), gc.get_freeze_count()
    async with running() as room:
        async with pauses.few_pauses(room.engine):
            assert gc.get_threshold()[0] == pauses.YOUNG
            assert sys.getswitchinterval() == pytest.approx(pauses.SWITCH_S)
        assert (gc.get_threshold(), sys.getswitchinterval(), gc.get_freeze_count()) == before
