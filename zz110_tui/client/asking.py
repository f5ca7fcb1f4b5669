"""Questions about the past that are on their way over a link."""

from __future__ import annotations

import asyncio

from zz110_tui.client.states import NotSent
from zz110_tui.client.talk import Talk
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.asking import Page, Question
from zz110_tui.wire.goodbyes import Goodbye
from zz110_tui.wire.session_desk import Told

AT_ONCE = 2
"""Questions of one desk that are on their way; further ones wait here. A core takes a few more, for those whose asker
has gone."""


class Asking:
    def __init__(self) -> None:
        self._few = asyncio.Semaphore(AT_ONCE)
        self._waiting: dict[int, asyncio.Future[Page]] = {}

    async def ask(self, talk: Talk, question: Question) -> Page:
        """Raises Trouble where it is not answered, NotSent when the link is lost meanwhile."""
        session = talk.session
        if not session.askable:
            raise _older()
        async with self._few:
            if session.over is not None:
                raise NotSent(session.over)
            if not session.may_ask():
                raise _busy()
            n = session.ask(question)
            answer: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
            self._waiting[n] = answer
            talk.wake()
            try:
                return await answer
            finally:
                self._waiting.pop(n, None)

    def told(self, event: Told) -> None:
        waiting = self._waiting.get(event.n)
        if waiting is None or waiting.done():
            return
        if isinstance(event.page, Trouble):
            waiting.set_exception(event.page)
        else:
            waiting.set_result(event.page)

    def lost(self, why: Goodbye) -> None:
        """No answer will come: a question can be asked again."""
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(NotSent(why))
        self._waiting.clear()


def _older() -> Trouble:
    return Trouble(
        "核心较旧，不能查历史 / the core is older and cannot be asked about the past",
        "",
        "请升级核心 / upgrade the core",
        exit_code=69,
    )


def _busy() -> Trouble:
    return Trouble(
        "问得太多，还没有答完 / too many questions wait for their answers", "", "稍后再问 / ask later", exit_code=75
    )
