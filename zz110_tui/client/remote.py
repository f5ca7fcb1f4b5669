"""The Link to a core in another process or on another machine.

It keeps itself connected. When the link is lost, feeds stay open and go on where they were once it is back; commands
that have no answer are sent again under the same ids, so that each is done once; new ones are refused as not sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, Self

from zz110_tui.client.asking import Asking
from zz110_tui.client.attempts import Attempt, pause
from zz110_tui.client.dial import Dial
from zz110_tui.client.feeds import RemoteFeed
from zz110_tui.client.following import Following
from zz110_tui.client.states import EntryRefused, LinkState, NotSent, Step, Trying
from zz110_tui.client.talk import Talk, monotonic
from zz110_tui.client.underway import Underway, fresh_ids
from zz110_tui.core.answers import Answer
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.asking import Page, Question
from zz110_tui.wire.goodbyes import Goodbye, goodbye
from zz110_tui.wire.program import program
from zz110_tui.wire.session import DESK_LIMITS, Limits
from zz110_tui.wire.session_desk import (
    Answered,
    BeatCame,
    DeskEvent,
    DeskSession,
    FactsCame,
    ResumedFrom,
    Told,
    Troubled,
    Welcomed,
)

CHANGE_S = 5.0
"""How long coming in as somebody else may take."""


@dataclass(frozen=True, slots=True)
class Options:
    """``kind`` "" takes a live store or a drill. ``ticket`` is asked before every attempt (TLS).

    ``patience_ms``: how long, while the link is lost, a command waits to be sent, and one that was sent for its answer.
    A script says some seconds, and then gives up. None is for a desk: it is told at once that a line was not sent.

    ``resend``: a command that has no answer when the link is lost is sent again under its id once it is back. A desk
    says False: minutes later its person may want something else. He is told (Unanswered) and asks what became of it.
    """

    kind: Literal["", "live", "drill"] = ""
    ids: Callable[[], str] | None = None
    ticket: Callable[[], Awaitable[str]] | None = None
    patience_ms: int | None = None
    limits: Limits = DESK_LIMITS
    resend: bool = True


USUAL = Options()


class RemoteLink:
    """Made by :meth:`connect`. ``on_state`` is called whenever :attr:`state` changes."""

    def __init__(self, dial: Dial, actor: Actor, options: Options = USUAL) -> None:
        self.on_state: Callable[[LinkState], None] | None = None
        self.state = LinkState(False, _utc(), goodbye("cut"))
        self._dial = dial
        self._asked_actor = actor
        self._options = options
        self._ids = options.ids or fresh_ids(actor.desk)
        self._welcomed: Welcomed | None = None
        self._talk: Talk | None = None
        self._following = Following()
        self._underway = Underway()
        self._asking = Asking()
        self._offset = 0
        self._latest = 0
        self._heard = monotonic()
        self._keeping: asyncio.Task[None] | None = None
        self._giving_up: asyncio.TimerHandle | None = None
        self._closing = False
        self._changed = asyncio.Event()
        self._came_anew: asyncio.Future[None] | None = None

    @classmethod
    async def connect(cls, dial: Dial, actor: Actor, options: Options = USUAL) -> Self:
        """Raises Trouble where no core can be reached, EntryRefused where it says no."""
        link = cls(dial, actor, options)
        running = await link._attempt(0)
        link._keeping = asyncio.create_task(link._keep(running))
        return link

    # -- the Link --------------------------------------------------------------------------------------------------

    @property
    def actor(self) -> Actor:
        """Who the core takes this desk for."""
        return self._asked_actor if self._welcomed is None else self._welcomed.actor

    @property
    def store(self) -> str:
        return "" if self._welcomed is None else self._welcomed.store

    @property
    def welcomed(self) -> Welcomed | None:
        """What the core said of itself: its store, its city, its version."""
        return self._welcomed

    def now(self) -> int:
        """The core's clock as last heard, carried on by this machine's; it never runs backwards."""
        self._latest = max(self._latest, self._offset + monotonic())
        return self._latest

    def silence(self) -> int:
        """Milliseconds since the core was last heard: the age of what a desk shows while the link is lost."""
        talk = self._talk
        return monotonic() - (self._heard if talk is None else max(self._heard, talk.session.heard_at()))

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The ids of commands that were sent and have no answer yet, oldest first."""
        return self._underway.ids

    async def submit(self, command: Command, *, command_id: str = "", seen: int | None = None) -> Answer:
        """Raises NotSent while the link is lost, Trouble where the core could not store, Unanswered at the end."""
        await self._reachable()
        pending = self._underway.add(command, command_id or self._ids(), seen)
        self._send_more()
        try:
            return await pending.answer
        finally:
            self._underway.forget_unsent(pending)

    async def join(self) -> RemoteFeed:
        """Raises NotSent while the link is lost, Trouble when the core cannot give its board."""
        ready = self._following.ready()
        if ready is not None:
            return ready
        await self._reachable()
        assert self._talk is not None
        waiting = self._following.ask(self._talk.session)
        self._talk.wake()
        return await waiting

    async def ask(self, question: Question) -> Page:
        """Raises NotSent while the link is lost, Trouble where the core does not answer."""
        await self._reachable()
        assert self._talk is not None
        return await self._asking.ask(self._talk, question)

    async def change_person(self, person: str) -> None:
        """Come in anew as somebody else: the core takes the account's name where it knows the account."""
        await self._reachable()
        assert self._talk is not None
        self._asked_actor = replace(self.actor, person=person)
        self._came_anew = asyncio.get_running_loop().create_future()
        self._talk.session.end("left")
        self._talk.wake()
        try:
            await asyncio.wait_for(asyncio.shield(self._came_anew), CHANGE_S)
        except TimeoutError:
            raise NotSent(self.state.why) from None
        finally:
            self._came_anew = None

    async def _reachable(self) -> None:
        """Raises NotSent when there is no core to talk to; a script waits a while for it to come back."""
        patience = self._options.patience_ms
        if patience is not None and not self.state.connected and not self.state.for_good:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), patience / 1000)
        if not self.state.connected:
            raise NotSent(self.state.why)

    async def close(self) -> None:
        """Say goodbye. Commands without an answer are told so; feeds end."""
        self._closing = True
        if self._talk is not None:
            self._talk.session.end("left")
            self._talk.wake()
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            _, late = await asyncio.wait([keeping], timeout=2.0)
            if late:
                keeping.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await keeping
        self._end_for_good(goodbye("left"))

    # -- keeping connected -----------------------------------------------------------------------------------------

    async def _attempt(self, number: int) -> asyncio.Task[Goodbye]:
        """One attempt to connect; the task that then runs the link. Raises Trouble."""
        options, attempt = self._options, Attempt(number, self._tell)
        ticket = "" if options.ticket is None else await attempt.step(Step.TICKET, options.ticket())
        session = DeskSession(options.limits, monotonic(), program(), self._asked_actor, options.kind, ticket)
        welcome: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def on_event(event: DeskEvent) -> None:
            if isinstance(event, Welcomed):
                self._came_in(talk, event)
                if not welcome.done():
                    welcome.set_result(None)
            else:
                self._handle(talk, event)

        talk = Talk(session, on_event, lambda image: self._following.image(image, session))
        line = await attempt.step(Step.LINE, self._dial(talk.noise))
        running = asyncio.create_task(talk.run(line))
        try:
            both: list[asyncio.Future[Any]] = [running, welcome]
            await attempt.step(Step.WELCOME, asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED))
        except (asyncio.CancelledError, Trouble):
            running.cancel()
            raise
        if not welcome.done():
            raise EntryRefused(await running)
        return running

    async def _keep(self, running: asyncio.Task[Goodbye]) -> None:
        try:
            while True:
                why = await running
                self._lost(why)
                again = why.again or self._came_anew is not None
                number, lasted = 0, 0.0
                while again:
                    if self._closing:
                        return
                    number += 1
                    await pause(number, lasted)
                    began = asyncio.get_running_loop().time()
                    try:
                        running = await self._attempt(number)
                        break
                    except EntryRefused as refused:
                        again, why = refused.goodbye.again, refused.goodbye
                    except Trouble:
                        pass
                    lasted = asyncio.get_running_loop().time() - began
                    self._tell(Trying(number, Step.PAUSE))
                if not again:
                    self._end_for_good(why)
                    return
        finally:
            if not running.done():
                running.cancel()

    def _tell(self, trying: Trying) -> None:
        """For whoever looks at the state while the link is lost."""
        if not self.state.connected:
            self.state = replace(self.state, trying=trying)

    def _came_in(self, talk: Talk, welcomed: Welcomed) -> None:
        self._talk = talk
        self._welcomed = welcomed
        self._set_clock(welcomed.clock)
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None
        self._following.go_on(talk.session, welcomed.store)
        self._underway.again()
        self._send_more()
        self._become(LinkState(True, _utc()))
        if self._came_anew is not None and not self._came_anew.done():
            self._came_anew.set_result(None)

    def _lost(self, why: Goodbye) -> None:
        if self._talk is not None:
            self._heard = self._talk.session.heard_at()
            self._following.lost(self._talk.session, why)
        self._talk = None
        self._asking.lost(why)
        if not self._options.resend:
            self._underway.give_up()
        self._become(LinkState(False, _utc(), why))
        patience = self._options.patience_ms
        if patience is not None:
            self._giving_up = asyncio.get_running_loop().call_later(patience / 1000, self._underway.give_up)

    def _end_for_good(self, why: Goodbye) -> None:
        self._talk = None
        self._asking.lost(why)
        if self._giving_up is not None:
            self._giving_up.cancel()
        self._underway.give_up()
        self._following.end()
        self._become(LinkState(False, _utc(), why, for_good=True))

    def _become(self, state: LinkState) -> None:
        if (state.connected, state.why, state.for_good) == (self.state.connected, self.state.why, self.state.for_good):
            return
        self.state = state
        if state.connected or state.for_good:
            self._changed.set()
        else:
            self._changed.clear()
        if self.on_state is not None:
            self.on_state(state)

    # -- what comes in ---------------------------------------------------------------------------------------------

    def _handle(self, talk: Talk, event: DeskEvent) -> None:
        match event:
            case FactsCame(entries=entries):
                self._following.facts(entries)
            case Answered(n=n, answer=answer):
                self._underway.answered(n, answer)
                self._send_more()
            case Troubled(n=0, trouble=trouble):
                self._following.refused(trouble, talk.session)
            case Troubled(n=n, trouble=trouble):
                self._underway.failed(n, trouble)
                self._send_more()
            case Told():
                self._asking.told(event)
            case BeatCame(clock=clock):
                self._set_clock(clock)
            case ResumedFrom():
                self._following.resumed()
            case _:
                pass

    # -- what goes out ---------------------------------------------------------------------------------------------

    def _send_more(self) -> None:
        if self._talk is not None:
            self._underway.send(self._talk.session)
            self._talk.wake()

    def _set_clock(self, clock: int) -> None:
        self._offset = clock - monotonic()


def _utc() -> int:
    return time.time_ns() // 1_000_000
