"""The Link to a core in the same process: what it refuses goes into the security record, as a serving core's does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zz110_tui.cli.noting import account
from zz110_tui.cli.pastwork import past_of_desk
from zz110_tui.cli.surroundings import Surroundings
from zz110_tui.client.local import LocalLink
from zz110_tui.core.answers import Answer
from zz110_tui.core.commands import Command
from zz110_tui.core.desks import Actor
from zz110_tui.core.trouble import Trouble
from zz110_tui.service.engine import Engine
from zz110_tui.wire.names import COMMANDS

if TYPE_CHECKING:
    from zz110_tui.server.keeper import Keeper


class _Quiet:
    """The screen is the desk's: what cannot be written down is tried again, and not said over it."""

    def note(self, event: str, **values: object) -> None:
        del event, values


class RecordingLink(LocalLink):
    """The record is opened by the first refusal: most desks start and end without one."""

    def __init__(self, around: Surroundings, engine: Engine, actor: Actor) -> None:
        super().__init__(engine, actor, past=past_of_desk(around, self._note))
        self._around = around
        self._keeper: Keeper | None = None

    @property
    def account(self) -> str:
        return account()

    async def submit(self, command: Command, *, command_id: str = "", seen: int | None = None) -> Answer:
        answer = await super().submit(command, command_id=command_id, seen=seen)
        if answer.refusal is not None:
            self._refused(command, answer.refusal.code)
        return answer

    def _refused(self, command: Command, code: str) -> None:
        actor = self.actor
        self._note(
            "refused",
            account=account(),
            desk=actor.desk,
            duty=actor.duty.value,
            command=COMMANDS.of[type(command)].text,
            code=code,
        )

    def _note(self, event: str, **values: object) -> None:
        if self._keeper is None:
            from zz110_tui.server.keeper import Keeper
            from zz110_tui.server.securityfile import SecurityFile, security_of

            try:
                file = SecurityFile(security_of(self._around.store), create=True)
            except Trouble:
                return
            self._keeper = Keeper(file, _Quiet(), self.now)
        self._keeper.note(event, **values)

    async def close(self) -> None:
        await super().close()
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None
