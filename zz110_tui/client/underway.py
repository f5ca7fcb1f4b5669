"""Commands on their way: sent in order, matched with their answers, and sent again when the link was lost between."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from zz110_tui.client.states import Unanswered
from zz110_tui.core.answers import Answer
from zz110_tui.core.commands import Command
from zz110_tui.core.trouble import Trouble
from zz110_tui.wire.session_desk import DeskSession

COMMAND_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._@-]{0,127}")


@dataclass(slots=True, eq=False)
class Pending:
    """``n`` is its number on the present connection, 0 while it waits to go out."""

    command: Command
    id: str
    seen: int | None
    answer: asyncio.Future[Answer]
    n: int = 0


class Underway:
    def __init__(self) -> None:
        self._all: deque[Pending] = deque()

    @property
    def ids(self) -> tuple[str, ...]:
        """Of all that have no answer yet, oldest first."""
        return tuple(pending.id for pending in self._all)

    def add(self, command: Command, command_id: str, seen: int | None) -> Pending:
        """Raises Trouble for an id that a core would not take."""
        if not COMMAND_ID.fullmatch(command_id):
            raise Trouble(
                "命令编号不能用 / this command id cannot be used",
                ascii(command_id)[:80],
                "用字母、数字和 . _ @ -，至多 128 个 / use letters, digits and . _ @ -, 128 at most",
                exit_code=2,
            )
        pending = Pending(command, command_id, seen, asyncio.get_running_loop().create_future())
        self._all.append(pending)
        return pending

    def send(self, session: DeskSession) -> None:
        """As many as may be on their way at once; the others wait here."""
        for pending in tuple(self._all):
            if pending.n:
                continue
            if not session.has_room():
                return
            try:
                pending.n = session.submit(pending.command, pending.id, pending.seen)
            except Trouble as trouble:
                self._all.remove(pending)
                pending.answer.set_exception(trouble)

    def again(self) -> None:
        """There is a new connection, on which nothing was sent yet."""
        for pending in self._all:
            pending.n = 0

    def answered(self, n: int, answer: Answer) -> None:
        pending = self._take(n)
        if not pending.answer.done():
            pending.answer.set_result(answer)

    def failed(self, n: int, trouble: Trouble) -> None:
        pending = self._take(n)
        if not pending.answer.done():
            pending.answer.set_exception(trouble)

    def forget_unsent(self, pending: Pending) -> None:
        """Whoever asked has gone. What has not gone out will not; what has is the core's."""
        if not pending.n and pending in self._all:
            self._all.remove(pending)

    def give_up(self) -> None:
        """No answer will come: whoever waits is told so."""
        while self._all:
            pending = self._all.popleft()
            if not pending.answer.done():
                pending.answer.set_exception(Unanswered(pending.id))

    def _take(self, n: int) -> Pending:
        pending = next(each for each in self._all if each.n == n)
        self._all.remove(pending)
        return pending


def fresh_ids(desk: str) -> Callable[[], str]:
    """Ids that no other link ever makes: a random part for this link, and a number."""
    start = "".join(letter for letter in desk if letter.isascii() and letter.isalnum())[:16]
    prefix = f"{start or 'desk'}-{secrets.token_hex(6)}"
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers)}"
