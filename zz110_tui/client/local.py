"""The Link to a core in the same process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zz110_tui.client.states import LinkState
from zz110_tui.core.answers import Answer
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.service.engine import Engine
from zz110_tui.service.pastdesk import PastDesk, no_past
from zz110_tui.service.subscribers import Subscription
from zz110_tui.wire.asking import Page, Question


class LocalLink:
    """``ids`` makes a command id for each command sent without one; a drill gives a repeatable one."""

    def __init__(
        self, engine: Engine, actor: Actor, ids: Callable[[], str] | None = None, past: PastDesk | None = None
    ) -> None:
        self._engine = engine
        self._actor = actor
        self._ids = ids
        self._past = past
        self._feeds: list[Subscription] = []
        self.state = LinkState(True, 0)
        self.on_state: Callable[[LinkState], None] | None = None

    @property
    def actor(self) -> Actor:
        return self._actor

    @property
    def store(self) -> str:
        return self._engine.journal.stamp.id

    async def submit(self, command: Command, *, command_id: str = "", seen: int | None = None) -> Answer:
        if not command_id and self._ids is not None:
            command_id = self._ids()
        return await self._engine.submit(command, self._actor, command_id, seen)

    async def join(self) -> Subscription:
        feed = await self._engine.join()
        self._feeds.append(feed)
        return feed

    async def ask(self, question: Question) -> Page:
        if self._past is None:
            raise no_past()
        return await self._past.ask(self.actor, self.account, question)

    @property
    def account(self) -> str:
        """What the security record calls whoever sits here."""
        return self._actor.person

    def now(self) -> int:
        return self._engine.clock.now()

    async def change_person(self, person: str) -> None:
        self._actor = replace(self._actor, person=person)

    def silence(self) -> int:
        """Always 0: a core in this process is never lost without this process."""
        return 0

    async def close(self) -> None:
        for feed in self._feeds:
            feed.close()
        self._feeds.clear()
        if self._past is not None:
            await self._past.close()
