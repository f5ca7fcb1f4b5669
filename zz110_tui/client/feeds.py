"""The feeds of one link: each begins with its own image, all of them hear the one stream that comes over the line."""

from __future__ import annotations

from zz110_tui.core.board import BoardImage
from zz110_tui.core.facts import Entry
from zz110_tui.service.subscribers import Subscribers, Subscription


class RemoteFeed(Subscription):
    """A ``Feed`` that passes over what it has heard: after a second join the core begins anew with an older image."""

    def __init__(self, image: BoardImage, room: Subscribers[Entry]) -> None:
        super().__init__(image, room)
        self._position = image.position

    def offer(self, batch: tuple[Entry, ...]) -> None:
        if batch[-1].position <= self._position:
            return
        if batch[0].position != self._position + 1:
            batch = tuple(entry for entry in batch if entry.position > self._position)
        self._position = batch[-1].position
        super().offer(batch)


class Feeds(Subscribers[Entry]):
    def join(self, image: BoardImage) -> RemoteFeed:
        feed = RemoteFeed(image, self)
        self.add(feed)
        return feed

    def cut_off(self) -> None:
        """What they have does not go on from here: everybody has to join again."""
        for feed in tuple(self._feeds.values()):
            feed.lagged = True
            feed.close()
