"""Two threads that ask for ways at the same time get what each would get alone."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from zz110_tui.gis.roadsearch import PlainSearch

SIDE = 60


def test_searches_at_the_same_time_do_not_see_each_others_beginnings() -> None:
    """A desk reckons candidates while its first look at the cover runs beside it."""
    numbers = np.arange(SIDE * SIDE)
    east = numbers[numbers % SIDE < SIDE - 1]
    north = numbers[numbers < SIDE * (SIDE - 1)]
    one, other = np.concatenate([east, north]), np.concatenate([east + 1, north + SIDE])
    tail, head = np.concatenate([one, other]), np.concatenate([other, one])
    seconds = np.ones(len(tail))
    search = PlainSearch(SIDE * SIDE, tail.astype(np.int32), head.astype(np.int32), seconds)
    column, row = numbers % SIDE, numbers // SIDE
    starts = [int(start) for start in np.linspace(0, SIDE * SIDE - 1, 60)]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda start: search.times([(start, 0.0)]), starts))
    finally:
        sys.setswitchinterval(usual)
    for start, times in zip(starts, found, strict=True):
        assert np.array_equal(times, np.abs(column - start % SIDE) + np.abs(row - start // SIDE))
