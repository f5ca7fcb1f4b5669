"""Reading what a core on another machine has: its board, and its past page by page, over one link."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from zz110_tui.cli.joining import join_core
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.client.past import LinkPast
from zz110_tui.core.alarms import SubjectKind
from zz110_tui.core.board import Board
from zz110_tui.core.incidents import Incident, Report
from zz110_tui.core.matters import Matter
from zz110_tui.wire.asking import PastSlip

if TYPE_CHECKING:
    from zz110_tui.client.remote import RemoteLink

T = TypeVar("T")


class Elsewhere:
    """Answers as the history beside a store does, for commands that run from top to bottom."""

    def __init__(self, runner: asyncio.Runner, link: RemoteLink) -> None:
        self._runner = runner
        self._past = LinkPast(link)

    def find(self, words: str, limit: int, start: int, end: int) -> list[Incident]:
        return list(self._run(self._past.find(words, start, end, limit)))

    def slips(self) -> list[Incident]:
        return list(self._run(self._past.slips()))

    def reports(self) -> list[Report]:
        return list(self._run(self._past.reports()))

    def matters(self, kind: SubjectKind) -> list[Matter]:
        return list(self._run(self._past.matters(kind)))

    def slip(self, number: int) -> PastSlip | None:
        return self._run(self._past.slip(number))

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)


@contextmanager
def board_elsewhere(around: Surroundings) -> Iterator[tuple[Board, Elsewhere]]:
    """Raises Trouble where the core that was named cannot be reached, or does not let us read."""
    with asyncio.Runner() as runner:
        link = runner.run(join_core(around, "cli"))
        assert link is not None, "a core was named"
        try:
            feed = runner.run(link.join())
            feed.close()
            yield Board.from_image(feed.image), Elsewhere(runner, link)
        finally:
            runner.run(link.close())
