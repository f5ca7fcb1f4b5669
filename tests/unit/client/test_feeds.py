"""The feeds of one link: each hears every fact after its own image once, however the line repeats them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.entries import notes
from zz110_tui.client.feeds import Feeds
from zz110_tui.core.board import Board, BoardImage

EMPTY = Board().image()


def at(position: int) -> BoardImage:
    return replace(EMPTY, position=position)


@pytest.mark.parametrize(
    ("batches", "heard"),
    [
        ([(4, 6)], [4, 5, 6]),
        ([(1, 3)], []),
        ([(2, 5)], [4, 5]),
        ([(4, 5), (4, 5), (5, 7)], [4, 5, 6, 7]),
        ([(1, 9), (1, 9), (10, 10)], [4, 5, 6, 7, 8, 9, 10]),
    ],
)
def test_what_was_heard_is_passed_over_also_in_the_middle_of_a_batch(
    batches: list[tuple[int, int]], heard: list[int]
) -> None:
    feeds = Feeds()
    feed = feeds.join(at(3))
    for first, last in batches:
        feeds.publish(tuple(notes(first, last)))
    assert [entry.position for entry in feed.take()] == heard


def test_feeds_of_one_line_begin_where_their_own_images_are() -> None:
    feeds = Feeds()
    early, late = feeds.join(at(2)), feeds.join(at(5))
    feeds.publish(tuple(notes(3, 7)))
    assert [entry.position for entry in early.take()] == [3, 4, 5, 6, 7]
    assert [entry.position for entry in late.take()] == [6, 7]


def test_a_cut_off_feed_keeps_what_it_has_heard_and_hears_no_more() -> None:
    feeds = Feeds()
    feed = feeds.join(at(0))
    feeds.publish(tuple(notes(1, 2)))
    feeds.cut_off()
    feeds.publish(tuple(notes(3, 4)))
    assert feed.lagged
    assert [entry.position for entry in feed.take()] == [1, 2]
    assert len(feeds) == 0
