"""When garbage is looked for: in quiet moments only. The collector of this process stays as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from zz110_tui.station.sweeping import EVERY_MS, LONGEST_MS, QUIET_MS, Sweeper


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is asked of the collector; nothing of it is done."""
    asked: list[str] = []
    on = [False]
    for name in ("freeze", "collect", "set_threshold"):
        monkeypatch.setattr(gc, name, lambda *_, name=name: asked.append(name))
    monkeypatch.setattr(gc, "isenabled", lambda: on[0])
    monkeypatch.setattr(gc, "enable", lambda: on.__setitem__(0, True))
    yield asked
    assert on[0] or asked == []


def test_what_is_there_at_the_first_paint_is_not_looked_at_again(collector: list[str]) -> None:
    Sweeper().begin(1_000)
    assert collector == ["freeze", "set_threshold"]
    assert gc.isenabled()


def test_it_sweeps_while_nobody_types_and_not_too_often(collector: list[str]) -> None:
    sweeper = Sweeper()
    sweeper.begin(0)
    assert not sweeper.tick(EVERY_MS - 1, QUIET_MS)
    assert not sweeper.tick(EVERY_MS, QUIET_MS - 1), "somebody types"
    assert sweeper.tick(EVERY_MS, QUIET_MS)
    assert collector[2:] == ["collect"], "what is alive now may be garbage later: it is not frozen"
    assert not sweeper.tick(EVERY_MS + 1_000, QUIET_MS)


def test_keys_that_never_rest_do_not_keep_it_off_for_ever(collector: list[str]) -> None:
    sweeper = Sweeper()
    sweeper.begin(0)
    assert not sweeper.tick(LONGEST_MS - 1, 0)
    assert sweeper.tick(LONGEST_MS, 0)
    assert collector.count("collect") == 1


def test_where_collection_is_on_already_somebody_else_sees_to_it(collector: list[str]) -> None:
    gc.enable()
    sweeper = Sweeper()
    sweeper.begin(0)
    assert not sweeper.tick(LONGEST_MS, LONGEST_MS)
    assert collector == []
